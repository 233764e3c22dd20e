/* error.c: prose for what goes wrong with a stream, and what is no failure. */
#include <config.h>

#include "error.h"

#include <errno.h>
#include <string.h>

#include <poll.h>

const char *stream_error(int error)
{
	switch (error) {
	case STREAM_ESHORTER:
		return "became shorter while it was read";
	case STREAM_ECORRUPT:
		return "corrupt compressed data";
	case STREAM_ECUT:
		return "the compressed data ends too early";
	case STREAM_ELARGE:
		return "decompressing this would take too much memory";
	case STREAM_ENOGZIP:
		return "compressed by gzip, and v6kit was built without zlib";
	case STREAM_ENOXZ:
		return "compressed by xz, and v6kit was built without liblzma";
	case STREAM_ENOZSTD:
		return "compressed by zstd, and v6kit was built without libzstd";
	default:
		return strerror(error);
	}
}

bool stream_again(int fd, short events)
{
	struct pollfd ready = { fd, events, 0 };

	if (errno == EAGAIN)
		poll(&ready, 1, -1);
	else if (errno != EINTR)
		return false;
	return true;
}
