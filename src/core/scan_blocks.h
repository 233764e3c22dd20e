/* scan_blocks.h: the vector scanner, for files that include it once. It goes through the text for marks
 * alone, without one of which there is no address: two colons in a row, the sixth of colons that are near
 * each other, or a third dot. Around those it finds the token, by the bitmaps of its bytes, and judges it;
 * whatever is not plain there is left to scan_judge.
 *
 * Before it is included:
 *     BLOCKS_TARGET    attributes of every function
 *     lanes            a vector of uint64_t, as gcc has them
 *     struct piece     colon and dot: the bitmaps of these bytes in 32; bit i tells of byte i
 *     piece(p)         finds them at p
 *     struct classes   token, word and colon: the bitmaps, in 64 bytes, of bytes that a token has
 *                      (scan.h), of those among them that no address has, and of colons
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

/* Bytes that a bitmap of colons or dots has, and how many of these are looked at in one go. BEFORE its mark a
 * token may have as many bytes as this, and the rest of 64 behind it, to be judged by one look. */
enum { PIECE = 32, PIECES = 64, BEFORE = 40 };

/* The text, the token of it that is looked at, where the next one may begin, and what was found. */
struct blocks {
	struct scan_token token;
	size_t next;
	const struct sieve *sieve; /* or null */
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

/* The bitmaps of pieces, and of the one before them. A mark is told by what is at most 25 bytes before it:
 * so it is in the higher half of a lane, of which the lower half has the piece before. */
struct pieces {
	uint32_t colon[1 + PIECES], dot[1 + PIECES];
};

BLOCKS_INLINE lanes load_lanes(const uint32_t *from)
{
	lanes v;

	memcpy(&v, from, sizeof(v));
	return v;
}

/* The colons that have one of `before` 2 to 5 bytes before them; the dots 2 to 4. */
BLOCKS_INLINE lanes next_colons(lanes colon, lanes before)
{
	before |= before << 1;
	before |= before << 2;
	return colon & before << 2;
}

BLOCKS_INLINE lanes next_dots(lanes dot, lanes before)
{
	return dot & (before | before << 1 | before << 2) << 2;
}

/* A second colon in a row; and where an address has no such, the sixth of colons that are near each other.
 * Times of day with their dates, and hardware addresses of 6 bytes, have no sixth one. */
BLOCKS_INLINE lanes colon_marks(lanes colon)
{
	lanes third = next_colons(colon, next_colons(colon, colon));
	lanes fifth = next_colons(colon, next_colons(colon, third));

	return (colon & colon << 1) | next_colons(colon, fifth);
}

BLOCKS_INLINE lanes marks_of(const struct pieces *p, size_t i, bool ipv4)
{
	lanes marks = colon_marks(load_lanes(p->colon + i));

	if (ipv4) {
		lanes dot = load_lanes(p->dot + i);

		marks |= next_dots(dot, next_dots(dot, dot));
	}
	return marks;
}

/* Finds the marks of n pieces, in words of two each; of those words that have some the numbers go to
 * `some`. Returns how many these are. */
BLOCKS_INLINE size_t find_marks(const struct pieces *p, size_t n, bool ipv4, uint64_t *mark,
	uint8_t *some)
{
	enum { STEP = sizeof(lanes) / sizeof(p->colon[0]) };
	size_t count = 0;

	for (size_t i = 0; i < n; i += STEP) {
		lanes even = marks_of(p, i, ipv4), odd = marks_of(p, i + 1, ipv4);
		lanes both = even >> 32 | odd >> 32 << 32;

		memcpy(mark + i / 2, &both, sizeof(both));
	}
	for (size_t i = 0; 2 * i < n; i++) {
		some[count] = (uint8_t)i;
		count += mark[i] != 0;
	}
	return count;
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

/* Whether more than the token may belong to a hit, with this byte behind it. */
BLOCKS_INLINE bool may_go_on(char behind)
{
	return behind == '/' || behind == '-' || behind == '%';
}

/* Whether the set may have the address that begins at p, by its first two groups: when the token there has
 * them in a plain way, with a colon behind each. Dots in them would make it no address. */
BLOCKS_INLINE bool may_have(const struct sieve *sieve, const char *p, uint64_t colon)
{
	uint64_t others = colon & (colon - 1), digits;
	unsigned one = first(colon | bits_from(63)), two = first(others | bits_from(63)) - one - 1;
	uint32_t text[2];

	if (one - 1 > 3 || two > 4)
		return true;
	memcpy(&text[0], p, 4);
	memcpy(&text[1], p + one + 1, 4);
	digits = (uint64_t)text[1] << (32 - 8 * two) << 32 | text[0] << (32 - 8 * one);
	digits = (digits & UINT64_C(0x0f0f0f0f0f0f0f0f)) +
		(digits >> 6 & UINT64_C(0x0101010101010101)) * 9;
	return sieve_lets(sieve, digits);
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
	/* Reading what is not in the set is most of the work. */
	if (b->sieve && at <= BEFORE && !may_go_on(p[end]) && !may_have(b->sieve, p + at, colon))
		return false;
	if (!good_colons(colon))
		return false;
	addr_end = plain_end(p, at, end, colon);
	colon &= ~bits_from(addr_end - at);
	/* A hardware address has its colons so. */
	if (!token_parse(p + at, addr_end - at, colon, room - (off + at), &a) ||
		(addr_end - at == 23 && colon == 0x124924))
		return scan_judge(&b->token, hit, &b->next);
	if (addr_end == end && may_go_on(p[end]))
		return scan_found(&b->token, off + at, off + end, a, hit, &b->next);
	scan_hit(hit, off + at, addr_end - at, a);
	return true;
}

/* The tokens around the marks of one go. Apart, so that the loop over the pieces is short. False when there
 * is no more room for hits. */
BLOCKS_TARGET __attribute__((noinline)) static bool judge_marks(struct blocks *b, size_t base,
	const uint64_t *mark, const uint8_t *some, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t from = base + (size_t)some[i] * 64;

		for (uint64_t left = mark[some[i]]; left; left &= left - 1) {
			size_t at = from + first(left);

			/* Its other marks. */
			if (at < b->next)
				continue;
			if (b->count == b->cap)
				return false;
			b->count += judge_bits(b, at, &b->hits[b->count]);
		}
	}
	return true;
}

/* The bitmaps of the piece at s[i], of which not all is text. */
BLOCKS_TARGET __attribute__((noinline)) static struct piece last_piece(const char *s, size_t n)
{
	char text[PIECE] = "";

	memcpy(text, s, n);
	return piece(text);
}

BLOCKS_INLINE void set_piece(struct pieces *p, size_t i, struct piece one, bool ipv4)
{
	p->colon[1 + i] = one.colon;
	if (ipv4)
		p->dot[1 + i] = one.dot;
}

/* Finds the bitmaps of the n bytes at s: how many pieces that is. */
BLOCKS_INLINE size_t find_pieces(struct pieces *p, const char *s, size_t n, bool ipv4)
{
	enum { STEP = sizeof(lanes) / sizeof(p->colon[0]) };
	size_t whole = n / PIECE < PIECES ? n / PIECE : PIECES, count = whole;

	for (size_t i = 0; i < whole; i++)
		set_piece(p, i, piece(s + i * PIECE), ipv4);
	if (whole < PIECES && n % PIECE > 0)
		set_piece(p, count++, last_piece(s + whole * PIECE, n % PIECE), ipv4);
	for (size_t i = count; i % STEP; i++)
		set_piece(p, i, (struct piece){ 0, 0 }, ipv4);
	return count;
}

BLOCKS_INLINE size_t scan_families(const char *s, size_t n, size_t *at, unsigned flags,
	const struct sieve *sieve, struct v6k_hit *hits, size_t cap, bool ipv4)
{
	struct blocks b = { { s, n, *at, *at, flags }, *at, sieve && sieve->word ? sieve : NULL,
		hits, 0, cap };
	struct pieces p;
	uint64_t mark[PIECES / 2];
	uint8_t some[PIECES / 2 + 1];
	bool room = cap > 0;

	p.colon[0] = 0;
	if (ipv4)
		p.dot[0] = 0;
	for (size_t i = *at; i < n && room; i += PIECES * PIECE) {
		size_t pieces = find_pieces(&p, s + i, n - i, ipv4);
		size_t found = find_marks(&p, pieces, ipv4, mark, some);

		room = judge_marks(&b, i, mark, some, found);
		p.colon[0] = p.colon[PIECES];
		if (ipv4)
			p.dot[0] = p.dot[PIECES];
	}
	*at = room ? n : b.next;
	return b.count;
}

/* Two loops: dots are not looked at where no set wants IPv4. */
BLOCKS_INLINE size_t scan_blocks(const char *s, size_t n, size_t *at, unsigned flags,
	const struct sieve *sieve, struct v6k_hit *hits, size_t cap)
{
	return sieve && !sieve->ipv4 ? scan_families(s, n, at, flags, sieve, hits, cap, false) :
				       scan_families(s, n, at, flags, sieve, hits, cap, true);
}

#endif
