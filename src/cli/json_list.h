/* json_list.h: strings of a JSON file as items, and the option that says where they are in it. */
#ifndef V6KIT_CLI_JSON_LIST_H
#define V6KIT_CLI_JSON_LIST_H

#include "../stream/json.h"
#include "common.h"

/* Reads the value of --json-path. 0, or 2 after a message. */
int json_list_paths(struct cli *cli, const char *text, struct json_paths *out);

/* The same as each_line, for the strings that the paths lead to. */
bool each_json_string(struct cli *cli, const char *file, const struct json_paths *paths,
	int (*each)(struct cli *cli, void *to, const struct item *item), void *to);

#endif
