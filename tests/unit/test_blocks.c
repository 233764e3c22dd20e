/* test_blocks.c: blocks of any size, at any number of threads, from files and pipes, against a walk
 * over the whole text. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/stream/blocks.h"
#include "lib.h"
#include "random.h"

/* Text that grows. */
struct text {
	char *s;
	size_t n, cap;
};

static void add(struct text *t, const char *s, size_t n)
{
	if (t->n + n > t->cap) {
		t->cap = 2 * (t->n + n);
		t->s = realloc(t->s, t->cap);
		assert_non_null(t->s);
	}
	if (n > 0)
		memcpy(t->s + t->n, s, n);
	t->n += n;
}

/* What is said of a line: its number, where it stands, how long it is; the text follows. */
static void add_head(struct text *t, uint64_t number, uint64_t at, size_t n, const char *kind)
{
	char head[80];

	add(t, head, (size_t)sprintf(head, "%" PRIu64 " %" PRIu64 " %zu%s ", number, at, n, kind));
}

static size_t line_length(const char *s, size_t n)
{
	const char *newline = memchr(s, '\n', n);

	return newline ? (size_t)(newline - s) : n;
}

static uint32_t checksum(uint32_t sum, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sum = (sum ^ (unsigned char)s[i]) * 16777619;
	return sum;
}

static void add_long(struct text *t, uint64_t number, uint64_t at, size_t n, uint32_t sum)
{
	char text[16];

	add_head(t, number, at, n, " long");
	add(t, text, (size_t)sprintf(text, "%08x\n", sum));
}

/* The whole text, walked. Stops before the line `stop`, from 1. */
static struct text want(const struct text *in, uint64_t stop)
{
	struct text t = { NULL, 0, 0 };
	uint64_t number = 1;

	for (size_t at = 0, n; at < in->n && number != stop; at += n + 1, number++) {
		n = line_length(in->s + at, in->n - at);
		if (n > LINE_MAX_BYTES) {
			add_long(&t, number, at, n, checksum(0, in->s + at, n));
			continue;
		}
		add_head(&t, number, at, n, "");
		add(&t, in->s + at, n);
		add(&t, "\n", 1);
	}
	return t;
}

struct run {
	struct text got;
	uint64_t stop;    /* the line to stop at */
	uint64_t fail;    /* the offset of a line that work fails at, plus 1 */
	unsigned lines;   /* work leaves it at so many; 0: no bound */
	uint64_t long_at; /* of the long line that is coming */
	size_t long_n;
	uint32_t sum;
	unsigned inside; /* emit: never two at once */
};

/* Text as it is, every line ended. */
static int work(void *to, const struct block *b, struct block_out *out)
{
	const struct run *run = to;
	volatile char sum = 0; /* read, for the sanitizers */

	assert_true(b->n > 0);
	assert_int_equal(out->n, 0);
	for (int i = 1; i <= BLOCK_BEFORE; i++)
		sum ^= b->s[-i];
	for (int i = 0; i < BLOCK_AFTER; i++)
		sum ^= b->s[b->n + (size_t)i];
	(void)sum;
	*(uint64_t *)out->own = b->at;
	for (size_t at = 0, n; at < b->n; at += n + 1) {
		if (run->lines && out->lines == run->lines) {
			out->used = at;
			break;
		}
		n = line_length(b->s + at, b->n - at);
		if (run->fail && b->at + at + 1 == run->fail)
			return -ENOMEM;
		if (!block_put(out, b->s + at, n) || !block_put(out, "\n", 1))
			return -ENOMEM;
		out->lines++;
	}
	return 0;
}

static int emit(void *to, const struct block *b, struct block_out *out)
{
	struct run *run = to;
	uint64_t number = b->number;

	assert_int_equal(run->inside++, 0);
	assert_int_equal(*(uint64_t *)out->own, b->at);
	assert_int_equal(out->used, b->n);
	assert_int_equal(block_lines(b->s, b->n), out->lines);
	for (size_t at = 0, n; at < b->n; at += n + 1, number++) {
		n = line_length(b->s + at, b->n - at);
		if (number == run->stop)
			return BLOCKS_STOP;
		add_head(&run->got, number, b->at + at, n, "");
		add(&run->got, out->s + at, n + 1);
	}
	assert_int_equal(--run->inside, 0);
	return BLOCKS_GO_ON;
}

static int long_line(void *to, const struct block *piece, bool first, bool last)
{
	struct run *run = to;

	if (first) {
		if (piece->number == run->stop)
			return BLOCKS_STOP;
		run->long_at = piece->at;
		run->long_n = 0;
		run->sum = 0;
	}
	assert_int_equal(piece->at, run->long_at + run->long_n);
	run->sum = checksum(run->sum, piece->s, piece->n);
	run->long_n += piece->n;
	if (last)
		add_long(&run->got, piece->number, run->long_at, run->long_n, run->sum);
	return BLOCKS_GO_ON;
}

static void *own_new(void *to)
{
	(void)to;
	return malloc(sizeof(uint64_t));
}

static const struct blocks_job job = { .own_new = own_new,
	.own_free = free,
	.work = work,
	.emit = emit,
	.long_line = long_line };

/* A file without a name. */
static int file_of(const struct text *in)
{
	char name[] = "/tmp/v6kit-blocks-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	for (size_t at = 0; at < in->n;) {
		ssize_t n = write(fd, in->s + at, in->n - at);

		assert_true(n > 0);
		at += (size_t)n;
	}
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* A pipe into which a child writes pieces of any size. */
static int pipe_of(const struct text *in, pid_t *child)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	fflush(stdout);
	*child = fork();
	assert_true(*child >= 0);
	if (*child == 0) {
		close(fd[0]);
		for (size_t at = 0; at < in->n;) {
			size_t most = in->n > 100000 ? 100000 : 1 + random_below(200);
			ssize_t n = write(fd[1], in->s + at, in->n - at < most ? in->n - at : most);

			if (n < 0)
				break;
			at += (size_t)n;
		}
		_exit(0);
	}
	close(fd[1]);
	return fd[0];
}

static void check_same(const struct text *got, const struct text *expected)
{
	size_t n = got->n < expected->n ? got->n : expected->n, at = 0;

	while (at < n && got->s[at] == expected->s[at])
		at++;
	if (at < n || got->n != expected->n)
		fail_msg("the output of %zu bytes differs from the %zu wanted at %zu", got->n,
			expected->n, at);
}

static int run_on(struct run *run, const struct blocks_options *options, int fd)
{
	struct blocks *blocks = blocks_new(&job, run, options);
	int e;

	assert_non_null(blocks);
	e = blocks_run(blocks, fd);
	blocks_free(blocks);
	return e;
}

static const unsigned thread_counts[] = { 1, 2, 7 };
static const size_t block_sizes[] = { 64, 1, 1000, 0 };

/* One input, from file and pipe, at every number of threads, in blocks of this size. */
static void check(const struct text *in, size_t block, struct run how)
{
	struct text expected = want(in, how.stop);
	int status = expected.n > 0 || in->n == 0 ? BLOCKS_GO_ON : BLOCKS_STOP;

	if (how.stop && how.stop <= block_lines(in->s, in->n))
		status = BLOCKS_STOP;
	for (size_t i = 0; i < 2 * COUNT(thread_counts); i++) {
		struct blocks_options options = { .threads = thread_counts[i / 2], .block = block };
		struct run run = how;
		pid_t child = 0;
		int fd = i % 2 ? pipe_of(in, &child) : file_of(in);

		assert_int_equal(run_on(&run, &options, fd), status);
		check_same(&run.got, &expected);
		if (!child && status == BLOCKS_GO_ON)
			assert_int_equal(lseek(fd, 0, SEEK_CUR), in->n);
		close(fd);
		if (child)
			assert_int_equal(waitpid(child, NULL, 0), child);
		free(run.got.s);
	}
	free(expected.s);
}

static void check_all(const struct text *in)
{
	for (size_t i = 0; i < COUNT(block_sizes); i++) {
		check(in, block_sizes[i], (struct run){ .stop = 0 });
		check(in, block_sizes[i], (struct run){ .lines = 3 });
	}
}

static void test_small(void **state)
{
	static const char *const rows[] = { "", "\n", "a", "a\n", "\n\n", "a\nb", "a\n\nb\n",
		"123456789012345678901234567890123456789012345678901234567890123\n4\n",
		"1234567890123456789012345678901234567890123456789012345678901234\n5\n",
		"12345678901234567890123456789012345678901234567890123456789012345\n6\n",
		"123456789012345678901234567890123456789012345678901234567890123\n\n\n\n\n\n\n" };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct text in = { NULL, 0, 0 };

		add(&in, rows[i], strlen(rows[i]));
		check_all(&in);
		free(in.s);
	}
}

/* Lines of any length below `most`, any bytes, with or without a newline at the end. */
static struct text random_lines(size_t n, unsigned most)
{
	struct text in = { NULL, 0, 0 };

	while (in.n < n) {
		unsigned left = random_below(4) ? random_below(most) : random_below(3);

		for (; left > 0; left--) {
			char c = (char)random_below(256);

			add(&in, c == '\n' ? "\0" : &c, 1);
		}
		add(&in, "\n", 1);
	}
	if (random_below(2))
		in.n--;
	return in;
}

static void test_random(void **state)
{
	(void)state;
	random_seed();
	for (unsigned i = 0; i < 12; i++) {
		struct text in = random_lines(random_below(4000), 1 + random_below(300));

		check_all(&in);
		free(in.s);
	}
}

static void test_large(void **state)
{
	struct text in = random_lines(3000000, 200);

	(void)state;
	check(&in, 0, (struct run){ .stop = 0 });
	check(&in, 4096, (struct run){ .stop = 0 });
	check(&in, 0, (struct run){ .lines = 100 });
	check(&in, 0, (struct run){ .stop = 20000 });
	check(&in, 4096, (struct run){ .stop = 777 });
	free(in.s);
}

/* Lines about the longest that is allowed, alone and among others. */
static void test_long_lines(void **state)
{
	static const size_t lengths[] = { LINE_MAX_BYTES, LINE_MAX_BYTES + 1, LINE_MAX_BYTES - 1, 0,
		3 * LINE_MAX_BYTES, 5, LINE_MAX_BYTES + 300000, LINE_MAX_BYTES };
	static const size_t sizes[] = { 4096, 0 };

	(void)state;
	for (size_t first = 0; first < COUNT(lengths); first++) {
		struct text in = { NULL, 0, 0 };

		for (size_t i = first; i < first + 3; i++) {
			char *line = malloc(lengths[i % COUNT(lengths)] + 1);
			size_t n = lengths[i % COUNT(lengths)];

			assert_non_null(line);
			memset(line, 'a' + (int)i, n);
			line[n] = '\n';
			add(&in, line, n + 1);
			add(&in, "x\n", random_below(2) ? 2 : 0);
			free(line);
		}
		in.n -= first % 2;
		for (size_t i = 0; i < COUNT(sizes); i++) {
			check(&in, sizes[i], (struct run){ .stop = 0 });
			check(&in, sizes[i], (struct run){ .stop = 2 });
		}
		free(in.s);
	}
}

/* An early end, on every line. */
static void test_stop(void **state)
{
	struct text in = random_lines(400, 20);

	(void)state;
	for (uint64_t stop = 1; stop <= block_lines(in.s, in.n) + 1; stop += 3)
		check(&in, 16, (struct run){ .stop = stop });
	free(in.s);
}

/* What comes before the failure is emitted, and nothing after it. */
static void test_failing_work(void **state)
{
	struct text in = random_lines(2000, 20), expected;
	size_t at = 0;

	(void)state;
	for (unsigned i = 0; i < 50; i++)
		at += line_length(in.s + at, in.n - at) + 1;
	expected = want(&(struct text){ in.s, at, 0 }, 0);
	for (size_t i = 0; i < COUNT(thread_counts); i++) {
		struct blocks_options options = { .threads = thread_counts[i], .block = 64 };
		struct run run = { .fail = at + 1, .lines = 1 };
		int fd = file_of(&in);

		assert_int_equal(run_on(&run, &options, fd), -ENOMEM);
		check_same(&run.got, &expected);
		close(fd);
		free(run.got.s);
	}
	free(expected.s);
	free(in.s);
}

static void test_failing_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(thread_counts); i++) {
		struct blocks_options options = { .threads = thread_counts[i], .block = 64 };
		struct run run = { .stop = 0 };
		int fd = open("/", O_RDONLY | O_CLOEXEC);

		assert_int_equal(run_on(&run, &options, fd), -EISDIR);
		assert_int_equal(run_on(&run, &options, -1), -EBADF);
		close(fd);
	}
}

/* Reading begins where the descriptor stands. */
static void test_offset(void **state)
{
	struct text in = random_lines(1000, 30);

	(void)state;
	for (size_t i = 0; i < COUNT(thread_counts); i++) {
		struct blocks_options options = { .threads = thread_counts[i], .block = 64 };
		struct text rest = { in.s + 333, in.n - 333, 0 }, expected = want(&rest, 0);
		struct run run = { .stop = 0 };
		int fd = file_of(&in);

		assert_int_equal(lseek(fd, 333, SEEK_SET), 333);
		assert_int_equal(run_on(&run, &options, fd), BLOCKS_GO_ON);
		check_same(&run.got, &expected);
		assert_int_equal(lseek(fd, 0, SEEK_CUR), in.n);
		close(fd);
		free(run.got.s);
		free(expected.s);
	}
	free(in.s);
}

/* One runner, many inputs: each counts from 1. */
static void test_many_inputs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(thread_counts); i++) {
		struct blocks_options options = { .threads = thread_counts[i], .block = 64 };
		struct run run = { .stop = 0 };
		struct blocks *blocks = blocks_new(&job, &run, &options);

		assert_non_null(blocks);
		for (unsigned turn = 0; turn < 5; turn++) {
			struct text in = random_lines(500, 100), expected = want(&in, 0);
			int fd = file_of(&in);

			run.got.n = 0;
			assert_int_equal(blocks_run(blocks, fd), BLOCKS_GO_ON);
			check_same(&run.got, &expected);
			close(fd);
			free(in.s);
			free(expected.s);
		}
		blocks_free(blocks);
		free(run.got.s);
	}
}

static unsigned owns; /* how often there was an own_new */

static void *count_own(void *to)
{
	(void)to;
	owns++;
	return malloc(1);
}

static int emit_nothing(void *to, const struct block *b, struct block_out *out)
{
	(void)to;
	(void)b;
	(void)out;
	return BLOCKS_GO_ON;
}

/* How many blocks a large pipe is worked on at a time, with two cores. */
static unsigned owns_of_pipe(const struct text *in, bool light)
{
	const struct blocks_job counting = { .own_new = count_own,
		.own_free = free,
		.emit = emit_nothing,
		.light = light };
	struct blocks *b = blocks_new(&counting, NULL, NULL);
	pid_t child;
	int fd = pipe_of(in, &child);

	assert_non_null(b);
	assert_int_equal(blocks_run(b, fd), BLOCKS_GO_ON);
	blocks_free(b);
	close(fd);
	assert_int_equal(waitpid(child, NULL, 0), child);
	return owns;
}

/* Of two cores one is left to the writer where work is light. */
static void test_light(void **state)
{
	struct text in = { .s = NULL };
	cpu_set_t all, two;
	char line[1000];

	(void)state;
	CPU_ZERO(&two);
	assert_int_equal(sched_getaffinity(0, sizeof(all), &all), 0);
	for (size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&two) < 2; i++)
		if (CPU_ISSET(i, &all))
			CPU_SET(i, &two);
	if (CPU_COUNT(&two) < 2)
		skip();
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\n';
	while (in.n < (size_t)20 << 20)
		add(&in, line, sizeof(line));
	assert_int_equal(sched_setaffinity(0, sizeof(two), &two), 0);
	owns = 0;
	assert_int_equal(owns_of_pipe(&in, true), 1);
	owns = 0;
	assert_true(owns_of_pipe(&in, false) > 1);
	assert_int_equal(sched_setaffinity(0, sizeof(all), &all), 0);
	free(in.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_failing_work),
		cmocka_unit_test(test_failing_read),
		cmocka_unit_test(test_offset),
		cmocka_unit_test(test_many_inputs),
		cmocka_unit_test(test_light),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("blocks", tests, NULL, NULL);
}
