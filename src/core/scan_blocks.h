/* scan_blocks.h: the vector scanner, for files that include it once. It looks at 48 bytes at a time and
 * the 16 before them, only for marks, without one of which there is no address: two colons in a row,
 * four colons near each other, or three dots. Around those it finds the token, by the bitmaps of its
 * bytes, and judges it; whatever is not plain there is left to scan_judge.
 *
 * Before it is included:
 *     BLOCKS_TARGET    attributes of every function
 *     struct marks     colon and dot: the bitmaps of these bytes in 64; bit i tells of byte i
 *     marks(p)         finds them at p
 *     struct classes   token, word and colon: the bitmaps of bytes that a token has (scan.h), of
 *                      those among them that no address has, and of colons
 *     classes(p)       finds them at p
 *     token_parse(p, n, colon, room, out)
 *                      reads the address that the token of n bytes at p is, with its colons in bits
 *                      0 to n-1; room is how many bytes from p on can be read. False for none. */
#ifndef V6KIT_CORE_SCAN_BLOCKS_H
#define V6KIT_CORE_SCAN_BLOCKS_H

#include <string.h>

#include "scan.h"
#include "simd.h"

#define BLOCKS_INLINE BLOCKS_TARGET SIMD_INLINE

/* STEP new bytes of 64. The OVERLAP before them has the beginning of what ends in them: four colons,
 * with four bytes between them, are 16. BEFORE its mark a token may have as many bytes as this, and
 * the rest of 64 behind it, to be judged by one look. */
enum { OVERLAP = 16, STEP = 64 - OVERLAP, BEFORE = 32 };

/* The text, the token of it that is looked at, where the next one may begin, and what was found. */
struct blocks {
	struct scan_token token;
	size_t next;
	struct v6k_hit *hits;
	size_t count, cap;
};

/* Bits from to 63; the lowest set bit, and the place after the last: not for 0. */
BLOCKS_INLINE uint64_t bits_from(unsigned from)
{
	return ~UINT64_C(0) << from;
}

BLOCKS_INLINE unsigned first(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

BLOCKS_INLINE unsigned past_last(uint64_t bits)
{
	/* In this form it is what x86 has an instruction for. */
	return (63u ^ (unsigned)__builtin_clzll(bits)) + 1;
}

/* The colons that have another one 2 to 5 bytes before them, of a set of those. */
BLOCKS_INLINE uint64_t next_colons(uint64_t colon, uint64_t before)
{
	uint64_t two = before | before << 1;

	return colon & (two | two << 2) << 2;
}

/* The dots that have another one 2 to 4 bytes before them. */
BLOCKS_INLINE uint64_t next_dots(uint64_t dot, uint64_t before)
{
	return dot & (before | before << 1 | before << 2) << 2;
}

/* A second colon in a row; the fourth of four that are near each other, as a time of day has two,
 * and one with its date three; the third dot. */
BLOCKS_INLINE uint64_t find_marks(struct marks m)
{
	uint64_t pair = m.colon & m.colon << 1;
	uint64_t fourth = next_colons(m.colon, next_colons(m.colon, next_colons(m.colon, m.colon)));
	uint64_t third = next_dots(m.dot, next_dots(m.dot, m.dot));

	return (pair | fourth | third) & bits_from(OVERLAP);
}

/* The marks of the block at s[i] where not all of it is text, or belongs to it. */
BLOCKS_TARGET __attribute__((noinline)) static uint64_t find_edge_marks(const char *s, size_t from,
	size_t i, size_t n)
{
	size_t start = i - from < OVERLAP ? from : i - OVERLAP;
	size_t end = n - i < STEP ? n : i + STEP;
	char text[64] = "";

	memcpy(text + OVERLAP - (i - start), s + start, end - start);
	return find_marks(marks(text));
}

/* The token around s[mark], by its bytes. */
__attribute__((noinline)) static bool judge_bytes(struct blocks *b, size_t mark,
	struct v6k_hit *hit)
{
	const char *s = b->token.s;
	size_t start = mark, end = mark;

	while (start > b->next && scan_is(s, start - 1, SCAN_TOKEN))
		start--;
	while (end < b->token.n && scan_is(s, end, SCAN_TOKEN))
		end++;
	b->token.start = start;
	b->token.end = end;
	return scan_judge(&b->token, hit, &b->next);
}

/* Whether an escape may end in a token behind this: see scan_judge. */
BLOCKS_INLINE bool may_escape(const char *p, unsigned at)
{
	return p[at - 1] == '\\' || p[at - 1] == ';' ||
		(p[at - 1] == '[' && (at < 2 || p[at - 2] == '\033'));
}

/* The place behind the address in p[at..end), the text of a token, where a sentence ends or a port
 * follows in a plain way; else end. */
BLOCKS_INLINE unsigned plain_end(const char *p, unsigned at, unsigned end, uint64_t colon)
{
	unsigned last;
	char c = p[end - 1];

	if (end - at < 4)
		return end;
	if (c == '.' || (c == ':' && p[end - 2] != ':'))
		return end - 1;
	if (!colon)
		return end;
	/* The port of IPv4, which has no colon of its own, or one of five digits. */
	last = at + past_last(colon);
	if ((!(colon & (colon - 1)) || (end - last == 5 && last - at > 3)) &&
		scan_is_port(p, last, end))
		return last - 1;
	return end;
}

/* Whether colons are those of an address, a port and the end of a sentence aside: IPv6 has two in a
 * row, or six or seven; IPv4 has none. */
BLOCKS_INLINE bool good_colons(uint64_t colon)
{
	unsigned count;

	if (colon & colon << 1)
		return true;
	count = (unsigned)__builtin_popcountll(colon);
	return count < 3 || (count > 5 && count < 10);
}

/* The token around s[mark], by the bitmaps of 64 bytes. */
BLOCKS_INLINE bool judge_bits(struct blocks *b, size_t mark, struct v6k_hit *hit)
{
	const char *p = b->token.s + mark - BEFORE;
	size_t off = mark - BEFORE, n = b->token.n, room = n;
	bool inside = mark >= BEFORE && n - mark >= 64 - BEFORE, padded;
	unsigned at, end, addr_end;
	uint64_t word, colon;
	struct classes c;
	struct v6k_addr a;

	padded = b->token.flags & V6K_SCAN_PADDED;
	if (!inside && !padded)
		return judge_bytes(b, mark, hit);
	c = classes(p);
	if (!inside) {
		if (mark < BEFORE)
			c.token &= bits_from(BEFORE - (unsigned)mark);
		if (n - mark < 64 - BEFORE)
			c.token &= ~bits_from(BEFORE + (unsigned)(n - mark));
	}
	if (!(~c.token << (64 - BEFORE)) || !(~c.token >> BEFORE))
		return judge_bytes(b, mark, hit);
	at = past_last(~c.token & ~bits_from(BEFORE));
	end = first(~c.token & bits_from(BEFORE));
	b->token.start = off + at;
	b->token.end = b->next = off + end;
	word = c.word & bits_from(at) & ~bits_from(end);
	if (word) {
		unsigned last = past_last(word);

		if (may_escape(p, at))
			return scan_judge(&b->token, hit, &b->next);
		/* Labels, as scan_judge has them. */
		colon = c.colon & bits_from(last) & ~bits_from(end);
		if (!colon)
			return false;
		if (p[last - 1] == '_')
			return scan_judge(&b->token, hit, &b->next);
		at = first(colon) + 1;
	}
	if (end - at < 2)
		return false;
	if (padded)
		room += 128;
	colon = c.colon >> at & ~bits_from(end - at);
	if (!good_colons(colon))
		return false;
	addr_end = plain_end(p, at, end, colon);
	colon &= ~bits_from(addr_end - at);
	/* A hardware address has its colons so. */
	if (!token_parse(p + at, addr_end - at, colon, room - (off + at), &a) ||
		(addr_end - at == 23 && colon == 0x124924))
		return scan_judge(&b->token, hit, &b->next);
	if (addr_end == end && (p[end] == '/' || p[end] == '-' || p[end] == '%'))
		return scan_found(&b->token, off + at, off + end, a, hit, &b->next);
	scan_hit(hit, off + at, addr_end - at, a);
	return true;
}

/* The tokens around the marks of the block at s[i]. Apart, so that the loop over the blocks is short. */
BLOCKS_TARGET __attribute__((noinline)) static void judge_marks(struct blocks *b, size_t i,
	uint64_t found)
{
	size_t base = i - OVERLAP;

	while (found) {
		size_t mark = base + first(found);

		if (mark >= b->next) {
			if (b->count == b->cap)
				return;
			b->count += judge_bits(b, mark, &b->hits[b->count]);
		}
		/* Its other marks. */
		if (b->next > base + 63)
			return;
		found &= bits_from((unsigned)(b->next - base));
	}
}

BLOCKS_INLINE size_t scan_blocks(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_hit *hits, size_t cap)
{
	struct blocks b = { { s, n, *at, *at, flags }, *at, hits, 0, cap };
	size_t i = *at;

	if (i < n)
		judge_marks(&b, i, find_edge_marks(s, i, i, n));
	for (i += STEP; i < n && n - i >= STEP && b.count < cap; i += STEP) {
		uint64_t found = find_marks(marks(s + i - OVERLAP));

		if (found)
			judge_marks(&b, i, found);
	}
	if (i < n && b.count < cap)
		judge_marks(&b, i, find_edge_marks(s, *at, i, n));
	*at = b.count < cap ? n : b.next;
	return b.count;
}

#endif
