// Numbers of 53 bits from two words.
#ifndef WB_UNIFORM_H
#define WB_UNIFORM_H

// (high 2^21 + the top 21 bits of low) 2^-53, in [0, 1).
WB_INLINE double uniform(uint64_t high, uint64_t low) {
  return from_small_integer_f64(high & 0xffffffffu) * 0x1p-32 +
         from_small_integer_f64((low & 0xffffffffu) >> 11) * 0x1p-53;
}

#endif
