/* sendmail_check.c: sendmail options --check, whether the daemons of a file can all listen on this
 * host. Nothing is bound for that: a daemon that runs meanwhile is not in the way, nor is v6kit in
 * its. */
#include <config.h>

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>

#include <fcntl.h>
#include <ifaddrs.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../mail/options.h"
#include "../mail/sockets.h"
#include "lint_file.h"
#include "resolve.h"
#include "sendmail.h"

/* sendmail itself takes few daemons; each is compared with all before it. */
enum { SOCKETS_MAX = 1024 };

const char *const sendmail_check_fields[] = { "file", "line", "name", "family", "host", "address",
	"port", "verdict", NULL };
enum { FILE_NAME, LINE, NAME, FAMILY, HOST, ADDRESS, PORT, VERDICT };

/* The host */

/* A switch of the kernel's: whether it is on. */
static bool is_on(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char c = '0';

	if (fd < 0)
		return false;
	if (read(fd, &c, 1) != 1)
		c = '0';
	close(fd);
	return c != '0';
}

static bool has_family(int family)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0)
		close(fd);
	return fd >= 0 || errno != EAFNOSUPPORT;
}

static int compare_addrs(const void *a, const void *b)
{
	return v6k_addr_cmp(*(const struct v6k_addr *)a, *(const struct v6k_addr *)b);
}

/* The addresses of all interfaces, to be freed. Null, with errno set, when they cannot be had. */
static struct v6k_addr *host_addrs(size_t *n)
{
	struct ifaddrs *list = NULL;
	struct v6k_addr *addrs;
	size_t most = 1;

	*n = 0;
	if (getifaddrs(&list) != 0)
		return NULL;
	for (const struct ifaddrs *at = list; at; at = at->ifa_next)
		most++;
	addrs = malloc(most * sizeof(*addrs));
	for (const struct ifaddrs *at = list; addrs && at; at = at->ifa_next) {
		const struct sockaddr *sa = at->ifa_addr;
		socklen_t size = sa && sa->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) :
								   sizeof(struct sockaddr_in);

		if (sa && (sa->sa_family == AF_INET || sa->sa_family == AF_INET6) &&
			v6k_addr_from_sockaddr(sa, size, &addrs[*n], NULL, NULL) == 0)
			++*n;
	}
	freeifaddrs(list);
	if (addrs)
		qsort(addrs, *n, sizeof(*addrs), compare_addrs);
	return addrs;
}

static bool look_at_host(struct mail_host *host, struct v6k_addr **addrs)
{
	*addrs = host_addrs(&host->n);
	host->addrs = *addrs;
	host->ipv4 = has_family(AF_INET);
	host->ipv6 = has_family(AF_INET6);
	host->v6only = is_on("/proc/sys/net/ipv6/bindv6only");
	host->nonlocal_ipv4 = is_on("/proc/sys/net/ipv4/ip_nonlocal_bind");
	host->nonlocal_ipv6 = is_on("/proc/sys/net/ipv6/ip_nonlocal_bind");
	return *addrs;
}

/* The daemons */

struct check {
	struct cli *cli;
	struct lint *lint;
	struct mail_host host;
	/* Those that can listen so far, and whose they are. */
	struct mail_socket socket[SOCKETS_MAX];
	const struct lint_daemon *owner[SOCKETS_MAX];
	size_t n;
	bool all; /* they can all listen */
};

/* The first error that was found in these places, or null. */
static const struct lint_finding *find_error(struct lint *l, uint32_t from, uint32_t to)
{
	size_t n, low = 0, high;
	const struct lint_finding *f = lint_findings(l, &n);

	for (high = n; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (f[middle].at < from)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < n && f[low].at <= to; low++)
		if (f[low].severity == LINT_ERROR && f[low].rule > 0)
			return &f[low];
	return NULL;
}

/* What the linter has to say of a daemon that fails: of its address, or of its line. */
static void finding_verdict(struct check *c, const struct lint_daemon *d, const char *otherwise,
	struct message *verdict)
{
	struct lint_where where = lint_where(c->lint, d->at);
	uint32_t line = d->at - (uint32_t)(where.column - 1);
	const struct lint_finding *f = find_error(c->lint, d->addr_at, d->addr_at);

	if (!f)
		f = find_error(c->lint, line, line + (uint32_t)where.n);
	if (f) {
		message_text(verdict, lint_names[f->rule - 1]);
		message_text(verdict, " ");
		message_text(verdict, f->text);
	} else {
		message_text(verdict, otherwise);
	}
}

/* The first address of the family that the host name has. */
static bool look_up(const struct lint_daemon *d, struct v6k_addr *a, struct message *verdict)
{
	struct v6k_addr addrs[RESOLVED_MAX];
	size_t n, at = 0;
	int e = resolve(d->host, (enum v6k_family)d->family, addrs, &n);

	if (e)
		message_text(verdict, gai_strerror(e));
	else if (n == 0)
		message_text(verdict,
			d->family == V6K_IPV4 ? "no A record: the host is unknown" :
						"no AAAA record: the host is unknown");
	else if (n > 1)
		message_text(verdict, mail_lookup_fault(addrs, n, &at));
	else
		*a = addrs[0];
	return e == 0 && n == 1;
}

static void clash_verdict(struct check *c, const struct lint_daemon *other, struct message *verdict)
{
	message_text(verdict, "clashes with ");
	message_text(verdict, *other->name ? other->name : "the daemon");
	if (other->implied) {
		message_text(verdict, ", which sendmail adds by itself");
	} else {
		message_text(verdict, " of line ");
		message_number(verdict, lint_where(c->lint, other->at).line);
	}
	message_text(verdict, " (Address already in use)");
}

/* Whether a daemon can listen, given those before it; *a is its address, none when not known. */
static bool can_listen(struct check *c, const struct lint_daemon *d, struct v6k_addr *a,
	struct message *verdict)
{
	struct mail_socket s = { .port = d->port };
	const char *fault;
	size_t other;

	if (d->family != V6K_IPV4 && d->family != V6K_IPV6) {
		finding_verdict(c, d, "a family that is neither inet nor inet6", verdict);
		return false;
	}
	if (d->kind == LINT_ADDR_BAD ||
		(d->kind == LINT_ADDR_LITERAL && d->addr.family != d->family)) {
		finding_verdict(c, d, "its address is none of the family: the host is unknown",
			verdict);
		return false;
	}
	if (d->kind != LINT_ADDR_NAME)
		*a = d->addr;
	else if (!look_up(d, a, verdict))
		return false;
	if (d->port < 0) {
		finding_verdict(c, d, "its port is not known", verdict);
		return false;
	}
	fault = mail_socket_fault(&c->host, *a);
	if (!fault && c->n == SOCKETS_MAX)
		fault = "one of more daemons than are compared";
	if (fault) {
		message_text(verdict, fault);
		return false;
	}
	s.addr = *a;
	other = mail_socket_clash(&c->host, c->socket, c->n, s);
	if (other < c->n) {
		clash_verdict(c, c->owner[other], verdict);
		return false;
	}
	c->socket[c->n] = s;
	c->owner[c->n++] = d;
	return true;
}

static void check_daemon(struct check *c, const struct lint_daemon *d)
{
	struct cli *cli = c->cli;
	struct lint_where where = lint_where(c->lint, d->at);
	struct message verdict = { .n = 0 };
	struct v6k_addr a = { .family = 0 };
	char text[V6K_ADDR_TEXT_MAX];

	if (can_listen(c, d, &a, &verdict))
		message_text(&verdict, "ok");
	else
		c->all = false;
	out_bytes(&cli->record, FILE_NAME, where.source->name, strlen(where.source->name));
	if (!d->implied)
		out_number(&cli->record, LINE, where.line);
	out_bytes(&cli->record, NAME, d->name, strlen(d->name));
	if (d->family == V6K_IPV4 || d->family == V6K_IPV6)
		record_text(cli, FAMILY, family_name(d->family));
	if (d->kind == LINT_ADDR_NAME && d->host)
		out_bytes(&cli->record, HOST, d->host, strlen(d->host));
	if (a.family)
		record_addr(cli, ADDRESS, a, V6K_CANONICAL, text);
	else if (d->host)
		out_bytes(&cli->record, ADDRESS, d->host, strlen(d->host));
	if (d->port >= 0)
		out_number(&cli->record, PORT, (uint64_t)d->port);
	out_bytes(&cli->record, VERDICT, verdict.text, verdict.n);
	record_end(cli);
}

static int check_all(struct cli *cli, struct lint *l)
{
	struct check *c = calloc(1, sizeof(*c));
	struct v6k_addr *addrs = NULL;
	const struct lint_daemon *d;
	int status = STATUS_BAD;
	size_t n;

	if (!c) {
		no_memory(cli);
		return STATUS_BAD;
	}
	c->cli = cli;
	c->lint = l;
	c->all = true;
	if (!look_at_host(&c->host, &addrs)) {
		diag_errno(cli, "the addresses of this host", errno);
	} else {
		d = lint_daemons(l, &n);
		for (; n > 0; n--, d++)
			if (!d->client)
				check_daemon(c, d);
		status = c->all ? STATUS_YES : STATUS_NO;
	}
	free(addrs);
	free(c);
	return status;
}

int sendmail_check(struct cli *cli, const char *name)
{
	struct lint_outside outside = { .resolve = false };
	struct lint_host host = lint_outside_host(&outside);
	struct lint_fault fault = { .text = NULL };
	struct lint_file file;
	struct lint *l = NULL;
	int status = STATUS_BAD;

	fault.text = lint_file_read(cli, name, LINT_GUESS, &file);
	if (!fault.text && file.type != LINT_MC && file.type != LINT_CF)
		fault.text = "neither a .mc file nor a .cf file: it has no daemons";
	if (fault.text) {
		diag_file(cli, name, fault.text);
	} else {
		l = lint_new(&host, false);
		if (!l)
			no_memory(cli);
		else if (!lint_read(l, file.type, name, file.s, file.n, &fault))
			lint_file_fault(cli, l, &fault);
		else
			status = check_all(cli, l);
	}
	lint_free(l);
	lint_outside_free(&outside);
	lint_file_free(&file);
	return status;
}
