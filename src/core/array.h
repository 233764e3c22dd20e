/* array.h: arrays whose size in bytes must fit, also where a size has 32 bits. */
#ifndef V6KIT_CORE_ARRAY_H
#define V6KIT_CORE_ARRAY_H

#include <stdint.h>
#include <stdlib.h>

/* n elements of size bytes each, not cleared; null when that is too much. Never null for n = 0. */
static inline void *array_new(size_t n, size_t size)
{
	if (n > (size_t)PTRDIFF_MAX / size)
		return NULL;
	return malloc(n ? n * size : 1);
}

/* The same array with n elements; null, and the array stays, when that is too much. */
static inline void *array_resize(void *array, size_t n, size_t size)
{
	if (n > (size_t)PTRDIFF_MAX / size)
		return NULL;
	return realloc(array, n ? n * size : 1);
}

/* Gives back what stands behind n elements. */
static inline void *array_shrink(void *array, size_t n, size_t size)
{
	void *less = realloc(array, n ? n * size : 1);

	return less ? less : array;
}

/* n lines of the cache, each of 64 bytes. */
static inline void *array_new_lines(size_t n)
{
	return n > (size_t)PTRDIFF_MAX / 64 ? NULL : aligned_alloc(64, n ? n * 64 : 64);
}

#endif
