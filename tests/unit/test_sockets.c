/* test_sockets.c: sockets against each other, and against a host. */
#include "lib.h"

#include "../../src/mail/sockets.h"

static const struct {
	const char *a, *b;
	bool clash;
} pairs[] = {
	{ "192.0.2.25", "192.0.2.25", true },
	{ "192.0.2.25", "192.0.2.26", false },
	{ "192.0.2.25", "0.0.0.0", true },
	{ "192.0.2.25", "::", true },
	{ "192.0.2.25", "2001:db8::25", false },
	{ "192.0.2.25", "::ffff:192.0.2.25", true },
	{ "192.0.2.26", "::ffff:192.0.2.25", false },
	{ "0.0.0.0", "0.0.0.0", true },
	{ "0.0.0.0", "::", true },
	{ "0.0.0.0", "2001:db8::25", false },
	{ "0.0.0.0", "::ffff:192.0.2.25", true },
	{ "192.0.2.25", "::ffff:0.0.0.0", true },
	{ "2001:db8::25", "2001:db8::25", true },
	{ "2001:db8::25", "2001:db8::26", false },
	{ "2001:db8::25", "::", true },
	{ "2001:db8::25", "::ffff:0.0.0.0", false },
	{ "::", "::", true },
	{ "::1", "127.0.0.1", false },
};

static void clash(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct v6k_addr a = addr(pairs[i].a), b = addr(pairs[i].b);

		assert_row(pairs[i].a, mail_sockets_clash(a, b) == pairs[i].clash);
		assert_row(pairs[i].a, mail_sockets_clash(b, a) == pairs[i].clash);
	}
}

#define FAMILY "this host has no such family (Address family not supported by protocol)"
#define V6ONLY "a mapped address, which net.ipv6.bindv6only forbids (Invalid argument)"
#define ABSENT "not an address of this host (Cannot assign requested address)"
#define LINK                                                              \
	"a link-local address needs a zone, which sendmail cannot take: " \
	"give a global address"
#define MULTICAST "no daemon accepts connections to a multicast address"

/* What the host is like: 4 and 6 families, o IPV6_V6ONLY, n and N nonlocal IPv4 and IPv6. */
static const struct {
	const char *host, *addr, *fault;
} faults[] = {
	{ "46", "192.0.2.25", NULL },
	{ "46", "192.0.2.24", ABSENT },
	{ "46", "192.0.2.26", ABSENT },
	{ "46", "2001:db8::25", NULL },
	{ "46", "2001:db8::24", ABSENT },
	{ "46", "2001:db8::26", ABSENT },
	{ "46", "::", NULL },
	{ "46", "0.0.0.0", NULL },
	{ "46", "127.0.0.1", NULL },
	{ "46", "127.255.2.3", NULL },
	{ "46", "::1", ABSENT },
	{ "46", "fe80::1", LINK },
	{ "46", "ff02::1", MULTICAST },
	{ "46", "224.0.0.1", MULTICAST },
	{ "46", "::ffff:192.0.2.25", NULL },
	{ "46", "::ffff:192.0.2.26", ABSENT },
	{ "46", "::ffff:0.0.0.0", NULL },
	{ "46o", "::ffff:192.0.2.25", V6ONLY },
	{ "46o", "2001:db8::25", NULL },
	{ "46n", "192.0.2.26", NULL },
	{ "46n", "::ffff:192.0.2.26", NULL },
	{ "46n", "2001:db8::26", ABSENT },
	{ "46N", "2001:db8::26", NULL },
	{ "46N", "192.0.2.26", ABSENT },
	{ "46N", "fe80::1", LINK },
	{ "4", "2001:db8::25", FAMILY },
	{ "4", "::", FAMILY },
	{ "4", "::ffff:192.0.2.25", FAMILY },
	{ "4", "192.0.2.25", NULL },
	{ "6", "192.0.2.25", FAMILY },
	{ "6", "::ffff:192.0.2.25", NULL },
};

static void fault(void **state)
{
	struct v6k_addr own[] = { addr("192.0.2.25"), addr("198.51.100.1"), addr("2001:db8::25") };

	(void)state;
	for (size_t i = 0; i < COUNT(faults); i++) {
		const char *is = faults[i].host, *got;
		struct mail_host host = { .addrs = own,
			.n = COUNT(own),
			.ipv4 = strchr(is, '4'),
			.ipv6 = strchr(is, '6'),
			.v6only = strchr(is, 'o'),
			.nonlocal_ipv4 = strchr(is, 'n'),
			.nonlocal_ipv6 = strchr(is, 'N') };

		got = mail_socket_fault(&host, addr(faults[i].addr));
		assert_row(faults[i].addr, !got == !faults[i].fault);
		if (got)
			assert_string_equal(got, faults[i].fault);
	}
}

static void first_clash(void **state)
{
	struct mail_socket sockets[] = { { addr("192.0.2.25"), 25 }, { addr("192.0.2.25"), 587 },
		{ addr("0.0.0.0"), 465 }, { addr("0.0.0.0"), 587 } };
	struct mail_host host = { .v6only = false };

	(void)state;
	assert_int_equal(mail_socket_clash(&host, sockets, 4,
				 (struct mail_socket){ addr("192.0.2.25"), 587 }),
		1);
	assert_int_equal(mail_socket_clash(&host, sockets, 4,
				 (struct mail_socket){ addr("::"), 465 }),
		2);
	assert_int_equal(mail_socket_clash(&host, sockets, 4,
				 (struct mail_socket){ addr("::"), 26 }),
		4);
	assert_int_equal(mail_socket_clash(&host, sockets, 0, sockets[0]), 0);
	host.v6only = true;
	assert_int_equal(mail_socket_clash(&host, sockets, 4,
				 (struct mail_socket){ addr("::"), 465 }),
		4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clash),
		cmocka_unit_test(fault),
		cmocka_unit_test(first_clash),
	};

	return cmocka_run_group_tests_name("sockets", tests, NULL, NULL);
}
