/* v6kit/version.h: which libv6kit this is. */
#ifndef V6KIT_VERSION_H
#define V6KIT_VERSION_H

#include <v6kit/export.h>

/* The version of these headers, as numbers and as text. */
#define V6K_VERSION_MAJOR 0
#define V6K_VERSION_MINOR 1
#define V6K_VERSION_PATCH 0
#define V6K_VERSION "0.1.0"

V6K_BEGIN_DECLS

/* The version of the library in use, as V6K_VERSION is of the headers. Static text. Thread-safe. */
V6K_API const char *v6k_version(void);

/* The vector instructions that the library uses on this machine: "avx2", "sse2", "neon", or "none".
 * The answers are the same with all of them. Static text. Thread-safe. */
V6K_API const char *v6k_simd_name(void);

V6K_END_DECLS

#endif
