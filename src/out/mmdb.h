/* mmdb.h: writes a MaxMind DB, version 2.0 of the format (https://maxmind.github.io/MaxMind-DB/): a binary
 * tree of prefixes, each with a label. */
#ifndef V6KIT_OUT_MMDB_H
#define V6KIT_OUT_MMDB_H

#include <stdint.h>

#include <v6kit/prefix.h>

#include "text.h"

/* A database under construction. */
struct mmdb;

/* key: what a reader finds the label by, names of maps within maps with dots between; at least one, none
 * of them empty. Null when out of memory. */
struct mmdb *mmdb_new(const char *key);
void mmdb_free(struct mmdb *m);

/* Adds a label, which is UTF-8, for any number of prefixes. 0; -ENOMEM; -EFBIG past 2^31 bytes of data. */
int mmdb_add_label(struct mmdb *m, const char *s, size_t n, uint32_t *label);

/* Adds a prefix. 0; -EEXIST when it overlaps another or, being IPv6, ::/96, where the format keeps IPv4;
 * -ENOMEM; -EFBIG past 2^31 nodes. */
int mmdb_add(struct mmdb *m, struct v6k_prefix p, uint32_t label);

/* What the format says about the whole. */
struct mmdb_about {
	const char *type; /* of the database */
	uint64_t build_epoch;
	unsigned record_bits; /* 24, 28, 32, or 0 for the first of them that will do */
};

/* Makes ::ffff:0:0/96 the same as ::/96, unless prefixes of IPv6 lie there, and writes it all. 0; -EFBIG
 * when records of so many bits do not do; -ENOMEM. */
int mmdb_write(struct mmdb *m, const struct mmdb_about *about, out_write *write, void *to);

#endif
