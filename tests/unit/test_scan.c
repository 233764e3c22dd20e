/* test_scan.c: which parts of a text are addresses, prefixes and ranges, and what they mean. */
#include "lib.h"

/* A text, and the hits in it as they stand there, a blank before each. */
struct row {
	const char *text, *hits;
};

static const struct row rows[] = {
	{ "", "" },
	{ "192.0.2.1", " 192.0.2.1" },
	{ "2001:db8::1", " 2001:db8::1" },
	{ "a 2001:DB8::A b 192.0.2.1 c", " 2001:DB8::A 192.0.2.1" },
	{ "one\n2001:db8::1\n\n192.0.2.1", " 2001:db8::1 192.0.2.1" },
	{ "1:2:3:4:5:6:7:8 1:2:3:4:5:6:192.0.2.1", " 1:2:3:4:5:6:7:8 1:2:3:4:5:6:192.0.2.1" },
	{ "0:0:0:0:0:0:0:0 ::ffff:192.0.2.1 1::", " 0:0:0:0:0:0:0:0 ::ffff:192.0.2.1 1::" },

	/* wrapping */
	{ "[2001:db8::1] (2001:db8::2) '2001:db8::3' \"2001:db8::4\" <2001:db8::5>",
		" 2001:db8::1 2001:db8::2 2001:db8::3 2001:db8::4 2001:db8::5" },
	{ "[IPv6:2001:db8::1] [ipv6:2001:db8::2] IPV6:::1 IPv6:::",
		" 2001:db8::1 2001:db8::2 ::1 ::" },
	{ "[2001:db8::1]:25 192.0.2.1:25 [192.0.2.2]:25 192.0.2.3:0 192.0.2.4:65535",
		" 2001:db8::1 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4" },
	{ "192.0.2.1:65536 192.0.2.1:080 192.0.2.1:8a 192.0.2.1:1:2 192.0.2.1:123456", "" },
	{ "2001:db8::1#53 192.0.2.1#53", " 2001:db8::1 192.0.2.1" },
	{ "2001:db8::1.53 > 2001:db8::2.443: Flags", " 2001:db8::1 2001:db8::2" },
	{ "::ffff:192.0.2.1.53 ::ffff:192.0.2.1:443", " ::ffff:192.0.2.1 ::ffff:192.0.2.1" },
	{ "192.0.2.1.53 > 192.0.2.2.443:", "" },
	{ "2001:db8::1.65536 2001:db8::1.053 2001:db8::1.2.3 2001:db8::1.a", "" },
	{ "2001:db8::1, 2001:db8::2; 2001:db8::3: 2001:db8::4.",
		" 2001:db8::1 2001:db8::2 2001:db8::3 2001:db8::4" },
	{ "192.0.2.1, 192.0.2.2; 192.0.2.3: 192.0.2.4. 192.0.2.5... 192.0.2.6:80: 192.0.2.7:80...",
		" 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6 192.0.2.7" },
	{ "Trying 2001:db8::1... 2001:db8::2:. 2001:db8::", " 2001:db8::1 2001:db8::2 2001:db8::" },
	{ "2001:db8::: 2001:db8:::: 1:2:3:4:5:6:7:8: 1:2:3:4:5:6:7:8::",
		" 2001:db8:: 1:2:3:4:5:6:7:8" },
	{ "192.0.2.1:: 192.0.2.1.: 192.0.2.1:.: .192.0.2.1 :192.0.2.1 :2001:db8::1", "" },
	{ "http://[2001:db8::1]:80/a http://192.0.2.1/a http://192.0.2.2:80/ //192.0.2.3/",
		" 2001:db8::1 192.0.2.1 192.0.2.2 192.0.2.3" },
	{ "user@192.0.2.1 a=192.0.2.2 {192.0.2.3} |192.0.2.4| *192.0.2.5* ~192.0.2.6!",
		" 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6" },
	{ "2001:db8::1234:58430 2001:db8::1:58430: 2001:db8::1:58430.",
		" 2001:db8::1234 2001:db8::1 2001:db8::1" },
	{ "1:2:3:4:5:6:7:8:12345 2001:db8:::12345", " 1:2:3:4:5:6:7:8 2001:db8::" },
	{ "2001:db8::1:65536 2001:db8::1:012345 2001:db8::12345 1:2:3:4:5:6:7:8:80 2001:db8::1:1a345",
		"" },
	{ "2001:db8::1:00080 2001:db8::1:58430.53 2001:db8::1:58430:58430", "" },

	/* what touches */
	{ "192.0.2.1abc x192.0.2.1 v1.2.3.4 1.2.3.4.dyn.example www.1.2.3.4 _192.0.2.1 192.0.2.1_",
		"" },
	{ "1.2.3.4.net 1.2.3.4.de 1.2.3.4.5 2001:db8::1.example 2001:db8::1g 2001:db8::1_", "" },
	{ "ip-1.2.3.4 -192.0.2.1- 2001:db8::1-x", " 1.2.3.4 192.0.2.1 2001:db8::1" },
	{ "192.0.2.1:http 192.0.2.1:/export", " 192.0.2.1" },
	{ "\xc3\xa4"
	  "192.0.2.1\xc3\xa4 \xff"
	  "2001:db8::1\xfe",
		" 192.0.2.1 2001:db8::1" },
	{ "\\n192.0.2.1\\n\\t2001:db8::1\\r \\x222001:db8::2\\x22 \\u003c2001:db8::3\\u003e",
		" 192.0.2.1 2001:db8::1 2001:db8::2 2001:db8::3" },
	{ "\\q192.0.2.1 \\xg192.0.2.1 \\u0031192.0.2.1 \\u00312001:db8::1 \\x2", "" },
	{ "D\\user:192.0.2.1 \\u201c192.0.2.2\\u201d", " 192.0.2.1 192.0.2.2" },
	{ "\033[31m192.0.2.1\033[0m \033[01;31m\033[K2001:db8::1\033[m\033[K \033[1mclient:::1",
		" 192.0.2.1 2001:db8::1 ::1" },
	{ "[31m192.0.2.1 \033[3x1m192.0.2.1", "" },

	/* what is no address, nor any part of it */
	{ "deadbeef:2a00:a200::1 999.1.1.1 1.1.1.999 1::2::3 12:34:56 01.2.3.4", "" },
	{ "00:11:22:33:44:55 00:11:22:33:44:55:66:77 [00:11:22:33:44:55:66:77]:25 "
	  "00:11:22:33:44:55:66:77/64",
		"" },
	{ "00:11:22:33:44:55:66:7 1:11:22:33:44:55:66:77 ",
		" 00:11:22:33:44:55:66:7 1:11:22:33:44:55:66:77" },
	{ "1.2.3 1.2.3. 1.2 0x7f.0.0.1 1..2.3.4 1.2.3.4..5 1:2 1:2:3:4:5:6:7 :1 1:2:3:4:5:6:7:8:9",
		"" },
	{ "1:2:3:4:5:6:7:1.2.3.4 1::2:3:4:5:6:7:8 ::1::", "" },
	{ "std::vector std:: a::b", " a::b" },
	{ ":: [::] :::80 ::: ::: :::* x::: x:::: :::12345 ::.53 ::, ::. ::%lo",
		" :: :: :: :: :: :: ::%lo" },
	{ "Foo::Bar Foo::bad Foo::1 ::before", "" },

	/* labels */
	{ "ip6:2606:4700::1 client:2001:db8::1 +ip4:192.0.2.1 -ip6:2001:db8::/32",
		" 2606:4700::1 2001:db8::1 192.0.2.1 2001:db8::/32" },
	{ "ip6:::/0 mx1.example.de:192.0.2.1 a:mx:192.0.2.2 x1.2.3.4:192.0.2.3 a_b:x:192.0.2.4",
		" ::/0 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4" },
	{ "abc:192.0.2.1 a_b:192.0.2.1 _:192.0.2.1 _2001:db8::1 x:25:192.0.2.1 x: x:y 25:192.0.2.1",
		"" },
	{ "face:2001:db8::1 x:: x:::1", " face:2001:db8::1 ::1" },

	/* zones */
	{ "fe80::1%eth0 fe80::1%eth0. fe80::1%eth0.100, fe80::1%eth0: fe80::1%eth0:53 fe80::1%a_b-c~",
		" fe80::1%eth0 fe80::1%eth0 fe80::1%eth0.100 fe80::1%eth0 fe80::1%eth0 fe80::1%a_b-c~" },
	{ "[fe80::1%25eth0]:25 [fe80::1%eth0]:25 [fe80::1%25] [IPv6:fe80::1%25x]",
		" fe80::1%25eth0 fe80::1%eth0 fe80::1%25 fe80::1%25x" },
	{ "fe80::1%eth0/64 fe80::%lo0/64 fe80::1%eth0#53 fe80::1%eth0/x",
		" fe80::1%eth0/64 fe80::%lo0/64 fe80::1%eth0 fe80::1%eth0" },
	{ "fe80::1% fe80::1%% fe80::1%. 192.0.2.1%eth0:68 127.0.0.53%lo:53",
		" fe80::1 fe80::1 fe80::1 192.0.2.1 127.0.0.53" },
	{ "fe80::1%eth0:x fe80::1%eth0.:53 fe80::1%eth0-fe80::2 fe80::1%eth0::", "" },
	{ "fe80::1%192.0.2.1 fe80::1%a-192.0.2.1 fe80::1:%eth0 fe80::1.53%eth0",
		" fe80::1%192.0.2.1 fe80::1%a-192.0.2.1 fe80::1 fe80::1" },

	/* lengths */
	{ "2001:db8::/32 2001:db8::1/32 192.0.2.0/24 192.0.2.1/24 0.0.0.0/0 ::/0 ::1/128",
		" 2001:db8::/32 2001:db8::1/32 192.0.2.0/24 192.0.2.1/24 0.0.0.0/0 ::/0 ::1/128" },
	{ "192.0.2.0/24. 192.0.2.0/24: 192.0.2.0/24, 192.0.2.0/24... 192.0.2.0/24/7 192.0.2.0/24-x",
		" 192.0.2.0/24 192.0.2.0/24 192.0.2.0/24 192.0.2.0/24 192.0.2.0/24 192.0.2.0/24" },
	{ "192.0.2.1/33 192.0.2.2/024 192.0.2.3/24x 192.0.2.4/ 192.0.2.5/+3 2001:db8::/129",
		" 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 2001:db8::" },
	{ "192.0.2.1/24:80 192.0.2.2/24.5 192.0.2.3/24_ 192.0.2.4/24:x",
		" 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4" },
	{ "192.0.2.1/255.255.255.0 192.0.2.1/2001:db8::1",
		" 192.0.2.1 255.255.255.0 192.0.2.1 2001:db8::1" },
	{ "http://192.0.2.0/24 https://192.0.2.0/24/ x//192.0.2.0/24 //192.0.2.0/24",
		" 192.0.2.0 192.0.2.0 192.0.2.0/24 192.0.2.0/24" },
	{ "192.0.2.0:80/24 [2001:db8::]/32 2001:db8::.53/32", " 192.0.2.0 2001:db8:: 2001:db8::" },

	/* ranges */
	{ "192.0.2.1-192.0.2.9 2001:db8::1-2001:db8::5, 192.0.2.1-192.0.2.1.",
		" 192.0.2.1-192.0.2.9 2001:db8::1-2001:db8::5 192.0.2.1-192.0.2.1" },
	{ "192.0.2.1-192.0.2.5-192.0.2.9", " 192.0.2.1-192.0.2.5 192.0.2.9" },
	{ "192.0.2.9-192.0.2.1 192.0.2.1-2001:db8::1",
		" 192.0.2.9 192.0.2.1 192.0.2.1 2001:db8::1" },
	{ "192.0.2.1-192.0.2.9:80 192.0.2.1-192.0.2.9/24 ::1-::2%lo",
		" 192.0.2.1 192.0.2.9 192.0.2.1 192.0.2.9/24 ::1 ::2%lo" },
	{ "192.0.2.1-192.0.2.9/x ::1-::2% ::1-::2/129 192.0.2.1-192.0.2.9%lo",
		" 192.0.2.1-192.0.2.9 ::1-::2 ::1-::2 192.0.2.1-192.0.2.9" },
	{ "192.0.2.1:80-192.0.2.9 192.0.2.0/24-192.0.2.255/24 ip4:192.0.2.1-192.0.2.2",
		" 192.0.2.1 192.0.2.9 192.0.2.0/24 192.0.2.255/24 192.0.2.1-192.0.2.2" },
	{ "192.0.2.1 - 192.0.2.9 192.0.2.1-\n192.0.2.2 192.0.2.1-x:192.0.2.2 192.0.2.1--192.0.2.2",
		" 192.0.2.1 192.0.2.9 192.0.2.1 192.0.2.2 192.0.2.1 192.0.2.2 192.0.2.1 192.0.2.2" },

	/* names only where asked for */
	{ "1.2.0.192.in-addr.arpa 8.b.d.0.1.0.0.2.ip6.arpa 2001-db8--1.ipv6-literal.net", "" },
};

static const struct row tcpdump_rows[] = {
	{ "IP 192.0.2.1.443 > 192.0.2.2.51234: Flags [.]", " 192.0.2.1 192.0.2.2" },
	{ "192.0.2.1 192.0.2.1:80 192.0.2.1.65536 192.0.2.1.2.3 192.0.2.1.a 192.0.2.1.03",
		" 192.0.2.1 192.0.2.1" },
	{ "2001:db8::1.443 > ::.53", " 2001:db8::1 ::" },
};

static const struct row name_rows[] = {
	{ "1.2.0.192.in-addr.arpa 2.0.192.IN-ADDR.ARPA. in-addr.arpa",
		" 1.2.0.192.in-addr.arpa 2.0.192.IN-ADDR.ARPA in-addr.arpa" },
	{ "8.b.d.0.1.0.0.2.ip6.arpa (0.8.b.d.0.1.0.0.2.ip6.arpa), ip6.arpa.",
		" 8.b.d.0.1.0.0.2.ip6.arpa 0.8.b.d.0.1.0.0.2.ip6.arpa ip6.arpa" },
	{ "2001-db8--1.ipv6-literal.net fe80--1seth0.ipv6-literal.net --1.ipv6-literal.net",
		" 2001-db8--1.ipv6-literal.net fe80--1seth0.ipv6-literal.net --1.ipv6-literal.net" },
	{ "fe80--1sa-192.0.2.1-b.ipv6-literal.net", " fe80--1sa-192.0.2.1-b.ipv6-literal.net" },
	{ "0/25.2.0.192.in-addr.arpa 0-25.2.0.192.in-addr.arpa x.2.0.192.in-addr.arpa", "" },
	{ "_x.8.b.d.0.1.0.0.2.ip6.arpa 8.b.d.0.1.0.0.2.ip6.arpa.example 8b.d.ip6.arpa 1.ip6.arpax",
		"" },
	{ "PTR:1.ip6.arpa:2001:db8::1 a:1.ip6.arpa:b:2.ip6.arpa:192.0.2.1 http://1.ip6.arpa/",
		" 1.ip6.arpa 2001:db8::1 1.ip6.arpa 2.ip6.arpa 192.0.2.1 1.ip6.arpa" },
	{ "fe80::1%1.ip6.arpa ::%x-1.ip6.arpa 1.ip6.arpa.:x 192.0.2.1-1.2.0.192.in-addr.arpa",
		" fe80::1%1.ip6.arpa ::%x-1.ip6.arpa 1.ip6.arpa 192.0.2.1" },
	{ "IN PTR 192.0.2.1 ::1 -1.ip6.arpa .1.ip6.arpa a::b", " 192.0.2.1 ::1 a::b" },
};

/* Scans with room for so many hits a call. */
static void scan_text(const char *s, size_t n, unsigned flags, size_t room, char *out)
{
	size_t at = 0;

	*out = 0;
	while (at < n) {
		struct v6k_hit hits[4];
		size_t before = at;
		int count = v6k_scan(s, n, &at, flags, hits, room);

		assert_in_range(count, 0, room);
		assert_true(at > before && at <= n);
		for (int i = 0; i < count; i++) {
			assert_true(hits[i].off >= before && hits[i].off + hits[i].len <= at);
			strcat(out, " ");
			strncat(out, s + hits[i].off, hits[i].len);
		}
	}
	assert_int_equal(v6k_scan(s, n, &at, flags, NULL, 0), 0);
}

static void check_rows(const struct row *table, size_t count, unsigned flags)
{
	for (size_t i = 0; i < count; i++)
		for (size_t room = 1; room <= 4; room++) {
			char out[512];

			scan_text(table[i].text, strlen(table[i].text), flags, room, out);
			assert_row_text(table[i].text, out, table[i].hits);
		}
}

static void rules(void **state)
{
	(void)state;
	check_rows(rows, COUNT(rows), 0);
	check_rows(tcpdump_rows, COUNT(tcpdump_rows), V6K_SCAN_TCPDUMP);
	check_rows(name_rows, COUNT(name_rows), V6K_SCAN_NAMES);
}

/* What a hit says beside its place in the text. */
static const struct {
	const char *text;
	unsigned addr_len;
	const char *zone;
	int kind;
	unsigned bits;
	const char *first, *last;
} meanings[] = {
#define A V6K_KIND_ADDR
#define P V6K_KIND_PREFIX
#define R V6K_KIND_RANGE
	{ "192.0.2.1", 9, "", A, 32, "192.0.2.1", "192.0.2.1" },
	{ "x:2001:db8::1.", 11, "", A, 128, "2001:db8::1", "2001:db8::1" },
	{ "192.0.2.1:80", 9, "", A, 32, "192.0.2.1", "192.0.2.1" },
	{ "192.0.2.1/24", 9, "", A, 24, "192.0.2.1", "192.0.2.1" },
	{ "192.0.2.0/24", 9, "", P, 24, "192.0.2.0", "192.0.2.255" },
	{ "192.0.2.1/32", 9, "", P, 32, "192.0.2.1", "192.0.2.1" },
	{ "2001:db8::1/0", 11, "", A, 0, "2001:db8::1", "2001:db8::1" },
	{ "::/0", 2, "", P, 0, "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ "192.0.2.1-192.0.2.9", 9, "", R, 0, "192.0.2.1", "192.0.2.9" },
	{ "fe80::1%eth0", 7, "eth0", A, 128, "fe80::1", "fe80::1" },
	{ "[fe80::1%25eth0]", 7, "eth0", A, 128, "fe80::1", "fe80::1" },
	{ "fe80::1%25eth0", 7, "25eth0", A, 128, "fe80::1", "fe80::1" },
	{ "fe80::1%e.0./x", 7, "e.0", A, 128, "fe80::1", "fe80::1" },
	{ "fe80::1%e/64", 7, "e", A, 64, "fe80::1", "fe80::1" },
	{ "fe80::%e/64", 6, "e", P, 64, "fe80::", "fe80::ffff:ffff:ffff:ffff" },
	{ "1.2.0.192.in-addr.arpa.", 22, "", A, 32, "192.0.2.1", "192.0.2.1" },
	{ "2.0.192.in-addr.arpa", 20, "", P, 24, "192.0.2.0", "192.0.2.255" },
	{ "fe80--1se.ipv6-literal.net", 26, "e", A, 128, "fe80::1", "fe80::1" },
#undef A
#undef P
#undef R
};

static void what_hits_mean(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(meanings); i++) {
		const char *s = meanings[i].text;
		struct v6k_hit hit;
		size_t at = 0;
		char zone[16] = "";

		memset(&hit, 0xaa, sizeof(hit));
		assert_row(s, v6k_scan(s, strlen(s), &at, V6K_SCAN_NAMES, &hit, 1) == 1);
		assert_row(s, hit.addr_len == meanings[i].addr_len);
		assert_row(s, hit.kind == meanings[i].kind);
		assert_row(s, hit.bits == meanings[i].bits);
		memcpy(zone, s + hit.off + hit.zone_at, hit.zone_len);
		assert_row_text(s, zone, meanings[i].zone);
		assert_row_text(s, text_of_addr(hit.addr), meanings[i].first);
		assert_row_text(s, text_of_addr(hit.last), meanings[i].last);
	}
}

/* NUL bytes end a token as any other byte does. */
static void nul_bytes(void **state)
{
	static const char text[] = "\0"
				   "192.0.2.1\0"
				   "2001:db8::1\0";
	struct v6k_hit hits[4];
	size_t at = 0;

	(void)state;
	assert_int_equal(v6k_scan(text, sizeof(text), &at, 0, hits, 4), 2);
	assert_int_equal(at, sizeof(text));
	assert_int_equal(hits[0].off, 1);
	assert_int_equal(hits[1].off, 11);
}

/* Long tokens of every kind take time in proportion to their length: this ends at once. */
static void long_tokens(void **state)
{
	static const char *const units[] = { ":", "::", "1:", "1.", ".", "a", "x:", "_", "::1-",
		"1.2.3.4-", "::1%a-", "::1/1", "1.2.3.4:", "x::1:", "-", "\033[1m1",
		"ip6.arpa:", "x:ip6.arpa:", "1.ip6.arpa-", "%", "1.1.1.1/1/", "1;", "\\x20" };
	enum { LENGTH = 1 << 20 };
	char *text = malloc(LENGTH);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < COUNT(units); i++)
		for (unsigned flags = 0; flags <= V6K_SCAN_NAMES; flags += V6K_SCAN_NAMES) {
			size_t unit = strlen(units[i]), at = 0;

			for (size_t k = 0; k < LENGTH; k++)
				text[k] = units[i][k % unit];
			while (at < LENGTH) {
				struct v6k_hit hits[64];
				size_t before = at;

				assert_in_range(v6k_scan(text, LENGTH, &at, flags, hits, 64), 0,
					64);
				assert_true(at > before);
			}
		}
	free(text);
}

static void bad_arguments(void **state)
{
	struct v6k_hit hit;
	size_t at = 0;

	(void)state;
	assert_int_equal(v6k_scan("x", 1, &at, 8, &hit, 1), V6K_EINVAL);
	at = 2;
	assert_int_equal(v6k_scan("x", 1, &at, 0, &hit, 1), V6K_EINVAL);
	assert_int_equal(at, 2);
#if SIZE_MAX > UINT32_MAX
	at = 0;
	assert_int_equal(v6k_scan("x", (size_t)UINT32_MAX + 1, &at, 0, &hit, 1), V6K_EINVAL);
	assert_int_equal(at, 0);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
		cmocka_unit_test(what_hits_mean),
		cmocka_unit_test(nul_bytes),
		cmocka_unit_test(long_tokens),
		cmocka_unit_test(bad_arguments),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
