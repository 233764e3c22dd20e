/* next: the next free prefixes of a length; with --commit they are in use when they are printed. */
#include <config.h>

#include <errno.h>
#include <stdlib.h>

#include <sys/stat.h>
#include <unistd.h>

#include "../plan/allocate.h"
#include "../stream/whole.h"
#include "part.h"
#include "pools.h"
#include "sets.h"

/* All of them are kept in memory until there are as many as asked for. */
enum { LIMIT_MOST = 1000000 };

struct next_options {
	const char *used, *name;
	struct opt_number limit;
	unsigned strategy; /* enum allocate_strategy, 0: the first */
	bool nibble, commit;
};
_Static_assert(sizeof(struct next_options) <= OPTIONS_MAX, "options");

/* In the order of enum allocate_strategy. */
static const char *const strategies[] = { "first", "best", "sparse", "rfc3531-left",
	"rfc3531-center", "rfc3531-right", NULL };

#define OWN(kind, member) kind, offsetof(struct next_options, member), 0
static const struct opt table[] = {
	{ 'f', "file", "FILE", OWN(OPT_FILE, used), NULL, POOLS_USED_TEXT },
	{ 0, "limit", "N", OWN(OPT_NUMBER, limit), NULL, "print N of them, or none (default 1)" },
	{ 0, "strategy", "NAME", OWN(OPT_CHOICE, strategy), strategies,
		"which come first: first (default), best, sparse, rfc3531-left, rfc3531-center, "
		"rfc3531-right" },
	{ 0, "nibble", NULL, OWN(OPT_FLAG, nibble), NULL,
		"take the next shorter LEN that is a multiple of 4, IPv6 only" },
	{ 0, "name", "LABEL", OWN(OPT_TEXT, name), NULL, "write LABEL behind each of them" },
	{ 0, "commit", NULL, OWN(OPT_FLAG, commit), NULL,
		"append them to FILE first, under a lock, whole or not at all" },
	{ 0, NULL, NULL, OPT_FLAG, 0, 0, NULL, NULL },
};
#undef OWN

static const char *const notes[] = { pools_note, NULL };

/* What is to be done, and what was found. */
struct next {
	const struct next_options *o;
	int lock; /* the descriptor of the file that is locked, or 0 */
	struct allocate ask;
	size_t n;
	struct v6k_prefix *found;
};

static bool is_label(const char *s)
{
	for (const char *at = s; *at; at++) {
		unsigned char c = (unsigned char)*at;

		/* It would end the line, or begin a comment. */
		if ((c < ' ' && c != '\t') || c == 0x7f ||
			(c == '#' && (at == s || at[-1] == ' ' || at[-1] == '\t')))
			return false;
	}
	return s[strspn(s, " \t")] != '\0';
}

static int check_options(struct cli *cli, const struct next_options *o)
{
	struct stat used, output;

	if (o->limit.given && (o->limit.value == 0 || o->limit.value > LIMIT_MOST))
		return diag_usage(cli, "--limit takes 1 to 1000000", "", 0, "");
	if (o->name && !is_label(o->name))
		return diag_usage(cli,
			"--name takes a label, without control characters or a comment, not \"",
			o->name, strlen(o->name), "\"");
	if (!o->commit || !o->used)
		return 0;
	if (strcmp(o->used, "-") == 0)
		return diag_usage(cli, "--commit cannot append to standard input", "", 0, "");
	if (cli->common.on_error == ON_ERROR_SKIP)
		return diag_usage(cli, "--commit does not go with --on-error=skip", "", 0, "");
	if (cli->common.output && stat(o->used, &used) == 0 &&
		stat(cli->common.output, &output) == 0 && used.st_dev == output.st_dev &&
		used.st_ino == output.st_ino)
		return diag_usage(cli, "--output would replace the file of --commit", "", 0, "");
	return 0;
}

/* The family that is asked for: the pools have one of them. */
static int find_family(struct cli *cli, struct next *next)
{
	struct v6k_range first = { .first = { .family = V6K_NONE } }, last = first;
	size_t n = v6k_set_size(next->ask.pool);

	v6k_set_range(next->ask.pool, 0, &first);
	v6k_set_range(next->ask.pool, n - 1, &last);
	next->ask.family = first.first.family;
	if (first.first.family != last.first.family)
		return diag_usage(cli, "pools of both families: -4 or -6 says which", "", 0, "");
	if (next->ask.bits > v6k_family_bits(next->ask.family))
		return diag_say(cli, "IPv4 prefixes have a length of at most 32");
	if (next->o->nibble && next->ask.family == V6K_IPV4)
		return diag_say(cli, "--nibble is for IPv6");
	if (next->o->nibble)
		next->ask.bits -= next->ask.bits % 4;
	return 0;
}

/* Says how many there are, fewer than were asked for. */
static int too_few(struct cli *cli, const struct next *next, struct v6k_count room)
{
	char digits[V6K_COUNT_TEXT_MAX];
	struct message m;

	diag_start(&m, cli);
	message_text(&m, "of ");
	message_number(&m, next->n);
	message_text(&m, next->n > 1 ? " prefixes" : " prefix");
	message_text(&m, " of length /");
	message_number(&m, next->ask.bits);
	message_text(&m, " only ");
	message_bytes(&m, digits, (size_t)v6k_count_format(room, digits, sizeof(digits)));
	message_text(&m, " could be had");
	diag_end(&m, cli);
	return STATUS_NO;
}

static int find(struct cli *cli, struct next *next)
{
	int e = V6K_ENOMEM;

	next->found = malloc(next->n * sizeof(*next->found));
	if (next->found)
		e = allocate(&next->ask, next->n, next->found);
	if (e == V6K_EOVERFLOW)
		return too_few(cli, next, allocate_room(&next->ask));
	if (e) {
		no_memory(cli);
		return STATUS_BAD;
	}
	return STATUS_YES;
}

static void put_found(const struct next *next, struct sink *sink, const char *end)
{
	for (size_t i = 0; i < next->n && !sink->error; i++) {
		char text[V6K_NOTATION_TEXT_MAX];
		int n = v6k_prefix_format(next->found[i], V6K_CANONICAL, text, sizeof(text));

		sink_write(sink, text, (size_t)n);
		if (next->o->name) {
			sink_write(sink, " ", 1);
			sink_write(sink, next->o->name, strlen(next->o->name));
		}
		sink_write(sink, end, strlen(end));
		sink_end_record(sink);
	}
}

/* Writes what the file has and the new lines, with the ends that the last line has. */
static int append(const struct next *next, struct sink *sink, const char *old, size_t n)
{
	const char *end = "\n";
	size_t last = n;

	while (last > 0 && old[last - 1] != '\n')
		last--;
	if (last > 1 && old[last - 2] == '\r')
		end = "\r\n";
	sink_write(sink, old, n);
	if (last < n)
		sink_write(sink, end, strlen(end));
	put_found(next, sink, end);
	return sink_close(sink, true);
}

/* --commit */
static int commit(struct cli *cli, const struct next *next)
{
	struct sink sink;
	char *old = NULL;
	size_t n = 0;
	int e = lseek(next->lock, 0, SEEK_SET) < 0 ? -errno : 0;

	if (e == 0)
		e = whole_read(next->lock, SIZE_MAX / 4, &old, &n);
	if (e == 0)
		e = sink_create_locked(&sink, next->o->used);
	if (e == 0)
		e = append(next, &sink, old, n);
	free(old);
	if (e == 0)
		return STATUS_YES;
	cli->failed = true;
	return diag_errno(cli, next->o->used, -e);
}

static int run_next(struct cli *cli, struct next *next)
{
	struct pools pools;
	int status = pools_read(cli, next->o->used, next->lock, &pools);

	next->ask.pool = pools.pool;
	next->ask.free = pools.free;
	if (status == 0)
		status = find_family(cli, next);
	if (status == 0)
		status = find(cli, next);
	if (status == STATUS_YES && next->lock)
		status = commit(cli, next);
	/* Printed last: what is printed is in the file. */
	if (status == STATUS_YES)
		put_found(next, &cli->sink, "\n");
	free(next->found);
	pools_free(&pools);
	return status;
}

static int run(struct cli *cli, const void *own)
{
	const struct next_options *o = own;
	struct next next = { .o = o, .n = o->limit.given ? (size_t)o->limit.value : 1 };
	int bits, status = part_length_needed(cli, &bits);

	if (status == 0)
		status = check_options(cli, o);
	if (status)
		return status;
	next.ask.bits = (unsigned)bits;
	next.ask.strategy = o->strategy ? (enum allocate_strategy)o->strategy : ALLOCATE_FIRST;
	if (o->commit && o->used) {
		int e = sink_lock(o->used, &next.lock);

		if (e)
			return diag_errno(cli, o->used, -e);
	}
	status = run_next(cli, &next);
	if (next.lock)
		close(next.lock);
	return status;
}

const struct command cmd_next = {
	.name = "next",
	.summary = "Print the next free prefixes of a length in the pools.",
	.operands = "POOL... /LEN",
	.notes = notes,
	.options = table,
	.common = SET_COMMON,
	.run = run,
};
