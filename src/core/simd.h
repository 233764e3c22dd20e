/* simd.h: which vector instructions this compiler can be asked for. Functions say so one by one
 * (SIMD_AVX2 before their name), never a whole file: what every machine runs stays free of them. */
#ifndef V6KIT_CORE_SIMD_H
#define V6KIT_CORE_SIMD_H

#if defined(__GNUC__) && defined(__x86_64__)
/* SSE2 is part of x86-64. */
#define SIMD_X86 1
#include <immintrin.h>
#define SIMD_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
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

#endif
