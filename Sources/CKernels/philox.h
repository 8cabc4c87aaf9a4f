// Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// SC 2011, doi:10.1145/2063384.2063405; and the streams of it that noise comes from.
#ifndef WB_PHILOX_H
#define WB_PHILOX_H

#include <stdint.h>

// Words live in the low halves of 64-bit lanes, whose high halves hold rubbish: the 32 x 32 -> 64 bit multiplication
// of every vector unit reads the low halves alone.
typedef struct {
  uint64_t word[4];
} block;

#define PHILOX_ROUNDS 10
#define PHILOX_KEY_STEP_0 0x9e3779b9u
#define PHILOX_KEY_STEP_1 0xbb67ae85u

WB_INLINE block philox_round(block c, uint64_t key0, uint64_t key1) {
  uint64_t a = (c.word[0] & 0xffffffffu) * 0xd2511f53u;
  uint64_t b = (c.word[2] & 0xffffffffu) * 0xcd9e8d57u;
  return (block){{(b >> 32) ^ c.word[1] ^ key0, b, (a >> 32) ^ c.word[3] ^ key1, a}};
}

WB_INLINE block philox(block c, uint32_t key0, uint32_t key1) {
  _Pragma("clang loop unroll(full)") for (int round = 0; round < PHILOX_ROUNDS; round++) {
    c = philox_round(c, key0, key1);
    key0 += PHILOX_KEY_STEP_0;
    key1 += PHILOX_KEY_STEP_1;
  }
  return c;
}

typedef struct {
  uint32_t key[2], step[2];
} stream;

enum { normals_stream = 0, uniforms_stream = 1, indices_stream = 2 };

// Seed and purpose are more than a key holds: the finaliser of SplitMix64 (Steele, Lea and Flood 2014), a bijection,
// mixes them, so that two seeds of one purpose never share a key.
static inline stream opened(uint64_t seed, uint32_t purpose, uint32_t kind, uint64_t step) {
  uint64_t key = seed + 0x9e3779b97f4a7c15u * (4 * (uint64_t)purpose + kind + 1);
  key = (key ^ key >> 30) * 0xbf58476d1ce4e5b9u;
  key = (key ^ key >> 27) * 0x94d049bb133111ebu;
  key ^= key >> 31;
  return (stream){{(uint32_t)key, (uint32_t)(key >> 32)}, {(uint32_t)step, (uint32_t)(step >> 32)}};
}

#endif
