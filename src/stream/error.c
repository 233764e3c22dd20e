/* error.c: prose for what goes wrong with a stream. */
#include "error.h"

#include <string.h>

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
