/* test_signals.c: signals that interrupt reads and writes, and pipes that do not wait: nothing is lost
 * or doubled. The system calls are real ones, and so is what interrupts them. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../src/stream/blocks.h"
#include "../../src/stream/sink.h"
#include "../../src/stream/whole.h"
#include "lib.h"

enum { TEXT = 2000000, PIECE = 50000, EVERY_US = 300, PAUSE_US = 2000 };

static char text[TEXT];
static atomic_uint signals;

static void on_signal(int number)
{
	(void)number;
	signals++;
}

/* Without SA_RESTART, so that what is interrupted fails with EINTR, or does less. */
static void start_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	struct itimerval every = { { 0, EVERY_US }, { 0, EVERY_US } };

	signals = 0;
	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &every, NULL), 0);
}

static void block_signals(int how)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	pthread_sigmask(how, &set, NULL);
}

/* One may still be on its way: it finds the handler. */
static void end_signals(void)
{
	struct itimerval none = { { 0, 0 }, { 0, 0 } };

	assert_int_equal(setitimer(ITIMER_REAL, &none, NULL), 0);
	block_signals(SIG_UNBLOCK);
	assert_true(signals > 20);
}

static void pause_us(long us)
{
	struct timespec t = { us / 1000000, us % 1000000 * 1000 };

	while (nanosleep(&t, &t) != 0)
		;
}

static void set_nonblocking(int fd)
{
	assert_int_equal(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK), 0);
}

static pid_t start_child(void)
{
	pid_t child;

	fflush(stdout);
	child = fork();
	assert_true(child >= 0);
	return child;
}

/* A pipe into which a child writes the text, piece by piece, so that its reader waits often. */
static int slow_writer(pid_t *child)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	*child = start_child();
	if (*child == 0) {
		close(fd[0]);
		for (size_t at = 0; at < TEXT;) {
			ssize_t n = write(fd[1], text + at, TEXT - at < PIECE ? TEXT - at : PIECE);

			if (n < 0)
				_exit(1);
			at += (size_t)n;
			pause_us(PAUSE_US);
		}
		_exit(0);
	}
	close(fd[1]);
	return fd[0];
}

/* A pipe out of which a child reads, piece by piece, so that it is often full. The child fails when it
 * reads anything else than the text. */
static int slow_reader(pid_t *child)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	*child = start_child();
	if (*child == 0) {
		static char got[PIECE];
		size_t at = 0;
		ssize_t n;

		close(fd[1]);
		while ((n = read(fd[0], got, sizeof(got))) > 0) {
			if ((size_t)n > TEXT - at || memcmp(got, text + at, (size_t)n) != 0)
				_exit(1);
			at += (size_t)n;
			pause_us(PAUSE_US);
		}
		_exit(n == 0 && at == TEXT ? 0 : 1);
	}
	close(fd[0]);
	return fd[1];
}

static void check_child(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

struct run {
	struct sink sink;
	bool others; /* the signals are for the other threads */
	pthread_t first;
};

static int work(void *to, const struct block *b, struct block_out *out)
{
	const struct run *run = to;

	if (run->others && pthread_equal(pthread_self(), run->first))
		block_signals(SIG_BLOCK);
	return block_put(out, b->s, b->n) ? 0 : -ENOMEM;
}

static int emit(void *to, const struct block *b, struct block_out *out)
{
	struct run *run = to;

	(void)b;
	sink_write(&run->sink, out->s, out->n);
	sink_end_record(&run->sink);
	return run->sink.error ? BLOCKS_STOP : BLOCKS_GO_ON;
}

static const struct blocks_job job = { .work = work, .emit = emit };

static void copy(unsigned threads, size_t block, bool others, bool nonblocking)
{
	struct blocks_options options = { .threads = threads, .block = block };
	pid_t writer, reader;
	int out = slow_reader(&reader), in;
	struct run run = { .others = others, .first = pthread_self() };
	struct blocks *blocks;

	in = slow_writer(&writer);
	assert_int_equal(sink_open(&run.sink, out), 0);
	run.sink.unbuffered = true;
	if (nonblocking) {
		set_nonblocking(in);
		set_nonblocking(out);
	}
	blocks = blocks_new(&job, &run, &options);
	assert_non_null(blocks);
	start_signals();
	assert_int_equal(blocks_run(blocks, in), BLOCKS_GO_ON);
	assert_int_equal(sink_close(&run.sink, true), 0);
	end_signals();
	assert_int_equal(blocks_bytes(blocks), TEXT);
	blocks_free(blocks);
	close(in);
	close(out);
	check_child(writer);
	check_child(reader);
}

static void test_one_thread(void **state)
{
	(void)state;
	copy(1, 0, false, false);
	copy(1, 64, false, false);
}

/* Beside the first thread, and in it: a signal comes to one that does not block it. */
static void test_threads(void **state)
{
	(void)state;
	copy(4, 64, true, false);
	copy(4, 4096, true, false);
	copy(4, 4096, false, false);
}

static void test_nonblocking(void **state)
{
	(void)state;
	copy(1, 0, false, true);
	copy(4, 4096, true, true);
}

static void test_whole(void **state)
{
	(void)state;
	for (int nonblocking = 0; nonblocking <= 1; nonblocking++) {
		pid_t writer;
		int in = slow_writer(&writer);
		char *s;
		size_t n;

		if (nonblocking)
			set_nonblocking(in);
		start_signals();
		assert_int_equal(whole_read(in, SIZE_MAX / 4, &s, &n), 0);
		end_signals();
		assert_int_equal(n, TEXT);
		assert_memory_equal(s, text, TEXT);
		free(s);
		close(in);
		check_child(writer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_thread),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_nonblocking),
		cmocka_unit_test(test_whole),
	};

	/* Lines that are all different, of many lengths. */
	for (size_t at = 0, line = 0; at < TEXT; line++) {
		char buf[64];
		int n = snprintf(buf, sizeof(buf), "%zu%.*s\n", line, (int)(line % 40),
			"----------------------------------------");

		memcpy(text + at, buf, TEXT - at < (size_t)n ? TEXT - at : (size_t)n);
		at += (size_t)n;
	}
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
