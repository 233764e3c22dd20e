/* v6kit/export.h: what makes a declaration part of the library, in C and in C++. */
#ifndef V6KIT_EXPORT_H
#define V6KIT_EXPORT_H

#ifdef __cplusplus
#define V6K_BEGIN_DECLS extern "C" {
#define V6K_END_DECLS }
#else
#define V6K_BEGIN_DECLS
#define V6K_END_DECLS
#endif

#if defined(__GNUC__)
#define V6K_API __attribute__((visibility("default")))
#else
#define V6K_API
#endif

#endif
