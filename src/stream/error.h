/* error.h: what can go wrong with a stream, beside what has an errno. */
#ifndef V6KIT_STREAM_ERROR_H
#define V6KIT_STREAM_ERROR_H

#include <stdbool.h>

/* Above every errno. Functions return them, as they return those, negative. */
enum {
	STREAM_ESHORTER = 10001,
	STREAM_ECORRUPT, /* compressed data: it is corrupt, */
	STREAM_ECUT,     /* ends too early, */
	STREAM_ELARGE,   /* wants too much memory, */
	STREAM_ENOGZIP,  /* or is for a library that this program was built without */
	STREAM_ENOXZ,
	STREAM_ENOZSTD
};

/* The prose for either, given as a positive number. */
const char *stream_error(int error);

/* After a read (POLLIN) or a write (POLLOUT) that failed: whether it is to be tried again, as errno says. A
 * signal came between, or whoever opened the descriptor left it in a state where it does not wait: then this
 * waits. */
bool stream_again(int fd, short events);

#endif
