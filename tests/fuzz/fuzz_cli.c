/* fuzz_cli.c: the whole command line in one process. An input is arguments, a line each, up to an
 * empty line; the rest is standard input. */
#include <config.h>

#include <string.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../src/cli/cli.h"
#include "fuzz.h"

enum { ARGS_MAX = 16 };

/* No file outside the folder that this runs in, no look-up of names, nothing that takes long by
 * design. */
static bool is_allowed(const char *arg)
{
	const char *at = strchr(arg, '@');

	/* @FILE, also behind its option: -e@FILE, --within=@FILE. */
	if (arg[0] == '-' && at && strcmp(at, "@-") != 0)
		return false;
	return arg[0] != '/' && !strstr(arg, "..");
}

/* Of free and next: standard input as the list of what is in use, and a prefix length. */
static bool is_of_pools(const char *arg)
{
	return strcmp(arg, "-f-") == 0 ||
		(arg[0] == '/' && arg[1 + strspn(arg + 1, "0123456789")] == '\0');
}

/* Of grep: the files of whole folders. */
static bool is_of_folders(const char *arg)
{
	return arg[0] == '-' &&
		(arg[1] == '-' ? strstr(arg, "recursive") != NULL : strpbrk(arg, "rR") != NULL);
}

/* A number such as --limit takes, of more than 3 digits. */
static bool is_long(const char *arg)
{
	const char *equals = strchr(arg, '='), *digits = equals ? equals + 1 : arg;
	size_t n = strspn(digits, "0123456789");

	return n > 3 && digits[n] == '\0';
}

static bool is_harmless(int argc, char **argv)
{
	bool options = false, fix = false, dry_run = false;

	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i];
		bool pools =
			i > 1 && (strcmp(argv[1], "free") == 0 || strcmp(argv[1], "next") == 0);

		if (pools && is_of_pools(arg))
			continue;
		if (pools && is_long(arg))
			return false;
		if (i > 1 && strcmp(argv[1], "grep") == 0 && is_of_folders(arg))
			return false;
		/* Of sendmail options: it looks names up. */
		options |= strcmp(arg, "options") == 0;
		fix |= strcmp(arg, "--fix") == 0;
		dry_run |= strcmp(arg, "--dry-run") == 0;
		if (strstr(arg, "resolve") || strcmp(arg, "selftest") == 0 ||
			strstr(arg, "output") || strstr(arg, "file") ||
			(options && strncmp(arg, "--check", 7) == 0) ||
			strncmp(arg, "-f", 2) == 0 || !is_allowed(arg))
			return false;
		if (arg[0] == '@' && strcmp(arg, "@-") != 0)
			return false;
		if (arg[0] == '-' && arg[1] != '-' && strchr(arg, 'f'))
			return false;
	}
	return !fix || dry_run;
}

/* A command that may print for ever, which a full disk ends. */
static bool is_endless(int argc, char **argv)
{
	static const char *const names[] = { "split", "list", "rand" };

	for (size_t i = 0; argc > 1 && i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(argv[1], names[i]) == 0)
			return true;
	for (int i = 2; i < argc; i++)
		if (strstr(argv[i], "addresses") || strstr(argv[i], "min-len"))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int null = -1, full = -1;
	char *text = malloc(size + 1), *at = text, *argv[ARGS_MAX + 1] = { NULL };
	static char name[] = "v6kit";
	int argc = 1, in, status;

	if (null < 0)
		null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (full < 0)
		full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	if (!text || null < 0 || full < 0)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	argv[0] = name;
	while (argc < ARGS_MAX && *at && *at != '\n') {
		char *end = strchr(at, '\n');

		argv[argc++] = at;
		at = end ? end + 1 : at + strlen(at);
		if (end)
			*end = '\0';
	}
	if (at < text + size && *at == '\n')
		at++;
	if (!is_harmless(argc, argv)) {
		free(text);
		return -1;
	}
	in = memfd_create("stdin", MFD_CLOEXEC);
	if (in < 0 || write(in, at, (size_t)(text + size - at)) < 0 || lseek(in, 0, SEEK_SET) != 0)
		abort();
	status = cli_main(argc, argv, in, is_endless(argc, argv) ? full : null, null);
	if (status < STATUS_YES || status > STATUS_BAD) {
		fprintf(stderr, "status %d\n", status);
		abort();
	}
	close(in);
	free(text);
	return 0;
}
