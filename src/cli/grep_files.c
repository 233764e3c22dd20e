/* grep_files.c: operands and folders, --include, --exclude and --exclude-dir. */
#include <config.h>

#include "grep_files.h"
#include "input.h"

#include <errno.h>

#include <fcntl.h>
#include <fnmatch.h>
#include <fts.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_file(const struct cli *cli, const struct grep_files *files, int i)
{
	return i >= files->first && !cli->operand_of[i];
}

static bool is_stdin(const char *operand)
{
	return strcmp(operand, "-") == 0;
}

/* How many operands name files, and the last of them. */
static int count_files(const struct cli *cli, const struct grep_files *files, const char **last)
{
	int n = 0;

	for (int i = files->first; i < cli->operands; i++) {
		if (is_file(cli, files, i)) {
			*last = cli->operand[i];
			n++;
		}
	}
	return n;
}

bool grep_files_are_many(const struct cli *cli, const struct grep_files *files)
{
	const char *only = NULL;
	int n = count_files(cli, files, &only);
	struct stat st;

	if (n == 1 && files->recursive)
		return stat(only, &st) == 0 && S_ISDIR(st.st_mode);
	return n > 1 || (n == 0 && files->recursive);
}

bool grep_files_have_stdin(const struct cli *cli, const struct grep_files *files)
{
	bool any = false;

	for (int i = files->first; i < cli->operands; i++) {
		if (is_file(cli, files, i) && is_stdin(cli->operand[i]))
			return true;
		any |= is_file(cli, files, i);
	}
	return !any && !files->recursive;
}

uint64_t grep_files_size(const struct cli *cli, const struct grep_files *files)
{
	uint64_t size = grep_files_have_stdin(cli, files) ? input_size(cli->in) : 0;
	struct stat st;

	for (int i = files->first; i < cli->operands && !files->recursive; i++)
		if (is_file(cli, files, i) && stat(cli->operand[i], &st) == 0 && S_ISREG(st.st_mode))
			size += (uint64_t)st.st_size;
	return files->recursive ? 0 : size;
}

void grep_files_failed(struct cli *cli, const struct grep_files *files, const char *name, int error)
{
	if (!files->no_messages)
		diag_errno(cli, name ? name : "-", error);
	cli->failed = true;
}

/* A name against a glob; of an operand the parts that follow a slash, too. */
static bool matches(const char *glob, const char *name, bool operand)
{
	if (fnmatch(glob, name, 0) == 0)
		return true;
	for (; operand && *name; name++)
		if (name[0] == '/' && name[1] != '/' && fnmatch(glob, name + 1, 0) == 0)
			return true;
	return false;
}

/* Of --include and --exclude the last one that matches decides; where none does, a file is left out when
 * the first of them is --include. */
static bool is_excluded(const struct cli *cli, const char *name, bool operand)
{
	bool excluded = false, first = true;

	for (int i = 0; i < cli->operands; i++) {
		const char *option = cli->operand_of[i] ? cli->operand_of[i]->name : "";
		bool include = strcmp(option, "include") == 0;

		if (!include && strcmp(option, "exclude") != 0)
			continue;
		if (matches(cli->operand[i], name, operand))
			excluded = !include;
		else if (first)
			excluded = include;
		first = false;
	}
	return excluded;
}

static bool is_exclude_dir(const struct cli *cli, int i)
{
	return cli->operand_of[i] && strcmp(cli->operand_of[i]->name, "exclude-dir") == 0;
}

/* Without the slashes at its end. */
static void cut_slashes(char *name)
{
	size_t n = strlen(name);

	while (n > 1 && name[n - 1] == '/')
		name[--n] = '\0';
}

static bool is_excluded_folder(const struct cli *cli, const char *name, bool operand)
{
	for (int i = 0; i < cli->operands; i++)
		if (is_exclude_dir(cli, i) && matches(cli->operand[i], name, operand))
			return true;
	return false;
}

/* Whether a file is the one that is written: it would never end. */
static bool is_output(const struct cli *cli, const struct grep_files *files, const struct stat *st)
{
	struct stat out;

	return files->prints_lines && S_ISREG(st->st_mode) && fstat(cli->sink.fd, &out) == 0 &&
		out.st_dev == st->st_dev && out.st_ino == st->st_ino;
}

static int search_open(struct cli *cli, const struct grep_files *files, int fd, const char *name)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && is_output(cli, files, &st)) {
		diag_file(cli, name ? name : "-", "the input is also the output");
		cli->failed = true;
		return GO_ON;
	}
	return files->search(cli, files->to, fd, name);
}

static int search_path(struct cli *cli, const struct grep_files *files, const char *path,
	const char *name)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), after;

	if (fd < 0) {
		grep_files_failed(cli, files, name, errno);
		return GO_ON;
	}
	after = search_open(cli, files, fd, name);
	close(fd);
	return after;
}

static int search_operand(struct cli *cli, const struct grep_files *files, const char *name)
{
	struct stat st;
	bool there = stat(name, &st) == 0, folder = there && S_ISDIR(st.st_mode);

	if (!there)
		return search_path(cli, files, name, name);
	if (folder ? is_excluded_folder(cli, name, true) : is_excluded(cli, name, true))
		return GO_ON;
	/* That a folder has no lines shows when it is read: with -c and -L it is there, as with grep(1). */
	return search_path(cli, files, name, name);
}

/* One entry of a walk through a folder. Where no folder was named, names do not begin with "./". */
static int search_entry(struct cli *cli, const struct grep_files *files, FTS *walk, FTSENT *e,
	bool unnamed)
{
	bool operand = e->fts_level == FTS_ROOTLEVEL;
	const char *name = e->fts_path, *match = operand ? name : e->fts_name;

	if (unnamed && strncmp(name, "./", 2) == 0)
		name += 2;
	switch (e->fts_info) {
	case FTS_D:
		if (!(operand && unnamed) && is_excluded_folder(cli, match, operand))
			fts_set(walk, e, FTS_SKIP);
		return GO_ON;
	case FTS_DC:
		if (!files->no_messages)
			diag_file(cli, name, "a loop of folders; its files were searched once");
		return GO_ON;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
	case FTS_SLNONE:
		/* Of links in a folder -r knows nothing. An operand that is not there is a mistake, whatever
		 * is left out. */
		if (operand || !is_excluded(cli, match, operand))
			grep_files_failed(cli, files, name,
				e->fts_info == FTS_SLNONE ? ENOENT : e->fts_errno);
		return GO_ON;
	case FTS_F:
	case FTS_DEFAULT:
		/* A device or a pipe is searched when it was named. */
		if ((e->fts_info == FTS_DEFAULT && !operand) || is_excluded(cli, match, operand))
			return GO_ON;
		return search_path(cli, files, e->fts_accpath, name);
	default:
		return GO_ON;
	}
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int search_tree(struct cli *cli, const struct grep_files *files, char *root, bool unnamed)
{
	char *roots[] = { root, NULL };
	int flags = FTS_NOCHDIR | (files->recursive == 'R' ? FTS_LOGICAL : FTS_PHYSICAL | FTS_COMFOLLOW);
	FTS *walk = fts_open(roots, flags, by_name);
	int after = GO_ON;
	FTSENT *e = NULL;

	errno = walk ? 0 : errno;
	while (walk && after == GO_ON && (e = fts_read(walk)))
		after = search_entry(cli, files, walk, e, unnamed);
	if (!e && errno)
		grep_files_failed(cli, files, root, errno);
	if (walk)
		fts_close(walk);
	return after;
}

void grep_files_each(struct cli *cli, const struct grep_files *files)
{
	static char here[] = ".";
	const char *last;
	int after = GO_ON;

	for (int i = 0; i < cli->operands; i++)
		if (is_exclude_dir(cli, i))
			cut_slashes(cli->operand[i]);
	if (count_files(cli, files, &last) == 0) {
		if (files->recursive)
			search_tree(cli, files, here, true);
		else
			search_open(cli, files, cli->in, NULL);
		return;
	}
	for (int i = files->first; i < cli->operands && after == GO_ON; i++) {
		if (!is_file(cli, files, i))
			continue;
		if (is_stdin(cli->operand[i]))
			after = search_open(cli, files, cli->in, NULL);
		else if (files->recursive)
			after = search_tree(cli, files, cli->operand[i], false);
		else
			after = search_operand(cli, files, cli->operand[i]);
	}
}
