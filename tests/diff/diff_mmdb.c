/* diff_mmdb.c: MaxMind DBs as libmaxminddb reads them: the first and last address of every prefix, one before
 * and one after, of both families and with records of every size. */
#include <errno.h>
#include <stdbool.h>

#include <maxminddb.h>
#include <unistd.h>

#include "../../src/out/mmdb.h"
#include "../unit/random.h"

enum { MOST = 400, LABELS = 7 };

static const char *const labels[LABELS] = { "", "a", "two words", "\xc3\xa9t\xc3\xa9", "0123456789012345678901234567",
	"01234567890123456789012345678", NULL };
/* Past what one and two bytes of a size say: 29, 285 and 65821. */
static char long_label[70000];

static struct entry {
	struct v6k_prefix p;
	unsigned label;
} entry[MOST];
static unsigned entries;

static const char *label_text(unsigned i)
{
	return labels[i] ? labels[i] : long_label;
}

static void to_file(void *to, const char *s, size_t n)
{
	assert_int_equal(fwrite(s, 1, n, to), n);
}

/* Disjoint prefixes, most of them close to each other. Not in ::/96, where IPv4 is; sometimes among the mapped
 * addresses. */
static void make_entries(void)
{
	unsigned mapped = random_below(3) == 0;

	entries = 0;
	for (unsigned tries = 0; tries < MOST; tries++) {
		struct v6k_addr a = random_addr();
		struct v6k_prefix p;
		bool free = true;

		if (random_below(2) && a.family == V6K_IPV6)
			a.hi = UINT64_C(0x20010db800000000) | random_below(64);
		if (random_below(2) && a.family == V6K_IPV4)
			a.lo = UINT64_C(0xc0000200) | random_below(256);
		if (mapped && a.family == V6K_IPV6 && random_below(4) == 0) {
			a.hi = 0;
			a.lo = UINT64_C(0xffff00000000) | random_below(1000);
		}
		assert_int_equal(v6k_prefix_mask(a, 1 + random_below(v6k_family_bits(a.family)), &p), 0);
		if (p.family == V6K_IPV6 && p.hi == 0 && p.lo >> 32 == 0)
			continue;
		for (unsigned i = 0; i < entries && free; i++)
			free = !v6k_prefix_overlaps(entry[i].p, p);
		if (free)
			entry[entries++] = (struct entry){ p, random_below(LABELS) };
	}
}

static void write_db(const char *path, unsigned bits)
{
	struct mmdb *db = mmdb_new("country.name");
	const struct mmdb_about about = { .type = "Test-Type",
		.build_epoch = UINT64_C(0x123456789a),
		.record_bits = bits };
	uint32_t place[LABELS];
	FILE *file = fopen(path, "wb");

	assert_non_null(db);
	assert_non_null(file);
	for (unsigned i = 0; i < LABELS; i++)
		assert_int_equal(mmdb_add_label(db, label_text(i), strlen(label_text(i)), &place[i]), 0);
	for (unsigned i = 0; i < entries; i++) {
		assert_int_equal(mmdb_add(db, entry[i].p, place[entry[i].label]), 0);
		assert_int_equal(mmdb_add(db, entry[i].p, place[0]), -EEXIST);
	}
	assert_int_equal(mmdb_write(db, &about, to_file, file), 0);
	assert_int_equal(fclose(file), 0);
	mmdb_free(db);
}

/* The entry that holds an address, or null. */
static const struct entry *find(struct v6k_addr a)
{
	for (unsigned i = 0; i < entries; i++)
		if (v6k_prefix_contains(entry[i].p, a))
			return &entry[i];
	return NULL;
}

static void check(const MMDB_s *db, struct v6k_addr a, const struct entry *want)
{
	struct sockaddr_storage sa;
	socklen_t n;
	MMDB_lookup_result_s found;
	MMDB_entry_data_s data;
	int e = 0;

	assert_int_equal(v6k_addr_to_sockaddr(a, 0, 0, &sa, &n), 0);
	found = MMDB_lookup_sockaddr(db, (const struct sockaddr *)&sa, &e);
	assert_int_equal(e, MMDB_SUCCESS);
	assert_int_equal(found.found_entry, want != NULL);
	if (!want)
		return;
	e = MMDB_get_value(&found.entry, &data, "country", "name", NULL);
	assert_int_equal(e, MMDB_SUCCESS);
	assert_true(data.has_data);
	assert_int_equal(data.type, MMDB_DATA_TYPE_UTF8_STRING);
	assert_int_equal(data.data_size, strlen(label_text(want->label)));
	assert_memory_equal(data.utf8_string, label_text(want->label), data.data_size);
	if (a.family == want->p.family)
		assert_int_equal(found.netmask,
			want->p.bits + (a.family == V6K_IPV4 ? 96u : 0u));
}

/* An address and, of IPv4, its mapped form, which is the same unless mapped prefixes are there. */
static void check_both(const MMDB_s *db, struct v6k_addr a, bool mapped)
{
	/* IPv4 is in ::/96, so that IPv6 there cannot be asked about. */
	if (a.family == V6K_IPV6 && a.hi == 0 && a.lo >> 32 == 0)
		return;
	/* Nor is what mapped addresses share. */
	if (a.family == V6K_IPV6 && v6k_addr_is_mapped(a) && !mapped)
		return;
	check(db, a, find(a));
	if (a.family == V6K_IPV4 && !mapped) {
		struct v6k_addr six;

		assert_int_equal(v6k_addr_map(a, &six), 0);
		check(db, six, find(a));
	}
}

static void boundaries(void **state)
{
	static const unsigned sizes[] = { 0, 24, 28, 32 };
	char path[] = "/tmp/v6kit-mmdb.XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	memset(long_label, 'x', sizeof(long_label) - 1);
	for (unsigned round = 0; round < 200; round++) {
		struct v6k_prefix all_mapped = prefix("::ffff:0:0/96");
		bool mapped = false;
		MMDB_s db;

		make_entries();
		/* labels[6] has each of the lengths whose size is written in a new way, in turn. */
		long_label[(size_t[]){ 284, 285, 286, 65820, 65821, 69999 }[round % 6]] = '\0';
		write_db(path, sizes[round % 4]);
		for (unsigned i = 0; i < entries; i++)
			mapped |= v6k_prefix_overlaps(entry[i].p, all_mapped) != 0;
		assert_int_equal(MMDB_open(path, MMDB_MODE_MMAP, &db), MMDB_SUCCESS);
		assert_int_equal(db.metadata.ip_version, 6);
		assert_int_equal(db.metadata.record_size, sizes[round % 4] ? sizes[round % 4] : 24);
		assert_int_equal(db.metadata.build_epoch, UINT64_C(0x123456789a));
		assert_int_equal(db.metadata.binary_format_major_version, 2);
		assert_int_equal(db.metadata.binary_format_minor_version, 0);
		assert_string_equal(db.metadata.database_type, "Test-Type");
		for (unsigned i = 0; i < entries; i++) {
			struct v6k_range r = v6k_range_from_prefix(entry[i].p);
			struct v6k_addr a;

			check_both(&db, r.first, mapped);
			check_both(&db, r.last, mapped);
			if (v6k_addr_sub(r.first, 0, 1, &a) == 0)
				check_both(&db, a, mapped);
			if (v6k_addr_add(r.last, 0, 1, &a) == 0)
				check_both(&db, a, mapped);
		}
		MMDB_close(&db);
		long_label[(size_t[]){ 284, 285, 286, 65820, 65821, 69999 }[round % 6]] = 'x';
		long_label[69999] = '\0';
	}
	unlink(path);
}

/* What the format has no place for. */
static void refused(void **state)
{
	static const char *const bad[] = { "::/0", "::/1", "::/96", "::/95", "::1/128", "::192.0.2.0/120" };
	struct mmdb *db = mmdb_new("label");
	uint32_t place;

	(void)state;
	assert_non_null(db);
	assert_int_equal(mmdb_add_label(db, "x", 1, &place), 0);
	for (unsigned i = 0; i < COUNT(bad); i++)
		assert_int_equal(mmdb_add(db, prefix(bad[i]), place), -EEXIST);
	assert_int_equal(mmdb_add(db, prefix("0.0.0.0/0"), place), 0);
	assert_int_equal(mmdb_add(db, prefix("10.0.0.0/8"), place), -EEXIST);
	assert_int_equal(mmdb_add(db, prefix("2001:db8::/32"), place), 0);
	assert_int_equal(mmdb_add(db, prefix("2001:db8::/31"), place), -EEXIST);
	assert_int_equal(mmdb_add(db, prefix("2001:db8::/33"), place), -EEXIST);
	assert_int_equal(mmdb_add(db, prefix("::1:0:0:0/80"), place), 0);
	mmdb_free(db);
	mmdb_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boundaries),
		cmocka_unit_test(refused),
	};

	random_seed();
	return cmocka_run_group_tests_name("mmdb", tests, NULL, NULL);
}
