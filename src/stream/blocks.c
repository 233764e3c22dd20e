/* blocks.c: who works on which block, and whose turn it is.
 *
 * Every thread does the same. It takes a slot and, under the lock `input`, a ticket and what belongs
 * to it: the next lines of a pipe, or a section of a file, which it reads after that. It works on the
 * lines; when all tickets before it have been emitted, it is its turn to be emitted. A thread that is
 * ready before that leaves its slot to whoever is emitting, and takes another one. The lock `order`
 * is for turns and slots. */
#include <config.h>

#include "blocks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "source.h"

/* Large enough for a read to cost little, small enough for the caches; all together bounded. */
enum { BLOCK_SIZE = 256 * 1024, BLOCK_SIZE_LEAST = 32 * 1024, BLOCKS_MEMORY = 6 * 1024 * 1024 };

/* An input smaller than this is done before threads would have been of use. */
enum { SMALL_INPUT = 16 * 1024 * 1024 };

enum { DEFAULT_THREADS_MOST = 16, STACK_SIZE = 512 * 1024 };

/* What a pipe may hold, so that whoever writes to it need not wait for every block: the most that
 * Linux lets anybody ask for. */
enum { PIPE_SIZE = 1024 * 1024 };

/* A ticket, from reading to emitting. */
struct slot {
	struct slot *next;
	uint64_t ticket;
	struct section section;
	struct chunk chunk;
	struct block_out out;
	int got;     /* of filling the chunk */
	int failed;  /* of work: a negative errno */
	bool ended;  /* the input ends with this ticket */
	size_t done; /* bytes of the chunk that have been emitted */
};

struct blocks {
	const struct blocks_job *job;
	void *to;
	struct blocks_options options;
	unsigned threads; /* the most there may be */
	size_t size;      /* of a block */
	struct slot *slot;
	unsigned slots, slots_ready;

	/* Of one run: */
	int fd;
	bool sections; /* the input is a file that is read in sections */
	uint64_t base;
	uint64_t size_at_start; /* of a file; else 0 */
	int wake[2];
	pthread_t *thread;
	unsigned started; /* beside the caller's */
	unsigned most;    /* threads of this run, the caller's among them */

	pthread_mutex_t input;
	struct feed feed;
	uint64_t tickets; /* given out */
	bool drained;     /* there are no more of them */

	pthread_mutex_t order;
	pthread_cond_t turn_came, slot_came;
	struct slot *unused, *finished;
	uint64_t turn; /* the ticket whose turn it is */
	bool emitting; /* somebody emits what is finished */
	bool stopped;  /* nothing more is emitted */
	int result;
	uint64_t number; /* of the next line */
	uint64_t end;    /* how far the input went */
};

/* Waits for the slot's turn, which lasts until it is finished. False when the run has been stopped. */
static bool await_turn(struct blocks *b, const struct slot *slot)
{
	bool goes_on;

	pthread_mutex_lock(&b->order);
	while (b->turn != slot->ticket || b->emitting)
		pthread_cond_wait(&b->turn_came, &b->order);
	goes_on = !b->stopped;
	pthread_mutex_unlock(&b->order);
	return goes_on;
}

/* In turn: ends the run. */
static void stop(struct blocks *b, int result)
{
	pthread_mutex_lock(&b->order);
	b->stopped = true;
	b->result = result;
	pthread_cond_broadcast(&b->slot_came);
	pthread_mutex_unlock(&b->order);
	/* Whoever waits for input wakes up. Nobody reads this byte, so that it is for all of them. */
	if (b->wake[1] >= 0)
		while (write(b->wake[1], "", 1) < 0 && errno == EINTR)
			;
}

static int emit_piece(struct blocks *b, const struct chunk *c)
{
	struct block piece = { c->s, c->n, c->at, b->number };

	b->number += c->last;
	return b->job->long_line ? b->job->long_line(b->to, &piece, c->first, c->last) :
				   BLOCKS_GO_ON;
}

static int emit_lines(struct blocks *b, struct slot *slot)
{
	const struct chunk *c = &slot->chunk;
	struct block block = { c->s + slot->done, slot->out.used, c->at + slot->done, b->number };

	int after = b->job->emit(b->to, &block, &slot->out);

	slot->done += block.n;
	b->number += slot->out.lines;
	return after;
}

/* In turn: emits what the slot has. */
static void emit(struct blocks *b, struct slot *slot)
{
	int after = slot->got < 0 ? slot->got : slot->failed;

	if (b->stopped)
		return;
	if (after == 0 && slot->got == CHUNK_LINES) {
		after = slot->chunk.piece ? emit_piece(b, &slot->chunk) : emit_lines(b, slot);
		b->end = slot->chunk.at + slot->chunk.n;
		if (b->options.progress)
			b->options.progress(b->options.progress_to, b->end);
	}
	if (after != BLOCKS_GO_ON)
		stop(b, after);
}

/* In turn: emits what is left of the slot's ticket. */
static void emit_last(struct blocks *b, struct slot *slot)
{
	emit(b, slot);
	if (!slot->ended || b->stopped)
		return;
	b->end = b->sections ? slot->section.at + slot->section.n : b->feed.at;
	stop(b, BLOCKS_GO_ON);
}

/* What a long line or much text has needed is not kept. */
static void shrink(const struct blocks *b, struct slot *slot)
{
	/* Where there is no memory for the smaller one, the larger one stays. */
	if (slot->chunk.cap > chunk_usual(b->size))
		chunk_grow(&slot->chunk, chunk_usual(b->size));
	if (slot->out.cap > 4 * slot->out.most) {
		free(slot->out.s);
		slot->out.s = NULL;
		slot->out.n = slot->out.cap = 0;
	}
}

/* Under the lock `order`. */
static void give_back(struct blocks *b, struct slot *slot)
{
	slot->next = b->unused;
	b->unused = slot;
	pthread_cond_signal(&b->slot_came);
}

/* Under the lock `order`: the slot whose turn it is, if it is finished, off the list. */
static struct slot *next_finished(struct blocks *b)
{
	struct slot **at = &b->finished, *slot;

	while (*at && (*at)->ticket != b->turn)
		at = &(*at)->next;
	slot = *at;
	if (slot)
		*at = slot->next;
	return slot;
}

/* The slot is finished. Emits it and those behind it, or leaves it to whoever is emitting. */
static void finish(struct blocks *b, struct slot *slot)
{
	pthread_mutex_lock(&b->order);
	slot->next = b->finished;
	b->finished = slot;
	while (!b->emitting && (slot = next_finished(b))) {
		b->emitting = true;
		pthread_mutex_unlock(&b->order);
		emit_last(b, slot);
		shrink(b, slot);
		pthread_mutex_lock(&b->order);
		b->emitting = false;
		b->turn++;
		give_back(b, slot);
		pthread_cond_broadcast(&b->turn_came);
	}
	pthread_mutex_unlock(&b->order);
}

/* Whether the input is a file that ends after `end` bytes because it has become shorter. */
static bool is_shorter(const struct blocks *b, uint64_t end)
{
	struct stat st;

	return !b->feed.source && b->base + end < b->size_at_start && fstat(b->fd, &st) == 0 &&
		(uint64_t)st.st_size < b->size_at_start;
}

/* A last line without its newline is none of the file's where that has become shorter. */
static void leave_torn_line(const struct blocks *b, struct slot *slot)
{
	struct chunk *c = &slot->chunk;
	const char *newline;

	if (c->piece || c->s[c->n - 1] == '\n' || !is_shorter(b, c->at + c->n))
		return;
	newline = memrchr(c->s, '\n', c->n);
	if (newline)
		c->n = (size_t)(newline - c->s) + 1;
	else
		slot->got = CHUNK_END;
}

/* Fills the slot's chunk. Large ones one at a time, since many would take too much memory. */
static void fill(struct blocks *b, struct slot *slot)
{
	do {
		slot->got = b->sections ? section_next(&slot->section, &slot->chunk) :
					  feed_next(&b->feed, &slot->chunk);
		if (slot->got == CHUNK_FULL) {
			await_turn(b, slot);
			if (!chunk_grow(&slot->chunk, chunk_most(b->size)))
				slot->got = -ENOMEM;
		}
	} while (slot->got == CHUNK_FULL);
	if (slot->got == CHUNK_LINES)
		leave_torn_line(b, slot);
	slot->ended = b->sections ? slot->section.ended : slot->got == CHUNK_END;
}

/* Works on the chunk: where that makes much text, in several goes, which are emitted save for the
 * last one. */
static void work(struct blocks *b, struct slot *slot)
{
	const struct chunk *c = &slot->chunk;

	slot->done = 0;
	while (slot->got == CHUNK_LINES && !c->piece) {
		struct block block = { c->s + slot->done, c->n - slot->done, c->at + slot->done,
			0 };

		slot->out.n = 0;
		slot->out.lines = 0;
		slot->out.used = block.n;
		slot->failed = b->job->work ? b->job->work(b->to, &block, &slot->out) : 0;
		if (slot->failed || slot->out.used == block.n || !await_turn(b, slot))
			break;
		emit(b, slot);
	}
}

/* All of a ticket. */
static void process(struct blocks *b, struct slot *slot)
{
	if (b->sections)
		fill(b, slot);
	work(b, slot);
	while (b->sections && slot->section.more && slot->got == CHUNK_LINES && !slot->failed) {
		if (!await_turn(b, slot))
			break;
		emit(b, slot);
		fill(b, slot);
		work(b, slot);
	}
	if (b->sections && (slot->ended || slot->got < 0)) {
		pthread_mutex_lock(&b->input);
		b->drained = true;
		pthread_mutex_unlock(&b->input);
	}
	finish(b, slot);
}

/* Makes slots usable, up to n of them: at least one, or false. */
static bool ready_slots(struct blocks *b, unsigned n)
{
	for (; b->slots_ready < n; b->slots_ready++) {
		struct slot *slot = &b->slot[b->slots_ready];

		slot->out.most = b->size;
		if (b->job->own_new && !slot->out.own)
			slot->out.own = b->job->own_new(b->to);
		if ((b->job->own_new && !slot->out.own) ||
			!chunk_grow(&slot->chunk, chunk_usual(b->size)))
			break;
		pthread_mutex_lock(&b->order);
		give_back(b, slot);
		pthread_mutex_unlock(&b->order);
	}
	return b->slots_ready > 0;
}

static void *run_thread(void *blocks);

/* Starts as many threads as the system lets us have. */
static void start_threads(struct blocks *b)
{
	pthread_attr_t attr;

	if (pipe2(b->wake, O_CLOEXEC) != 0)
		return;
	b->feed.wake = b->wake[0];
	if (!ready_slots(b, b->slots) || pthread_attr_init(&attr) != 0)
		return;
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	while (b->started + 1 < b->most &&
		pthread_create(&b->thread[b->started], &attr, run_thread, b) == 0)
		b->started++;
	pthread_attr_destroy(&attr);
}

/* The next lines of the stream, or the next section of the file, with a ticket. False at the end. */
static bool take_input(struct blocks *b, struct slot *slot)
{
	bool got;

	pthread_mutex_lock(&b->input);
	got = !b->drained;
	if (got) {
		slot->ticket = b->tickets++;
		slot->chunk.n = 0;
		slot->failed = 0;
	}
	if (got && b->sections) {
		section_open(&slot->section, b->fd, b->base, slot->ticket * b->size, b->size);
	} else if (got) {
		fill(b, slot);
		b->drained = slot->got <= CHUNK_END;
	}
	pthread_mutex_unlock(&b->input);
	return got;
}

/* A slot that nobody uses, when there is one. Null when the run has been stopped. */
static struct slot *take_slot(struct blocks *b)
{
	struct slot *slot;

	pthread_mutex_lock(&b->order);
	while (!b->unused && !b->stopped)
		pthread_cond_wait(&b->slot_came, &b->order);
	slot = b->stopped ? NULL : b->unused;
	if (slot)
		b->unused = slot->next;
	pthread_mutex_unlock(&b->order);
	return slot;
}

static void run_here(struct blocks *b, bool may_start)
{
	struct slot *slot;

	while ((slot = take_slot(b))) {
		if (!take_input(b, slot)) {
			pthread_mutex_lock(&b->order);
			give_back(b, slot);
			pthread_mutex_unlock(&b->order);
			break;
		}
		if (may_start && slot->chunk.at >= SMALL_INPUT) {
			may_start = false;
			start_threads(b);
		}
		process(b, slot);
	}
}

static void *run_thread(void *blocks)
{
	run_here(blocks, false);
	return NULL;
}

/* Readies the decompression of what may need it. False when memory is out. */
static bool open_source(struct blocks *b, const struct stat *st)
{
	char magic[SOURCE_MAGIC];
	ssize_t n;

	if (!b->job->inflate)
		return true;
	/* A file can be looked at, and is nearly always text. */
	if (S_ISREG(st->st_mode)) {
		n = pread(b->fd, magic, sizeof(magic), (off_t)b->base);
		if (n < 0 || source_kind(magic, (size_t)n) == SOURCE_PLAIN)
			return true;
	}
	b->sections = false;
	b->feed.source = source_new(feed_read, &b->feed);
	return b->feed.source != NULL;
}

/* Whether fd is a file that is large enough to be read in sections; how large it is otherwise. */
static bool has_sections(struct blocks *b, const struct stat *st)
{
	return b->threads > 1 && S_ISREG(st->st_mode) && (uint64_t)st->st_size > b->base &&
		((uint64_t)st->st_size - b->base >= SMALL_INPUT || b->options.block);
}

static void start_run(struct blocks *b, int fd, const struct stat *st)
{
	off_t offset = lseek(fd, 0, SEEK_CUR);

	b->fd = fd;
	b->most = b->threads;
	if (S_ISFIFO(st->st_mode) && b->job->light && !b->options.threads && b->most > 1)
		b->most--;
	b->base = offset < 0 ? 0 : (uint64_t)offset;
	b->size_at_start = S_ISREG(st->st_mode) ? (uint64_t)st->st_size : 0;
	b->sections = has_sections(b, st);
	b->tickets = b->turn = b->end = 0;
	b->number = 1;
	b->drained = b->stopped = false;
	b->result = BLOCKS_GO_ON;
}

/* The rest of what a run was for: the threads end, the descriptor stands at its end. */
static void end_run(struct blocks *b)
{
	for (; b->started > 0; b->started--)
		pthread_join(b->thread[b->started - 1], NULL);
	for (int i = 0; i < 2; i++) {
		if (b->wake[i] >= 0)
			close(b->wake[i]);
		b->wake[i] = -1;
	}
	if (b->sections && b->result >= 0)
		lseek(b->fd, (off_t)(b->base + b->end), SEEK_SET);
	if (b->result == BLOCKS_GO_ON && is_shorter(b, b->end))
		b->result = -STREAM_ESHORTER;
}

/* A pipe that may not grow is as good as before, only slower. */
static void widen_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
	if (fcntl(fd, F_GETPIPE_SZ) < PIPE_SIZE)
		fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
#else
	(void)fd;
#endif
}

int blocks_run(struct blocks *b, int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return -errno;
	if (S_ISFIFO(st.st_mode))
		widen_pipe(fd);
	start_run(b, fd, &st);
	if (!feed_open(&b->feed, fd, b->size) || !open_source(b, &st)) {
		feed_close(&b->feed);
		return -ENOMEM;
	}
	if (b->most > 1 && (b->sections || b->options.block))
		start_threads(b);
	run_here(b, b->most > 1 && b->started == 0);
	end_run(b);
	feed_close(&b->feed);
	return b->result;
}

/* The cores that this process may use. */
static unsigned cores(void)
{
	cpu_set_t set;
	long n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) :
								sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > DEFAULT_THREADS_MOST ? DEFAULT_THREADS_MOST : (unsigned)n;
}

static void choose_sizes(struct blocks *b)
{
	b->threads = b->options.threads ? b->options.threads : cores();
	b->slots = b->threads > 1 ? b->threads + b->threads / 2 + 1 : 1;
	for (b->size = BLOCK_SIZE;
		b->size > BLOCK_SIZE_LEAST && b->slots * b->size > BLOCKS_MEMORY;)
		b->size /= 2;
	if (b->options.block)
		b->size = b->options.block < LINE_MAX_BYTES ? b->options.block : LINE_MAX_BYTES;
}

struct blocks *blocks_new(const struct blocks_job *job, void *to,
	const struct blocks_options *options)
{
	struct blocks *b = calloc(1, sizeof(*b));

	if (!b)
		return NULL;
	b->job = job;
	b->to = to;
	if (options)
		b->options = *options;
	b->wake[0] = b->wake[1] = -1;
	pthread_mutex_init(&b->input, NULL);
	pthread_mutex_init(&b->order, NULL);
	pthread_cond_init(&b->turn_came, NULL);
	pthread_cond_init(&b->slot_came, NULL);
	choose_sizes(b);
	b->slot = calloc(b->slots, sizeof(*b->slot));
	b->thread = calloc(b->threads, sizeof(*b->thread));
	if (!b->slot || !b->thread || !ready_slots(b, 1)) {
		blocks_free(b);
		return NULL;
	}
	return b;
}

uint64_t blocks_bytes(const struct blocks *b)
{
	return b->end;
}

void blocks_free(struct blocks *b)
{
	if (!b)
		return;
	for (unsigned i = 0; b->slot && i < b->slots; i++) {
		struct slot *slot = &b->slot[i];

		if (slot->out.own && b->job->own_free)
			b->job->own_free(slot->out.own);
		chunk_free(&slot->chunk);
		free(slot->out.s);
	}
	free(b->slot);
	free(b->thread);
	pthread_mutex_destroy(&b->input);
	pthread_mutex_destroy(&b->order);
	pthread_cond_destroy(&b->turn_came);
	pthread_cond_destroy(&b->slot_came);
	free(b);
}
