/* simd.h: which vector instructions this compiler can be asked for, and how they load bytes.
 * Functions say so one by one (SIMD_AVX2 before their name), never a whole file: what every machine
 * runs stays free of them. */
#ifndef V6KIT_CORE_SIMD_H
#define V6KIT_CORE_SIMD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__) && defined(__x86_64__)
/* SSE2 is part of x86-64. */
#define SIMD_X86 1
#include <immintrin.h>
#define SIMD_AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#elif defined(__GNUC__) && defined(__aarch64__) && defined(__ARM_NEON) && \
	defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* NEON is part of arm64. */
#define SIMD_NEON 1
#include <arm_neon.h>
#endif

#ifndef SIMD_X86
#define SIMD_X86 0
#endif
#ifndef SIMD_NEON
#define SIMD_NEON 0
#endif

#define SIMD_INLINE static inline __attribute__((always_inline))

#if SIMD_X86

/* Loads that the compiler may take for reads of any type. */
SIMD_INLINE __m128i load16(const void *p)
{
	return _mm_loadu_si128((const __m128i_u *)p);
}

SIMD_INLINE __m128i load8(const void *p)
{
	return _mm_loadl_epi64((const __m128i_u *)p);
}

SIMD_INLINE uint64_t word8(const void *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

SIMD_INLINE uint32_t word4(const void *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* Exactly n bytes, 4 to 15, and zeros behind them. */
SIMD_INLINE __m128i load_some(const char *p, size_t n)
{
	if (n >= 8)
		return _mm_set_epi64x((long long)(word8(p + n - 8) >> 8 * (15 - n) >> 8),
			(long long)word8(p));
	return _mm_cvtsi64_si128((long long)(word4(p) | (uint64_t)word4(p + n - 4) << 8 * (n - 4)));
}

#endif

#endif
