/* bench_proc.c: starts processes without a shell and measures them. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench_proc.h"

extern char **environ;

/* Programs that may stand elsewhere than in PATH. */
static const struct {
	const char *program, *variable;
} elsewhere[] = {
	{ "v6kit", "V6KIT" },
	{ "bench-core", "V6KIT_BENCH_CORE" },
	{ "bench-drain", "V6KIT_BENCH_DRAIN" },
	{ "bench-lookup", "V6KIT_BENCH_LOOKUP" },
	{ "bench-scan", "V6KIT_BENCH_SCAN" },
	{ "iprange2", "V6KIT_BENCH_IPRANGE2" },
	{ "grepcidr3", "V6KIT_BENCH_GREPCIDR3" },
	{ "cidr-merger", "V6KIT_BENCH_CIDR_MERGER" },
	{ "python3", "V6KIT_BENCH_PYTHON" },
};

static void die(const char *what)
{
	fprintf(stderr, "bench-run: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* The first program of that name in PATH; null, too, where the name of one is too long for us. Each
 * is looked for once: what is returned stays. */
static const char *search_path(const char *program)
{
	static struct {
		char name[32], path[512];
	} known[32];
	const char *path = getenv("PATH");
	size_t i = 0, n, cap = sizeof(known[0].path);

	while (known[i].name[0] && strcmp(known[i].name, program) != 0) {
		if (++i == sizeof(known) / sizeof(known[0]))
			return NULL;
	}
	snprintf(known[i].name, sizeof(known[i].name), "%s", program);
	for (; path && *path && !known[i].path[0]; path += n + (path[n] == ':')) {
		n = strcspn(path, ":");
		if ((size_t)snprintf(known[i].path, cap, "%.*s/%s", (int)n, path, program) >= cap ||
			access(known[i].path, X_OK) != 0)
			known[i].path[0] = '\0';
	}
	return known[i].path[0] ? known[i].path : NULL;
}

const char *proc_path(const char *program)
{
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++) {
		const char *at = getenv(elsewhere[i].variable);

		if (strcmp(program, elsewhere[i].program) == 0 && at && *at)
			return access(at, X_OK) == 0 ? at : NULL;
	}
	/* The Python of the system has the system's modules; another that comes first may not. */
	if (strcmp(program, "python3") == 0 && access("/usr/bin/python3", X_OK) == 0)
		return "/usr/bin/python3";
	return search_path(program);
}

const char *proc_read(struct proc *proc, const char *text)
{
	struct proc_stage *stage = proc->stage;
	unsigned n = 0;
	char *rest, *word;

	memset(proc, 0, sizeof(*proc));
	snprintf(proc->text, sizeof(proc->text), "%s", text);
	for (word = strtok_r(proc->text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		if (strcmp(word, "|") == 0) {
			stage++;
			n = 0;
		} else if (strcmp(word, "<") == 0) {
			proc->input = strtok_r(NULL, " ", &rest);
		} else if (n == 0 && strchr(word, '=')) {
			stage->setting = word;
		} else if (n < PROC_WORDS) {
			stage->argv[n++] = word;
		}
	}
	proc->stages = (unsigned)(stage - proc->stage) + 1;
	for (unsigned i = 0; i < proc->stages; i++) {
		proc->stage[i].path = proc_path(proc->stage[i].argv[0]);
		if (!proc->stage[i].path)
			return proc->stage[i].argv[0];
	}
	return NULL;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

/* The environment with a setting more; what it replaces comes later and so is not found. */
static char **environment(char *setting, char **room, size_t cap)
{
	size_t n = 0;

	if (!setting)
		return environ;
	room[n++] = setting;
	for (char **e = environ; *e && n + 1 < cap; e++)
		room[n++] = *e;
	room[n] = NULL;
	return room;
}

/* err: where its messages go, -1 for where ours do. */
static pid_t start(const struct proc_stage *stage, int in, int out, int err)
{
	posix_spawn_file_actions_t actions;
	char *room[1024];
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	if (err >= 0)
		posix_spawn_file_actions_adddup2(&actions, err, 2);
	errno = posix_spawn(&pid, stage->path, &actions, NULL, stage->argv,
		environment(stage->setting, room, sizeof(room) / sizeof(room[0])));
	if (errno)
		die(stage->path);
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

static int open_or_die(const char *name, int flags)
{
	int fd = open(name, flags | O_CLOEXEC, 0666);

	if (fd < 0)
		die(name);
	return fd;
}

static void pipe_or_die(int fd[2])
{
	if (pipe2(fd, O_CLOEXEC) != 0)
		die("pipe");
}

static uint64_t drain(int fd)
{
	static char block[1 << 16];
	uint64_t bytes = 0;
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) != 0) {
		if (n > 0)
			bytes += (uint64_t)n;
		else if (errno != EINTR)
			die("read");
	}
	close(fd);
	return bytes;
}

static void finish(pid_t pid, bool last, struct usage *usage)
{
	struct rusage r;
	int status;

	while (wait4(pid, &status, 0, &r) < 0) {
		if (errno != EINTR)
			die("wait4");
	}
	usage->cpu += seconds(r.ru_utime) + seconds(r.ru_stime);
	if (!last)
		return;
	if (r.ru_maxrss > usage->rss_kib)
		usage->rss_kib = r.ru_maxrss;
	usage->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void run_once(const struct proc *proc, enum proc_output output, const char *name,
	struct usage *usage)
{
	pid_t pid[PROC_STAGES];
	int in = open_or_die(proc->input ? proc->input : "/dev/null", O_RDONLY);
	int counted = -1;

	for (unsigned i = 0; i < proc->stages; i++) {
		int fd[2] = { -1, -1 };

		if (i + 1 < proc->stages || output == PROC_COUNT)
			pipe_or_die(fd);
		else
			fd[1] = output == PROC_FILE ?
				open_or_die(name, O_WRONLY | O_CREAT | O_TRUNC) :
				open_or_die("/dev/null", O_WRONLY);
		pid[i] = start(&proc->stage[i], in, fd[1], -1);
		close(in);
		close(fd[1]);
		in = fd[0];
	}
	counted = in;
	if (counted >= 0)
		usage->bytes = drain(counted);
	for (unsigned i = 0; i < proc->stages; i++)
		finish(pid[i], i + 1 == proc->stages, usage);
}

void proc_run(const struct proc *proc, enum proc_output output, const char *name, unsigned times,
	struct usage *usage)
{
	double began = now();

	memset(usage, 0, sizeof(*usage));
	for (unsigned i = 0; i < times; i++)
		run_once(proc, output, name, usage);
	usage->wall = (now() - began) / times;
	usage->cpu /= times;
}

void proc_text(const char *text, bool messages, char *buf, size_t cap)
{
	struct proc proc;
	struct usage ignored = { 0 };
	int fd[2], null;
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	buf[0] = '\0';
	if (proc_read(&proc, text) != NULL)
		return;
	pipe_or_die(fd);
	null = open_or_die("/dev/null", O_RDWR);
	pid = start(&proc.stage[0], null, fd[1], messages ? fd[1] : null);
	close(null);
	close(fd[1]);
	while (n + 1 < cap && (got = read(fd[0], buf + n, cap - 1 - n)) > 0)
		n += (size_t)got;
	close(fd[0]);
	finish(pid, true, &ignored);
	buf[n] = '\0';
}
