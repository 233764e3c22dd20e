/* test_access.c: which clients the keys of a hash: table of Postfix are found for. */
#include "lib.h"

#include <stdbool.h>

#include <arpa/inet.h>

#include "../../src/mail/access.h"

/* What Postfix asks for when a client connects, by access(5): its address as inet_ntop writes it, and
 * then without the last colon and what follows, again and again. Groups are 0 or 0x2a00, so that
 * client i is the bits of i, the first group highest. */
enum { GROUP = 0x2a00, CLIENTS = 256, KEYS_MAX = 4 };

static struct v6k_prefix prefix_of(unsigned p, unsigned n)
{
	struct v6k_prefix out = { .family = V6K_IPV6, .bits = (uint8_t)(16 * n) };

	for (unsigned g = 0; g < n; g++) {
		uint64_t group = p >> (n - 1 - g) & 1 ? GROUP : 0;

		if (g < 4)
			out.hi |= group << (48 - 16 * g);
		else
			out.lo |= group << (48 - 16 * (g - 4));
	}
	return out;
}

static void client_text(unsigned client, char out[INET6_ADDRSTRLEN])
{
	uint8_t bytes[16];

	v6k_addr_to_bytes(v6k_prefix_first(prefix_of(client, 8)), bytes);
	inet_ntop(AF_INET6, bytes, out, INET6_ADDRSTRLEN);
}

static bool finds(const char *key, unsigned client)
{
	char text[INET6_ADDRSTRLEN], *colon;

	client_text(client, text);
	while (strcmp(text, key) != 0) {
		colon = strrchr(text, ':');
		if (!colon)
			return false;
		*colon = '\0';
	}
	return true;
}

/* Whether a key is found for no client but those whose first n groups are p. */
static bool is_within(const char *key, unsigned p, unsigned n)
{
	for (unsigned client = 0; client < CLIENTS; client++)
		if (finds(key, client) && client >> (8 - n) != p)
			return false;
	return true;
}

/* Whether the client in p without a further zero asks for a key that no client outside p asks for, and
 * that does not name its further groups. */
static bool has_key(unsigned p, unsigned n)
{
	char text[INET6_ADDRSTRLEN], *colon;

	client_text(p << (8 - n) | ((1u << (8 - n)) - 1), text);
	for (unsigned i = n; i < 8; i++)
		*strrchr(text, ':') = '\0';
	while (!is_within(text, p, n)) {
		colon = strrchr(text, ':');
		if (!colon)
			return false;
		*colon = '\0';
	}
	return true;
}

static void keys_of_all_shapes(void **state)
{
	unsigned with_keys = 0, with_two = 0;

	(void)state;
	for (unsigned n = 1; n <= 8; n++) {
		for (unsigned p = 0; p < 1u << n; p++) {
			char key[KEYS_MAX][ACCESS_KEY_MAX + 1], name[64];
			unsigned keys = postfix_keys(prefix_of(p, n));

			snprintf(name, sizeof(name), "%u groups %x", n, p);
			/* A lone 0 is an octet of IPv4 too. */
			if (n == 1 && p == 0) {
				assert_row(name, keys == 0);
				continue;
			}
			assert_row(name, (keys > 0) == has_key(p, n));
			assert_row(name, keys <= KEYS_MAX);
			for (unsigned i = 0; i < keys; i++) {
				key[i][postfix_key(prefix_of(p, n), i, key[i])] = '\0';
				assert_row(name, is_within(key[i], p, n));
			}
			for (unsigned client = 0; client < CLIENTS && keys > 0; client++) {
				unsigned found = 0;

				for (unsigned i = 0; i < keys; i++)
					found += finds(key[i], client);
				assert_row(name, found == (client >> (8 - n) == p));
			}
			with_keys += keys > 0;
			with_two += keys > 1;
		}
	}
	assert_true(with_keys > 150);
	assert_true(with_two > 10);
}

/* A prefix that is cut within its last group: the keys of all its whole ones. */
static const struct {
	const char *prefix;
	unsigned keys;
	const char *first, *last;
} cut[] = {
	{ "2a00:a200::/47", 3, "2a00:a200:0", "2a00:a200:1" },
	{ "2a00:a200:0:12::/63", 2, "2a00:a200:0:12", "2a00:a200:0:13" },
	{ "2a00:a200::/65", 0, "", "" },
	{ "2a00:a200:1:2::/65", 32769, "2a00:a200:1:2:0", "2a00:a200:1:2:7fff" },
	{ "2000::/3", 8192, "2000", "3fff" },
	{ "::/0", 0, "", "" },
	{ "8000::/1", 0, "", "" },
	{ "::192.0.2.0/120", 256, "::192.0.2.0", "::192.0.2.255" },
	{ "192.0.2.0/23", 2, "192.0.2", "192.0.3" },
	{ "0.0.0.0/0", 256, "0", "255" },
	{ "::ffff:192.0.2.0/119", 2, "192.0.2", "192.0.3" },
};

static void keys_of_cut_groups(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cut); i++) {
		struct v6k_prefix p = prefix(cut[i].prefix);
		char key[ACCESS_KEY_MAX + 1];

		assert_row(cut[i].prefix, postfix_keys(p) == cut[i].keys);
		if (cut[i].keys == 0)
			continue;
		key[postfix_key(p, 0, key)] = '\0';
		assert_row_text(cut[i].prefix, key, cut[i].first);
		key[postfix_key(p, cut[i].keys - 1, key)] = '\0';
		assert_row_text(cut[i].prefix, key, cut[i].last);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_of_all_shapes),
		cmocka_unit_test(keys_of_cut_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
