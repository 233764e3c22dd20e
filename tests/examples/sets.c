/* sets.c: sets of addresses with libv6kit: what is in use is taken out of a pool, what is left is printed,
 * and covered by fewer prefixes; then labels. Build it with
 *	cc sets.c $(pkg-config --cflags --libs libv6kit) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <v6kit.h>

/* Ends the program for what this example does not expect. */
static void must(int e)
{
	if (e == 0)
		return;
	fprintf(stderr, "sets: %s\n", v6k_err_text(e));
	exit(1);
}

static void add(struct v6k_list *list, const char *text, uint32_t label)
{
	struct v6k_error err;
	struct v6k_range r;

	if (v6k_range_parse(text, strlen(text), 0, &r, &err) != 0) {
		fprintf(stderr, "sets: %s:%u: %s\n", text, (unsigned)err.off + 1,
			v6k_err_text(err.code));
		exit(1);
	}
	must(v6k_list_add_range(list, r, label));
}

/* The set of texts, ended by null. */
static struct v6k_set *set_of(const char *const *texts)
{
	struct v6k_list *list = v6k_list_new();
	struct v6k_set *set;

	must(list ? 0 : V6K_ENOMEM);
	for (; *texts; texts++)
		add(list, *texts, V6K_NO_LABEL);
	must(v6k_set_freeze(list, 0, &set));
	v6k_list_free(list);
	return set;
}

static void print_set(const char *name, const struct v6k_set *set)
{
	char text[V6K_NOTATION_TEXT_MAX], count[V6K_COUNT_TEXT_MAX];
	int n = v6k_count_format(v6k_set_count(set), count, sizeof(count));
	struct v6k_prefix p;
	struct v6k_range r;

	printf("%s, %.*s addresses:\n", name, n, count);
	for (size_t i = 0; v6k_set_range(set, i, &r) == 0; i++) {
		while (v6k_range_pop(&r, &p)) {
			n = v6k_prefix_format(p, V6K_CANONICAL, text, sizeof(text));
			printf("  %.*s\n", n, text);
		}
	}
}

static void print_map(const struct v6k_map *map, const char *const *names)
{
	char text[V6K_NOTATION_TEXT_MAX];
	struct v6k_range r;
	uint32_t label;

	printf("labels:\n");
	for (size_t i = 0; v6k_map_range(map, i, &r, &label) == 0; i++) {
		int n = v6k_range_format(r, V6K_CANONICAL, text, sizeof(text));

		printf("  %.*s %s\n", n, text, names[label]);
	}
}

int main(void)
{
	static const char *const names[] = { "company", "laboratory" };
	const char *const pool_texts[] = { "2001:db8::/46", "192.0.2.0/28", NULL };
	const char *const used_texts[] = { "2001:db8:1::/48", "192.0.2.0-192.0.2.5", NULL };
	struct v6k_set *pool = set_of(pool_texts), *used = set_of(used_texts), *left, *few;
	struct v6k_list *list = v6k_list_new();
	struct v6k_map *map, *rest;
	struct v6k_addr a;
	uint8_t in;

	must(v6k_set_combine(pool, used, V6K_DIFFERENCE, &left));
	print_set("left", left);
	must(v6k_cover_build(left, 2, &few));
	print_set("in two entries", few);
	must(v6k_addr_parse("192.0.2.3", 9, &a, NULL));
	v6k_set_contains(left, &a, 1, &in);
	printf("192.0.2.3 is %s\n", in ? "left" : "in use");

	must(list ? 0 : V6K_ENOMEM);
	add(list, "10.0.0.0/8", 0);
	add(list, "10.1.0.0/16", 1);
	must(v6k_map_freeze(list, &map));
	print_map(map, names);
	v6k_set_free(used);
	used = set_of((const char *const[]){ "10.0.0.0/9", NULL });
	must(v6k_map_combine(map, used, V6K_INTERSECTION, &rest));
	print_map(rest, names);

	v6k_map_free(rest);
	v6k_map_free(map);
	v6k_list_free(list);
	v6k_set_free(few);
	v6k_set_free(left);
	v6k_set_free(used);
	v6k_set_free(pool);
	return 0;
}
