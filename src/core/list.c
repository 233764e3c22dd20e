/* list.c: the one builder of sets and tables. */
#include <stdlib.h>

#include "list.h"

struct v6k_list *v6k_list_new(void)
{
	return calloc(1, sizeof(struct v6k_list));
}

void v6k_list_free(struct v6k_list *list)
{
	if (list)
		free(list->entry);
	free(list);
}

int v6k_list_add_range(struct v6k_list *list, struct v6k_range r, uint32_t label)
{
	struct v6k_range checked;
	int e = v6k_range_make(r.first, r.last, &checked);

	if (e)
		return V6K_EINVAL;
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap + list->cap / 2 : 16;
		struct list_entry *entry = cap < SIZE_MAX / sizeof(*entry) ?
			realloc(list->entry, cap * sizeof(*entry)) :
			NULL;

		if (!entry)
			return V6K_ENOMEM;
		list->entry = entry;
		list->cap = cap;
	}
	list->entry[list->n++] = (struct list_entry){
		.first = addr_number(r.first),
		.last = addr_number(r.last),
		.label = label,
		.family = r.first.family,
	};
	return 0;
}

int v6k_list_add_prefix(struct v6k_list *list, struct v6k_prefix p, uint32_t label)
{
	if (!family_ok(p.family) || p.bits > family_width(p.family))
		return V6K_EINVAL;
	return v6k_list_add_range(list, v6k_range_from_prefix(p), label);
}

size_t v6k_list_size(const struct v6k_list *list)
{
	return list->n;
}

int v6k_list_entry(const struct v6k_list *list, size_t i, struct v6k_range *out, uint32_t *label)
{
	const struct list_entry *e;

	if (i >= list->n)
		return V6K_EINVAL;
	e = &list->entry[i];
	out->first = addr_value(e->family, e->first);
	out->last = addr_value(e->family, e->last);
	if (label)
		*label = e->label;
	return 0;
}
