/* lint_file.c: files for the linter. */
#include <config.h>

#include "lint_file.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../mail/options.h"
#include "../stream/path.h"
#include "../stream/whole.h"
#include "resolve.h"

/* A place is 32 bits wide. */
#define FILE_MAX ((size_t)UINT32_MAX - 1)

/* What a configuration includes is a few kilobytes of text. */
enum { INCLUDED_MAX = 64 << 20, INCLUDED_FILES_MAX = 1000 };

static int read_named(struct cli *cli, struct lint_file *f)
{
	bool standard = strcmp(f->name, "-") == 0;
	int fd = standard ? cli->in : open(f->name, O_RDONLY | O_CLOEXEC), e;
	struct stat st;

	if (fd < 0)
		return -errno;
	f->regular = !standard && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	e = whole_read(fd, FILE_MAX, &f->s, &f->n);
	if (!standard)
		close(fd);
	return e;
}

const char *lint_file_read(struct cli *cli, const char *name, enum lint_type type,
	struct lint_file *f)
{
	int e;

	*f = (struct lint_file){ .name = name, .type = type };
	e = read_named(cli, f);
	if (e)
		return strerror(-e);
	if (f->type == LINT_GUESS)
		f->type = lint_guess(name, f->s, f->n);
	return f->type == LINT_GUESS ? "neither name nor content tells what it is: say --type" :
				       NULL;
}

void lint_file_free(struct lint_file *f)
{
	free(f->s);
	f->s = NULL;
}

struct included {
	struct included *next;
	char *path, *s;
	size_t n;
	int error;
};

/* Nothing that the text of a file names may make the run wait or grow without end. */
static int read_included(struct lint_outside *o, const char *path, char **s, size_t *n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), e = 0;
	struct stat st;

	if (fd < 0)
		return errno;
	if (fstat(fd, &st) != 0)
		e = errno;
	else if (!S_ISREG(st.st_mode))
		e = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	if (e == 0)
		e = -whole_read(fd, INCLUDED_MAX - o->total, s, n);
	close(fd);
	return e;
}

/* Takes path over. Null when out of memory. */
static struct included *add_included(struct lint_outside *o, char *path)
{
	struct included *i = calloc(1, sizeof(*i));

	if (!i) {
		free(path);
		return NULL;
	}
	*i = (struct included){ .next = o->included, .path = path };
	o->included = i;
	o->n++;
	i->error = read_included(o, path, &i->s, &i->n);
	o->total += i->n;
	return i;
}

static int include(void *to, const char *from, const char *name, const char **path, const char **s,
	size_t *n)
{
	struct lint_outside *o = to;
	char *beside = path_beside(from, name);
	struct included *i = beside ? o->included : NULL;

	while (i && strcmp(i->path, beside) != 0)
		i = i->next;
	if (beside && !i && o->n < INCLUDED_FILES_MAX)
		i = add_included(o, beside);
	else
		free(beside);
	if (!i)
		return o->n < INCLUDED_FILES_MAX ? ENOMEM : EMFILE;
	*path = i->path;
	*s = i->s;
	*n = i->n;
	return i->error;
}

/* "HOST AAAA ADDR: text" */
static const char *look_up_fault(struct lint_outside *o, const char *name, unsigned family,
	const struct v6k_addr *addr, const char *text)
{
	struct message *m = &o->fault;
	char buf[V6K_ADDR_TEXT_MAX];
	int n;

	m->n = 0;
	message_bytes(m, name, strlen(name));
	message_text(m, family == V6K_IPV4 ? " A" : " AAAA");
	if (addr) {
		n = v6k_addr_format(*addr, V6K_CANONICAL, buf, sizeof(buf));
		message_text(m, " ");
		message_bytes(m, buf, n > 0 ? (size_t)n : 0);
	}
	message_text(m, ": ");
	message_text(m, text);
	m->text[m->n] = '\0';
	return m->text;
}

/* Whether a daemon of that name is meant to be reached from this host alone. */
static bool is_local_name(const char *name)
{
	static const char *const names[] = { "localhost", "localhost.localdomain", "ip6-localhost",
		"ip6-loopback" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static const char *look_up(void *to, const char *name, unsigned family, struct v6k_addr *addrs,
	size_t room, size_t *n)
{
	struct v6k_addr found[RESOLVED_MAX];
	struct lint_outside *o = to;
	const char *fault;
	size_t found_n, at = 0;
	int e = resolve(name, (enum v6k_family)family, found, &found_n);

	if (e)
		return look_up_fault(o, name, family, NULL, gai_strerror(e));
	if (found_n == 0)
		return look_up_fault(o, name, family, NULL,
			"no such record: sendmail ends at once");
	fault = is_local_name(name) ? NULL : mail_lookup_fault(found, found_n, &at);
	if (fault)
		return look_up_fault(o, name, family, &found[at], fault);
	*n = found_n < room ? found_n : room;
	memcpy(addrs, found, *n * sizeof(*addrs));
	return NULL;
}

static long service(void *to, const char *name)
{
	const struct servent *entry = getservbyname(name, "tcp");

	(void)to;
	return entry ? (long)ntohs((uint16_t)entry->s_port) : -1;
}

struct lint_host lint_outside_host(struct lint_outside *o)
{
	return (struct lint_host){ include, o->resolve ? look_up : NULL, service, o };
}

void lint_outside_free(struct lint_outside *o)
{
	while (o->included) {
		struct included *next = o->included->next;

		free(o->included->path);
		free(o->included->s);
		free(o->included);
		o->included = next;
	}
}

void lint_file_fault(struct cli *cli, struct lint *l, const struct lint_fault *fault)
{
	struct lint_where where = lint_where(l, fault->at);
	struct place place = { where.source->name, where.line, 1 };

	diag_at(cli, &place, where.s, where.n, where.column - 1, fault->n, fault->text);
}
