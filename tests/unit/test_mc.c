/* test_mc.c: the readers of .mc and .cf files: what is found where, what cannot be read, and what a
 * file may do to those who read it. */
#include "lib.h"

#include "../../src/mail/lint.h"

/* Other files, by the name that they are included as. */
static const struct {
	const char *name, *text;
} files[] = {
	{ "addr.m4", "define(`ADDR', `[IPv6:2001:db8::25]')dnl\n" },
	{ "daemon.m4", "\nDAEMON_OPTIONS(`Family=inet6,A=2001:db8::25/64')dnl\n" },
	{ "self.m4", "include(`self.m4')" },
	{ "quote.m4", "`open" },
};

static int include(void *to, const char *from, const char *name, const char **path, const char **s,
	size_t *n)
{
	(void)to;
	(void)from;
	for (size_t i = 0; i < COUNT(files); i++) {
		if (strcmp(files[i].name, name) == 0) {
			*path = files[i].name;
			*s = files[i].text;
			*n = strlen(*s);
			return 0;
		}
	}
	return 2;
}

/* The findings as "FILE:LINE:COL+N SMnn", the notes without a number as "... note", a line each. */
static void findings(struct lint *l, char *out, size_t cap)
{
	size_t n, at = 0;
	const struct lint_finding *found = lint_findings(l, &n);

	out[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		const struct lint_source *source = lint_source_at(l, found[i].at);
		unsigned line = 1, column = 1;

		for (uint32_t k = source->base; k < found[i].at; k++) {
			column++;
			if (source->s[k - source->base] == '\n') {
				line++;
				column = 1;
			}
		}
		at += (size_t)snprintf(out + at, cap - at, "%s:%u:%u+%u ", source->name, line,
			column, (unsigned)found[i].n);
		at += found[i].rule ?
			(size_t)snprintf(out + at, cap - at, "SM%02u\n", found[i].rule) :
			(size_t)snprintf(out + at, cap - at, "note\n");
		assert_true(at < cap);
	}
}

struct row {
	enum lint_type type;
	const char *text, *want;
	const char *fault; /* or null */
};

static void check_rows(const struct row *row, size_t rows)
{
	for (size_t i = 0; i < rows; i++, row++) {
		struct lint_host host = { .include = include };
		struct lint *l = lint_new(&host, false);
		struct lint_fault fault;
		char got[4096];
		bool good;

		assert_non_null(l);
		good = lint_read(l, row->type, "f", row->text, strlen(row->text), &fault);
		findings(l, got, sizeof(got));
		if (strcmp(got, row->want) != 0)
			fail_msg("row %zu: %s\ngot:\n%s\nwant:\n%s", i, row->text, got, row->want);
		if (good != !row->fault || (row->fault && strcmp(fault.text, row->fault) != 0))
			fail_msg("row %zu: %s\nfault: %s", i, row->text,
				good ? "none" : fault.text);
		lint_free(l);
	}
}

#define A6 "IPv6:2001:db8::25"

static void quotes(void **state)
{
	static const struct row rows[] = {
		{ LINT_MC, "DAEMON_OPTIONS(`Family=inet6,A=[::1]')", "f:1:32+5 SM06\n", NULL },
		/* Quotes nest, and come off when m4 reads the option again. */
		{ LINT_MC, "DAEMON_OPTIONS(``Family=inet6,A=[::1]'')", "f:1:33+5 SM06\n", NULL },
		{ LINT_MC, "DAEMON_OPTIONS( `Family=inet6',\n`A=[::1]' )",
			"f:1:1+14 SM10\nf:2:4+5 SM06\n", NULL },
		/* In quotes it is no call, in a comment of dnl neither, in one of # it is. */
		{ LINT_MC, "`DAEMON_OPTIONS(`A=[::1]')'\n", "", NULL },
		{ LINT_MC, "dnl DAEMON_OPTIONS(`A=[::1]')\n", "", NULL },
		{ LINT_MC, "x dnl DAEMON_OPTIONS(`A=[::1]')\n", "", NULL },
		{ LINT_MC, "dnlx DAEMON_OPTIONS(`Family=inet6,A=[::1]')\n", "f:1:37+5 SM06\n",
			NULL },
		{ LINT_MC, " # DAEMON_OPTIONS(`A=[::1]')\n", "f:1:4+14 SM11\n", NULL },
		/* Other quotes make the texts of macros, but sendmail's own are written with the
		 * usual ones, and do something else meanwhile. */
		{ LINT_MC,
			"changequote([,])define([V],[::1/64])changequote(`,')"
			"DAEMON_OPTIONS(`Family=inet6,A=V')",
			"f:1:84+1 SM07\n", NULL },
		{ LINT_MC,
			"changequote(<<,>>)define(<<D>>,<<DAEMON_OPTIONS(`Family=inet6,A=$1')>>)"
			"changequote`'D(`::1/64')",
			"f:1:88+6 SM07\n", NULL },
		{ LINT_MC, "changequote([,])DAEMON_OPTIONS([Family=inet6,A=::1/64])",
			"f:1:17+14 note\n", NULL },
		{ LINT_MC, "changequote(<,>)FEATURE(<block_bad_helo>)", "f:1:17+7 note\n", NULL },
		{ LINT_MC, "changequote([,])LOCAL_CONFIG\nO DaemonPortOptions=A=::1\n",
			"f:2:23+3 SM04\n", NULL },
		/* Comments of one's own, and quotes that are too long to be any. */
		{ LINT_MC,
			"changecom(`<*', `*>')<* DAEMON_OPTIONS(`A=[::1]')\n*>"
			"DAEMON_OPTIONS(`A=::1')",
			"f:2:21+3 SM04\n", NULL },
		{ LINT_MC, "changecom(`;')\n; DAEMON_OPTIONS(`A=[::1]')\n;", "", NULL },
		{ LINT_MC, "changecom(`<*', `*>')<* x\n", "", "this comment has no end" },
		{ LINT_MC, "changequote(`<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<', `>')", "",
			"a quote of more than 32 bytes" },
		/* A lone quote has no end, and neither has a call. */
		{ LINT_MC, "\n it`s", "", "this quote has no end" },
		{ LINT_MC, "it's\n", "", NULL },
		{ LINT_MC, "DAEMON_OPTIONS(`A=[::1]'", "",
			"the arguments of this macro have no end" },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void macros(void **state)
{
	static const struct row rows[] = {
		/* A macro counts as it is at the end of the file, in quotes or not. */
		{ LINT_MC, "define(`X', `[::1]')DAEMON_OPTIONS(`Family=inet6,A=X')",
			"f:1:52+1 SM06\n", NULL },
		{ LINT_MC, "DAEMON_OPTIONS(`Family=inet6,A=X')define(`X', `[::1]')",
			"f:1:32+1 SM06\n", NULL },
		{ LINT_MC,
			"define(`X', `::1')DAEMON_OPTIONS(`Family=inet6,A=X')define(`X', `[::1]')",
			"f:1:50+1 SM06\n", NULL },
		{ LINT_MC, "define(`X', `[::1]')DAEMON_OPTIONS(`Family=inet6,A=X')undefine(`X')",
			"f:1:52+1 SM01\n", NULL },
		/* Arguments are where they were written, the body where it is used. */
		{ LINT_MC, "define(`D', `DAEMON_OPTIONS(`Family=inet6,A=$1')')\nD(`[::1]')",
			"f:2:4+5 SM06\n", NULL },
		{ LINT_MC, "define(`D', `DAEMON_OPTIONS(`Family=inet6,A=[$1]')')\nD(`::1')",
			"f:2:1+5 SM06\n", NULL },
		{ LINT_MC,
			"define(`V', `6')DAEMON_OPTIONS(`Family=ifelse(V, `6', `inet6', `inet'),A=::1')",
			"", NULL },
		{ LINT_MC, "ifdef(`V', `DAEMON_OPTIONS(`A=::1')')", "", NULL },
		{ LINT_MC, "define(`V')ifdef(`V', `DAEMON_OPTIONS(`A=::1')')", "f:1:42+3 SM04\n",
			NULL },
		{ LINT_MC, "pushdef(`V', `::1')popdef(`V')DAEMON_OPTIONS(`Family=inet6,A=V')",
			"f:1:62+1 SM01\n", NULL },
		/* Names are whole words: V6 is none in MTA_V6, but in MTA-V6 it is. */
		{ LINT_MC, "define(`V6', `,A=[::1]')DAEMON_OPTIONS(`Family=inet6,Name=MTA_V6')", "",
			NULL },
		{ LINT_MC, "define(`V6', `,A=[::1]')DAEMON_OPTIONS(`Family=inet6,Name=MTA-V6')",
			"f:1:63+1 SM06\n", NULL },
		{ LINT_MC, "divert(-1)DAEMON_OPTIONS(`A=::1')divert(0)", "f:1:29+3 SM04\n", NULL },
		{ LINT_MC, "LOCAL_CONFIG\nO DaemonPortOptions=A=::1\nDS[::1]:2525\n",
			"f:2:23+3 SM04\nf:3:8+5 SM28\n", NULL },
		{ LINT_MC, "divert(-1)\nO DaemonPortOptions=A=::1\n", "", NULL },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

/* What is not known is told, and nothing is made of it. */
static void unknown(void **state)
{
	static const struct row rows[] = {
		{ LINT_MC, "DAEMON_OPTIONS(`Family=inet6,A=esyscmd(`hostname')')",
			"f:1:32+7 note\n", NULL },
		{ LINT_MC, "DAEMON_OPTIONS(`Family=inet6,Port=eval(20+5),M=eval(1)')",
			"f:1:35+4 note\nf:1:48+4 note\n", NULL },
		{ LINT_MC, "ifdef(`_X_', `DAEMON_OPTIONS(`A=::1')')", "f:1:1+5 note\n", NULL },
		{ LINT_MC,
			"define(`H', esyscmd(`hostname'))ifelse(H, `a', `DAEMON_OPTIONS(`A=::1')')",
			"f:1:13+7 note\nf:1:33+6 note\n", NULL },
		{ LINT_MC, "format(`%d', `3')__line__ format undivert(1, 2)\n",
			"f:1:1+6 note\nf:1:18+8 note\n", NULL },
		{ LINT_MC, "undivert(`daemon.m4')", "f:1:1+8 note\n", NULL },
		/* A builtin by another name. */
		{ LINT_MC, "define(`own', defn(`define'))own(`X', `1')", "f:1:15+4 note\n", NULL },
		{ LINT_MC, "include(`none.m4')", "f:1:1+7 note\n", NULL },
		{ LINT_MC, "sinclude(`none.m4')", "", NULL },
		{ LINT_MC, "include(`/usr/share/sendmail-cf/m4/cf.m4')", "", NULL },
		{ LINT_MC, "DOMAIN(`generic')", "f:1:1+6 note\n", NULL },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void includes(void **state)
{
	static const struct row rows[] = {
		{ LINT_MC, "include(`addr.m4')DAEMON_OPTIONS(`Family=inet6,A=ADDR')",
			"f:1:50+1 SM06\n", NULL },
		{ LINT_MC, "include(`daemon.m4')", "daemon.m4:2:32+15 SM07\n", NULL },
		{ LINT_MC, "include(`self.m4')", "", "files include each other without end" },
		{ LINT_MC, "include(`quote.m4') DAEMON_OPTIONS(`A=::1')", "",
			"this quote has no end" },
		/* Before sendmail's macros are read, m4 has its own comments. */
		{ LINT_MC, "# it`s\ninclude(`/x/m4/cf.m4')\nDAEMON_OPTIONS(`A=::1')",
			"f:3:19+3 SM04\n", NULL },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void endless(void **state)
{
	static const struct row rows[] = {
		{ LINT_MC, "define(`x', `x')x", "",
			"the macro expands without end, or to too much" },
		{ LINT_MC, "define(`x', `x x')x", "",
			"the macro expands without end, or to too much" },
		{ LINT_MC, "define(`x', `x(`$1$1')')x(`ab')", "",
			"the macro expands without end, or to too much" },
		{ LINT_MC, "define(`x', `x(x')x", "", "more than 1024 nested calls" },
		{ LINT_MC, "DAEMON_OPTIONS(`x')define(`x', `x')", "",
			"the macro expands without end, or to too much" },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void lines(void **state)
{
	static const struct row rows[] = {
		/* Folded lines are one; a comment ends each of them; a tab begins one. */
		{ LINT_CF, "O DaemonPortOptions=Family=inet6,\n A=[::1]\n", "f:2:4+5 SM06\n",
			NULL },
		{ LINT_CF, "O DaemonPortOptions=Family=inet6, # c\n\tA=[::1]", "f:2:4+5 SM06\n",
			NULL },
		{ LINT_CF, "O DaemonPortOptions=Family=inet6,A=::1 # [::1]/64", "", NULL },
		{ LINT_CF, "#O DaemonPortOptions=A=::1\n", "", NULL },
		{ LINT_CF, "o daemonportoptions=A=::1\n", "", NULL },
		{ LINT_CF, "O daemonportoptions = A=::1\n", "f:1:25+3 SM04\n", NULL },
		{ LINT_CF, "O DaemonPortOptions=Family=inet6,\\\nA=::1\nO x=y", "f:1:34+1 SM31\n",
			NULL },
		{ LINT_CF, "# a\\\nO DaemonPortOptions=A=::1", "f:2:23+3 SM04\n", NULL },
		{ LINT_CF,
			"O DaemonPortOptions=Family=inet6,A=" A6
			"\nR$-.$-.$-.$-\t$(dnsbl $4.$3.$2.$1.z. $)\n",
			"f:2:1+12 SM27\n", NULL },
		{ LINT_CF,
			"Karpa arpa\nO DaemonPortOptions=Family=inet6,A=" A6
			"\nR$-.$-.$-.$-\t$(dnsbl $4.$3.$2.$1.z. $)\n",
			"", NULL },
		{ LINT_CF, "O DaemonPortOptions=Family=inet6\nR $4.$3.$2.$1.z", "f:2:1+15 SM27\n",
			NULL },
		{ LINT_CF, "", "", NULL },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

/* One value a line: what sendmail takes is silent. */
static void values(void **state)
{
	static const struct row rows[] = {
		{ LINT_CF, "Xd, S=inet6:8891@::1, F=T\nXd, S=inet:8891@127.0.0.1\n", "", NULL },
		{ LINT_CF, "Xd, S=inet6:8891 @::1\nXd, S=inet6:8891@localhost\n", "", NULL },
		{ LINT_CF, "Xd, S=local:/run/a@b\nXd, S=unix:[x]\nXd, F=T\nX\n", "", NULL },
		{ LINT_CF, "Xd, S=inet:8891@::1", "f:1:7+13 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:8891@127.0.0.1", "f:1:7+20 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:8891@ ::1", "f:1:7+15 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:8891@::1/128", "f:1:7+18 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:[::1]:8891", "f:1:7+16 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet:8891", "f:1:7+9 SM26\n", NULL },
		{ LINT_CF, "Xd, S=8891@::1", "f:1:7+8 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet4:8891@127.0.0.1", "f:1:7+20 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:8891@::1 , F=T", "f:1:7+15 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet:8891@127.0.0.1 , F=T", "f:1:7+20 SM26\n", NULL },
		{ LINT_CF, "Xd, S=/run/a\nXd, S=:/run/a\nXd, S=inet:smtp@127.1", "", NULL },
		{ LINT_CF, "Xd, S=inet6: 8891@::1", "f:1:7+15 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:@::1", "f:1:7+10 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:8891@", "f:1:7+11 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:8891@a@b", "f:1:7+14 SM26\n", NULL },
		{ LINT_CF, "Xd, S=inet6:8891@127.1", "f:1:7+16 SM26\n", NULL },
		{ LINT_CF, "Xd, F=T, S=inet:127.0.0.1:8891", "f:1:12+19 SM26\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=IPv6:2001:db8::25\nO ConnectOnlyTo=192.0.2.1\n", "",
			NULL },
		{ LINT_CF, "O ConnectOnlyTo= 2525 @2001:db8::25\nO ConnectOnlyTo=\n", "", NULL },
		{ LINT_CF, "O ConnectOnlyTo=host.example", "f:1:17+12 SM30\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=2525@ ::1", "f:1:17+9 SM30\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=::1@2525", "f:1:17+8 SM30\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=smtp@::1", "f:1:17+4 SM30\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=70000@::1", "f:1:17+5 SM30\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=192.0.2.1:25", "f:1:17+12 SM30\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=[::1]:25", "f:1:17+8 SM30\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=127.1", "f:1:17+5 SM30\n", NULL },
		{ LINT_CF, "O ConnectOnlyTo=255.255.255.255", "f:1:17+15 SM30\n", NULL },
		/* Names of options may be cut short, and one has a letter of its own. */
		{ LINT_CF, "O ConnectO=[::1]", "f:1:12+5 SM30\n", NULL },
		{ LINT_CF, "O Connect=[::1]\nO Da=A=[::1]\nO Client=A=[::1]\n", "", NULL },
		{ LINT_CF, "O Dae=A=[::1]", "f:1:9+5 SM06\n", NULL },
		{ LINT_CF, "O ClientP=A=[::1]", "f:1:13+5 SM06\n", NULL },
		{ LINT_CF, "OOA=[::1]", "f:1:5+5 SM06\n", NULL },
		{ LINT_CF, "O DaemonPortOptionsX=A=[::1]", "", NULL },
		/* b does harm on an IPv6 daemon, and beside one. */
		{ LINT_CF, "O DaemonPortOptions=Family=inet6,M=b", "f:1:3+17 SM13\n", NULL },
		{ LINT_CF, "O DaemonPortOptions=A=192.0.2.1,M=b", "", NULL },
		{ LINT_CF,
			"O DaemonPortOptions=A=192.0.2.1,M=b\nO DaemonPortOptions=Family=inet6,A=" A6,
			"f:1:3+17 SM13\n", NULL },
		{ LINT_CF, "O DaemonPortOptions=Family=inet6,A=::1,M=b", "", NULL },
		/* What sendmail's own files ask before they add to the options. */
		{ LINT_MC, "ifelse(defn(`_DPO_'), `', `DAEMON_OPTIONS(`A=::1')')",
			"f:1:46+3 SM04\n", NULL },
		{ LINT_MC,
			"DAEMON_OPTIONS(`Port=25')ifelse(defn(`_DPO_'), `', `DAEMON_OPTIONS(`A=::1')')",
			"", NULL },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

#define O "O DaemonPortOptions="

/* What sendmail 8.17 takes and refuses; of "O DaemonPortOptions=" the value begins in column 21. */
static void options(void **state)
{
	static const struct row rows[] = {
		/* The case of these letters counts: R is ReceiveSize, and C is nothing. */
		{ LINT_CF, O "children=3,refuseLA=9,delayLA=9,queueLA=9,ReceiveSize=1", "", NULL },
		{ LINT_CF, O "DeliveryMode=b,SendSize=1,sendsize=1,ADDR=127.0.0.1", "", NULL },
		{ LINT_CF, O "Children=3", "f:1:21+8 SM17\n", NULL },
		{ LINT_CF, O "QueueLA=3", "f:1:21+7 SM17\n", NULL },
		{ LINT_CF, O "RefuseLA=3", "f:1:21+8 SM17\n", NULL },
		{ LINT_CF, O "receivesize=3", "f:1:21+11 SM17\n", NULL },
		{ LINT_CF, O "DelayLA=3", "f:1:21+7 SM17\n", NULL },
		{ LINT_CF, O "deliverymode=b", "f:1:21+12 SM17\n", NULL },
		{ LINT_CF, O "=3", "f:1:21+1 SM17\n", NULL },
		/* Of a number the digits count, so that a blank does no harm. */
		{ LINT_CF, O "Family=10 ,A=::1", "", NULL },
		{ LINT_CF, O "Family=02;,A=127.0.0.1", "", NULL },
		{ LINT_CF, O "Family=1,A=/run/mail", "", NULL },
		{ LINT_CF, O "Family=local ,A=/run/mail", "f:1:33+1 SM08\n", NULL },
		{ LINT_CF, O "Family=3,A=::1", "f:1:28+1 SM17\n", NULL },
		{ LINT_CF, O "Family=10000000000000000002", "f:1:28+20 SM17\n", NULL },
		/* Each family is read, though the last one wins; of addresses and ports the last is. */
		{ LINT_CF, O "Family=inet6 ,Family=inet6,A=::1", "f:1:33+1 SM08\n", NULL },
		{ LINT_CF, O "Family=ipv6,Family=inet6,A=::1", "f:1:28+4 SM17\n", NULL },
		{ LINT_CF, O "A=[::1],A=127.0.0.1", "", NULL },
		{ LINT_CF, O "Port=-1,Port=25", "", NULL },
		/* inet_addr() takes 0 for the wildcard of IPv4. */
		{ LINT_CF, O "A=0", "", NULL },
		{ LINT_CF, O "Family=inet6,A=0", "f:1:36+1 SM05\n", NULL },
		/* It knows more forms than dotted quads, and stops at a blank. */
		{ LINT_CF, O "A=192.0.537", "f:1:23+9 SM21\n", NULL },
		{ LINT_CF, O "A=0xc0.0x0.1281", "f:1:23+13 SM21\n", NULL },
		{ LINT_CF, O "A=192.0.2.256", "f:1:23+11 SM07\n", NULL },
		{ LINT_CF, O "A=192.0.65536", "f:1:23+11 SM07\n", NULL },
		{ LINT_CF, O "A=127.0.0.1 x", "f:1:32+2 SM09\n", NULL },
		{ LINT_CF, O "A=127.0.0.1 ,P=26", "", NULL },
		{ LINT_CF, O "A=255.255.255.255 ,P=26", "f:1:38+1 SM08\n", NULL },
		{ LINT_CF, O "Family=inet6,A=127.0.0.1 x", "f:1:36+11 SM07\n", NULL },
		/* A name has letters, digits, "-", "." and "_". */
		{ LINT_CF, O "A=mail_1.host-2.example", "", NULL },
		{ LINT_CF, O "A=*", "f:1:23+1 SM07\n", NULL },
		{ LINT_CF, O "A==host", "f:1:23+5 SM07\n", NULL },
		{ LINT_CF, O "A=host;Type=1", "f:1:23+11 SM07\n", NULL },
		/* A name is an address of its family, and clashes with what takes all of them in. */
		{ LINT_CF, O "A=mail\n" O "A=MAIL", "f:2:3+17 SM16\n", NULL },
		{ LINT_CF, O "A=mail\n" O "Port=smtp", "f:2:3+17 SM16\n", NULL },
		{ LINT_CF, O "Family=inet6\n" O "A=mail", "f:2:3+17 SM03\n", NULL },
		{ LINT_CF, O "A=mail\n" O "A=mail,Port=26\n" O "A=192.0.2.1\n" O "A=mail.example",
			"", NULL },
		{ LINT_CF, O "Port=25\n" O "Family=inet6,A=mail", "f:2:36+4 SM01\n", NULL },
		/* A blank may stand before the "=" of the item that a comma should be before. */
		{ LINT_CF, O "Name=a Family =inet6", "f:1:27+1 SM09\n", NULL },
		{ LINT_CF, O "Name=a;b c", "", NULL },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

/* All of the lines below stand for 100 MB: what costs more than a line each is refused. */
static void many(void **state)
{
	static const struct {
		enum lint_type type;
		const char *unit;
		size_t units;
		const char *fault;
	} rows[] = {
		{ LINT_MC, "DAEMON_OPTIONS(`Port=1')", 1025,
			"more than 1024 daemon and client options, of which sendmail takes few" },
		{ LINT_CF, "O DaemonPortOptions=Port=1\n", 1025,
			"more than 1024 daemon and client options, of which sendmail takes few" },
		{ LINT_MC, "LOCAL_CONFIG\nO DaemonPortOptions=Port=1\n", 1025,
			"more than 1024 daemon and client options, of which sendmail takes few" },
		{ LINT_MC, "x", (1 << 20) + 1, "a word of more than 1 MiB" },
		{ LINT_MC, "x ", 1 << 19 | 1, "a line of more than 1 MiB" },
		{ LINT_CF, "x", (1 << 20) + 1, "a line of more than 1 MiB" },
		{ LINT_MC, "FEATURE(", 1025, "more than 1024 nested calls" },
		{ LINT_MC, "FEATURE(`a', (", 1, "the arguments of this macro have no end" },
		{ LINT_MC, "`", 3000, "this quote has no end" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t unit = strlen(rows[i].unit), n = unit * rows[i].units;
		char *s = malloc(n);
		struct lint *l = lint_new(NULL, false);
		struct lint_fault fault;

		assert_non_null(s);
		assert_non_null(l);
		for (size_t k = 0; k < n; k++)
			s[k] = rows[i].unit[k % unit];
		if (lint_read(l, rows[i].type, "f", s, n, &fault) ||
			strcmp(fault.text, rows[i].fault) != 0)
			fail_msg("row %zu: %s", i, fault.text ? fault.text : "taken");
		lint_free(l);
		free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes),
		cmocka_unit_test(macros),
		cmocka_unit_test(unknown),
		cmocka_unit_test(includes),
		cmocka_unit_test(endless),
		cmocka_unit_test(lines),
		cmocka_unit_test(values),
		cmocka_unit_test(options),
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
