// How the kernels are compiled: several versions per function, one source, the same bits.
//
// A function marked WB_CLONES is compiled for x86-64 with AVX-512, with AVX2 and for the baseline; the loader picks one.
// The versions differ in vector width alone: contraction to fused multiply-add is off for the whole target, so every
// element goes through the same IEEE operations in the same order on every CPU.
#ifndef WB_CLONES_H
#define WB_CLONES_H

#if defined(__x86_64__) && defined(__linux__)
#define WB_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WB_CLONES
#endif

// Scalar helpers must disappear into each version of their caller to be vectorised there.
#define WB_INLINE static inline __attribute__((always_inline))

// `out` may be an operand itself, never a shifted view of one: no iteration reads what another one writes.
#define WB_ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")
// As above, one vector at a time, so that a count that is a multiple of the width leaves no scalar remainder.
#define WB_ELEMENTWISE_BLOCK _Pragma("clang loop vectorize(assume_safety) interleave_count(1) unroll(disable)")
// Two and four vectors at a time, for elements that cost a long chain of instructions, each of which waits for the last:
// a CPU looks ahead no further than a chain or two.
#define WB_ELEMENTWISE_TWOS _Pragma("clang loop vectorize(assume_safety) interleave_count(2) unroll(disable)")
#define WB_ELEMENTWISE_FOURS _Pragma("clang loop vectorize(assume_safety) interleave_count(4) unroll(disable)")

// A statement for every i < whole, which is a number of whole blocks.
#define WB_IN_TWOS(whole, block, ...)                                      \
  {                                                                        \
    long twos = (whole) & ~(long)(2 * (block) - 1);                        \
    WB_ELEMENTWISE_TWOS for (long i = 0; i < twos; i++) __VA_ARGS__        \
    WB_ELEMENTWISE_BLOCK for (long i = twos; i < (whole); i++) __VA_ARGS__ \
  }
#define WB_IN_FOURS(whole, block, ...)                                      \
  {                                                                         \
    long fours = (whole) & ~(long)(4 * (block) - 1);                        \
    WB_ELEMENTWISE_FOURS for (long i = 0; i < fours; i++) __VA_ARGS__       \
    WB_ELEMENTWISE_BLOCK for (long i = fours; i < (whole); i++) __VA_ARGS__ \
  }

#endif
