/* error.c: prose for what goes wrong with a stream. */
#include "error.h"

#include <string.h>

const char *stream_error(int error)
{
	switch (error) {
	case STREAM_ESHORTER:
		return "became shorter while it was read";
	default:
		return strerror(error);
	}
}
