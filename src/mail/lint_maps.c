/* lint_maps.c: keys of sendmail's maps and classes, rules 23 to 25. */
#include "lint_maps.h"

void lint_class_key(struct lint *l, bool relay, const struct text *t, size_t off, size_t n)
{
	(void)l;
	(void)relay;
	(void)t;
	(void)off;
	(void)n;
}

bool lint_map(struct lint *l, enum lint_type type, const char *s, size_t n, uint32_t base,
	struct lint_fault *fault)
{
	(void)l;
	(void)type;
	(void)s;
	(void)n;
	*fault = (struct lint_fault){ "this type of file is not read yet", base, 0 };
	return false;
}
