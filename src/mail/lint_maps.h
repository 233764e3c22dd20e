/* lint_maps.h: keys of sendmail's maps and classes, rules 23 to 25. */
#ifndef V6KIT_MAIL_LINT_MAPS_H
#define V6KIT_MAIL_LINT_MAPS_H

#include "lint_run.h"

/* Checks one key of class R (relay) or of class w: t from off on, n bytes. */
void lint_class_key(struct lint *l, bool relay, const struct text *t, size_t off, size_t n);

#endif
