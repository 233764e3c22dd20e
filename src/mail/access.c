/* access.c: keys of the access map. sendmail cuts a client's address at its colons or dots from the
 * right and looks each rest up, so that a key is whole groups, written as ${client_addr} is. */
#include "access.h"

#include <stdbool.h>
#include <string.h>

#include "literal.h"

/* The prefix as sendmail sees its clients: mapped ones are IPv4. Its key length in bits. */
static unsigned key_bits(struct v6k_prefix *p)
{
	unsigned step;

	v6k_prefix_unmap(*p, p);
	step = p->family == V6K_IPV4 ? 8 : 16;
	/* All of IPv6 is the key "IPv6"; all of IPv4 has no key of its own, so the first octets. */
	if (p->bits == 0)
		return p->family == V6K_IPV4 ? step : 0;
	return (p->bits + step - 1) / step * step;
}

unsigned access_keys(struct v6k_prefix p)
{
	unsigned bits = key_bits(&p);

	return 1u << (bits - p.bits);
}

/* The first n pieces of text[0..len), cut before the separator that follows them. */
static size_t cut(const char *text, size_t len, char separator, unsigned n)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == separator && --n == 0)
			return i;
	return len;
}

size_t access_key(struct v6k_prefix p, unsigned i, char buf[ACCESS_KEY_MAX])
{
	char text[V6K_ADDR_TEXT_MAX];
	unsigned bits = key_bits(&p);
	struct v6k_prefix key;
	size_t n, at = 4;

	v6k_prefix_child(p, bits, 0, i, &key);
	n = (size_t)v6k_addr_format(v6k_prefix_first(key), V6K_FULL, text, sizeof(text));
	if (p.family == V6K_IPV4) {
		n = cut(text, n, '.', bits / 8);
		memcpy(buf, text, n);
		return n;
	}
	memcpy(buf, "IPv6", 4);
	for (unsigned group = 0; group < bits / 16; group++) {
		const char *digit = text + 5 * group;
		size_t zeros = 0;

		while (zeros < 3 && digit[zeros] == '0')
			zeros++;
		buf[at++] = ':';
		memcpy(buf + at, digit + zeros, 4 - zeros);
		at += 4 - zeros;
	}
	return at;
}

/* Postfix cuts in the same way, but the text that inet_ntop makes of the client, with "::" for its
 * first longest run of zero groups, of two at least. So the clients of 2a00:a200::/48 are found by
 * "2a00:a200:0", when that group is written, and by "2a00:a200:", when it is in the "::". What
 * follows holds for prefixes of whole groups. */

struct shape {
	unsigned group[8], n;
	unsigned end;    /* zero groups at the end of the n groups */
	unsigned before; /* the longest run of zero groups before those */
};

static struct shape shape_of(struct v6k_prefix p)
{
	struct shape s = { .n = p.bits / 16u };
	uint8_t bytes[16];

	v6k_addr_to_bytes(v6k_prefix_first(p), bytes);
	for (unsigned i = 0; i < 8; i++)
		s.group[i] = (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1];
	for (unsigned i = 0; i < s.n; i++) {
		if (s.group[i] != 0) {
			s.before = s.end > s.before ? s.end : s.before;
			s.end = 0;
		} else {
			s.end++;
		}
	}
	return s;
}

/* Whether there are clients that are written with all groups of the prefix: none where the run that
 * ends it is the longest whatever follows. */
static bool is_written(const struct shape *s)
{
	return s->end < 2 || 7 - s->n > s->end;
}

/* A group alone may be an octet of IPv4, or the top-level domain of a client's name. */
static bool is_other_word(unsigned group)
{
	static const char digits[] = "0123456789abcdef";
	unsigned octet = 0, ten = 1;
	bool digit = false, letter = false;

	do {
		digit |= group % 16 < 10;
		letter |= digits[group % 16] >= 'a';
		octet += ten * (group % 16);
		ten *= 10;
	} while (group /= 16);
	return letter ? !digit : octet <= 255;
}

/* The key of one address is its text, and found too when that is the beginning of a longer one:
 * 2001:db8::25 for 2001:db8::25:1, which has a zero group less, and a group behind the last. */
static bool is_beginning(const struct shape *s, const char *text, size_t n)
{
	char longer[V6K_ADDR_TEXT_MAX];
	uint8_t bytes[16];
	unsigned run = 0, at = 0, to = 0;
	struct v6k_addr a;
	size_t longer_n;

	for (unsigned i = 0, zeros = 0; i < 8; i++) {
		zeros = s->group[i] == 0 ? zeros + 1 : 0;
		if (zeros > run) {
			run = zeros;
			at = i;
		}
	}
	if (run < 3 || at == 7)
		return false;
	for (unsigned i = 0; i <= 8; i++) {
		unsigned group = i < 8 ? s->group[i] : 1;

		if (i == at)
			continue;
		bytes[to++] = (uint8_t)(group >> 8);
		bytes[to++] = (uint8_t)group;
	}
	v6k_addr_from_bytes(bytes, sizeof(bytes), &a);
	longer_n = (size_t)v6k_addr_format(a, V6K_CANONICAL, longer, sizeof(longer));
	return longer_n > n && memcmp(longer, text, n) == 0 && longer[n] == ':';
}

size_t postfix_address_key(struct v6k_prefix p, char buf[ACCESS_KEY_MAX])
{
	struct v6k_addr a = v6k_prefix_first(p);

	return (size_t)v6k_addr_format(a, mail_libc_style(a), buf, ACCESS_KEY_MAX);
}

/* The keys of a prefix of whole groups: 0, 1 or 2. */
static unsigned group_keys(struct v6k_prefix p)
{
	struct shape s = shape_of(p);
	char key[ACCESS_KEY_MAX];

	if (s.n == 8)
		return !is_beginning(&s, key, postfix_address_key(p, key));
	if (s.n == 1 && is_other_word(s.group[0]))
		return 0;
	/* With "::" inside, or for more groups than it stands for at least, nobody can tell how many
	 * there are. */
	if ((s.before >= 2 && s.end <= s.before) || (s.end > 2 && s.end > s.before + 1))
		return 0;
	return (is_written(&s) ? 1u : 0u) + (s.end > 0 ? 1u : 0u);
}

static size_t group_key(struct v6k_prefix p, unsigned i, char buf[ACCESS_KEY_MAX])
{
	struct shape s = shape_of(p);
	size_t n;

	if (s.n == 8)
		return postfix_address_key(p, buf);
	/* Without the tag. */
	n = access_key(p, 0, buf) - 5;
	memmove(buf, buf + 5, n);
	if (i == 0 && is_written(&s))
		return n;
	/* "2a00:a200:0:0" becomes "2a00:a200:", and "0:0" becomes ":". */
	n -= 2 * s.end - (s.end == s.n ? 1 : 0);
	buf[n++] = ':';
	return n;
}

/* The prefix of whole groups number i of those that hold p; all of IPv6 has no key of its own. */
static struct v6k_prefix whole_groups(struct v6k_prefix p, unsigned i)
{
	unsigned bits = p.bits == 0 ? 16 : (p.bits + 15u) / 16 * 16;

	v6k_prefix_child(p, bits, 0, i, &p);
	return p;
}

unsigned postfix_keys(struct v6k_prefix p)
{
	unsigned n, keys = 0;

	v6k_prefix_unmap(p, &p);
	n = access_keys(p);
	if (p.family == V6K_IPV4)
		return n;
	n = p.bits == 0 ? 1u << 16 : n;
	for (unsigned i = 0; i < n; i++) {
		unsigned more = group_keys(whole_groups(p, i));

		if (more == 0)
			return 0;
		keys += more;
	}
	return keys;
}

size_t postfix_key(struct v6k_prefix p, unsigned i, char buf[ACCESS_KEY_MAX])
{
	unsigned first;

	v6k_prefix_unmap(p, &p);
	if (p.family == V6K_IPV4)
		return access_key(p, i, buf);
	/* Only the first can end in zeros, and so have two. */
	first = group_keys(whole_groups(p, 0));
	if (i < first)
		return group_key(whole_groups(p, 0), i, buf);
	return group_key(whole_groups(p, i - first + 1), 0, buf);
}
