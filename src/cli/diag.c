/* diag.c: messages in one form: v6kit: PLACE: text, and a caret. */
#include <config.h>

#include "diag.h"

#include <stdbool.h>
#include <string.h>

#include <poll.h>
#include <unistd.h>

#include "../stream/error.h"
#include "cli.h"
#include "progress.h"

static void append(struct message *m, const char *s, size_t n)
{
	size_t room = sizeof(m->text) - 1 - m->n;

	if (n > room)
		n = room;
	memcpy(m->text + m->n, s, n);
	m->n += n;
}

void message_text(struct message *m, const char *text)
{
	append(m, text, strlen(text));
}

void message_number(struct message *m, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	append(m, digits + at, sizeof(digits) - at);
}

static void append_to(void *to, const char *s, size_t n)
{
	append(to, s, n);
}

void message_bytes(struct message *m, const char *s, size_t n)
{
	out_escaped(append_to, m, s, n);
}

void message_caret(struct message *m, const char *s, size_t n, size_t off, size_t len)
{
	/* Of a long line only what is around the caret is shown. */
	enum { BEFORE = 60, AFTER = 60 };
	size_t from = off > BEFORE ? off - BEFORE : 0;
	size_t to = n - off > AFTER ? off + AFTER : n;
	size_t wide;

	if (len > to - off)
		len = to - off;
	message_text(m, "\n    ");
	message_text(m, from > 0 ? "..." : "");
	message_bytes(m, s + from, to - from);
	message_text(m, to < n ? "..." : "");
	message_text(m, "\n    ");
	message_text(m, from > 0 ? "   " : "");
	for (wide = out_escaped_columns(s + from, off - from); wide > 0; wide--)
		message_text(m, " ");
	message_text(m, "^");
	for (wide = out_escaped_columns(s + off, len); wide > 1; wide--)
		message_text(m, "~");
}

/* The name of a file. Of a long one the end says most, and the reason must find room behind it. */
static void message_name(struct message *m, const char *name)
{
	enum { MOST = 512 };
	size_t n = strlen(name), from = n > MOST ? n - MOST : 0;

	message_text(m, from > 0 ? "..." : "");
	message_bytes(m, name + from, n - from);
}

void diag_start(struct message *m, const struct cli *cli)
{
	m->n = 0;
	message_text(m, "v6kit: ");
	if (cli->name[0]) {
		message_text(m, cli->name);
		message_text(m, ": ");
	}
}

void diag_start_at(struct message *m, const struct place *place, size_t off)
{
	m->n = 0;
	message_text(m, "v6kit: ");
	if (place->file) {
		message_name(m, place->file);
		message_text(m, ":");
	} else {
		message_text(m, "argument ");
	}
	if (place->number > 0) {
		message_number(m, place->number);
		message_text(m, ":");
	}
	message_number(m, place->col + off);
	message_text(m, ": ");
}

void diag_start_file(struct message *m, const char *name)
{
	m->n = 0;
	message_text(m, "v6kit: ");
	message_name(m, name);
	message_text(m, ": ");
}

void diag_write(const struct message *m, const struct cli *cli)
{
	size_t done = 0;

	while (done < m->n) {
		ssize_t got = write(cli->err, m->text + done, m->n - done);

		if (got < 0 && stream_again(cli->err, POLLOUT))
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
}

int diag_end(struct message *m, const struct cli *cli)
{
	progress_hide(cli->progress);
	m->text[m->n++] = '\n';
	diag_write(m, cli);
	return STATUS_BAD;
}

int diag_say(const struct cli *cli, const char *text)
{
	struct message m;

	diag_start(&m, cli);
	message_text(&m, text);
	return diag_end(&m, cli);
}

int diag_usage(const struct cli *cli, const char *before, const char *s, size_t n,
	const char *after)
{
	struct message m;

	diag_start(&m, cli);
	message_text(&m, before);
	message_bytes(&m, s, n);
	message_text(&m, after);
	message_text(&m, "; see v6kit ");
	message_text(&m, cli->name);
	message_text(&m, cli->name[0] ? " --help" : "--help");
	return diag_end(&m, cli);
}

int diag_file(const struct cli *cli, const char *name, const char *text)
{
	struct message m;

	diag_start_file(&m, name);
	message_text(&m, text);
	return diag_end(&m, cli);
}

int diag_errno(const struct cli *cli, const char *what, int error)
{
	return diag_file(cli, what, stream_error(error));
}

int diag_at(const struct cli *cli, const struct place *place, const char *s, size_t n, size_t off,
	size_t len, const char *text)
{
	struct message m;

	diag_start_at(&m, place, off);
	message_text(&m, text);
	message_caret(&m, s, n, off, len);
	return diag_end(&m, cli);
}
