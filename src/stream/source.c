/* source.c: gzip through zlib, xz through liblzma, zstd through libzstd. */
#include <config.h>

#include "source.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_LZMA
#include <lzma.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

#include "error.h"

enum { RAW_SIZE = 64 * 1024, WINDOW_LOG_MOST = 27, MEMORY_MOST = 256 * 1024 * 1024 };

struct source {
	ssize_t (*read)(void *from, char *buf, size_t n);
	void *from;
	enum source_kind kind;
	bool known, eof;
	bool inside; /* a member, whose end is still to come */
	int failed;  /* a negative error, behind what was read before it */
	char raw[RAW_SIZE];
	size_t at, n; /* raw[at..n) is still to be used */
#ifdef HAVE_ZLIB
	z_stream gzip;
#endif
#ifdef HAVE_LZMA
	lzma_stream xz;
#endif
#ifdef HAVE_ZSTD
	ZSTD_DStream *zstd;
#endif
};

/* Whether s[0..n) and the magic bytes are alike as far as both go. */
static bool is_like(const char *s, size_t n, const char *magic, size_t magic_n)
{
	return memcmp(s, magic, n < magic_n ? n : magic_n) == 0;
}

/* What a stream that begins with s[0..n) may be; a byte or two may be like several. */
static enum source_kind guess(const char *s, size_t n)
{
	if (is_like(s, n, "\x1f\x8b\x08", 3))
		return SOURCE_GZIP;
	if (is_like(s, n,
		    "\xfd"
		    "7zXZ\0",
		    6))
		return SOURCE_XZ;
	if (is_like(s, n, "\x28\xb5\x2f\xfd", 4))
		return SOURCE_ZSTD;
	/* A frame to be passed over, which parallel compressors put first. */
	if (n > 0 && (s[0] & 0xf0) == 0x50 && is_like(s + 1, n - 1, "\x2a\x4d\x18", 3))
		return SOURCE_ZSTD;
	return SOURCE_PLAIN;
}

enum source_kind source_kind(const char *s, size_t n)
{
	static const size_t magic[] = { [SOURCE_GZIP] = 3, [SOURCE_XZ] = 6, [SOURCE_ZSTD] = 4 };
	enum source_kind kind = guess(s, n);

	return n < magic[kind] ? SOURCE_PLAIN : kind;
}

struct source *source_new(ssize_t (*read)(void *from, char *buf, size_t n), void *from)
{
	struct source *s = malloc(sizeof(*s));

	if (!s)
		return NULL;
	memset(s, 0, offsetof(struct source, raw));
	s->at = s->n = 0;
	s->read = read;
	s->from = from;
	return s;
}

/* Reads more raw bytes behind those that are there. 0, or a negative error. */
static int more(struct source *s)
{
	ssize_t got;

	if (s->at > 0)
		memmove(s->raw, s->raw + s->at, s->n - s->at);
	s->n -= s->at;
	s->at = 0;
	got = s->read(s->from, s->raw + s->n, sizeof(s->raw) - s->n);
	if (got < 0)
		return (int)got;
	s->eof = got == 0;
	s->n += (size_t)got;
	return 0;
}

#ifdef HAVE_ZLIB
static int gzip_start(struct source *s)
{
	enum { ANY_WINDOW = 15, GZIP_ONLY = 16 };

	memset(&s->gzip, 0, sizeof(s->gzip));
	return inflateInit2(&s->gzip, ANY_WINDOW + GZIP_ONLY) == Z_OK ? 0 : -ENOMEM;
}

static ssize_t gzip_read(struct source *s, char *buf, size_t n)
{
	int got;

	/* Members may be padded with zeros. */
	while (!s->inside && s->at < s->n && s->raw[s->at] == 0)
		s->at++;
	if (!s->inside && s->at == s->n)
		return 0;
	if (!s->inside && inflateReset(&s->gzip) != Z_OK) {
		s->failed = -STREAM_ECORRUPT;
		return 0;
	}
	s->inside = true;
	s->gzip.next_in = (Bytef *)s->raw + s->at;
	s->gzip.avail_in = (uInt)(s->n - s->at);
	s->gzip.next_out = (Bytef *)buf;
	s->gzip.avail_out = (uInt)n;
	got = inflate(&s->gzip, Z_NO_FLUSH);
	s->at = s->n - s->gzip.avail_in;
	if (got == Z_STREAM_END)
		s->inside = false;
	else if (got != Z_OK && got != Z_BUF_ERROR)
		s->failed = got == Z_MEM_ERROR ? -ENOMEM : -STREAM_ECORRUPT;
	return (ssize_t)(n - s->gzip.avail_out);
}
#endif

#ifdef HAVE_LZMA
static int xz_start(struct source *s)
{
	lzma_stream none = LZMA_STREAM_INIT;

	s->xz = none;
	s->inside = true;
	return lzma_stream_decoder(&s->xz, MEMORY_MOST, LZMA_CONCATENATED) == LZMA_OK ? 0 : -ENOMEM;
}

static ssize_t xz_read(struct source *s, char *buf, size_t n)
{
	lzma_ret got;

	s->xz.next_in = (const uint8_t *)s->raw + s->at;
	s->xz.avail_in = s->n - s->at;
	s->xz.next_out = (uint8_t *)buf;
	s->xz.avail_out = n;
	if (!s->inside)
		return 0;
	got = lzma_code(&s->xz, s->eof ? LZMA_FINISH : LZMA_RUN);
	s->at = s->n - s->xz.avail_in;
	if (got == LZMA_STREAM_END)
		s->inside = false;
	else if (got == LZMA_MEMLIMIT_ERROR)
		s->failed = -STREAM_ELARGE;
	else if (got != LZMA_OK && got != LZMA_BUF_ERROR)
		s->failed = got == LZMA_MEM_ERROR ? -ENOMEM : -STREAM_ECORRUPT;
	return (ssize_t)(n - s->xz.avail_out);
}
#endif

#ifdef HAVE_ZSTD
static int zstd_start(struct source *s)
{
	s->zstd = ZSTD_createDStream();
	if (!s->zstd)
		return -ENOMEM;
	ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MOST);
	return 0;
}

static ssize_t zstd_read(struct source *s, char *buf, size_t n)
{
	ZSTD_inBuffer in = { s->raw, s->n, s->at };
	ZSTD_outBuffer out = { buf, n, 0 };
	size_t got;

	/* Without input only what the library itself still holds can come. */
	if (in.pos == in.size && !s->inside)
		return 0;
	got = ZSTD_decompressStream(s->zstd, &out, &in);
	s->at = in.pos;
	if (ZSTD_isError(got)) {
		ZSTD_ErrorCode e = ZSTD_getErrorCode(got);

		s->failed = e == ZSTD_error_frameParameter_windowTooLarge ? -STREAM_ELARGE :
			e == ZSTD_error_memory_allocation		  ? -ENOMEM :
									    -STREAM_ECORRUPT;
	}
	s->inside = got != 0;
	return (ssize_t)out.pos;
}
#endif

/* Readies the library for what the stream has turned out to be. 0, or a negative error. */
static int start(struct source *s)
{
	switch (s->kind) {
	case SOURCE_PLAIN:
		return 0;
#ifdef HAVE_ZLIB
	case SOURCE_GZIP:
		return gzip_start(s);
#endif
#ifdef HAVE_LZMA
	case SOURCE_XZ:
		return xz_start(s);
#endif
#ifdef HAVE_ZSTD
	case SOURCE_ZSTD:
		return zstd_start(s);
#endif
	default:
		return s->kind == SOURCE_GZIP ? -STREAM_ENOGZIP :
			s->kind == SOURCE_XZ  ? -STREAM_ENOXZ :
						-STREAM_ENOZSTD;
	}
}

/* What can be had without reading more: 0 for nothing, or nothing but an error. */
static ssize_t decode(struct source *s, char *buf, size_t n)
{
	switch (s->kind) {
#ifdef HAVE_ZLIB
	case SOURCE_GZIP:
		return gzip_read(s, buf, n);
#endif
#ifdef HAVE_LZMA
	case SOURCE_XZ:
		return xz_read(s, buf, n);
#endif
#ifdef HAVE_ZSTD
	case SOURCE_ZSTD:
		return zstd_read(s, buf, n);
#endif
	default:
		n = n < s->n - s->at ? n : s->n - s->at;
		memcpy(buf, s->raw + s->at, n);
		s->at += n;
		return (ssize_t)n;
	}
}

/* Reads until it is known what the stream is: no longer than it may still be something else than text. */
static int find_kind(struct source *s)
{
	int e = 0;

	while (e == 0 && !s->eof && s->n < SOURCE_MAGIC && guess(s->raw, s->n) != SOURCE_PLAIN)
		e = more(s);
	if (e)
		return e;
	s->known = true;
	s->kind = source_kind(s->raw, s->n);
	return start(s);
}

ssize_t source_read(struct source *s, char *buf, size_t n)
{
	int e = s->known ? 0 : find_kind(s);

	while (e == 0) {
		ssize_t got;

		/* Text behind its first bytes needs no buffer. */
		if (s->kind == SOURCE_PLAIN && s->at == s->n)
			return s->eof ? 0 : s->read(s->from, buf, n);
		got = s->failed ? 0 : decode(s, buf, n);
		if (got > 0)
			return got;
		if (s->failed)
			return s->failed;
		if (s->eof)
			return s->inside ? -STREAM_ECUT : 0;
		e = more(s);
	}
	return e;
}

void source_free(struct source *s)
{
	if (!s)
		return;
#ifdef HAVE_ZLIB
	if (s->kind == SOURCE_GZIP)
		inflateEnd(&s->gzip);
#endif
#ifdef HAVE_LZMA
	if (s->kind == SOURCE_XZ)
		lzma_end(&s->xz);
#endif
#ifdef HAVE_ZSTD
	if (s->kind == SOURCE_ZSTD)
		ZSTD_freeDStream(s->zstd);
#endif
	free(s);
}

const char *source_name(void)
{
	static const char name[] = ""
#ifdef HAVE_ZLIB
				   ", zlib " ZLIB_VERSION
#endif
#ifdef HAVE_LZMA
				   ", liblzma " LZMA_VERSION_STRING
#endif
#ifdef HAVE_ZSTD
				   ", libzstd " ZSTD_VERSION_STRING
#endif
		;

	return sizeof(name) > 1 ? name + 2 : "none (built without zlib, liblzma and libzstd)";
}
