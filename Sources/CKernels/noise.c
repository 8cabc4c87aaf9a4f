// Counter-based random numbers: each is a function of its key and index, so order, batching and restarts do not matter.
#include "CKernels.h"
#include "clones.h"
#include "real_f64.h"
#include "elementary_template.h"
#include "trigonometry.h"

// Words live in the low halves of 64-bit lanes, whose high halves hold rubbish: the 32 x 32 -> 64 bit multiplication
// of every vector unit reads the low halves alone.
typedef struct {
  uint64_t word[4];
} block;

// Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// SC 2011, doi:10.1145/2063384.2063405.
WB_INLINE block philox(block c, uint32_t key0, uint32_t key1) {
  _Pragma("clang loop unroll(full)") for (int round = 0; round < 10; round++) {
    uint64_t a = (c.word[0] & 0xffffffffu) * 0xd2511f53u;
    uint64_t b = (c.word[2] & 0xffffffffu) * 0xcd9e8d57u;
    c = (block){{(b >> 32) ^ c.word[1] ^ key0, b, (a >> 32) ^ c.word[3] ^ key1, a}};
    key0 += 0x9e3779b9u;
    key1 += 0xbb67ae85u;
  }
  return c;
}

void wb_philox(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2]) {
  block c = philox((block){{counter[0], counter[1], counter[2], counter[3]}}, key[0], key[1]);
  for (int i = 0; i < 4; i++) out[i] = (uint32_t)c.word[i];
}

typedef struct {
  uint32_t key[2], step[2];
} stream;

enum { normals_stream = 0, uniforms_stream = 1, indices_stream = 2 };

// Seed and purpose are more than a key holds: the finaliser of SplitMix64 (Steele, Lea and Flood 2014), a bijection,
// mixes them, so that two seeds of one purpose never share a key.
static stream opened(uint64_t seed, uint32_t purpose, uint32_t kind, uint64_t step) {
  uint64_t key = seed + 0x9e3779b97f4a7c15u * (4 * (uint64_t)purpose + kind + 1);
  key = (key ^ key >> 30) * 0xbf58476d1ce4e5b9u;
  key = (key ^ key >> 27) * 0x94d049bb133111ebu;
  key ^= key >> 31;
  return (stream){{(uint32_t)key, (uint32_t)(key >> 32)}, {(uint32_t)step, (uint32_t)(step >> 32)}};
}

// (high 2^21 + the top 21 bits of low) 2^-53, in [0, 1).
WB_INLINE double uniform(uint64_t high, uint64_t low) {
  return from_small_integer_f64(high & 0xffffffffu) * 0x1p-32 +
         from_small_integer_f64((low & 0xffffffffu) >> 11) * 0x1p-53;
}

typedef struct {
  double first, second;
} pair;

// Two standard normals from one block (Box and Muller 1958): the radius from words 0 and 1, the angle from 2 and 3.
WB_INLINE pair normal_pair(uint64_t index, uint64_t draw, stream s) {
  block c = philox((block){{index, draw, s.step[0], s.step[1]}}, s.key[0], s.key[1]);
  // In (0, 1]: the logarithm must not see zero.
  double radius = REAL_SQRT(-2 * log_normal_f64(uniform(c.word[1], c.word[0]) + 0x1p-53));
  double quarters = uniform(c.word[3], c.word[2]) * 4;
  double shifted = quarters + ROUND_TO_INTEGER;
  uint64_t quadrant = bits_f64(shifted);
  double angle = (quarters - (shifted - ROUND_TO_INTEGER)) * 0x1.921fb54442d18p+0;
  double sine = sin_quarter(angle, 0), cosine = cos_quarter(angle, 0);
  double x = quadrant & 1 ? sine : cosine, y = quadrant & 1 ? cosine : sine;
  x = from_bits_f64(bits_f64(x) ^ ((quadrant + 1) & 2) << 62);
  y = from_bits_f64(bits_f64(y) ^ (quadrant & 2) << 62);
  return (pair){radius * x, radius * y};
}

// Blocks of Philox per pass through the buffers.
#define CHUNK 64

// Pairs of rows and draws are walked as one sequence, so that a single draw of many dimensions fills vectors too.
#define NORMALS(real, suffix)                                                                                 \
  WB_CLONES void wb_normals_##suffix(real *out, long dimension, long draws, long first_draw, uint64_t seed,   \
                                     uint32_t purpose, uint64_t step) {                                       \
    stream s = opened(seed, purpose, normals_stream, step);                                                   \
    long pairs = (dimension + 1) / 2, total = pairs * draws;                                                  \
    long index = 0, draw = 0, out_index = 0, out_draw = 0;                                                    \
    for (long done = 0; done < total; done += CHUNK) {                                                        \
      uint64_t indices[CHUNK], counters[CHUNK];                                                               \
      double first[CHUNK], second[CHUNK];                                                                     \
      long count = total - done < CHUNK ? total - done : CHUNK;                                               \
      long padded = (count + BLOCK - 1) / BLOCK * BLOCK;                                                      \
      for (long i = 0; i < padded; i++) {                                                                     \
        indices[i] = (uint64_t)index;                                                                         \
        counters[i] = (uint64_t)(first_draw + draw);                                                          \
        if (++draw == draws) draw = 0, index++;                                                               \
      }                                                                                                       \
      WB_ELEMENTWISE_BLOCK                                                                                    \
      for (long i = 0; i < padded; i++) {                                                                     \
        pair p = normal_pair(indices[i], counters[i], s);                                                     \
        first[i] = p.first;                                                                                   \
        second[i] = p.second;                                                                                 \
      }                                                                                                       \
      for (long i = 0; i < count;) {                                                                          \
        long run = draws - out_draw < count - i ? draws - out_draw : count - i;                               \
        real *even = out + 2 * out_index * draws + out_draw, *odd = even + draws;                             \
        for (long j = 0; j < run; j++) even[j] = (real)first[i + j];                                          \
        if (2 * out_index + 1 < dimension) {                                                                  \
          for (long j = 0; j < run; j++) odd[j] = (real)second[i + j];                                        \
        }                                                                                                     \
        i += run;                                                                                             \
        out_draw += run;                                                                                      \
        if (out_draw == draws) out_draw = 0, out_index++;                                                     \
      }                                                                                                       \
    }                                                                                                         \
  }

NORMALS(double, f64)
NORMALS(float, f32)

// Vectors run along the lanes, a block of eight at a time.
#define LANE_NORMALS(real, suffix)                                                                            \
  WB_CLONES void wb_lane_normals_##suffix(real *out, long dimension, long draws, long lanes,                  \
                                          const uint64_t *seeds, uint32_t purpose, const uint64_t *steps) {   \
    for (long block = 0; block < lanes; block += BLOCK) {                                                     \
      stream s[BLOCK];                                                                                        \
      for (long l = 0; l < BLOCK; l++) s[l] = opened(seeds[block + l], purpose, normals_stream, steps[block + l]); \
      uint64_t key0[BLOCK], key1[BLOCK], step0[BLOCK], step1[BLOCK];                                          \
      for (long l = 0; l < BLOCK; l++) {                                                                      \
        key0[l] = s[l].key[0], key1[l] = s[l].key[1], step0[l] = s[l].step[0], step1[l] = s[l].step[1];       \
      }                                                                                                       \
      for (long index = 0; 2 * index < dimension; index++) {                                                  \
        for (long draw = 0; draw < draws; draw++) {                                                           \
          double first[BLOCK], second[BLOCK];                                                                 \
          WB_ELEMENTWISE_BLOCK for (long l = 0; l < BLOCK; l++) {                                             \
            stream own = {{(uint32_t)key0[l], (uint32_t)key1[l]}, {(uint32_t)step0[l], (uint32_t)step1[l]}};  \
            pair p = normal_pair((uint64_t)index, (uint64_t)draw, own);                                       \
            first[l] = p.first;                                                                               \
            second[l] = p.second;                                                                             \
          }                                                                                                   \
          real *even = out + (2 * index * draws + draw) * lanes + block, *odd = even + draws * lanes;         \
          for (long l = 0; l < BLOCK; l++) even[l] = (real)first[l];                                          \
          if (2 * index + 1 < dimension) {                                                                    \
            for (long l = 0; l < BLOCK; l++) odd[l] = (real)second[l];                                        \
          }                                                                                                   \
        }                                                                                                     \
      }                                                                                                       \
    }                                                                                                         \
  }

LANE_NORMALS(double, f64)
LANE_NORMALS(float, f32)

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
