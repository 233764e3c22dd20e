/* test_memory.c: what commands do when memory runs out: at each of their allocations, from there on and
 * there alone. Either it does not matter, and all is as with enough of it, or the message says so and the
 * status is 2; what was printed before is the beginning of what is right. Sanitizers see what is lost on
 * the way. The linker's --wrap puts the allocations of v6kit's own code, not of libraries, through here. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include <sys/stat.h>

#include "../../src/cli/cli.h"
#include "lib.h"

static atomic_uint allocations;
static unsigned fail_at; /* from 1; 0: all goes well */
static bool fail_once;

static bool fails(void)
{
	unsigned n = ++allocations;

	if (fail_at == 0 || n < fail_at || (fail_once && n > fail_at))
		return false;
	errno = ENOMEM;
	return true;
}

#define WRAP(type, name, parameters, arguments)                  \
	type __real_##name parameters;                           \
	type __wrap_##name parameters;                           \
	type __wrap_##name parameters                            \
	{                                                        \
		return fails() ? NULL : __real_##name arguments; \
	}

/* clang-format off: no pointers are multiplied */
WRAP(void *, malloc, (size_t n), (n))
WRAP(void *, calloc, (size_t n, size_t size), (n, size))
WRAP(void *, realloc, (void *p, size_t n), (p, n))
WRAP(void *, aligned_alloc, (size_t to, size_t n), (to, n))
WRAP(char *, strdup, (const char *s), (s))
WRAP(char *, strndup, (const char *s, size_t n), (s, n))
/* clang-format on */

enum { ARGUMENTS_MAX = 16, OUTPUT_MAX = 1 << 20 };

/* One run, its output and its messages. */
struct run {
	int status;
	size_t out_n, err_n;
	char out[OUTPUT_MAX], err[OUTPUT_MAX];
};

static int file_of(const char *name)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	return fd;
}

static size_t read_back(int fd, char *to)
{
	ssize_t n = pread(fd, to, OUTPUT_MAX, 0);

	assert_true(n >= 0 && n < OUTPUT_MAX);
	close(fd);
	return (size_t)n;
}

/* command: words with a blank between; "<NAME" is what standard input is. */
static void run(const char *command, struct run *r)
{
	char words[256] = "v6kit ", *argv[ARGUMENTS_MAX + 1], *save = NULL;
	const char *input = "/dev/null";
	int argc = 0, in, out = file_of("out"), err = file_of("err");

	assert_true(strlen(words) + strlen(command) < sizeof(words));
	strcat(words, command);
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		assert_true(argc < ARGUMENTS_MAX);
		if (*word == '<')
			input = word + 1;
		else
			argv[argc++] = word;
	}
	argv[argc] = NULL;
	in = open(input, O_RDONLY | O_CLOEXEC);
	assert_true(in >= 0);
	allocations = 0;
	r->status = cli_main(argc, argv, in, out, err);
	close(in);
	r->out_n = read_back(out, r->out);
	r->err_n = read_back(err, r->err);
	r->err[r->err_n] = '\0';
}

static void check(const char *command, const struct run *got, const struct run *want)
{
	const char *how = fail_once ? "alone" : "and all behind it";

	if (got->status == want->status && got->out_n == want->out_n && got->err_n == want->err_n &&
		memcmp(got->out, want->out, got->out_n) == 0 &&
		memcmp(got->err, want->err, got->err_n) == 0)
		return;
	if (got->status != STATUS_BAD ||
		!(strstr(got->err, "memory") || strstr(got->err, "no second opinion")))
		fail_msg("%s: allocation %u %s failed: status %d, \"%s\"", command, fail_at, how,
			got->status, got->err);
	/* What is counted up to an error is printed, as that of grep(1) is; SARIF tells of the error. */
	if (strstr(command, "grep --threads 1 -c ") || strstr(command, "--sarif"))
		return;
	if (got->out_n > want->out_n || memcmp(got->out, want->out, got->out_n) != 0)
		fail_msg("%s: allocation %u %s failed: other output: \"%.*s\"", command, fail_at,
			how, (int)got->out_n, got->out);
}

static void check_all(const char *command, int status)
{
	static struct run want, got;
	unsigned n;

	fail_at = 0;
	run(command, &want);
	if (want.status != status)
		fail_msg("%s: status %d, %s", command, want.status, want.err);
	n = allocations;
	assert_true(n > 0);
	for (fail_at = 1; fail_at <= n; fail_at++) {
		for (unsigned once = 0; once < 2; once++) {
			fail_once = once;
			run(command, &got);
			check(command, &got, &want);
		}
	}
	fail_at = 0;
}

static void write_file(const char *name, const char *text)
{
	int fd = file_of(name);

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static char folder[] = "/tmp/v6kit-memory-XXXXXX";

static int make_files(void **state)
{
	FILE *f;

	(void)state;
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return -1;
	write_file("set",
		"10.0.0.0/8 ten\n10.1.0.0/16 one of ten\n2001:db8::/32 doc\n::1 - ::4 few\n");
	write_file("other", "10.1.0.0/16\n10.2.0.0-10.2.3.9\n2001:db8:8000::/33\n");
	write_file("bad", "10.0.0.1/8\n::g\n");
	write_file("labels", "10.0.0.0/8 -\n10.1.0.0/16 b\n2001:db8::/32 c\n");
	write_file("x.mc",
		"divert(-1)\ndefine(`A', `B$1')A(`x')\ndivert(0)\n"
		"DAEMON_OPTIONS(`Family=inet, Addr=::1, Port=smtp, M=b, Name=MTA')dnl\n"
		"DAEMON_OPTIONS(`Family=inet6, Addr=[2001:db8::1], Port=25; Name=X')dnl\n"
		"ifdef(`A', `FEATURE(`dnsbl', `x.example')')\nMAILER(smtp)\n");
	write_file("x.cf",
		"O DaemonPortOptions=Family=inet6, Addr=::1, Port=25, M=O\n"
		"O DaemonPortOptions=Name=MTA\nO ConnectOnlyTo=[::1]\nFw/etc/mail/x\n"
		"Xspf, S=inet6:8891@[::1], T=R:4m\n");
	write_file("access",
		"Connect:2001:db8 REJECT\n10.1 REJECT\nIPv6:2001:db8:0:0:1:0:0:1\tOK\n::1 OK\n");
	/* More than is printed at once, so that buffers grow. */
	f = fopen("log", "w");
	if (!f)
		return -1;
	for (unsigned i = 0; i < 2000; i++)
		fprintf(f, "%u from 10.%u.0.1 and 2001:db8:%x::1\nno address\n", i, i % 7, i);
	fclose(f);
	f = fopen("list", "w");
	if (!f)
		return -1;
	for (unsigned i = 0; i < 2000; i++)
		fprintf(f, "2001:DB8:%x::%x/64\n", i % 64, i);
	return fclose(f);
}

static int remove_files(void **state)
{
	static const char *const names[] = { "set", "other", "bad", "labels", "x.mc", "x.cf",
		"access", "log", "list", "out", "err", "written" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		unlink(names[i]);
	return chdir("/") != 0 || rmdir(folder) != 0 ? -1 : 0;
}

static void test_streams(void **state)
{
	(void)state;
	check_all("norm --threads 1 -f list", STATUS_YES);
	check_all("norm --threads 1 <list", STATUS_YES);
	check_all("norm -j --threads 1 <list", STATUS_YES);
	check_all("norm -s full ::1 10.0.0.1", STATUS_YES);
	check_all("norm --output written ::1", STATUS_YES);
	check_all("norm --threads 1 <bad", STATUS_BAD);
	check_all("norm --threads 1 --on-error=keep <bad", STATUS_BAD);
	check_all("info 2001:db8::1/64 10.0.0.1", STATUS_YES);
	check_all("arpa ::1", STATUS_YES);
}

static void test_grep(void **state)
{
	(void)state;
	check_all("grep --threads 1 -f set log", STATUS_YES);
	check_all("grep --threads 1 -c 10.1.0.0/16 log", STATUS_YES);
	check_all("grep --threads 1 -q 10.1.0.0/16 <log", STATUS_YES);
	check_all("grep --threads 1 -on 10.1.0.0/16 log", STATUS_YES);
	check_all("grep --threads 1 -p -f set log", STATUS_YES);
	check_all("grep --threads 1 -j -f set log", STATUS_YES);
	check_all("grep --threads 1 -n -B2 -A1 -m5 10.1.0.0/16 log", STATUS_YES);
	check_all("grep --threads 1 -v -H 10.1.0.0/16 log", STATUS_YES);
	check_all("grep --threads 1 --color=always --any-address log", STATUS_YES);
	check_all("grep --threads 1 -r --include=l* --exclude-dir=x 10.1.0.0/16 .", STATUS_YES);
	check_all("grep --threads 1 -f bad log", STATUS_BAD);
}

static void test_sets(void **state)
{
	(void)state;
	check_all("in -f set 10.0.0.1 2001:db8::1", STATUS_YES);
	check_all("in -p @set 10.1.0.1 ::3", STATUS_YES);
	check_all("in --all -p @set <log", STATUS_BAD);
	check_all("merge set other", STATUS_YES);
	check_all("merge --as ranges --labels set", STATUS_YES);
	check_all("merge --as json --labels set", STATUS_YES);
	check_all("merge --as nft set", STATUS_YES);
	check_all("merge --as ipset set", STATUS_YES);
	check_all("merge --labels --as mmdb --output written labels", STATUS_YES);
	check_all("merge --entries 2 set", STATUS_YES);
	check_all("merge --max-len 24,48 set", STATUS_YES);
	check_all("intersect --labels set other", STATUS_YES);
	check_all("subtract set other", STATUS_YES);
	check_all("symdiff set other", STATUS_YES);
	check_all("diff set other", STATUS_NO);
	check_all("complement --within 10.0.0.0/7 set", STATUS_YES);
	check_all("overlap set other", STATUS_YES);
	check_all("span set", STATUS_YES);
	check_all("count set", STATUS_YES);
	check_all("merge <list", STATUS_BAD);
	check_all("merge --mask <list", STATUS_YES);
}

static void test_plans(void **state)
{
	(void)state;
	check_all("free 10.0.0.0/8 -f other", STATUS_YES);
	check_all("next 10.0.0.0/8 -f other /24 --limit 3", STATUS_YES);
	check_all("next 10.0.0.0/8 -f other /24 --limit 3 --strategy sparse", STATUS_YES);
	check_all("range 10.0.0.1-10.0.0.77", STATUS_YES);
	check_all("split 10.0.0.0/8 /12", STATUS_YES);
	check_all("list 10.0.0.0/28", STATUS_YES);
}

static void test_mail(void **state)
{
	(void)state;
	check_all("sendmail addr ::1", STATUS_YES);
	check_all("sendmail literal [IPv6:::1]", STATUS_YES);
	check_all("sendmail key 2001:db8::/32", STATUS_YES);
	check_all("sendmail options ::1 192.0.2.1", STATUS_YES);
	check_all("sendmail lint x.mc", STATUS_NO);
	check_all("sendmail lint x.cf", STATUS_NO);
	check_all("sendmail lint --sarif x.mc x.cf", STATUS_NO);
	check_all("sendmail lint --fix --dry-run x.mc", STATUS_NO);
	check_all("sendmail lint access", STATUS_NO);
	check_all("mail postfix mynetworks 10.0.0.0/8 ::1", STATUS_YES);
	check_all("mail convert --from sendmail --to postfix access", STATUS_NO);
	check_all("mail dnsbl 2001:db8::1 zone.example", STATUS_YES);
	check_all("completion bash", STATUS_YES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_streams),
		cmocka_unit_test(test_grep),
		cmocka_unit_test(test_sets),
		cmocka_unit_test(test_plans),
		cmocka_unit_test(test_mail),
	};

	return cmocka_run_group_tests_name("memory", tests, make_files, remove_files);
}
