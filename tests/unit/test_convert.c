/* test_convert.c: lines of sendmail's access map for Postfix. test_access.c has the keys. */
#include "lib.h"

#include "../../src/mail/access.h"
#include "../../src/mail/convert.h"

/* Prefixes by their keys of sendmail's map: one key of a hash: table, or none. */
static const struct {
	const char *prefix, *key;
} keys[] = {
	{ "2a00:a200:0:12::/64", "2a00:a200:0:12" },
	{ "2a00:a200::/32", "2a00:a200" },
	{ "2a00::/16", "2a00" },
	{ "2a00:a200::/48", "" },
	{ "2a00:a200::/64", "" },
	{ "2a00:a200:1::/80", "2a00:a200:1:" },
	{ "2a00:a200:1:2::/96", "2a00:a200:1:2:" },
	{ "2a00:a200:1::/96", "" },
	{ "2a00:0:0:a200:1::/96", "" },
	{ "2a00:a200:1:2:3:0:5::/112", "2a00:a200:1:2:3:0:5" },
	{ "2a00:a200:0:2:3:5::/112", "" },
	{ "0:0:2a00::/96", "0:0:2a00:" }, /* two zeros would be "::" before */
	{ "2a00:a200:0:12::25", "" },     /* finds 2a00:a200:0:12::25:1 too */
	{ "2a00:a200:0:12:1::25", "2a00:a200:0:12:1::25" },
	{ "2a00:a200:0:12::", "2a00:a200:0:12::" },
	{ "2a00:a200:0:12:1:2:3:25", "2a00:a200:0:12:1:2:3:25" },
	{ "2a00:a200:0:0:1:0:0:25", "2a00:a200::1:0:0:25" },
	{ "::1", "" },
	{ "::", "::" },
	{ "::1.2.3.4", "::1.2.3.4" },
	{ "::/0", "" },
	/* A group alone must be no octet, and no top-level domain. */
	{ "64::/16", "" },
	{ "255::/16", "" },
	{ "256::/16", "256" },
	{ "de::/16", "" },
	{ "fe80::/16", "fe80" },
};

static void keys_of_prefixes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		char line[ACCESS_KEY_MAX + 8], got[ACCESS_KEY_MAX + 8];
		struct v6k_prefix p = prefix(keys[i].prefix);
		struct converted c;
		size_t n = access_key(p, 0, line);

		strcpy(line + n, " OK");
		convert_line(line, n + 3, CONVERT_CLIENT, &c);
		snprintf(got, sizeof(got), "%.*s", (int)c.new_n, c.new_n ? c.key : "");
		assert_row_text(keys[i].prefix, got, keys[i].key);
		assert_row(keys[i].prefix,
			c.verdict == CONVERT_CARRY || c.verdict == CONVERT_LEAVE);
		assert_row(keys[i].prefix, c.cidr && v6k_prefix_cmp(c.prefix, p) == 0);
	}
}

/* The verdict as a letter; what follows it is the new key, or the prefix for a cidr: table. */
static const struct {
	const char *line;
	const char *client, *sender, *recipient;
} lines[] = {
	{ "", "=", "=", "=" },
	{ " \t", "=", "=", "=" },
	{ "# Connect:a OK", "=", "=", "=" },
	{ " a OK", "! a blank before the key", "! a blank before the key",
		"! a blank before the key" },
	{ "a", "! a key without a value", "! a key without a value", "! a key without a value" },
	{ "a ", "! a key without a value", "! a key without a value", "! a key without a value" },
	{ "Connect:192.0.2\tREJECT", ">192.0.2", "#", "#" },
	{ "192.0.2 OK", ">192.0.2", "#", "#" },
	{ "connect:Example.ORG\tOK", ">Example.ORG", "#", "#" },
	{ "example.org OK", ">example.org", ">example.org", ">example.org" },
	{ "From:user@ REJECT", "#", ">user@", "#" },
	{ "To:user@example.org 550 no", "#", "#", ">user@example.org" },
	{ "user@example.org OK", "#", ">user@example.org", ">user@example.org" },
	{ "From:IPv6:2a00 OK", "#", "#", "#" },
	{ "To:192.0.2.1 OK", "#", "#", "#" },
	{ "To:[192.0.2.1] OK", "#", "#", "#" },
	{ "From:@example.org OK", "#", "#", "#" },
	{ "From:a+*@example.org OK", "#", "#", "#" },
	{ "From:\"a\"@example.org OK", "#", "#", "#" },
	{ "From:#a@b OK", "#", "#", "#" },
	{ "Foo:a@b OK", "#", "#", "#" },
	{ "From:a@b@c OK", "#", "#", "#" },
	{ "Connect:IPv6:2a00:a200:0:12 OK", ">2a00:a200:0:12", "#", "#" },
	{ "ipv6:2A00:A200:0:12 OK", ">2a00:a200:0:12", "#", "#" },
	{ "IPv6:2a00:a200:0 OK", "#2a00:a200::/48", "#", "#" },
	{ "IPv6:2a00:a200:0:12:0:0:0:25 OK", "#2a00:a200:0:12::25/128", "#", "#" },
	{ "IPv6 OK", "#::/0", "#", "#" },
	/* What sendmail never finds. */
	{ "IPv6:2a00:a200::12 OK", "#2a00:a200::12/128", "#", "#" },
	{ "IPv6:2a00:a200:0:12: OK", "#", "#", "#" },
	{ "IPv6:2002:c0a8:02c7 OK", "#", "#", "#" },
	{ "IPv6: OK", "#", "#", "#" },
	{ "IPv6:2a00:a200::/32 OK", "#2a00:a200::/32", "#", "#" },
	{ "IPv6:0:0:0:0:0:ffff:c000:201 OK", "#192.0.2.1/32", "#", "#" },
	{ "IPv6:1:2:3:4:5:6:7:8:9 OK", "#", "#", "#" },
	{ "IPv6:::::::::::::::::::::::::::::::::::::::::::::::::::::: OK", "#", "#", "#" },
	{ "2a00:a200:0:12::25 OK", "#2a00:a200:0:12::25/128", "#", "#" },
	{ "192.0.2.0/24 OK", "#192.0.2.0/24", "#", "#" },
	{ "192.0.2. OK", "#", "#", "#" },
	{ "192.0.02 OK", "#", "#", "#" },
	{ "192.0.2.1.1 OK", "#", "#", "#" },
	{ "256 OK", "#", "#", "#" },
	/* What Postfix has not. */
	{ "Connect:[IPv6:2a00:a200:0:12:0:0:0:25] OK", "#", "#", "#" },
	{ ".example.org OK", "#", "#", "#" },
	{ "example.org. OK", "#", "#", "#" },
	{ "ex\xe4mple.org OK", "#", "#", "#" },
	{ "2a00 OK", "#", "#", "#" },
	{ "de OK", ">de", ">de", ">de" },
	{ "ClientRate:192.0.2 10", "#", "#", "#" },
	{ "Connect: OK", "#", "#", "#" },
	{ "Foo:bar OK", "#", "#", "#" },
};

static void check_line(const char *line, enum convert_table table, const char *want)
{
	char got[200] = "";
	struct converted c;

	convert_line(line, strlen(line), table, &c);
	switch (c.verdict) {
	case CONVERT_COPY:
		strcpy(got, "=");
		break;
	case CONVERT_CARRY:
		snprintf(got, sizeof(got), ">%.*s", (int)c.new_n, c.key);
		break;
	case CONVERT_LEAVE:
		snprintf(got, sizeof(got), "#%s", c.cidr ? text_of_prefix(c.prefix) : "");
		break;
	case CONVERT_BAD:
		snprintf(got, sizeof(got), "! %s", c.why);
		break;
	}
	assert_row_text(line, got, want);
	assert_row(line,
		(c.verdict == CONVERT_LEAVE || c.verdict == CONVERT_BAD) == (c.why != NULL));
	assert_row(line, c.why_off + c.why_n <= strlen(line));
}

static void all_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		check_line(lines[i].line, CONVERT_CLIENT, lines[i].client);
		check_line(lines[i].line, CONVERT_SENDER, lines[i].sender);
		check_line(lines[i].line, CONVERT_RECIPIENT, lines[i].recipient);
	}
}

/* Values: a word of what is said, or nothing. */
static const struct {
	const char *value, *note;
} values[] = {
	{ "OK", "" },
	{ "ok", "" },
	{ "REJECT", "" },
	{ "REJECT  ", "" },
	{ "REJECT go away", "" },
	{ "DISCARD\r", "" },
	{ "550 no", "" },
	{ "421 later", "" },
	{ "550", "number alone" },
	{ "12345", "number alone" },
	{ "250 yes", "451" },
	{ "5500 no", "451" },
	{ "RELAY", "RELAY" },
	{ "relay", "RELAY" },
	{ "SKIP", "DUNNO" },
	{ "ERROR:550 no", "no ERROR" },
	{ "ERROR:5.7.1:550 no", "no ERROR" },
	{ "error:4.7.1:450 no", "no ERROR" },
	{ "QUARANTINE:spam", "HOLD" },
	{ "REJECTED", "451" },
	{ "FRIEND", "451" },
	{ "REJECT \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", "" },
	{ "REJECT \xe4", "UTF-8" },
	{ "REJECT \xc0\x80", "UTF-8" },
	{ "REJECT \xe0\x80\x80", "UTF-8" },
	{ "REJECT \xed\xa0\x80", "UTF-8" },
	{ "REJECT \xf4\x90\x80\x80", "UTF-8" },
	{ "REJECT \xf0\x9f\x98", "UTF-8" },
	{ "REJECT \xc3y", "UTF-8" },
};

static void all_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		char line[100];
		struct converted c;
		const char *note;

		snprintf(line, sizeof(line), "a \t%s", values[i].value);
		convert_line(line, strlen(line), CONVERT_CLIENT, &c);
		note = c.value_note ? c.value_note : "";
		assert_row(values[i].value, c.verdict == CONVERT_CARRY);
		assert_row_text(values[i].value, line + c.value_off, values[i].value);
		if (!*values[i].note || !strstr(note, values[i].note))
			assert_row_text(values[i].value, note, values[i].note);
	}
}

static void a_nul_byte(void **state)
{
	struct converted c;

	(void)state;
	convert_line("a\0 OK", 5, CONVERT_CLIENT, &c);
	assert_int_equal(c.verdict, CONVERT_BAD);
	assert_int_equal(c.why_off, 1);
	convert_line("# \0", 3, CONVERT_CLIENT, &c);
	assert_int_equal(c.verdict, CONVERT_COPY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_of_prefixes),
		cmocka_unit_test(all_lines),
		cmocka_unit_test(all_values),
		cmocka_unit_test(a_nul_byte),
	};

	return cmocka_run_group_tests_name("convert", tests, NULL, NULL);
}
