/* pools.c: reads pools and what is in use. */
#include <config.h>

#include "pools.h"

#include "members.h"
#include "sets.h"

const char pools_note[] =
	"A POOL is a prefix, a range, a comma list of them, or @FILE; - is standard input.";

/* Without the family that -4 or -6 leaves out. */
static int keep_family(struct cli *cli, struct v6k_set **pool)
{
	struct v6k_set *kept = sets_of_families(cli, *pool);

	if (!kept)
		return STATUS_BAD;
	v6k_set_free(*pool);
	*pool = kept;
	return 0;
}

/* All are read, so that all that is bad is named. */
static int read_pools(struct cli *cli, struct v6k_set **pool)
{
	struct members m = { .unlabelled = true };
	int status = 0;

	for (int i = 0; i < cli->operands && !cli->failed && !cli->stopped; i++) {
		const char *text = cli->operand[i];
		bool standard = strcmp(text, "-") == 0;

		if (members_add(cli, &m, standard ? NULL : text, standard ? text : NULL,
			    (uint64_t)i + 1) != 0)
			status = STATUS_BAD;
	}
	if (cli->operands == 0)
		status = members_add(cli, &m, NULL, "-", 1);
	if (status == 0 && !cli->failed && !cli->stopped)
		status = members_freeze(cli, &m);
	else
		status = STATUS_BAD;
	*pool = m.set;
	m.set = NULL;
	members_free(&m);
	if (status == 0)
		status = keep_family(cli, pool);
	/* An unset shell variable, say. */
	if (status == 0 && v6k_set_size(*pool) == 0)
		status = diag_say(cli, "there is no address in the pools");
	return status;
}

static int read_used(struct cli *cli, const char *used, int fd, struct v6k_set **set)
{
	struct members m = { .unlabelled = true, .open = fd };
	int status = members_read(cli, &m, NULL, used, 0);

	*set = m.set;
	m.set = NULL;
	members_free(&m);
	return status;
}

/* Standard input can be read once. */
static int check_standard_input(struct cli *cli, const char *used)
{
	int n = (strcmp(used, "-") == 0) + (cli->operands == 0);

	for (int i = 0; i < cli->operands; i++) {
		const char *text = cli->operand[i];

		n += strcmp(text, "-") == 0 || strcmp(text, "@-") == 0;
	}
	return n > 1 ? diag_usage(cli, "standard input is asked for twice", "", 0, "") : 0;
}

int pools_read(struct cli *cli, const char *used, int fd, struct pools *pools)
{
	struct v6k_set *gone = NULL;
	int status;

	*pools = (struct pools){ NULL, NULL };
	if (!used)
		return diag_usage(cli, "-f FILE is missing, the list of what is in use", "", 0, "");
	status = check_standard_input(cli, used);
	if (status == 0)
		status = read_pools(cli, &pools->pool);
	if (!cli->failed && !cli->stopped && (status == 0 || cli->bad > 0) &&
		read_used(cli, used, fd, &gone) != 0)
		status = STATUS_BAD;
	if (status == 0 && v6k_set_combine(pools->pool, gone, V6K_DIFFERENCE, &pools->free) != 0) {
		no_memory(cli);
		status = STATUS_BAD;
	}
	v6k_set_free(gone);
	return status;
}

void pools_free(struct pools *pools)
{
	v6k_set_free(pools->pool);
	v6k_set_free(pools->free);
}
