/* mmdb.c: the tree, the data, and the metadata behind them, as the format has them. */
#include <config.h>

#include "mmdb.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A record is the number of a node, the offset of data (DATA set), or EMPTY. */
enum { IPV4_DEPTH = 96, SEPARATOR = 16 };
#define DATA UINT32_C(0x80000000)
#define EMPTY UINT32_MAX

struct node {
	uint32_t record[2];
};

struct mmdb {
	const char *key;
	struct node *node;
	size_t nodes, cap;
	uint8_t *data;
	size_t data_n, data_cap;
};

/* Control bytes: the type in the upper three bits, the size in the others. */
enum { TYPE_STRING = 2, TYPE_UINT16 = 5, TYPE_UINT32 = 6, TYPE_MAP = 7, TYPE_UINT64 = 9, TYPE_ARRAY = 11 };

static int node_new(struct mmdb *m, uint32_t *number)
{
	if (m->nodes == m->cap) {
		size_t cap = m->cap ? 2 * m->cap : 1024;
		struct node *more = m->nodes < DATA ? realloc(m->node, cap * sizeof(*more)) : NULL;

		if (!more)
			return m->nodes < DATA ? -ENOMEM : -EFBIG;
		m->node = more;
		m->cap = cap;
	}
	m->node[m->nodes] = (struct node){ { EMPTY, EMPTY } };
	*number = (uint32_t)m->nodes++;
	return 0;
}

struct mmdb *mmdb_new(const char *key)
{
	struct mmdb *m = calloc(1, sizeof(*m));
	uint32_t root;

	if (m && node_new(m, &root) != 0) {
		mmdb_free(m);
		return NULL;
	}
	if (m)
		m->key = key;
	return m;
}

void mmdb_free(struct mmdb *m)
{
	if (m) {
		free(m->node);
		free(m->data);
	}
	free(m);
}

static int put(struct mmdb *m, const void *s, size_t n)
{
	if (m->data_cap - m->data_n < n) {
		size_t cap = 2 * (m->data_n + n) + 4096;
		uint8_t *more = cap < DATA ? realloc(m->data, cap) : NULL;

		if (!more)
			return cap < DATA ? -ENOMEM : -EFBIG;
		m->data = more;
		m->data_cap = cap;
	}
	if (n > 0)
		memcpy(m->data + m->data_n, s, n);
	m->data_n += n;
	return 0;
}

/* A control byte, with what belongs to it: a type past 7 follows in a byte of its own, then a size past
 * 28 in one to three. */
static int put_control(struct mmdb *m, unsigned type, size_t n)
{
	uint8_t bytes[5];
	unsigned at = 1, size_bytes = n < 29 ? 0 : n < 285 ? 1 : n < 65821 ? 2 : 3;
	size_t rest = n < 29 ? 0 : n < 285 ? n - 29 : n < 65821 ? n - 285 : n - 65821;

	bytes[0] = (uint8_t)((type > 7 ? 0 : type << 5) | (size_bytes ? 28 + size_bytes : n));
	if (type > 7)
		bytes[at++] = (uint8_t)(type - 7);
	for (unsigned i = size_bytes; i > 0; i--)
		bytes[at++] = (uint8_t)(rest >> 8 * (i - 1));
	return put(m, bytes, at);
}

static int put_string(struct mmdb *m, const char *s, size_t n)
{
	int e = put_control(m, TYPE_STRING, n);

	return e ? e : put(m, s, n);
}

static int put_text(struct mmdb *m, const char *text)
{
	return put_string(m, text, strlen(text));
}

/* As few bytes as the number has. */
static int put_number(struct mmdb *m, unsigned type, uint64_t number)
{
	uint8_t bytes[8];
	unsigned n = 0;

	while (n < 8 && number >> 8 * n)
		n++;
	for (unsigned i = 0; i < n; i++)
		bytes[i] = (uint8_t)(number >> 8 * (n - 1 - i));
	return put_control(m, type, n) ? -ENOMEM : put(m, bytes, n);
}

int mmdb_add_label(struct mmdb *m, const char *s, size_t n, uint32_t *label)
{
	const char *key = m->key;
	size_t at = m->data_n;
	int e = n < 65821 + (1 << 24) ? 0 : -EFBIG;

	for (bool more = true; e == 0 && more; key++) {
		size_t length = strcspn(key, ".");

		e = put_control(m, TYPE_MAP, 1);
		if (e == 0)
			e = put_string(m, key, length);
		key += length;
		more = *key == '.';
	}
	if (e == 0)
		e = put_string(m, s, n);
	if (e == 0)
		*label = (uint32_t)at;
	return e;
}

/* Bit i of a prefix, counted from the left of the tree's 128. */
static unsigned bit(struct v6k_prefix p, unsigned i)
{
	return (unsigned)((i < 64 ? p.hi >> (63 - i) : p.lo >> (127 - i)) & 1);
}

static bool is_node(uint32_t record)
{
	return record < DATA;
}

/* Puts a record at the end of a prefix's way through the tree, where nothing may be yet. */
static int set_record(struct mmdb *m, struct v6k_prefix p, unsigned depth, uint32_t record)
{
	uint32_t at = 0;

	for (unsigned i = 0; i + 1 < depth; i++) {
		uint32_t next = m->node[at].record[bit(p, i)];

		if (next == EMPTY) {
			int e = node_new(m, &next);

			if (e)
				return e;
			m->node[at].record[bit(p, i)] = next;
		}
		if (!is_node(next))
			return -EEXIST;
		at = next;
	}
	if (m->node[at].record[bit(p, depth - 1)] != EMPTY)
		return -EEXIST;
	m->node[at].record[bit(p, depth - 1)] = record;
	return 0;
}

int mmdb_add(struct mmdb *m, struct v6k_prefix p, uint32_t label)
{
	/* ::/96 is part of all that are shorter and begin with zeros. */
	if (p.family == V6K_IPV6 && p.hi == 0 && p.lo >> 32 == 0)
		return -EEXIST;
	if (p.family == V6K_IPV6)
		return set_record(m, p, p.bits, label | DATA);
	return set_record(m, p, p.bits + IPV4_DEPTH, label | DATA);
}

/* The record of ::/96, EMPTY when it has none. */
static uint32_t ipv4_record(const struct mmdb *m)
{
	uint32_t at = 0;

	for (unsigned i = 0; i < IPV4_DEPTH && is_node(at); i++)
		at = m->node[at].record[0];
	return at;
}

static int alias(struct mmdb *m)
{
	struct v6k_prefix mapped = { .lo = UINT64_C(0xffff00000000),
		.family = V6K_IPV6,
		.bits = IPV4_DEPTH };
	uint32_t ipv4 = ipv4_record(m);
	int e = ipv4 == EMPTY ? 0 : set_record(m, mapped, mapped.bits, ipv4);

	/* What the list says of mapped addresses themselves stays. */
	return e == -EEXIST ? 0 : e;
}

static int put_metadata(struct mmdb *m, const struct mmdb_about *about, unsigned bits)
{
	const struct {
		const char *name;
		unsigned type;
		uint64_t number;
	} numbers[] = {
		{ "node_count", TYPE_UINT32, m->nodes },
		{ "record_size", TYPE_UINT16, bits },
		{ "ip_version", TYPE_UINT16, 6 },
		{ "binary_format_major_version", TYPE_UINT16, 2 },
		{ "binary_format_minor_version", TYPE_UINT16, 0 },
		{ "build_epoch", TYPE_UINT64, about->build_epoch },
	};
	int e = put_control(m, TYPE_MAP, sizeof(numbers) / sizeof(numbers[0]) + 3);

	for (size_t i = 0; e == 0 && i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		e = put_text(m, numbers[i].name);
		if (e == 0)
			e = put_number(m, numbers[i].type, numbers[i].number);
	}
	if (e == 0)
		e = put_text(m, "database_type");
	if (e == 0)
		e = put_text(m, about->type);
	if (e == 0)
		e = put_text(m, "languages");
	if (e == 0)
		e = put_control(m, TYPE_ARRAY, 0);
	if (e == 0)
		e = put_text(m, "description");
	if (e == 0)
		e = put_control(m, TYPE_MAP, 1);
	if (e == 0)
		e = put_text(m, "en");
	return e ? e : put_text(m, "prefixes and their labels, by v6kit");
}

/* What a record is in the file: past the nodes come "nothing there", and the data behind a separator. */
static uint64_t written(const struct mmdb *m, uint32_t record)
{
	if (record == EMPTY)
		return m->nodes;
	return is_node(record) ? record : m->nodes + SEPARATOR + (record & ~DATA);
}

/* Both records of a node: bytes from the high one on. With 28 bits they share the byte in the middle, the
 * high four bits of each. */
static unsigned pack(uint64_t left, uint64_t right, unsigned bits, uint8_t out[8])
{
	unsigned each = bits / 8, n = 2 * each + (bits == 28);

	for (unsigned i = 0; i < each; i++) {
		out[i] = (uint8_t)(left >> 8 * (each - 1 - i));
		out[n - 1 - i] = (uint8_t)(right >> 8 * i);
	}
	if (bits == 28)
		out[each] = (uint8_t)((left >> 24 & 15) << 4 | (right >> 24 & 15));
	return n;
}

/* The size of records, 0 when none of these does. */
static unsigned record_bits(const struct mmdb *m, unsigned wanted)
{
	static const unsigned sizes[] = { 24, 28, 32 };
	uint64_t last = m->nodes + SEPARATOR + m->data_n;

	for (unsigned i = 0; i < 3; i++)
		if ((wanted == 0 || wanted == sizes[i]) && last >> sizes[i] == 0)
			return sizes[i];
	return 0;
}

int mmdb_write(struct mmdb *m, const struct mmdb_about *about, out_write *write, void *to)
{
	static const char marker[] = "\xab\xcd\xefMaxMind.com";
	static const char separator[SEPARATOR];
	unsigned bits = 0;
	size_t data_n = m->data_n;
	int e = alias(m);

	if (e == 0)
		bits = record_bits(m, about->record_bits);
	if (e == 0)
		e = bits == 0 ? -EFBIG : put_metadata(m, about, bits);
	for (size_t i = 0; e == 0 && i < m->nodes; i++) {
		uint8_t packed[8];
		unsigned n = pack(written(m, m->node[i].record[0]),
			written(m, m->node[i].record[1]), bits, packed);

		write(to, (const char *)packed, n);
	}
	if (e == 0) {
		write(to, separator, SEPARATOR);
		write(to, (const char *)m->data, data_n);
		write(to, marker, sizeof(marker) - 1);
		write(to, (const char *)m->data + data_n, m->data_n - data_n);
	}
	m->data_n = data_n;
	return e;
}
