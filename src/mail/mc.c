/* mc.c: what a .mc file configures: sendmail's macros, as lines of the .cf file that they become.
 * m4 reads the text of options twice, the second time at the end of the file. */
#include <string.h>

#include "cf.h"
#include "m4.h"

enum {
	MC_DAEMON,
	MC_CLIENT,
	MC_FEATURE,
	MC_FILTER,
	MC_RELAY_DOMAIN,
	MC_LOCAL_DOMAIN,
	MC_LOCAL,     /* what follows goes into the .cf file as it is */
	MC_ELSEWHERE, /* reads a file of sendmail's own folders */
	MC_OTHER      /* configures nothing that is looked at here */
};

static const struct m4_macro macros[] = {
	{ "DAEMON_OPTIONS", MC_DAEMON, true },
	{ "CLIENT_OPTIONS", MC_CLIENT, true },
	{ "FEATURE", MC_FEATURE, false },
	{ "MAIL_FILTER", MC_FILTER, false },
	{ "INPUT_MAIL_FILTER", MC_FILTER, false },
	{ "RELAY_DOMAIN", MC_RELAY_DOMAIN, false },
	{ "LOCAL_DOMAIN", MC_LOCAL_DOMAIN, false },
	{ "LOCAL_CONFIG", MC_LOCAL, false },
	{ "LOCAL_RULE_0", MC_LOCAL, false },
	{ "LOCAL_RULE_1", MC_LOCAL, false },
	{ "LOCAL_RULE_2", MC_LOCAL, false },
	{ "LOCAL_RULE_3", MC_LOCAL, false },
	{ "LOCAL_RULESETS", MC_LOCAL, false },
	{ "LOCAL_NET_CONFIG", MC_LOCAL, false },
	{ "LOCAL_DNSBL", MC_LOCAL, false },
	{ "LOCAL_UUCP", MC_LOCAL, false },
	{ "LOCAL_SRV_FEATURES", MC_LOCAL, false },
	{ "LOCAL_CLT_FEATURES", MC_LOCAL, false },
	{ "LOCAL_TRY_TLS", MC_LOCAL, false },
	{ "LOCAL_TLS_RCPT", MC_LOCAL, false },
	{ "LOCAL_TLS_CLIENT", MC_LOCAL, false },
	{ "LOCAL_TLS_SERVER", MC_LOCAL, false },
	{ "MAILER_DEFINITIONS", MC_LOCAL, false },
	{ "DOMAIN", MC_ELSEWHERE, false },
	{ "HACK", MC_ELSEWHERE, false },
	{ "SITECONFIG", MC_ELSEWHERE, false },
	{ "CANONIFY_DOMAIN", MC_OTHER, false },
	{ "CANONIFY_DOMAIN_FILE", MC_OTHER, false },
	{ "EXPOSED_USER", MC_OTHER, false },
	{ "EXPOSED_USER_FILE", MC_OTHER, false },
	{ "GENERICS_DOMAIN", MC_OTHER, false },
	{ "GENERICS_DOMAIN_FILE", MC_OTHER, false },
	{ "LDAPROUTE_DOMAIN", MC_OTHER, false },
	{ "LDAPROUTE_DOMAIN_FILE", MC_OTHER, false },
	{ "LDAPROUTE_EQUIVALENT", MC_OTHER, false },
	{ "LDAPROUTE_EQUIVALENT_FILE", MC_OTHER, false },
	{ "LOCAL_USER", MC_OTHER, false },
	{ "LOCAL_USER_FILE", MC_OTHER, false },
	{ "MAILER", MC_OTHER, false },
	{ "MASQUERADE_AS", MC_OTHER, false },
	{ "MASQUERADE_DOMAIN", MC_OTHER, false },
	{ "MASQUERADE_DOMAIN_FILE", MC_OTHER, false },
	{ "MASQUERADE_EXCEPTION", MC_OTHER, false },
	{ "MASQUERADE_EXCEPTION_FILE", MC_OTHER, false },
	{ "MODIFY_MAILER_FLAGS", MC_OTHER, false },
	{ "OSTYPE", MC_OTHER, false },
	{ "QUEUE_GROUP", MC_OTHER, false },
	{ "RELAY_DOMAIN_FILE", MC_OTHER, false },
	{ "SITE", MC_OTHER, false },
	{ "TRUST_AUTH_MECH", MC_OTHER, false },
	{ "UUCPSMTP", MC_OTHER, false },
	{ "VERSIONID", MC_OTHER, false },
	{ "VIRTUSER_DOMAIN", MC_OTHER, false },
	{ "VIRTUSER_DOMAIN_FILE", MC_OTHER, false },
	{ NULL, 0, false },
};

/* An option, whose text is read again at the end. */
struct pending {
	struct pending *next;
	bool client, commented;
	uint32_t at;
	uint32_t n;
	struct text text;
};

struct mc {
	struct lint *l;
	struct cf cf;
	struct pending *first, **last;
	bool no_msa, msp, daemons;
	const char *seen, *seen_line, *seen_begin; /* of hash_before */
};

static const char *find_source(const struct lint *l, uint32_t at, const struct lint_source **source)
{
	*source = lint_source_at(l, at);
	return (*source)->s + (at - (*source)->base);
}

/* The "#" that begins the line of s, or null. Calls come in the order of the file, so that the line
 * is looked for from the last one on; of a macro read again it is looked for backwards, not far. */
static const char *hash_before(struct mc *mc, const char *s, const char *begin)
{
	enum { FAR = 4096 };
	const char *line = s;

	if (mc->seen && mc->seen_begin == begin && mc->seen <= s) {
		line = mc->seen_line;
		for (const char *at = mc->seen; (at = memchr(at, '\n', (size_t)(s - at))); at++)
			line = at + 1;
	} else {
		while (line > begin && s - line < FAR && line[-1] != '\n')
			line--;
	}
	mc->seen_begin = begin;
	mc->seen_line = line;
	mc->seen = s;
	while (line < s && (*line == ' ' || *line == '\t'))
		line++;
	return line < s && *line == '#' ? line : NULL;
}

/* Rule 11. True when the call stands behind "#". */
static bool check_hash(struct mc *mc, const struct m4_call *call)
{
	const struct lint_source *source;
	const char *s = find_source(mc->l, call->at, &source), *hash, *end;
	struct lint_finding *f;
	uint32_t at;

	hash = hash_before(mc, s, source->s);
	if (!hash)
		return false;
	at = source->base + (uint32_t)(hash - source->s);
	f = lint_found(mc->l, 11, LINT_ERROR, call->at, call->n,
		"# is no comment for m4: this macro has its effect", NULL);
	/* dnl takes one line out: the whole call must stand on it. */
	end = call->close != ORIGIN_NONE && call->close >= call->at &&
			call->close - source->base < source->n ?
		source->s + (call->close - source->base) :
		s;
	if (!memchr(s, '\n', (size_t)(end - s)))
		lint_edit(mc->l, f, at, at, "dnl ", 4);
	return true;
}

/* Rule 10: the commas of unquoted items are m4's. */
static void check_quotes(struct mc *mc, const struct m4_call *call)
{
	struct lint_finding *f = lint_found(mc->l, 10, LINT_ERROR, call->at, call->n,
		"items that are not quoted: m4 keeps the first alone", NULL);
	const struct lint_source *source;
	const char *s = find_source(mc->l, call->open, &source), *from = s + 1, *to;
	uint32_t at;

	if (call->close == ORIGIN_NONE || call->close <= call->open ||
		call->close - source->base >= source->n)
		return;
	to = source->s + (call->close - source->base);
	while (from < to && (*from == ' ' || *from == '\t' || *from == '\n'))
		from++;
	/* Quotes of any kind in it mean something that is not known here. */
	for (const char *c = from; c < to; c++)
		if (strchr("`'\"()\n", *c))
			return;
	at = source->base + (uint32_t)(from - source->s);
	lint_edit(mc->l, f, at, at, "`", 1);
	lint_edit(mc->l, f, call->close, call->close, "'", 1);
}

static bool option_text(const struct m4_call *call, struct text *t)
{
	bool good = true;

	for (size_t i = 0; good && i < call->args; i++) {
		if (i > 0)
			good = text_add(t, ',', (struct origin){ ORIGIN_NONE, call->at });
		good = good && text_add_text(t, &call->arg[i], 0, call->arg[i].n, ORIGIN_NONE);
	}
	return good;
}

static void add_option(struct mc *mc, struct m4 *m, const struct m4_call *call, bool commented)
{
	struct pending *option;
	bool odd = false;

	option = cf_count(&mc->cf) ? lint_alloc(mc->l, sizeof(*option)) : NULL;
	if (!option)
		return;
	*option = (struct pending){ .client = call->op == MC_CLIENT,
		.commented = commented,
		.at = call->at,
		.n = (uint32_t)call->n };
	mc->daemons |= call->op == MC_DAEMON;
	/* Sendmail's own files ask whether there are options yet. */
	m4_define(m, call->op == MC_DAEMON ? "_DPO_" : "_CPO_", "O", call->at);
	if (!commented && call->blanks != ORIGIN_NONE) {
		struct lint_finding *f = lint_found(mc->l, 12, LINT_ERROR, call->at, call->n,
			"a blank before the parenthesis: the option is empty", NULL);

		if (call->open != ORIGIN_NONE && call->open > call->blanks)
			lint_edit(mc->l, f, call->blanks, call->open, "", 0);
	} else if (!commented && call->open == ORIGIN_NONE) {
		lint_found(mc->l, 12, LINT_ERROR, call->at, call->n,
			"the macro without parentheses adds an empty option",
			"DAEMON_OPTIONS(`...'), or quotes around a word that only speaks of it");
		odd = true;
	}
	if (call->args > 1) {
		if (!commented)
			check_quotes(mc, call);
		odd |= call->arg[0].n > 0 && strchr("\"'", call->arg[0].s[0]);
	}
	/* What was meant is read; of odd quotes nobody knows. */
	if (odd)
		return;
	if (!option_text(call, &option->text))
		mc->l->no_memory = true;
	*mc->last = option;
	mc->last = &option->next;
}

static bool is(const struct text *t, const char *word)
{
	return t->n == strlen(word) && memcmp(t->s, word, t->n) == 0;
}

static void feature(struct mc *mc, const struct m4_call *call)
{
	const struct text *name = call->arg;

	if (call->args == 0 || name->n == 0)
		return;
	if (is(name, "no_default_msa") || is(name, "msp"))
		mc->no_msa = true;
	if (is(name, "msp"))
		mc->msp = true;
	if (is(name, "dnsbl") || is(name, "enhdnsbl"))
		cf_dnsbl(&mc->cf, call->at, call->n);
	if (is(name, "block_bad_helo"))
		lint_found(mc->l, 29, LINT_NOTE, call->at, call->n, NULL, NULL);
	if ((is(name, "msp") || is(name, "nullclient")) && call->args > 1)
		cf_relay(&mc->cf, &call->arg[1], 0, call->arg[1].n);
}

/* A line of the .cf file: its beginning, and the arguments of a macro with ", " between. */
static void line(struct mc *mc, const struct m4_call *call, const char *begin, size_t args)
{
	struct text t = { NULL, NULL, 0, 0 };
	bool good = text_add_own(&t, begin, call->at);

	for (size_t i = 0; good && i < call->args && i < args; i++)
		good = (i == 0 || text_add_own(&t, ", ", call->at)) &&
			text_add_text(&t, &call->arg[i], 0, call->arg[i].n, ORIGIN_NONE);
	if (good)
		cf_line(&mc->cf, &t);
	else
		mc->l->no_memory = true;
	text_free(&t);
}

static bool call(void *to, struct m4 *m, const struct m4_call *call)
{
	struct mc *mc = to;
	bool commented = call->op != MC_LOCAL && check_hash(mc, call);

	/* Their bodies are written with the usual quotes: DAEMON_OPTIONS, say, adds nothing then. Those
	 * that only divert need none. */
	if (call->requoted && call->op != MC_LOCAL && call->op != MC_OTHER) {
		lint_note(mc->l, call->at, call->n,
			"sendmail's macros need the quotes ` and ', so what this makes is not known");
		return !mc->l->no_memory;
	}
	switch (call->op) {
	case MC_DAEMON:
	case MC_CLIENT:
		add_option(mc, m, call, commented);
		break;
	case MC_FEATURE:
		feature(mc, call);
		break;
	case MC_FILTER:
		line(mc, call, "X", 2);
		break;
	case MC_RELAY_DOMAIN:
		line(mc, call, "C{R}", 1);
		break;
	case MC_LOCAL_DOMAIN:
		line(mc, call, "C{w}", 1);
		break;
	case MC_LOCAL:
		m4_divert(m, 1);
		break;
	case MC_ELSEWHERE:
		lint_note(mc->l, call->at, call->n,
			lint_join(mc->l, "cannot read the file that ", call->name,
				" names, so what it defines is not known", (char *)NULL));
		break;
	default:
		break;
	}
	return !mc->cf.fault && !mc->l->no_memory;
}

static bool byte(void *to, char c, struct origin at)
{
	struct mc *mc = to;

	return cf_byte(&mc->cf, c, at);
}

static const char *fault_text(void *to)
{
	const struct mc *mc = to;

	return mc->cf.fault ? mc->cf.fault : "out of memory";
}

/* The text of a macro as it stands in the .cf file in the end, behind what begins its line. */
static bool expand_line(struct mc *mc, struct m4 *m, const char *begin, uint32_t at,
	const struct text *body)
{
	struct text t = { NULL, NULL, 0, 0 };
	bool good = text_add_own(&t, begin, at) || (mc->l->no_memory = true, false);

	good = good && m4_expand(m, body, &t);
	for (size_t i = 0; good && i < t.n; i++)
		good = cf_byte(&mc->cf, t.s[i], t.at[i]);
	cf_end(&mc->cf);
	text_free(&t);
	return good && !mc->cf.fault;
}

static void add_implied(struct mc *mc, const char *name, long port)
{
	struct lint_daemon *d = lint_add_daemon(mc->l);

	if (d)
		*d = (struct lint_daemon){ .implied = true,
			.family = V6K_IPV4,
			.addr.family = V6K_IPV4,
			.name = name,
			.port = port };
}

static bool end(void *to, struct m4 *m)
{
	enum { PORT_SMTP = 25, PORT_SUBMISSION = 587 };
	static const struct {
		const char *macro, *begin;
	} values[] = {
		{ "confDAEMON_OPTIONS", "O DaemonPortOptions=" },
		{ "confCLIENT_OPTIONS", "O ClientPortOptions=" },
		{ "confCONNECT_ONLY_TO", "O ConnectOnlyTo=" },
		{ "confUSE_COMPRESSED_IPV6_ADDRESSES", "O UseCompressedIPv6Addresses=" },
		{ "SMART_HOST", "DS" },
		{ "MAIL_HUB", "DS" },
		{ "LOCAL_RELAY", "DS" },
		{ "LUSER_RELAY", "DS" },
	};
	struct mc *mc = to;
	bool good;

	cf_end(&mc->cf);
	good = !mc->cf.fault;
	for (struct pending *o = mc->first; good && o; o = o->next) {
		mc->cf.commented = o->commented;
		good = expand_line(mc, m,
			o->client ? "O ClientPortOptions=" : "O DaemonPortOptions=", o->at,
			&o->text);
		mc->cf.commented = false;
	}
	for (size_t i = 0; good && i < sizeof(values) / sizeof(values[0]); i++) {
		const struct text *body = m4_value(m, values[i].macro);

		if (body && body->n > 0) {
			mc->daemons |= i == 0;
			good = expand_line(mc, m, values[i].begin, body->at[0].used, body);
		}
	}
	if (!mc->daemons && !mc->msp)
		add_implied(mc, "MTA", PORT_SMTP);
	if (!mc->no_msa)
		add_implied(mc, "MSA", PORT_SUBMISSION);
	return good;
}

bool lint_mc(struct lint *l, const char *s, size_t n, uint32_t base, struct lint_fault *fault)
{
	struct mc mc = { .l = l };
	struct m4_user user = { call, byte, end, fault_text, &mc };
	bool good;

	mc.last = &mc.first;
	cf_open(&mc.cf, l, strlen("DAEMON_OPTIONS"));
	good = m4_read(l, s, n, base, macros, &user, fault);
	cf_daemons(&mc.cf);
	for (struct pending *o = mc.first; o; o = o->next)
		text_free(&o->text);
	text_free(&mc.cf.line);
	return good;
}
