/* bench_machine.c: the machine and the peers, for whoever reads the figures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sys/utsname.h>
#include <unistd.h>

#include "bench_machine.h"
#include "bench_proc.h"

/* The peers, and how each is asked for its version, and whether it answers by a message. */
static const struct {
	const char *name, *program, *version;
	bool messages;
} peers[] = {
	{ "grepcidr", "grepcidr", "grepcidr -V", false },
	{ "grepcidr 3", "grepcidr3", "grepcidr3 -V", false },
	{ "ripgrep", "rg", "rg --version", false },
	{ "iprange", "iprange", "iprange --version", false },
	{ "iprange 2", "iprange2", "iprange2 --version", false },
	{ "cidr-merger", "cidr-merger", "cidr-merger -v", true },
	{ "ipv6calc", "ipv6calc", "ipv6calc --version", true },
	{ "Python, ipaddress", "python3", "python3 --version", false },
	{ "netaddr", "python3", "python3 -c print(__import__('netaddr').__version__)", false },
	{ "C library", "getconf", "getconf GNU_LIBC_VERSION", false },
	{ "wc, tr, sort, cat, true", "wc", "wc --version", false },
};

/* The value of "name : value" in a file of /proc. */
static void proc_field(const char *file, const char *name, char *value, size_t cap)
{
	char line[256];
	FILE *f = fopen(file, "r");

	snprintf(value, cap, "unknown");
	while (f && fgets(line, sizeof(line), f)) {
		char *colon = strchr(line, ':');

		if (colon && strncmp(line, name, strlen(name)) == 0) {
			snprintf(value, cap, "%s", colon + 1 + strspn(colon + 1, " \t"));
			value[strcspn(value, "\n")] = '\0';
			break;
		}
	}
	if (f)
		fclose(f);
}

void machine_print(void)
{
	char text[256], when[32];
	struct utsname name;
	time_t now = time(NULL);

	strftime(when, sizeof(when), "%Y-%m-%d", gmtime(&now));
	uname(&name);
	proc_field("/proc/cpuinfo", "model name", text, sizeof(text));
	printf("- %s, %s, %ld cores", when, text, sysconf(_SC_NPROCESSORS_ONLN));
	proc_field("/proc/meminfo", "MemTotal", text, sizeof(text));
	printf(", %ld MiB of memory, %s %s, %s\n", atol(text) >> 10, name.sysname, name.release,
		name.machine);
#ifdef __clang__
	printf("- compiled with %s\n", __VERSION__);
#else
	printf("- compiled with gcc %s\n", __VERSION__);
#endif
	proc_text("v6kit --version", false, text, sizeof(text));
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		printf("- %s\n", line);
	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++) {
		if (!proc_path(peers[i].program)) {
			printf("- %s: not installed\n", peers[i].name);
			continue;
		}
		proc_text(peers[i].version, peers[i].messages, text, sizeof(text));
		text[strcspn(text, "\n")] = '\0';
		printf("- %s: %s\n", peers[i].name, *text ? text : "not installed");
	}
}
