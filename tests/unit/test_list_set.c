/* test_list_set.c: lists, and the sets frozen from them. */
#include "lib.h"

#define MAX6 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

/* A list of blank-separated prefixes and ranges, labelled 0, 1, 2... */
static struct v6k_list *list_of(const char *text)
{
	struct v6k_list *list = v6k_list_new();
	uint32_t label = 0;

	assert_non_null(list);
	while (*text) {
		size_t n = strcspn(text, " ");
		struct v6k_range r;
		struct v6k_prefix p;

		/* As a prefix where it is one, so that both ways in are used. */
		if (v6k_prefix_parse(text, n, 0, &p, NULL) == 0) {
			assert_int_equal(v6k_list_add_prefix(list, p, label++), 0);
		} else {
			assert_int_equal(v6k_range_parse(text, n, 0, &r, NULL), 0);
			assert_int_equal(v6k_list_add_range(list, r, label++), 0);
		}
		text += n + (text[n] == ' ');
	}
	return list;
}

static struct v6k_set *set_of(const char *text, unsigned flags)
{
	struct v6k_list *list = list_of(text);
	struct v6k_set *set = NULL;

	assert_int_equal(v6k_set_freeze(list, flags, &set), 0);
	v6k_list_free(list); /* what was frozen stays good */
	return set;
}

/* A set as text: its ranges, those that are prefixes as such. */
static const char *text_of_set(const struct v6k_set *set)
{
	static char text[4000];
	struct v6k_range r;
	size_t at = 0;

	text[0] = 0;
	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++) {
		struct v6k_prefix p;
		char *to = text + at;
		int n;

		if (i)
			*to++ = ' ';
		n = v6k_range_to_prefix(r, &p) == 0 ? v6k_prefix_format(p, V6K_CANONICAL, to, 100) :
						      v6k_range_format(r, V6K_CANONICAL, to, 100);
		assert_true(n > 0);
		at = (size_t)(to - text) + (size_t)n;
		text[at] = 0;
	}
	return text;
}

static void list(void **state)
{
	struct v6k_list *l = v6k_list_new();
	struct v6k_range r = range("::5"), back;
	struct v6k_prefix p = prefix("10.0.0.0/8");
	uint32_t label = 77;

	(void)state;
	assert_non_null(l);
	assert_int_equal(v6k_list_size(l), 0);
	assert_int_equal(v6k_list_entry(l, 0, &back, &label), V6K_EINVAL);
	assert_int_equal(label, 77);
	assert_int_equal(v6k_list_add_prefix(l, p, 3), 0);
	assert_int_equal(v6k_list_add_range(l, r, V6K_NO_LABEL), 0);
	/* Values that are none, or lie. */
	assert_int_equal(v6k_list_add_prefix(l, prefix(""), 1), V6K_EINVAL);
	p.bits = 33;
	assert_int_equal(v6k_list_add_prefix(l, p, 1), V6K_EINVAL);
	p = prefix("2001:db8::/32");
	p.lo = 1; /* host bits */
	assert_int_equal(v6k_list_add_prefix(l, p, 1), V6K_EINVAL);
	p = prefix("10.0.0.0/8");
	p.hi = 1; /* a number that no IPv4 address has */
	assert_int_equal(v6k_list_add_prefix(l, p, 1), V6K_EINVAL);
	assert_int_equal(v6k_list_add_range(l, range(""), 1), V6K_EINVAL);
	r.first = addr("::6");
	assert_int_equal(v6k_list_add_range(l, r, 1), V6K_EINVAL);
	r.first = addr("0.0.0.1");
	assert_int_equal(v6k_list_add_range(l, r, 1), V6K_EINVAL);
	assert_int_equal(v6k_list_size(l), 2);

	assert_int_equal(v6k_list_entry(l, 0, &back, &label), 0);
	assert_string_equal(text_of_addr(back.first), "10.0.0.0");
	assert_string_equal(text_of_addr(back.last), "10.255.255.255");
	assert_int_equal(label, 3);
	assert_int_equal(v6k_list_entry(l, 1, &back, NULL), 0);
	assert_string_equal(text_of_addr(back.first), "::5");
	assert_int_equal(v6k_list_entry(l, 2, &back, NULL), V6K_EINVAL);
	v6k_list_free(l);
	v6k_list_free(NULL);
	v6k_set_free(NULL);
}

/* Labels and ranges that come late; what is asked for in another order than it was added. */
static void columns(void **state)
{
	static const struct {
		const char *text;
		uint32_t label;
	} entries[] = {
		{ "10.0.0.0/8", V6K_NO_LABEL },
		{ "10.0.0.1-10.0.0.6", V6K_NO_LABEL },
		{ "2001:db8::/32", V6K_NO_LABEL },
		{ "2001:db8::/64", 7 },
		{ "::1", V6K_NO_LABEL },
		{ "::-ffff::", 0 },
		{ "0.0.0.0-255.255.255.255", UINT32_MAX - 1 },
		{ MAX6, V6K_NO_LABEL },
		{ "::-" MAX6, 9 },
		{ "255.255.255.254-255.255.255.255", 10 },
	};
	struct v6k_list *l = v6k_list_new();

	(void)state;
	for (size_t round = 0; round < 5; round++)
		for (size_t i = 0; i < COUNT(entries); i++)
			assert_int_equal(v6k_list_add_range(l, range(entries[i].text),
						 entries[i].label),
				0);
	for (size_t i = v6k_list_size(l); i-- > 0;) {
		struct v6k_range want = range(entries[i % COUNT(entries)].text), got;
		uint32_t label;

		assert_int_equal(v6k_list_entry(l, i, &got, &label), 0);
		assert_row(entries[i % COUNT(entries)].text,
			v6k_addr_cmp(got.first, want.first) == 0 &&
				v6k_addr_cmp(got.last, want.last) == 0);
		assert_int_equal(label, entries[i % COUNT(entries)].label);
	}
	v6k_list_free(l);
}

/* What the first call takes of a text, and how many lines that is: without flags, and with labels
 * passed. */
static const struct {
	const char *text;
	size_t at[2], lines[2];
} plain[] = {
	{ "", { 0, 0 }, { 0, 0 } },
	{ "::1", { 0, 0 }, { 0, 0 } }, /* the rest of the line may still come */
	{ "::1\n", { 4, 4 }, { 1, 1 } },
	{ "::1\r\n::2\n", { 9, 9 }, { 2, 2 } },
	{ "::1\r", { 0, 0 }, { 0, 0 } },
	{ "::1\r ::2\n", { 0, 0 }, { 0, 0 } },
	{ "10.0.0.0/8\n2001:db8::/32\n0.0.0.0/0\n::/0\n", { 40, 40 }, { 4, 4 } },
	{ "10.0.0.0/8\n\n::1\n", { 11, 11 }, { 1, 1 } },
	{ "#\n::1\n", { 0, 0 }, { 0, 0 } },
	{ " ::1\n", { 0, 0 }, { 0, 0 } },
	{ "::/128\n::/129\n", { 7, 7 }, { 1, 1 } },
	{ "0.0.0.0/32\n0.0.0.0/33\n", { 11, 11 }, { 1, 1 } },
	{ "::/0\n::/00\n", { 5, 5 }, { 1, 1 } },
	{ "::/\n", { 0, 0 }, { 0, 0 } },
	{ "::/1000\n", { 0, 0 }, { 0, 0 } },
	{ "::/1x\n", { 0, 0 }, { 0, 0 } },
	{ "::1/127\n", { 0, 0 }, { 0, 0 } }, /* host bits */
	{ "10.0.0.1/8\n", { 0, 0 }, { 0, 0 } },
	{ "192.0.2.0/255.255.255.0\n", { 0, 0 }, { 0, 0 } },
	{ "fe80::1%eth0\n", { 0, 0 }, { 0, 0 } },
	{ "[::1]\n", { 0, 0 }, { 0, 0 } },
	{ "::1-::5\n", { 0, 0 }, { 0, 0 } },
	{ "::1 - ::5\n", { 0, 0 }, { 0, 0 } },
	{ "::1  -::5\n", { 0, 0 }, { 0, 0 } },
	{ "::1 lo\n::2\n", { 0, 11 }, { 0, 2 } },
	{ "::1\t# lo\n", { 0, 9 }, { 0, 1 } },
	{ "::1 \n::2\n", { 0, 9 }, { 0, 2 } },
	{ "::1 \r\n", { 0, 6 }, { 0, 1 } },
	{ "::1 lo", { 0, 0 }, { 0, 0 } },
	{ "::1 ", { 0, 0 }, { 0, 0 } },
	{ "10.0.0.0/8 - office\n", { 0, 20 }, { 0, 1 } },
	{ "10.0.0.0/8-\n", { 0, 0 }, { 0, 0 } },
};

static void add_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(plain); i++) {
		for (unsigned flags = 0; flags <= V6K_LABELS_PASSED; flags++) {
			const char *text = plain[i].text;
			struct v6k_list *l = v6k_list_new();
			size_t at = 0, start = 0;
			uint64_t lines = 5;

			assert_int_equal(v6k_list_add_lines(l, text, strlen(text), &at, flags,
						 &lines),
				0);
			assert_row(text, at == plain[i].at[flags]);
			assert_row(text, lines == 5 + plain[i].lines[flags]);
			assert_row(text, v6k_list_size(l) == plain[i].lines[flags]);
			/* Each entry is what the line begins with. */
			for (size_t k = 0; k < v6k_list_size(l); k++) {
				size_t n = strcspn(text + start, " \t\r\n");
				struct v6k_range r, got;
				uint32_t label = 7;

				assert_int_equal(v6k_range_parse(text + start, n, 0, &r, NULL), 0);
				assert_int_equal(v6k_list_entry(l, k, &got, &label), 0);
				assert_row(text, v6k_addr_cmp(r.first, got.first) == 0);
				assert_row(text, v6k_addr_cmp(r.last, got.last) == 0);
				assert_row(text, label == V6K_NO_LABEL);
				start += strcspn(text + start, "\n") + 1;
			}
			v6k_list_free(l);
		}
	}
}

/* A line whose label is long is the caller's, so that what is too long for a line is never taken. */
static void long_label(void **state)
{
	static char text[5000] = "::1 ";
	struct v6k_list *l = v6k_list_new();
	uint64_t lines = 0;
	size_t at = 0;

	(void)state;
	memset(text + 4, 'x', sizeof(text) - 4);
	text[sizeof(text) - 1] = '\n';
	assert_int_equal(v6k_list_add_lines(l, text, sizeof(text), &at, V6K_LABELS_PASSED, &lines),
		0);
	assert_true(at == 0 && lines == 0 && v6k_list_size(l) == 0);
	text[1000] = '\n';
	assert_int_equal(v6k_list_add_lines(l, text, sizeof(text), &at, V6K_LABELS_PASSED, &lines),
		0);
	assert_true(at == 1001 && lines == 1 && v6k_list_size(l) == 1);
	v6k_list_free(l);
}

/* Entries as prefixes: those that were added as ranges, too. */
static void prefixes(void **state)
{
	static const char *const texts[] = { "10.0.0.0/8", "10.0.0.0-10.0.0.255", "10.0.0.1-10.0.0.2",
		"::/0", MAX6, "::1-::2", "255.255.255.255" };
	static const char *const want[] = { "10.0.0.0/8", "10.0.0.0/24", "", "::/0", MAX6 "/128", "",
		"255.255.255.255/32" };
	struct v6k_list *l = v6k_list_new();

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_int_equal(v6k_list_add_range(l, range(texts[i]), V6K_NO_LABEL), 0);
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct v6k_prefix p = prefix("");
		int e = v6k_list_prefix(l, i, &p);

		assert_row(texts[i], e == (*want[i] ? 0 : V6K_ENOTPREFIX));
		if (*want[i])
			assert_row_text(texts[i], text_of_prefix(p), want[i]);
	}
	assert_int_equal(v6k_list_prefix(l, COUNT(texts), &(struct v6k_prefix){ 0 }), V6K_EINVAL);
	v6k_list_free(l);
}

/* Past every size at which the list grows. */
static void long_list(void **state)
{
	struct v6k_list *l = v6k_list_new();
	struct v6k_set *set;
	struct v6k_addr a = addr("2001:db8::");

	(void)state;
	for (uint32_t i = 0; i < 10000; i++) {
		struct v6k_prefix p;

		/* Every other address, from the last to the first. */
		assert_int_equal(v6k_addr_add(a, 0, 2 * (9999 - i), &a), 0);
		assert_int_equal(v6k_prefix_make(a, 128, &p), 0);
		assert_int_equal(v6k_list_add_prefix(l, p, i), 0);
		a = addr("2001:db8::");
	}
	assert_int_equal(v6k_list_size(l), 10000);
	assert_int_equal(v6k_set_freeze(l, 0, &set), 0);
	assert_int_equal(v6k_set_size(set), 10000);
	assert_string_equal(text_of_count(v6k_set_count(set)), "10000");
	v6k_set_free(set);
	v6k_list_free(l);
}

static const struct {
	const char *list, *set, *count;
} merges[] = {
	{ "", "", "0" },
	{ "::1", "::1/128", "1" },
	{ "::1 ::1 ::1", "::1/128", "1" },
	{ "::3 ::2", "::2/127", "2" },
	{ "::1 ::3", "::1/128 ::3/128", "2" },
	{ "2001:db8::/33 2001:db8:8000::/33", "2001:db8::/32", "79228162514264337593543950336" },
	{ "2001:db8::/32 2001:db8:5::/48", "2001:db8::/32", "79228162514264337593543950336" },
	{ "::/0 ::1 " MAX6, "::/0", "340282366920938463463374607431768211456" },
	{ "::/1 8000::/1", "::/0", "340282366920938463463374607431768211456" },
	{ MAX6 " ::", "::/128 " MAX6 "/128", "2" },
	/* The last address of all, and what comes after in the list. */
	{ "fff0::/12 " MAX6 " ffff::/16", "fff0::/12", "83076749736557242056487941267521536" },
	{ "::5-::9 ::7-::f ::10-::11", "::5-::11", "13" },
	{ "::5-::9 ::b-::f", "::5-::9 ::b-::f", "10" },
	{ "192.0.2.0/25 192.0.2.128/25", "192.0.2.0/24", "256" },
	{ "255.255.255.255 255.255.255.254", "255.255.255.254/31", "2" },
	/* The families stay apart, IPv4 first, even where their numbers touch. */
	{ "::/96 0.0.0.0/0", "0.0.0.0/0 ::/96", "8589934592" },
	{ "0.0.0.0/0 ::/0", "0.0.0.0/0 ::/0", "340282366920938463463374607436063178752" },
	{ "0.0.0.0/1 ::128.0.0.0/97", "0.0.0.0/1 ::8000:0/97", "4294967296" },
	{ "::ffff:192.0.2.0/120 192.0.2.0/24", "192.0.2.0/24 ::ffff:192.0.2.0/120", "512" },
};

static void merge(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(merges); i++) {
		/* What the set is made of does not depend on how questions are asked. */
		for (unsigned flags = 0; flags <= V6K_MATCH_MAPPED; flags += V6K_MATCH_MAPPED) {
			struct v6k_set *set = set_of(merges[i].list, flags);
			struct v6k_range kept = range("::5"), r = kept;

			assert_row_text(merges[i].list, text_of_set(set), merges[i].set);
			assert_row_text(merges[i].list, text_of_count(v6k_set_count(set)),
				merges[i].count);
			assert_int_equal(v6k_set_range(set, v6k_set_size(set), &r), V6K_EINVAL);
			assert_int_equal(v6k_set_range(set, SIZE_MAX, &r), V6K_EINVAL);
			assert_memory_equal(&r, &kept, sizeof(r));
			v6k_set_free(set);
		}
	}
}

/* Ruling 17. "in": 'y' or 'n', first strictly by family, then with V6K_MATCH_MAPPED. */
static const struct {
	const char *list, *a, *in;
} questions[] = {
	{ "192.0.2.0/24", "192.0.2.1", "yy" },
	{ "192.0.2.0/24", "192.0.3.0", "nn" },
	/* Of all peers, none sees that the first of these is in: a blocklist dodged by spelling. */
	{ "192.0.2.0/24", "::ffff:192.0.2.1", "ny" },
	{ "192.0.2.0/24", "::ffff:192.0.3.0", "nn" },
	{ "192.0.2.0/24", "::192.0.2.1", "nn" },
	{ "192.0.2.0/24", "64:ff9b::192.0.2.1", "nn" },
	{ "::ffff:192.0.2.0/120", "::ffff:192.0.2.1", "yy" },
	{ "::ffff:192.0.2.0/120", "192.0.2.1", "ny" },
	{ "::ffff:192.0.2.0/120", "192.0.3.0", "nn" },
	{ "::ffff:0.0.0.0/96", "255.255.255.255", "ny" },
	{ "::ffff:192.0.2.5-::ffff:192.0.2.9", "192.0.2.9", "ny" },
	{ "::ffff:192.0.2.5-::ffff:192.0.2.9", "192.0.2.10", "nn" },
	/* What is wider than the mapped addresses is no spelling of IPv4. */
	{ "::/0", "192.0.2.1", "nn" },
	{ "::/0", "::ffff:192.0.2.1", "yy" },
	{ "::fffe:0:0/95", "192.0.2.1", "nn" },
	{ "::ffff:192.0.2.0-::1:0:0:0", "192.0.2.1", "nn" },
	{ "::ffff:192.0.2.0-1::ffff:192.0.2.9", "192.0.2.1", "nn" },
	{ "0.0.0.0/0", "::ffff:192.0.2.1", "ny" },
	{ "0.0.0.0/0", "::", "nn" },
	{ "0.0.0.0/0", "::1.2.3.4", "nn" },
	{ "::/96", "0.0.0.1", "nn" },
	{ "", "::", "nn" },
	{ "::/0", "", "nn" },
	{ "0.0.0.0/0", "", "nn" },
};

static void contains(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(questions); i++) {
		for (unsigned mapped = 0; mapped < 2; mapped++) {
			struct v6k_set *set =
				set_of(questions[i].list, mapped ? V6K_MATCH_MAPPED : 0);
			struct v6k_addr a = addr(questions[i].a);
			struct v6k_range r = { a, a };
			uint8_t in = 7;
			int want = questions[i].in[mapped] == 'y';

			v6k_set_contains(set, &a, 1, &in);
			assert_row(questions[i].a, in == want);
			assert_row(questions[i].a, v6k_set_covers(set, r) == want);
			assert_row(questions[i].a, v6k_set_overlaps(set, r) == want);
			v6k_set_free(set);
		}
	}
}

static const struct {
	const char *list, *range;
	int covers, overlaps;
} wide_questions[] = {
	{ "2001:db8::/32", "2001:db8::/32", 1, 1 },
	{ "2001:db8::/32", "2001:db8:5::/48", 1, 1 },
	{ "2001:db8::/32", "2001:d00::/24", 0, 1 },
	{ "2001:db8::/32", "2001:db9::/32", 0, 0 },
	{ "2001:db8::/33 2001:db8:8000::/33", "2001:db8::/32", 1, 1 },
	{ "::1 ::3", "::1-::3", 0, 1 },
	{ "::1 ::3", "::2", 0, 0 },
	{ "::1 ::3", "::2-::3", 0, 1 },
	{ "::1 ::3", "::4-::9", 0, 0 },
	{ "::/0", "::/0", 1, 1 },
	{ "0.0.0.0/0", "::/0", 0, 0 },
	{ "10.0.0.0/8", "9.0.0.0-10.0.0.0", 0, 1 },
	{ "10.0.0.0/8", "10.255.255.255-11.0.0.0", 0, 1 },
	{ "", "::/0", 0, 0 },
};

static void covers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wide_questions); i++) {
		struct v6k_set *set = set_of(wide_questions[i].list, 0);
		struct v6k_range r = range(wide_questions[i].range);

		assert_row(wide_questions[i].range,
			v6k_set_covers(set, r) == wide_questions[i].covers);
		assert_row(wide_questions[i].range,
			v6k_set_overlaps(set, r) == wide_questions[i].overlaps);
		v6k_set_free(set);
	}
}

/* An IPv4 range asked of IPv4 and mapped entries that only together hold it. */
static void mapped_range(void **state)
{
	struct v6k_set *set = set_of("192.0.2.0/25 ::ffff:192.0.2.128/121", V6K_MATCH_MAPPED);

	(void)state;
	assert_int_equal(v6k_set_covers(set, range("192.0.2.0/24")), 1);
	assert_int_equal(v6k_set_covers(set, range("::ffff:192.0.2.0/120")), 1);
	assert_int_equal(v6k_set_overlaps(set, range("::/0")), 1);
	assert_int_equal(v6k_set_overlaps(set, range("192.0.3.0/24")), 0);
	v6k_set_free(set);
}

static void many_at_once(void **state)
{
	struct v6k_set *set = set_of("192.0.2.0/24 2001:db8::/32", V6K_MATCH_MAPPED);
	struct v6k_addr a[] = { addr("192.0.2.1"), addr("2001:db9::"), addr("2001:db8::1"),
		addr(""), addr("::ffff:192.0.2.2"), addr("::1") };
	static const uint8_t want[] = { 1, 0, 1, 0, 1, 0, 7 };
	uint8_t in[7];

	(void)state;
	memset(in, 7, sizeof(in));
	v6k_set_contains(set, a, 0, in);
	assert_int_equal(in[0], 7);
	v6k_set_contains(set, a, COUNT(a), in);
	assert_memory_equal(in, want, sizeof(in));
	v6k_set_free(set);
}

/* The address with a number, of both families, at both ends. */
static void nth(void **state)
{
	static const char *const ranges[] = { "10.0.0.0/31", "0.0.0.0/32", "255.255.255.255/32",
		"::/1", "ffff::/128", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128" };
	static const struct {
		const char *n, *a;
	} rows[] = {
		{ "0", "0.0.0.0" },
		{ "1", "10.0.0.0" },
		{ "2", "10.0.0.1" },
		{ "3", "255.255.255.255" },
		{ "4", "::" },
		{ "5", "::1" },
		{ "170141183460469231731687303715884105731",
			"7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
		{ "170141183460469231731687303715884105732", "ffff::" },
		{ "170141183460469231731687303715884105733",
			"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
		{ "170141183460469231731687303715884105734", "" },
		{ "6277101735386680763835789423207666416102355444464034512895", "" },
	};
	struct v6k_list *list = v6k_list_new();
	struct v6k_set *set;

	(void)state;
	for (size_t i = 0; i < COUNT(ranges); i++)
		assert_int_equal(v6k_list_add_prefix(list, prefix(ranges[i]), V6K_NO_LABEL), 0);
	assert_int_equal(v6k_set_freeze(list, V6K_MATCH_MAPPED, &set), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct v6k_addr a = addr("");
		struct v6k_count n;

		assert_int_equal(v6k_count_parse(rows[i].n, strlen(rows[i].n), &n), 0);
		assert_row(rows[i].n, v6k_set_nth(set, n, &a) == (*rows[i].a ? 0 : V6K_EOVERFLOW));
		assert_row(rows[i].n, v6k_addr_cmp(a, addr(rows[i].a)) == 0);
	}
	v6k_set_free(set);
	v6k_list_free(list);
}

#define EVERYTHING "0.0.0.0/0 ::/0"

static const struct {
	const char *a, *b, *result[4]; /* by enum v6k_set_op */
} combinations[] = {
	{ "", "", { "", "", "", "" } },
	{ "::1", "", { "::1/128", "", "::1/128", "::1/128" } },
	{ "", "::1", { "::1/128", "", "", "::1/128" } },
	{ "::1", "::1", { "::1/128", "::1/128", "", "" } },
	{ "::", "::1", { "::/127", "", "::/128", "::/127" } },
	{ "10.0.0.0/8", "10.0.0.0/9",
		{ "10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.128.0.0/9" } },
	{ "::1-::5 ::9", "::5-::9",
		{ "::1-::9", "::5/128 ::9/128", "::1-::4", "::1-::4 ::6-::8" } },
	{ "::1-::9", "::3 ::5-::6",
		{ "::1-::9", "::3/128 ::5-::6", "::1-::2 ::4/128 ::7-::9",
			"::1-::2 ::4/128 ::7-::9" } },
	{ EVERYTHING, "", { EVERYTHING, "", EVERYTHING, EVERYTHING } },
	{ EVERYTHING, EVERYTHING, { EVERYTHING, EVERYTHING, "", "" } },
	{ "0.0.0.0/0", "::/0", { EVERYTHING, "", "0.0.0.0/0", EVERYTHING } },
	{ "::/0", MAX6,
		{ "::/0", MAX6 "/128", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe",
			"::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe" } },
	{ "0.0.0.0/0", "255.255.255.255",
		{ "0.0.0.0/0", "255.255.255.255/32", "0.0.0.0-255.255.255.254",
			"0.0.0.0-255.255.255.254" } },
	/* Mapped addresses are no IPv4 here, however the sets were frozen. */
	{ "192.0.2.1", "::ffff:192.0.2.1",
		{ "192.0.2.1/32 ::ffff:192.0.2.1/128", "", "192.0.2.1/32",
			"192.0.2.1/32 ::ffff:192.0.2.1/128" } },
};

static void combine(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(combinations); i++) {
		struct v6k_set *a = set_of(combinations[i].a, 0);
		struct v6k_set *b = set_of(combinations[i].b, V6K_MATCH_MAPPED);

		for (unsigned op = 0; op < 4; op++) {
			struct v6k_set *c = NULL;
			const char *want = combinations[i].result[op];

			assert_int_equal(v6k_set_combine(a, b, (enum v6k_set_op)op, &c), 0);
			if (strcmp(text_of_set(c), want) != 0)
				fail_msg("%s, %s, op %u: %s, want %s", combinations[i].a,
					combinations[i].b, op, text_of_set(c), want);
			v6k_set_free(c);
		}
		v6k_set_free(a);
		v6k_set_free(b);
	}
}

/* No such operation: an error, and nothing is stored. A set may be combined with itself. */
static void combine_wrongly(void **state)
{
	struct v6k_set *a = set_of("::1", 0), *c = a;

	(void)state;
	assert_int_equal(v6k_set_combine(a, a, (enum v6k_set_op)4, &c), V6K_EINVAL);
	assert_int_equal(v6k_set_combine(a, a, (enum v6k_set_op) - 1, &c), V6K_EINVAL);
	assert_ptr_equal(c, a);
	assert_int_equal(v6k_set_combine(a, a, V6K_INTERSECTION, &c), 0);
	assert_string_equal(text_of_set(c), "::1/128");
	v6k_set_free(c);
	v6k_set_free(a);
	v6k_set_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(add_lines),
		cmocka_unit_test(long_label),
		cmocka_unit_test(prefixes),
		cmocka_unit_test(columns),
		cmocka_unit_test(combine),
		cmocka_unit_test(combine_wrongly),
		cmocka_unit_test(list),
		cmocka_unit_test(nth),
		cmocka_unit_test(long_list),
		cmocka_unit_test(merge),
		cmocka_unit_test(contains),
		cmocka_unit_test(covers),
		cmocka_unit_test(mapped_range),
		cmocka_unit_test(many_at_once),
	};

	return cmocka_run_group_tests_name("list and set", tests, NULL, NULL);
}
