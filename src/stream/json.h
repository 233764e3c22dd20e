/* json.h: strings of a JSON text, found by paths. jansson reads it; without jansson there is none. */
#ifndef V6KIT_STREAM_JSON_H
#define V6KIT_STREAM_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "jansson 2.14", or why JSON cannot be read. */
const char *json_name(void);
bool json_can_read(void);

enum { JSON_PATHS_MAX = 32, JSON_STEPS_MAX = 16 };

enum json_step_kind {
	JSON_KEY,  /* .name or ."name": a member of an object */
	JSON_INDEX, /* [N]: an element of an array, from 0 */
	JSON_EACH  /* []: all elements of an array, or all members of an object */
};

struct json_step {
	enum json_step_kind kind;
	const char *s; /* of a key: within the text of the path */
	size_t n;      /* its length; of an index the number */
};

struct json_path {
	const char *s; /* as it was written */
	size_t n;
	struct json_step step[JSON_STEPS_MAX];
	unsigned steps;
};

struct json_paths {
	struct json_path path[JSON_PATHS_MAX];
	unsigned n;
};

/* Reads paths, with commas between, as jq writes them: ".prefixes[].ip_prefix"; "." is all of the text.
 * They keep pointers into text. 0, or the offset of the first fault plus 1. */
size_t json_paths_read(const char *text, struct json_paths *out);

/* What a path led to: a string, decoded, or, wrong saying why it is none, the first bytes of something
 * else. line and col (from 1, in bytes) are of the text's s[at]. Good during the call alone. */
struct json_found {
	const char *s;
	size_t n;
	const char *wrong;
	uint64_t line;
	size_t col;
};

typedef bool json_each(void *to, const struct json_found *found);

enum json_end {
	JSON_DONE,
	JSON_STOPPED,  /* each returned false */
	JSON_SYNTAX,   /* *fault says what and where; its s is the line */
	JSON_NOTHING,  /* *fault has the path that led to nothing */
	JSON_NO_MEMORY /* or built without jansson */
};

/* Calls each for every string that the paths lead to, one path after the other; an array at the end of a
 * path stands for its elements. A member or element that is not there is passed over, unless a path
 * leads to nothing at all. */
enum json_end json_read(const char *s, size_t n, const struct json_paths *paths, json_each *each,
	void *to, struct json_found *fault);

#endif
