/* json_list.c: goes over the strings of a JSON file. */
#include <config.h>

#include "json_list.h"

#include <errno.h>
#include <stdlib.h>

#include <fcntl.h>
#include <unistd.h>

#include "../stream/whole.h"

int json_list_paths(struct cli *cli, const char *text, struct json_paths *out)
{
	size_t fault = json_paths_read(text, out);
	struct message m;

	if (!json_can_read())
		return diag_say(cli, "--json-path cannot be had: this v6kit was built without jansson");
	if (fault == 0)
		return 0;
	diag_start(&m, cli);
	message_text(&m, "--json-path takes paths such as .prefixes[].ip_prefix, with commas between");
	message_caret(&m, text, strlen(text), fault - 1, 1);
	return diag_end(&m, cli);
}

struct strings {
	struct cli *cli;
	const char *file;
	int (*each)(struct cli *cli, void *to, const struct item *item);
	void *to;
};

static bool string(void *to, const struct json_found *found)
{
	const struct strings *all = to;
	struct item item = { found->s, found->n, found->s, found->n,
		{ all->file, found->line, found->col } };

	if (found->wrong)
		return item_bad(all->cli, &item, 0, found->n, found->wrong) == GO_ON;
	return all->each(all->cli, all->to, &item) == GO_ON;
}

/* Says why a file could not be gone through. */
static bool failed(struct cli *cli, const char *file, enum json_end end,
	const struct json_found *fault)
{
	struct place place = { file, fault->line, 1 };
	struct message m;

	cli->failed = true;
	if (end == JSON_NO_MEMORY) {
		diag_file(cli, file, v6k_err_text(V6K_ENOMEM));
	} else if (end == JSON_SYNTAX) {
		diag_at(cli, &place, fault->s, fault->n, fault->col - 1, 1, fault->wrong);
	} else {
		diag_start_file(&m, file);
		message_text(&m, "--json-path ");
		message_bytes(&m, fault->s, fault->n);
		message_text(&m, " leads to nothing");
		diag_end(&m, cli);
	}
	return false;
}

static bool each_of(struct cli *cli, int fd, const struct json_paths *paths, struct strings *all)
{
	struct json_found fault = { .s = "" };
	char *text = NULL;
	size_t n = 0;
	int e = whole_read(fd, SIZE_MAX / 4, &text, &n);
	enum json_end end;

	if (e) {
		cli->failed = true;
		diag_errno(cli, all->file, -e);
		return false;
	}
	end = json_read(text, n, paths, string, all, &fault);
	if (end != JSON_DONE && end != JSON_STOPPED)
		failed(cli, all->file, end, &fault);
	free(text);
	return end == JSON_DONE || end == JSON_STOPPED;
}

bool each_json_string(struct cli *cli, const char *file, const struct json_paths *paths,
	int (*each)(struct cli *cli, void *to, const struct item *item), void *to)
{
	struct strings all = { cli, file, each, to };
	bool good;
	int fd;

	if (strcmp(file, "-") == 0)
		return each_of(cli, cli->in, paths, &all);
	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		cli->failed = true;
		diag_errno(cli, file, errno);
		return false;
	}
	good = each_of(cli, fd, paths, &all);
	close(fd);
	return good;
}
