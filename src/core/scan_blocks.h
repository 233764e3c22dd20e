/* scan_blocks.h: the vector scanner, for files that include it once. It looks at 64 bytes at a time,
 * only for what no address is without: two colons in a row, six colons that are near each other, or
 * three dots that are. Around those it finds the token, by the bitmaps of its bytes, and judges it;
 * whatever is not plain there is left to scan_judge.
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

/* How many bytes before its mark a token may begin, to be judged by one look at 64: a mark is the
 * second colon of "::", the third dot, or the sixth colon. */
enum { BEFORE_PAIR = 32, BEFORE_SIXTH = 44 };

/* The text, the token of it that is looked at, and where the next one may begin. */
struct blocks {
	struct scan_token token;
	size_t next;
};

/* The bits for which there is one of before at 2 to 4 (5) bytes less. */
BLOCKS_INLINE uint64_t after_2_to_4(uint64_t before)
{
	return before << 2 | before << 3 | before << 4;
}

BLOCKS_INLINE uint64_t after_2_to_5(uint64_t before)
{
	uint64_t two = before << 2 | before << 3;

	return two | two << 2;
}

/* The dots that are the third of three with one to three bytes between them. */
BLOCKS_INLINE uint64_t third_dots(uint64_t dot)
{
	return dot & after_2_to_4(dot & after_2_to_4(dot));
}

/* The colons that are the sixth of six with one to four bytes between them: of IPv6 without "::". A
 * time of day has two, a MAC address five. */
BLOCKS_INLINE uint64_t sixth_colons(uint64_t colon)
{
	uint64_t third = colon & after_2_to_5(colon & after_2_to_5(colon));

	if (!third)
		return 0;
	return colon & after_2_to_5(colon & after_2_to_5(colon & after_2_to_5(third)));
}

/* The place after the last set bit; the lowest set bit. Neither is called for 0. */
BLOCKS_INLINE unsigned past_last(uint64_t bits)
{
	return 64 - (unsigned)__builtin_clzll(bits);
}

BLOCKS_INLINE unsigned first(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

/* Bits from to 63. */
BLOCKS_INLINE uint64_t bits_from(unsigned from)
{
	return ~UINT64_C(0) << from;
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

/* The same, by the bitmaps of 64 bytes, of which s[mark] is number before. */
BLOCKS_INLINE bool judge_bits(struct blocks *b, size_t mark, unsigned before, struct v6k_hit *hit)
{
	const char *p = b->token.s + mark - before;
	size_t room = b->token.n;
	unsigned flags = b->token.flags;
	bool inside = mark >= before && b->token.n - mark >= 64 - before;
	uint64_t ends_before, ends_after, word;
	struct classes c;
	unsigned at, end;
	struct v6k_addr a;

	if (!inside && !(flags & V6K_SCAN_PADDED))
		return judge_bytes(b, mark, hit);
	c = classes(p);
	if (!inside) {
		if (mark < before)
			c.token &= bits_from(before - (unsigned)mark);
		if (b->token.n - mark < 64 - before)
			c.token &= ~bits_from(before + (unsigned)(b->token.n - mark));
	}
	ends_before = ~c.token & ~bits_from(before);
	ends_after = ~c.token & bits_from(before);
	if (!ends_before || !ends_after)
		return judge_bytes(b, mark, hit);
	at = past_last(ends_before);
	end = first(ends_after);
	b->token.start = mark - before + at;
	b->token.end = b->next = mark - before + end;
	word = c.word & bits_from(at) & ~bits_from(end);
	if (word) {
		unsigned last = past_last(word);
		uint64_t colon = c.colon & bits_from(last) & ~bits_from(end);
		char touches = p[at - 1];

		/* An escape perhaps. */
		if (touches == '\\' || touches == ';' ||
			(touches == '[' && (at < 2 || p[at - 2] == '\033')))
			return scan_judge(&b->token, hit, &b->next);
		/* Labels, as skip_labels has them. */
		if (!colon)
			return false;
		if (p[last - 1] == '_')
			return scan_judge(&b->token, hit, &b->next);
		at = first(colon) + 1;
	}
	if (at == end)
		return false;
	if (flags & V6K_SCAN_PADDED)
		room += 128;
	c.colon = c.colon >> at & ~bits_from(end - at);
	/* A hardware address has its colons so. */
	if (!token_parse(p + at, end - at, c.colon, room - (mark - before + at), &a) ||
		(end - at == 23 && c.colon == 0x124924))
		return scan_judge(&b->token, hit, &b->next);
	return scan_found(&b->token, mark - before + at, mark - before + end, a, hit, &b->next);
}

/* The marks of the block of n bytes at p, 64 or, at the end of a text, less. */
BLOCKS_INLINE struct marks block_marks(const char *p, size_t n, unsigned flags)
{
	struct marks m;

	if (n >= 64)
		return marks(p);
	if (flags & V6K_SCAN_PADDED) {
		m = marks(p);
	} else {
		char rest[64] = "";

		memcpy(rest, p, n);
		m = marks(rest);
	}
	m.colon &= ~bits_from((unsigned)n);
	m.dot &= ~bits_from((unsigned)n);
	return m;
}

BLOCKS_INLINE size_t scan_blocks(const char *s, size_t n, size_t *at, unsigned flags,
	struct v6k_hit *hits, size_t cap)
{
	struct blocks b = { { s, n, *at, *at, flags }, *at };
	struct marks last = { 0, 0 };
	size_t count = 0;

	for (size_t i = *at; i < n && count < cap; i += 64) {
		struct marks m = block_marks(s + i, n - i, flags);
		uint64_t pair = m.colon & (m.colon << 1 | last.colon >> 63);
		uint64_t sixth = sixth_colons(m.colon) |
			sixth_colons(m.colon << 32 | last.colon >> 32) >> 32;
		uint64_t third = third_dots(m.dot) | third_dots(m.dot << 32 | last.dot >> 32) >> 32;

		last = m;
		for (uint64_t found = pair | sixth | third; found; found &= found - 1) {
			size_t mark = i + first(found);
			bool is_sixth = sixth & ~(pair | third) & found & -found;

			if (mark < b.next)
				continue;
			if (count == cap)
				break;
			count += judge_bits(&b, mark, is_sixth ? BEFORE_SIXTH : BEFORE_PAIR,
				&hits[count]);
		}
	}
	*at = count < cap ? n : b.next;
	return count;
}

#endif
