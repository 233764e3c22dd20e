/* test_spf.c: SPF records by the grammar of RFC 7208, and what they are written with. */
#include "lib.h"

#include <stdbool.h>

#include "../../src/mail/spf.h"

/* A record as text: a term each, as QUALIFIER NAME DOMAIN NETWORK, "#" before an ignored one. */
static void show(const char *s, size_t n, char *out, size_t cap)
{
	struct spf_fault fault = { NULL, 0, 0 };
	struct spf_term t;
	struct spf r;
	size_t at = 0;

	*out = '\0';
	if (!spf_open(&r, s, n, &fault)) {
		snprintf(out, cap, "! %zu+%zu %s", fault.off, fault.n, fault.text);
		return;
	}
	while (spf_next(&r, &t)) {
		const char *name = spf_name(t.kind);

		at += (size_t)snprintf(out + at, cap - at, "%s%s%c%s%s%.*s%s%s%s", at ? " " : "",
			t.ignored ? "#" : "", t.qualifier ? t.qualifier : '=',
			name ? name : "other", t.domain_n ? ":" : "", (int)t.domain_n,
			s + t.domain_off, t.kind == SPF_IP4 || t.kind == SPF_IP6 ? ":" : "",
			t.kind == SPF_IP4 || t.kind == SPF_IP6 ? text_of_prefix(t.network) : "",
			t.host_bits ? "(host bits)" : "");
	}
}

static const struct {
	const char *record, *terms;
} good[] = {
	{ "v=spf1", "" },
	{ "v=spf1   ", "" },
	{ "V=SPF1 -ALL", "-all" },
	{ "v=spf1 ip4:192.0.2.0/24 ip6:2a00:a200::/48 -all",
		"+ip4:192.0.2.0/24 +ip6:2a00:a200::/48 -all" },
	{ "v=spf1  +ip4:192.0.2.1   ~IP6:2A00:A200:0:0::1 ?all ",
		"+ip4:192.0.2.1/32 ~ip6:2a00:a200::1/128 ?all" },
	{ "v=spf1 ip4:0.0.0.0/0 ip6:::/0", "+ip4:0.0.0.0/0 +ip6:::/0" },
	{ "v=spf1 ip6:::ffff:192.0.2.1", "+ip6:::ffff:192.0.2.1/128" },
	{ "v=spf1 ip6:64:ff9b::192.0.2.1/128", "+ip6:64:ff9b::c000:201/128" },
	{ "v=spf1 ip4:192.0.2.1/24 ip6:2a00:a200::1/64",
		"+ip4:192.0.2.0/24(host bits) +ip6:2a00:a200::/64(host bits)" },
	{ "v=spf1 a mx ptr", "+a +mx +ptr" },
	{ "v=spf1 a/24 mx//64 a/24//64 mx/0//0", "+a +mx +a +mx" },
	{ "v=spf1 a:example.org mx:example.org. ptr:example.org",
		"+a:example.org +mx:example.org. +ptr:example.org" },
	{ "v=spf1 a:example.org/24//64 mx:example.org//64", "+a:example.org +mx:example.org" },
	/* Slashes and colons are part of a domain-spec. */
	{ "v=spf1 a:foo:bar/baz.example.org", "+a:foo:bar/baz.example.org" },
	{ "v=spf1 a:foo/24.example.org/24", "+a:foo/24.example.org" },
	{ "v=spf1 include:_spf.example.org exists:%{i}._spf.%{d2}",
		"+include:_spf.example.org +exists:%{i}._spf.%{d2}" },
	{ "v=spf1 exists:%{L1R.-+,/_=}.%{o}.%%%_%-.x-y exists:%{ir}.%{v}.%{h}",
		"+exists:%{L1R.-+,/_=}.%{o}.%%%_%-.x-y +exists:%{ir}.%{v}.%{h}" },
	{ "v=spf1 a:%{d}/24", "+a:%{d}" },
	{ "v=spf1 a:x.1-2 a:x.a1 a:x.1a", "+a:x.1-2 +a:x.a1 +a:x.1a" },
	{ "v=spf1 redirect=_spf.example.org", "=redirect:_spf.example.org" },
	{ "v=spf1 exp=%{d}.example.org -all", "=exp:%{d}.example.org -all" },
	{ "v=spf1 foo=bar Ip4=192.0.2.1 x-_.y=%{d}%{i} foo=", "=other =other =other =other" },
	{ "v=spf1 -all ip4:192.0.2.1 redirect=a.example exp=b.example",
		"-all #+ip4:192.0.2.1/32 #=redirect:a.example =exp:b.example" },
	{ "v=spf1 redirect=a.example -all", "#=redirect:a.example -all" },
	/* 10 look-ups; those behind all are none. */
	{ "v=spf1 a a a a a a a a a a exp=x.example",
		"+a +a +a +a +a +a +a +a +a +a "
		"=exp:x.example" },
	{ "v=spf1 a a a a a a a a a a -all a redirect=x.example",
		"+a +a +a +a +a +a +a +a +a +a -all #+a #=redirect:x.example" },
};

static void good_records(void **state)
{
	char text[1000];

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		show(good[i].record, strlen(good[i].record), text, sizeof(text));
		assert_row_text(good[i].record, text, good[i].terms);
	}
}

#define TOP "not a top-level domain"
#define ONE "a domain name of one label: a dot and a top-level domain must end it"
#define LETTERS "no such macro: the letters are s l o d i p h v"
#define SHAPE "a macro is %{LETTER}, with a number, r and delimiters before the }"
#define VERSION "not an SPF record: it begins with v=spf1 and a blank"

static const struct {
	const char *record, *fault;
} bad[] = {
	{ "", "0+0 " VERSION },
	{ "v=spf10 -all", "0+7 " VERSION },
	{ " v=spf1", "0+0 " VERSION },
	{ "v=spf1-all", "0+10 " VERSION },
	{ "spf2.0/pra -all", "0+10 " VERSION },
	{ "v=spf1\t-all", "0+11 " VERSION },
	{ "v=spf1 a\tmx", "8+1 a tab: blanks stand between the terms" },
	{ "v=spf1 x=\xe4", "9+1 a byte that is not visible ASCII" },
	{ "v=spf1 x=\x7f", "9+1 a byte that is not visible ASCII" },
	{ "v=spf1 foo", "7+3 no such mechanism" },
	{ "v=spf1 -foo:bar", "8+3 no such mechanism" },
	{ "v=spf1 ipv6:::1", "7+4 no such mechanism: SPF has ip4 and ip6" },
	{ "v=spf1 redirect:x.example", "7+8 a modifier: \"=\" follows it" },
	{ "v=spf1 192.0.2.1", "7+9 neither a mechanism nor a modifier" },
	{ "v=spf1 2a00:a200::1", "7+12 neither a mechanism nor a modifier" },
	{ "v=spf1 -", "8+0 neither a mechanism nor a modifier" },
	{ "v=spf1 --all", "8+4 neither a mechanism nor a modifier" },
	{ "v=spf1 =x", "7+2 neither a mechanism nor a modifier" },
	{ "v=spf1 -redirect=x.example", "7+1 a modifier has no qualifier" },
	{ "v=spf1 all:x.example", "10+10 all takes nothing behind it" },
	{ "v=spf1 all/8", "10+2 all takes nothing behind it" },
	{ "v=spf1 all.", "7+4 no such mechanism" },
	{ "v=spf1 ip4", "10+0 a colon and a network are missing" },
	{ "v=spf1 ip4/24", "10+3 a colon and a network are missing" },
	{ "v=spf1 ip4:", "11+0 empty, where an address is expected" },
	{ "v=spf1 ip4:192.0.2.025", "19+3 leading zero in an IPv4 octet (octal to some programs)" },
	{ "v=spf1 ip4:192.0.2.0/024",
		"21+3 a prefix length is a decimal number without sign or leading zero" },
	{ "v=spf1 ip4:192.0.2.0/33", "21+2 a prefix length is at most 32 for IPv4, 128 for IPv6" },
	{ "v=spf1 ip6:2a00:a200::1/048",
		"24+3 a prefix length is a decimal number without sign or leading zero" },
	{ "v=spf1 ip6:2a00:a200::1/129",
		"24+3 a prefix length is at most 32 for IPv4, 128 for IPv6" },
	{ "v=spf1 ip6:2a00:a200::1/",
		"24+0 a prefix length is a decimal number without sign or leading zero" },
	{ "v=spf1 ip6:[2a00:a200::1]", "11+14 no brackets in SPF: the address alone" },
	{ "v=spf1 ip6:IPv6:2a00:a200::1", "11+5 no tag in SPF: the address alone" },
	{ "v=spf1 ip6:fe80::1%eth0", "18+5 a zone does not belong in a prefix or range" },
	{ "v=spf1 ip6:192.0.2.1", "11+9 an IPv4 address: ip4 takes it" },
	{ "v=spf1 -ip4:2a00:a200::1/48", "12+15 an IPv6 address: ip6 takes it" },
	{ "v=spf1 ip4:192.0.2.0/24//64", "23+1 unexpected character" },
	{ "v=spf1 a/33", "9+2 a prefix length is at most 32 for IPv4, 128 for IPv6" },
	{ "v=spf1 a//129", "10+3 a prefix length is at most 32 for IPv4, 128 for IPv6" },
	{ "v=spf1 a/024", "9+3 a prefix length is a decimal number without sign or leading zero" },
	{ "v=spf1 a/24/24", "8+3 unexpected after the mechanism" },
	{ "v=spf1 a/", "8+1 a prefix length is a decimal number without sign or leading zero" },
	{ "v=spf1 a/24//",
		"12+1 a prefix length is a decimal number without sign or leading zero" },
	{ "v=spf1 a//64/24", "8+4 unexpected after the mechanism" },
	{ "v=spf1 a:x.example/24/",
		"21+1 a prefix length is a decimal number without sign or leading zero" },
	{ "v=spf1 a:", "9+0 a domain name is missing" },
	{ "v=spf1 a:/24", "9+0 a domain name is missing" },
	{ "v=spf1 a:museum", "9+6 " ONE },
	{ "v=spf1 a:museum.", "9+6 " ONE },
	{ "v=spf1 a:%{d}x", "13+1 " ONE },
	{ "v=spf1 a:192.0.2.1", "17+1 " TOP },
	{ "v=spf1 a:x.-a", "11+2 " TOP },
	{ "v=spf1 a:x.a-", "11+2 " TOP },
	{ "v=spf1 a:x..", "11+0 " TOP },
	{ "v=spf1 a:x.a_b", "11+3 " TOP },
	{ "v=spf1 include", "14+0 a colon and a domain name are missing" },
	{ "v=spf1 include:", "15+0 a domain name is missing" },
	{ "v=spf1 include:x.example/24", "17+10 " TOP },
	{ "v=spf1 exists/24", "13+3 a colon and a domain name are missing" },
	{ "v=spf1 ptr/24", "10+3 unexpected after the mechanism" },
	{ "v=spf1 exists:%{a}", "14+3 " LETTERS },
	{ "v=spf1 exists:%{", "14+2 " LETTERS },
	{ "v=spf1 exists:%{}", "14+3 " LETTERS },
	{ "v=spf1 exists:%", "14+1 \"%\" begins %{...}, %%, %_ or %-" },
	{ "v=spf1 exists:%x.example", "14+2 \"%\" begins %{...}, %%, %_ or %-" },
	{ "v=spf1 exists:%{c}", "14+3 the macros c, r and t belong into explanations only" },
	{ "v=spf1 exp=%{T}", "11+3 the macros c, r and t belong into explanations only" },
	{ "v=spf1 foo=%{r}", "11+3 the macros c, r and t belong into explanations only" },
	{ "v=spf1 exists:%{d0}", "14+4 a macro of 0 labels" },
	{ "v=spf1 exists:%{d00r}", "14+5 a macro of 0 labels" },
	{ "v=spf1 exists:%{dr2}", "14+5 " SHAPE },
	{ "v=spf1 exists:%{d", "14+3 " SHAPE },
	{ "v=spf1 exists:%{d;}", "14+4 " SHAPE },
	{ "v=spf1 redirect=", "16+0 a domain name is missing" },
	{ "v=spf1 exp=", "11+0 a domain name is missing" },
	{ "v=spf1 foo=%{x}", "11+3 " LETTERS },
	{ "v=spf1 redirect=a.example redirect=b.example",
		"26+18 a second time: redirect and exp stand once" },
	{ "v=spf1 exp=a.example -all EXP=b.example",
		"26+13 a second time: redirect and exp stand once" },
	{ "v=spf1 a mx ptr include:a.example exists:b.example a a a a a ?a",
		"61+2 the 11th look-up: 10 are allowed" },
	{ "v=spf1 a a a a a redirect=x.example a a a a a",
		"17+18 the 11th look-up: 10 are allowed" },
};

static void bad_records(void **state)
{
	char text[1000], want[1000];

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		show(bad[i].record, strlen(bad[i].record), text, sizeof(text));
		snprintf(want, sizeof(want), "! %s", bad[i].fault);
		assert_row_text(bad[i].record, text, want);
	}
	show("v=spf1 a\0", 9, text, sizeof(text));
	assert_string_equal(text, "! 8+1 a byte that is not visible ASCII");
}

static const struct {
	const char *s, *text;
} joined[] = {
	{ "", "" },
	{ "v=spf1 \"-all\"", "v=spf1 \"-all\"" },
	{ "\"v=spf1 -all\"", "v=spf1 -all" },
	{ "\"v=spf1\" \" -\"\t\"all\"", "v=spf1 -all" },
	{ "\"v=spf1\"\" -all\"", "v=spf1 -all" },
	{ "\"\" \"v=spf1\"", "v=spf1" },
	{ "\"v=\\115\\pf1\\\"\"", "v=spf1\"" },
	{ "example.org. 300 IN TXT \"v=spf1\" \" -all\"", "v=spf1 -all" },
	{ "@ TXT ( \"v=spf1\" \" a;\" ) ; \"all\"", "v=spf1 a;" },
	{ "\"v=spf1\";", "v=spf1" },
	{ "@ txt\t(\"v=spf1\" )", "v=spf1" },
	{ "x SPF ( \"v=spf1\"", "v=spf1" },
	{ "x XTXT \"v=spf1\"", "x XTXT \"v=spf1\"" },
	{ "\"v=spf1", "! 7+0 a quote is missing at the end" },
	{ "\"v=spf1\" -all", "! 9+4 only strings in quotes stand behind a string" },
	{ "\"v\\", "! 2+1 nothing behind the backslash" },
	{ "\"v\\12x\"", "! 2+3 three digits stand behind the backslash" },
	{ "\"v\\1", "! 2+2 three digits stand behind the backslash" },
	{ "\"v\\256\"", "! 2+4 no byte has this number" },
};

static void strings(void **state)
{
	char text[600], got[700], longest[600];
	uint32_t origin[601];
	struct spf_fault fault;

	(void)state;
	for (size_t i = 0; i < COUNT(joined); i++) {
		const char *s = joined[i].s;
		long n = spf_join(s, strlen(s), text, origin, &fault);

		if (n < 0)
			snprintf(got, sizeof(got), "! %zu+%zu %s", fault.off, fault.n, fault.text);
		else
			snprintf(got, sizeof(got), "%.*s", (int)n, text);
		assert_row_text(s, got, joined[i].text);
		for (long j = 0; j < n; j++)
			assert_row(s, s[origin[j]] == text[j] || s[origin[j]] == '\\');
		assert_row(s, n < 0 || origin[n] <= strlen(s));
	}
	/* 255 bytes are a string, 256 are not. */
	memset(longest, 'x', sizeof(longest));
	longest[0] = longest[256] = '"';
	assert_int_equal(spf_join(longest, 257, text, origin, &fault), 255);
	longest[256] = 'x';
	longest[257] = '"';
	assert_int_equal(spf_join(longest, 258, text, origin, &fault), -1);
	assert_int_equal(fault.off, 256);
}

/* Strings of at most 255 bytes, whole terms where that can be. */
static void cut(void **state)
{
	char text[1000];

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(spf_string(text, 0), 0);
	assert_int_equal(spf_string(text, 255), 255);
	assert_int_equal(spf_string(text, 256), 255);
	text[255] = ' ';
	assert_int_equal(spf_string(text, 256), 255);
	text[10] = text[250] = ' ';
	text[255] = 'x';
	assert_int_equal(spf_string(text, 256), 250);
	text[250] = 'x';
	assert_int_equal(spf_string(text, 256), 10);
	/* A blank that begins the string does not end it. */
	assert_int_equal(spf_string(text + 10, 500), 255);
}

static void networks(void **state)
{
	static const char *const rows[] = { "192.0.2.0/24", "ip4:192.0.2.0/24", "192.0.2.1",
		"ip4:192.0.2.1", "2a00:a200::/48", "ip6:2a00:a200::/48", "2a00:a200::1",
		"ip6:2a00:a200::1", "::/0", "ip6:::/0", "::ffff:255.255.255.0/120",
		"ip6:::ffff:255.255.255.0/120" };
	char text[SPF_TERM_MAX + 1];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i += 2) {
		text[spf_network(prefix(rows[i]), text)] = '\0';
		assert_row_text(rows[i], text, rows[i + 1]);
	}
}

static const struct {
	const char *term, *note;
} notes[] = {
	{ "ip4:192.0.2.0/24", "" },
	{ "-ip4:192.0.2.0/24", "its senders fail" },
	{ "~ip6:::1", "its senders fail softly" },
	{ "?ip6:::1", "its senders are neutral" },
	{ "ip6:::ffff:192.0.2.0/120", "never matches: to SPF a mapped sender is IPv4" },
	{ "ip6:::1/64", "bits past the prefix length are not compared" },
	{ "ip6:::/0", "every sender of the family passes" },
	{ "all", "every sender passes" },
	{ "-all", "" },
	{ "a", "its networks are in DNS, and not listed" },
	{ "redirect=x.example", "its networks are in DNS, and not listed" },
	{ "exp=x.example", "" },
	{ "foo=bar", "an unknown modifier, which is ignored" },
	{ "-all ip4:192.0.2.1", "ignored behind all" },
	{ "-all redirect=x.example", "ignored beside all" },
};

static void all_notes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(notes); i++) {
		struct spf_fault fault;
		struct spf_term t;
		struct spf r;
		const char *note = NULL;
		char record[100];

		snprintf(record, sizeof(record), "v=spf1 %s", notes[i].term);
		assert_row(record, spf_open(&r, record, strlen(record), &fault));
		while (spf_next(&r, &t))
			note = spf_note(&t);
		assert_row_text(record, note ? note : "", notes[i].note);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_records),
		cmocka_unit_test(bad_records),
		cmocka_unit_test(strings),
		cmocka_unit_test(cut),
		cmocka_unit_test(networks),
		cmocka_unit_test(all_notes),
	};

	return cmocka_run_group_tests_name("spf", tests, NULL, NULL);
}
