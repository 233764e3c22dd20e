/* sink.c: buffered output, and files that are replaced whole. */
#include <config.h>

#include "sink.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "path.h"

enum { SINK_CAP = 256 * 1024, MOST_LINKS = 40 };

/* So much is not copied before it is written. */
enum { SINK_DIRECT = 32 * 1024 };

int sink_open(struct sink *s, int fd)
{
	*s = (struct sink){ .fd = fd, .buf = malloc(SINK_CAP) };
	return s->buf ? 0 : -ENOMEM;
}

/* The folder that a path is in; null when out of memory. */
static char *folder_of(const char *path)
{
	size_t n = path_folder(path);

	return n ? strndup(path, n) : strdup(".");
}

/* Follows symlinks, so that the link stays and the file that it names is replaced; the file itself
 * need not exist yet. */
static int follow_links(const char *path, char **out)
{
	char name[PATH_MAX];
	char *target = strdup(path);

	for (int links = 0; target; links++) {
		ssize_t n = readlink(target, name, sizeof(name) - 1);
		char *next;

		if (n < 0)
			break;
		if (links == MOST_LINKS) {
			free(target);
			return -ELOOP;
		}
		name[n] = '\0';
		next = path_beside(target, name);
		free(target);
		target = next;
	}
	*out = target;
	return target ? 0 : -ENOMEM;
}

/* The one name that a temporary has for whoever holds the lock of its target: so there is never more than
 * one, and the next who replaces the file takes away what one who was killed has left. False when the
 * target has too long a name for that. */
static bool fixed_name(const char *target, char name[NAME_MAX + 1])
{
	static const char before[] = ".v6kit-of-", after[] = ".tmp";
	const char *base = target + path_folder(target);
	size_t n = strlen(base);

	if (n + sizeof(before) + sizeof(after) > NAME_MAX)
		return false;
	memcpy(name, before, sizeof(before) - 1);
	memcpy(name + sizeof(before) - 1, base, n);
	memcpy(name + sizeof(before) - 1 + n, after, sizeof(after));
	return true;
}

/* Calls make with new names beside the target until one is not taken yet, and keeps that as the
 * temporary. 0, or -errno. */
static int name_temporary(struct sink *s, int (*make)(struct sink *s, mode_t mode), mode_t mode)
{
	char name[NAME_MAX + 1];
	int e = -EEXIST;

	for (unsigned try = 0; try < 100 && e == -EEXIST; try++) {
		bool fixed = s->locked && fixed_name(s->target, name);

		if (!fixed)
			snprintf(name, sizeof(name), ".v6kit-%ld-%u.tmp", (long)getpid(), try);
		free(s->temporary);
		s->temporary = path_beside(s->target, name);
		if (s->temporary && fixed)
			unlink(s->temporary);
		e = s->temporary ? make(s, mode) : -ENOMEM;
	}
	if (e) {
		free(s->temporary);
		s->temporary = NULL;
	}
	return e;
}

/* O_EXCL, so that nothing is ever followed or overwritten. */
static int create_temporary(struct sink *s, mode_t mode)
{
	s->fd = open(s->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	return s->fd < 0 ? -errno : 0;
}

/* The file of a descriptor, where /proc is mounted. */
static void descriptor_path(int fd, char path[64])
{
	snprintf(path, 64, "/proc/self/fd/%d", fd);
}

/* Gives a nameless file its name. */
static int link_temporary(struct sink *s, mode_t mode)
{
	char path[64];

	(void)mode;
	descriptor_path(s->fd, path);
	return linkat(AT_FDCWD, path, AT_FDCWD, s->temporary, AT_SYMLINK_FOLLOW) == 0 ? 0 : -errno;
}

/* Opens a new file in the folder of the target: without a name where the system can, so that a run
 * which is killed leaves nothing behind. */
static int open_temporary(struct sink *s, mode_t mode)
{
#ifdef O_TMPFILE
	char *folder = folder_of(s->target), path[64];

	if (!folder)
		return -ENOMEM;
	s->fd = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, mode);
	free(folder);
	if (s->fd >= 0) {
		descriptor_path(s->fd, path);
		s->nameless = access(path, F_OK) == 0;
		if (s->nameless)
			return 0;
		close(s->fd);
		s->fd = -1;
	}
#endif
	return name_temporary(s, create_temporary, mode);
}

static int open_target(struct sink *s)
{
	struct stat st;
	int e;

	if (stat(s->target, &st) != 0) {
		if (errno != ENOENT)
			return -errno;
		return open_temporary(s, 0666);
	}
	/* A file that this user may not write is not replaced behind its owner's back. */
	if (access(s->target, W_OK) != 0)
		return -errno;
	e = open_temporary(s, 0600);
	if (e)
		return e;
	if ((st.st_uid != geteuid() || st.st_gid != getegid()) &&
		fchown(s->fd, st.st_uid, st.st_gid) != 0)
		return -errno;
	return fchmod(s->fd, st.st_mode & 07777) == 0 ? 0 : -errno;
}

static int create(struct sink *s, const char *path, bool locked)
{
	struct stat st;
	int e = sink_open(s, -1);

	s->locked = locked;
	if (e == 0 && stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		s->fd = open(path, O_WRONLY | O_CLOEXEC);
		s->target = s->fd < 0 ? NULL : strdup(path);
		e = s->target ? 0 : -errno;
	} else if (e == 0) {
		e = follow_links(path, &s->target);
		if (e == 0)
			e = open_target(s);
	}
	if (e) {
		s->error = -e;
		sink_close(s, false);
	}
	return e;
}

int sink_create(struct sink *s, const char *path)
{
	return create(s, path, false);
}

int sink_create_locked(struct sink *s, const char *path)
{
	return create(s, path, true);
}

/* Whether path is still the file that is open as fd. */
static bool is_in_place(const char *path, int fd)
{
	struct stat now, opened;

	return fstat(fd, &opened) == 0 && stat(path, &now) == 0 && now.st_dev == opened.st_dev &&
		now.st_ino == opened.st_ino;
}

int sink_lock(const char *path, int *fd)
{
	struct stat st;

	/* Whoever had the lock before may have put another file in this place; the lock of the old
	 * one is then worth nothing. */
	for (;;) {
		int e = 0, opened = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);

		if (opened < 0)
			return -errno;
		if (fstat(opened, &st) != 0)
			e = -errno;
		else if (!S_ISREG(st.st_mode))
			e = -ENOTSUP;
		while (e == 0 && flock(opened, LOCK_EX) != 0)
			e = errno == EINTR ? 0 : -errno;
		if (e == 0 && is_in_place(path, opened)) {
			*fd = opened;
			return 0;
		}
		close(opened);
		if (e)
			return e;
	}
}

static void write_out(struct sink *s, const char *p, size_t n)
{
	if (s->before && n > 0)
		s->before(s->before_to);
	while (n > 0 && s->error == 0) {
		ssize_t done = write(s->fd, p, n);

		if (done < 0 && stream_again(s->fd, POLLOUT))
			continue;
		if (done < 0) {
			s->error = errno;
			break;
		}
		p += done;
		n -= (size_t)done;
	}
}

static void flush(struct sink *s)
{
	write_out(s, s->buf, s->n);
	s->n = 0;
}

void sink_write(struct sink *s, const char *p, size_t n)
{
	if (n > SINK_CAP - s->n || n >= SINK_DIRECT)
		flush(s);
	if (n >= SINK_DIRECT) {
		write_out(s, p, n);
		return;
	}
	/* Nothing may have no place: memcpy(3) wants one. */
	if (n == 0)
		return;
	memcpy(s->buf + s->n, p, n);
	s->n += n;
}

void sink_end_record(struct sink *s)
{
	if (s->unbuffered)
		flush(s);
}

/* The name in the folder is on disk only when the folder is. */
static int sync_folder(const char *path)
{
	char *folder = folder_of(path);
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	int e = fd < 0 || (fsync(fd) != 0 && errno != EINVAL) ? errno : 0;

	if (fd >= 0)
		close(fd);
	free(folder);
	return e;
}

static void put_in_place(struct sink *s)
{
	if (fsync(s->fd) != 0)
		s->error = errno;
	if (s->error == 0 && s->nameless)
		s->error = -name_temporary(s, link_temporary, 0);
	if (s->error == 0 && rename(s->temporary, s->target) != 0)
		s->error = errno;
	if (s->error)
		return;
	s->error = sync_folder(s->target);
	free(s->temporary);
	s->temporary = NULL;
}

int sink_close(struct sink *s, bool keep)
{
	bool replaces = s->temporary || s->nameless;

	if (s->buf && s->fd >= 0 && (keep || !replaces))
		flush(s);
	if (replaces && keep && s->error == 0)
		put_in_place(s);
	if (s->temporary)
		unlink(s->temporary);
	if (s->target && s->fd >= 0 && close(s->fd) != 0 && s->error == 0)
		s->error = errno;
	free(s->buf);
	free(s->target);
	free(s->temporary);
	s->buf = s->target = s->temporary = NULL;
	s->n = 0;
	return -s->error;
}
