/* sink.h: where output goes: a descriptor, or a file that is replaced whole or not at all. */
#ifndef V6KIT_STREAM_SINK_H
#define V6KIT_STREAM_SINK_H

#include <stdbool.h>
#include <stddef.h>

struct sink {
	int fd;
	int error;       /* errno of the first failure; nothing is written after it */
	bool unbuffered; /* flush whenever sink_end_record is called */
	char *buf;
	size_t n;
	/* Where not null, called before anything is written: for what else is on a terminal. */
	void (*before)(void *to);
	void *before_to;
	char *target;    /* of a file: its path, symlinks followed */
	char *temporary; /* of a file that is to be replaced: the name of what is written meanwhile */
	bool locked;     /* see sink_lock */
	bool nameless;   /* what is written meanwhile has no name yet */
};

/* Writes to fd, which stays the caller's. 0, or -ENOMEM. */
int sink_open(struct sink *s, int fd);

/* Writes to the file path: a temporary in the same folder, with the owner and mode of the file that
 * it will replace; a pipe or device is opened and written as it is. 0, or -errno. */
int sink_create(struct sink *s, const char *path);

/* Opens the file path, symlinks followed, for reading under a lock that other processes wait for, so that
 * each sees what the one before it put in place. It must exist, be a regular file and be writable;
 * closing *fd ends the lock. 0, or -errno. */
int sink_lock(const char *path, int *fd);

/* sink_create for the file that is locked. A temporary that a killed run has left is taken away. */
int sink_create_locked(struct sink *s, const char *path);

void sink_write(struct sink *s, const char *p, size_t n);

/* The end of a record: the reader of an unbuffered sink shall see it now. */
void sink_end_record(struct sink *s);

/* Flushes; then of a file, when keep is true and nothing failed, puts it in place (fsync, rename),
 * else removes the temporary. Frees everything. 0, or the negative errno of the first failure. */
int sink_close(struct sink *s, bool keep);

#endif
