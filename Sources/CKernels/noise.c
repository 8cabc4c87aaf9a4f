// Counter-based random numbers: each is a function of its key and index, so order, batching and restarts do not matter.
// The normal ones are in normals.c.
#include "CKernels.h"
#include "clones.h"
#include "philox.h"
#include "real_f64.h"
#include "uniform.h"

void wb_philox(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2]) {
  block c = philox((block){{counter[0], counter[1], counter[2], counter[3]}}, key[0], key[1]);
  for (int i = 0; i < 4; i++) out[i] = (uint32_t)c.word[i];
}

// Two numbers a block: words 1 and 0, then words 3 and 2, the first of a pair on top.
#define UNIFORM_SEQUENCE(out, n, s, high, low, number)                                                    \
  {                                                                                                       \
    long pairs = (n) / 2;                                                                                 \
    WB_ELEMENTWISE for (long p = 0; p < pairs; p++) {                                                     \
      block c = philox((block){{(uint64_t)p, (uint64_t)p >> 32, s.step[0], s.step[1]}}, s.key[0], s.key[1]); \
      uint64_t high = c.word[1], low = c.word[0];                                                         \
      (out)[2 * p] = number;                                                                              \
      high = c.word[3], low = c.word[2];                                                                  \
      (out)[2 * p + 1] = number;                                                                          \
    }                                                                                                     \
    if ((n) & 1) {                                                                                        \
      block c = philox((block){{(uint64_t)pairs, (uint64_t)pairs >> 32, s.step[0], s.step[1]}}, s.key[0], s.key[1]); \
      uint64_t high = c.word[1], low = c.word[0];                                                         \
      (void)low;                                                                                          \
      (out)[2 * pairs] = number;                                                                          \
    }                                                                                                     \
  }

WB_INLINE int32_t below(uint32_t bound, uint64_t high, uint64_t low) {
  uint64_t carry = (low & 0xffffffffu) * bound >> 32;
  return (int32_t)(((high & 0xffffffffu) * bound + carry) >> 32);
}

WB_CLONES void wb_uniforms_f64(double *out, long n, uint64_t seed, uint32_t purpose, uint64_t step) {
  stream s = opened(seed, purpose, uniforms_stream, step);
  UNIFORM_SEQUENCE(out, n, s, high, low, uniform(high, low))
}

// The high 24 bits of the double's 53: truncated, since rounding could reach 1.
WB_CLONES void wb_uniforms_f32(float *out, long n, uint64_t seed, uint32_t purpose, uint64_t step) {
  stream s = opened(seed, purpose, uniforms_stream, step);
  UNIFORM_SEQUENCE(out, n, s, high, low, ((void)low, (float)((uint32_t)high >> 8) * 0x1p-24f))
}

// The high word of a 64-bit number times the bound (Lemire 2019, without its rejection).
WB_CLONES void wb_indices(int32_t *out, long n, uint32_t bound, uint64_t seed, uint32_t purpose, uint64_t step) {
  stream s = opened(seed, purpose, indices_stream, step);
  UNIFORM_SEQUENCE(out, n, s, high, low, below(bound, high, low))
}
