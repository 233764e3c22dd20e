/* test_order.c: the orders of RFC 3531. */
#include "random.h"

/* The child that comes at a place. */
static int ordered(struct v6k_prefix p, unsigned bits, enum v6k_order order, uint64_t hi, uint64_t lo,
	struct v6k_prefix *out)
{
	int e = v6k_order_apply(order, bits - p.bits, &hi, &lo);

	return e ? e : v6k_prefix_child(p, bits, hi, lo, out);
}

/* Sections 3.1 to 3.3: the first nine numbers of 8 bits in each order. */
static const uint8_t tables[][9] = {
	[V6K_ORDER_NUMBER] = { 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08 },
	[V6K_ORDER_RFC3531_LEFT] = { 0x00, 0x80, 0x40, 0xc0, 0x20, 0xa0, 0x60, 0xe0, 0x10 },
	[V6K_ORDER_RFC3531_CENTER] = { 0x00, 0x08, 0x10, 0x18, 0x04, 0x0c, 0x14, 0x1c, 0x20 },
	[V6K_ORDER_RFC3531_RIGHT] = { 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08 },
};

static void tables_of_the_rfc(void **state)
{
	static const char *const parents[] = { "2001:db8::/32", "::/0", "0.0.0.0/0", "10.0.0.0/8",
		"192.0.2.0/24", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00/120" };

	(void)state;
	for (size_t i = 0; i < COUNT(parents); i++) {
		struct v6k_prefix p = prefix(parents[i]), want, got;

		for (unsigned order = V6K_ORDER_NUMBER; order <= V6K_ORDER_RFC3531_CENTER; order++) {
			for (unsigned n = 0; n < 9; n++) {
				assert_int_equal(v6k_prefix_child(p, p.bits + 8u, 0, tables[order][n],
							 &want),
					0);
				assert_int_equal(ordered(p, p.bits + 8u,
							 (enum v6k_order)order, 0, n, &got),
					0);
				assert_row_text(parents[i], text_of_prefix(got), text_of_prefix(want));
			}
		}
	}
}

/* Section 4: 3ffe:b00::/24, the third of 8 bits from the left, the fourth of 10 from the centre. */
static void example_of_the_rfc(void **state)
{
	struct v6k_prefix p = prefix("3ffe:b00::/24");

	(void)state;
	assert_int_equal(ordered(p, 32, V6K_ORDER_RFC3531_LEFT, 0, 2, &p), 0);
	assert_string_equal(text_of_prefix(p), "3ffe:b40::/32");
	assert_int_equal(ordered(p, 42, V6K_ORDER_RFC3531_CENTER, 0, 3, &p), 0);
	assert_string_equal(text_of_prefix(p), "3ffe:b40:c00::/42");
}

/* Of every width all children come, each once, and the number leads back. */
static void every_child_once(void **state)
{
	(void)state;
	for (unsigned width = 0; width <= 10; width++) {
		for (unsigned order = V6K_ORDER_NUMBER; order <= V6K_ORDER_RFC3531_CENTER; order++) {
			uint8_t seen[1 << 10] = { 0 };
			struct v6k_prefix p = prefix("198.18.0.0/15"), child;

			for (unsigned n = 0; n < 1u << width; n++) {
				uint64_t hi = 1, lo = 1;

				assert_int_equal(ordered(p, p.bits + width,
							 (enum v6k_order)order, 0, n, &child),
					0);
				assert_true(v6k_prefix_covers(p, child));
				assert_int_equal(child.bits, p.bits + width);
				assert_int_equal(seen[(child.lo ^ p.lo) >> (17 - width)]++, 0);
				assert_int_equal(v6k_prefix_child_index(p, child,
							 (enum v6k_order)order, &hi, &lo),
					0);
				assert_true(hi == 0 && lo == n);
			}
			assert_int_equal(ordered(p, p.bits + width,
						 (enum v6k_order)order, 0, 1u << width, &child),
				V6K_EOVERFLOW);
		}
	}
}

static void there_and_back(void **state)
{
	(void)state;
	random_seed();
	for (unsigned i = 0; i < 20000; i++) {
		struct v6k_prefix p = random_prefix_of(random_below(2) ? V6K_IPV6 : V6K_IPV4), child;
		unsigned width = v6k_family_bits(p.family) - p.bits;
		unsigned room = random_below(width + 1);
		enum v6k_order order = (enum v6k_order)random_below(4);
		uint64_t hi = random_biased(), lo = random_biased(), back_hi, back_lo;

		hi = room > 64 ? hi >> (128 - room) : 0;
		lo = room >= 64 ? lo : room ? lo >> (64 - room) : 0;
		assert_int_equal(ordered(p, p.bits + room, order, hi, lo, &child),
			0);
		assert_int_equal(v6k_prefix_child_index(p, child, order, &back_hi, &back_lo), 0);
		if (back_hi != hi || back_lo != lo)
			fail_msg("%s of %s", text_of_prefix(child), text_of_prefix(p));
	}
}

static void refused(void **state)
{
	struct v6k_prefix p = prefix("2001:db8::/32"), kept = prefix("::/0");
	uint64_t hi = 5, lo = 6;

	(void)state;
	assert_int_equal(v6k_order_apply((enum v6k_order)4, 16, &hi, &lo), V6K_EINVAL);
	assert_int_equal(v6k_order_apply((enum v6k_order)-1, 16, &hi, &lo), V6K_EINVAL);
	assert_int_equal(v6k_order_apply(V6K_ORDER_NUMBER, 129, &hi, &lo), V6K_EINVAL);
	assert_int_equal(v6k_order_apply(V6K_ORDER_NUMBER, 66, &hi, &lo), V6K_EOVERFLOW);
	assert_int_equal(v6k_order_apply(V6K_ORDER_RFC3531_CENTER, 0, &hi, &lo), V6K_EOVERFLOW);
	assert_int_equal(v6k_prefix_child_index(p, kept, V6K_ORDER_RFC3531_LEFT, &hi, &lo), V6K_EINVAL);
	assert_int_equal(v6k_prefix_child_index(p, prefix("2001:db9::/48"), V6K_ORDER_RFC3531_LEFT, &hi, &lo),
		V6K_EINVAL);
	assert_int_equal(v6k_prefix_child_index(p, prefix("10.0.0.0/32"), V6K_ORDER_RFC3531_LEFT, &hi, &lo),
		V6K_EINVAL);
	assert_int_equal(v6k_prefix_child_index(p, p, (enum v6k_order)9, &hi, &lo), V6K_EINVAL);
	assert_true(hi == 5 && lo == 6);
}

/* The numbers of facts/rfc3531.tsv: "rfc3531-leftmost<TAB>bits=8 order=2<TAB>10000000". */
static void vectors(void **state)
{
	static const char *const kinds[] = { [V6K_ORDER_RFC3531_LEFT] = "rfc3531-leftmost",
		[V6K_ORDER_RFC3531_CENTER] = "rfc3531-centermost",
		[V6K_ORDER_RFC3531_RIGHT] = "rfc3531-rightmost" };
	const char *folder = getenv("V6KIT_CORPORA");
	char line[4096], kind[64], digits[64];
	unsigned bits, n, rows = 0;
	FILE *file;

	(void)state;
	snprintf(line, sizeof(line), "%s/facts/rfc3531.tsv", folder ? folder : "");
	file = fopen(line, "r");
	if (!file) {
		printf("# no corpora: without them\n");
		return;
	}
	while (fgets(line, sizeof(line), file)) {
		unsigned order = V6K_ORDER_RFC3531_LEFT;
		struct v6k_prefix all = prefix("::/0"), child;

		if (sscanf(line, "%63s bits=%u order=%u %63[01]", kind, &bits, &n, digits) != 4)
			continue;
		while (order <= V6K_ORDER_RFC3531_CENTER && strcmp(kind, kinds[order]) != 0)
			order++;
		assert_row(line, order <= V6K_ORDER_RFC3531_CENTER);
		assert_row(line,
			ordered(all, bits, (enum v6k_order)order, 0, n - 1, &child) ==
				0);
		assert_row(line, child.hi >> (64 - bits) == strtoull(digits, NULL, 2));
		rows++;
	}
	fclose(file);
	printf("# %u rows\n", rows);
	assert_true(rows > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_of_the_rfc),
		cmocka_unit_test(example_of_the_rfc),
		cmocka_unit_test(every_child_once),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(refused),
		cmocka_unit_test(vectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
