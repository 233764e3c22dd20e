/* diff_cidr.c: the core beside libcidr, over random values; and what libcidr 1.2.3 is known to do
 * wrong, so that another version that does otherwise is noticed. */
#include <errno.h>

#include <v6kit/cidr.h>

#include "../unit/random.h"

enum { VALUES = 200000 };

/* A CIDR of p that cannot be null, and the value of one that libcidr made, which it frees. */
static CIDR *from_prefix(struct v6k_prefix p)
{
	CIDR *c = v6k_cidr_from_prefix(p);

	if (!c)
		fail_msg("no CIDR of %s", text_of_prefix(p));
	return c;
}

static struct v6k_addr take_addr(CIDR *c, unsigned *bits)
{
	struct v6k_addr a = { .family = V6K_NONE };

	if (!c || v6k_cidr_to_addr(c, &a, bits))
		fail_msg("no answer of libcidr");
	cidr_free(c);
	return a;
}

static struct v6k_prefix random_prefix(void)
{
	return random_prefix_of(random_below(4) ? V6K_IPV6 : V6K_IPV4);
}

/* p, or something that lies in or around it. */
static struct v6k_prefix random_neighbour(struct v6k_prefix p)
{
	unsigned width = v6k_family_bits(p.family);
	struct v6k_prefix q = p;

	switch (random_below(5)) {
	case 0:
		v6k_prefix_parent(p, random_below(p.bits + 1u), &q);
		break;
	case 1:
		v6k_prefix_mask(v6k_prefix_last(p), p.bits + random_below(width - p.bits + 1), &q);
		break;
	case 2:
		v6k_prefix_mask(v6k_prefix_first(p), p.bits + random_below(width - p.bits + 1), &q);
		break;
	case 3:
		q = random_prefix_of(p.family);
		break;
	default:
		break;
	}
	return q;
}

static void same_count(struct v6k_prefix p, const char *theirs)
{
	char plain[64];
	size_t n = 0;

	/* libcidr writes 1,234 */
	for (; theirs && *theirs && n < sizeof(plain) - 1; theirs++)
		if (*theirs != ',')
			plain[n++] = *theirs;
	plain[n] = 0;
	assert_row_text(text_of_prefix(p), text_of_count(v6k_prefix_count(p)), plain);
}

static void network_and_last(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		struct v6k_addr a = random_addr(), first, last;
		unsigned bits = random_below(v6k_family_bits(a.family) + 1), got;
		struct v6k_prefix p;
		CIDR *c = v6k_cidr_from_addr(a, bits);

		/* With host bits: libcidr has to clear, or set, them itself. */
		assert_int_equal(v6k_prefix_mask(a, bits, &p), 0);
		first = take_addr(cidr_addr_network(c), &got);
		assert_row_text(text_of_prefix(p), text_of_addr(first),
			text_of_addr(v6k_prefix_first(p)));
		assert_int_equal(got, bits);
		last = take_addr(cidr_addr_broadcast(c), &got);
		assert_row_text(text_of_prefix(p), text_of_addr(last), text_of_addr(v6k_prefix_last(p)));
		same_count(p, cidr_numaddr(c));
		assert_int_equal(cidr_is_v4mapped(c) == 0, v6k_addr_is_mapped(a));
		first = take_addr(c, &got);
		assert_true(v6k_addr_cmp(first, a) == 0 && got == bits);
	}
}

/* cidr_contains and cidr_equals return 0 for yes. */
static void contains_and_equals(void **state)
{
	unsigned inside = 0, same = 0;

	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		struct v6k_prefix p = random_prefix(), q = random_neighbour(p);
		CIDR *c = from_prefix(p), *d = from_prefix(q);

		assert_row(text_of_prefix(p),
			(cidr_contains(c, d) == 0) == v6k_prefix_covers(p, q));
		assert_row(text_of_prefix(p),
			(cidr_contains(d, c) == 0) == v6k_prefix_covers(q, p));
		assert_row(text_of_prefix(p),
			(cidr_equals(c, d) == 0) == (v6k_prefix_cmp(p, q) == 0));
		inside += (unsigned)v6k_prefix_covers(p, q);
		same += v6k_prefix_cmp(p, q) == 0;
		cidr_free(c);
		cidr_free(d);
	}
	printf("# %u pairs, %u inside, %u equal\n", VALUES, inside, same);
	assert_in_range(inside, VALUES / 10, VALUES);
}

static void supernet_and_halves(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		struct v6k_prefix p = random_prefix(), q;
		CIDR *c = from_prefix(p), **halves;
		unsigned bits;

		if (p.bits > 0) {
			struct v6k_addr up = take_addr(cidr_net_supernet(c), &bits);

			assert_int_equal(v6k_prefix_parent(p, p.bits - 1u, &q), 0);
			assert_row(text_of_prefix(p),
				v6k_addr_cmp(up, v6k_prefix_first(q)) == 0 && bits == q.bits);
		}
		if (p.bits < v6k_family_bits(p.family)) {
			halves = cidr_net_subnets(c);
			assert_non_null(halves);
			for (unsigned half = 0; half < 2; half++) {
				struct v6k_addr a = take_addr(halves[half], &bits);

				assert_int_equal(v6k_prefix_child(p, p.bits + 1u, 0, half, &q), 0);
				assert_row(text_of_prefix(p),
					v6k_addr_cmp(a, v6k_prefix_first(q)) == 0 && bits == q.bits);
			}
			free(halves);
		}
		cidr_free(c);
	}
}

/* Every length of both families. */
static void counts(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits <= 128; bits++) {
		struct v6k_prefix p;

		assert_int_equal(v6k_prefix_mask(addr("2001:db8::1"), bits, &p), 0);
		same_count(p, cidr_numaddr_pflen((int)bits));
		if (bits > 32)
			continue;
		assert_int_equal(v6k_prefix_mask(addr("192.0.2.1"), bits, &p), 0);
		same_count(p, cidr_numaddr_pflen((int)bits + 96));
	}
}

/* What libcidr reads as text, and v6kit does not. It looks before the start of texts shorter than 8
 * bytes, so that every text here is longer, and stands behind others. */
static const struct {
	const char *text, *theirs; /* "" for an error */
	int ours;
} readings[] = {
	{ "        2001:db8::/32", "", V6K_ECHAR },
	{ "0001::0002::0003", "1:0:2::3/128", V6K_EGAPTWICE },
	{ "1111:2222:3333:4444:5555:6666:7777:8888:9999", "2222:3333:4444:5555:6666:7777:8888:9999/128",
		V6K_EGROUPS },
	{ "2001:db8::/-1", "::/0", V6K_ELEN },
	{ "0000::0001/1x", "::/1", V6K_ELEN },
	{ "1.2.3.4/24/24", "2.3.4.0/24", V6K_ECHAR },
};

static void known_readings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(readings); i++) {
		const char *s = readings[i].text;
		struct v6k_prefix p;
		CIDR *c = cidr_from_str(s);
		struct v6k_addr a;
		unsigned bits;

		assert_row(s, v6k_prefix_parse(s, strlen(s), 0, &p, NULL) == readings[i].ours);
		if (*readings[i].theirs == 0) {
			assert_row(s, c == NULL);
			continue;
		}
		a = take_addr(c, &bits);
		assert_int_equal(v6k_prefix_mask(a, bits, &p), 0);
		assert_row_text(s, text_of_prefix(p), readings[i].theirs);
	}
}

/* What libcidr writes otherwise: a single zero group as "::", mapped addresses in hex. */
static const struct {
	const char *a, *theirs;
} writings[] = {
	{ "0:2:3:4:5:6:7:8", "::2:3:4:5:6:7:8" },
	{ "1:2:3:0:5:6:7:8", "1:2:3::5:6:7:8" },
	{ "1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7::" },
	{ "::ffff:192.0.2.1", "::ffff:c000:201" },
	{ "2001:db8::1", "2001:db8::1" },
};

static void known_writings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(writings); i++) {
		struct v6k_addr a = addr(writings[i].a);
		CIDR *c = v6k_cidr_from_addr(a, 128);
		char *theirs = cidr_to_str(c, CIDR_ONLYADDR);

		assert_non_null(theirs);
		assert_row_text(writings[i].a, theirs, writings[i].theirs);
		assert_row_text(writings[i].a, text_of_addr(a), writings[i].a);
		free(theirs);
		cidr_free(c);
	}
}

/* Its answer about two families is no, but with an error number: errno is not to be looked at after
 * an answer. */
static void known_errno(void **state)
{
	CIDR *c = from_prefix(prefix("::/0")), *d = from_prefix(prefix("10.0.0.0/8"));

	(void)state;
	errno = 0;
	assert_int_not_equal(cidr_contains(c, d), 0);
	assert_int_equal(errno, EPROTO);
	assert_string_equal(cidr_numaddr(c), "340,282,366,920,938,463,463,374,607,431,768,211,456");
	cidr_free(c);
	cidr_free(d);
	assert_string_equal(cidr_version(), CIDR_VERSION_STR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(network_and_last),
		cmocka_unit_test(contains_and_equals),
		cmocka_unit_test(supernet_and_halves),
		cmocka_unit_test(counts),
		cmocka_unit_test(known_readings),
		cmocka_unit_test(known_writings),
		cmocka_unit_test(known_errno),
	};

	random_seed();
	return cmocka_run_group_tests_name("diff-cidr", tests, NULL, NULL);
}
