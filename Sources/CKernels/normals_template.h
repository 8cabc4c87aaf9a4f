// Arrays of normals. Template over REAL and WORD: `words` are those of a block that a pair is made of, WORDS of them.

// Pairs of rows and draws are walked as one sequence, so that a single draw of many dimensions fills vectors too.
WB_CLONES void F(wb_normals)(REAL *out, long dimension, long draws, long first_draw, uint64_t seed, uint32_t purpose,
                             uint64_t step) {
  stream s = opened(seed, purpose, normals_stream, step);
  long pairs = (dimension + 1) / 2, total = pairs * draws;
  long index = 0, draw = 0, out_index = 0, out_draw = 0;
  for (long done = 0; done < total; done += CHUNK) {
    uint64_t indices[CHUNK], counters[CHUNK];
    WORD words[WORDS][CHUNK];
    REAL first[CHUNK], second[CHUNK];
    long count = total - done < CHUNK ? total - done : CHUNK;
    long padded = (count + 7) & ~7, whole = padded & ~(long)(BLOCK - 1);
    for (long i = 0; i < padded; i++) {
      indices[i] = (uint64_t)index;
      counters[i] = (uint64_t)(first_draw + draw);
      if (++draw == draws) draw = 0, index++;
    }
    WB_IN_TWOS(padded, 8, {
      block c = philox((block){{indices[i], counters[i], s.step[0], s.step[1]}}, s.key[0], s.key[1]);
      for (int w = 0; w < WORDS; w++) words[w][i] = (WORD)c.word[F(words)[w]];
    })
    WB_IN_TWOS(whole, BLOCK, F(normal_pair)(&first[i], &second[i], &words[0][i], CHUNK);)
    if (whole < padded) {
      WB_ELEMENTWISE_BLOCK for (long i = whole; i < whole + 8; i++) {
        F(normal_pair)(&first[i], &second[i], &words[0][i], CHUNK);
      }
    }
    if (draws == 1) {
      REAL *row = out + 2 * done;
      long full = dimension - 2 * done < 2 * count ? count - 1 : count;
      for (long i = 0; i < full; i++) row[2 * i] = first[i], row[2 * i + 1] = second[i];
      if (full < count) row[2 * full] = first[full];
      continue;
    }
    for (long i = 0; i < count;) {
      long run = draws - out_draw < count - i ? draws - out_draw : count - i;
      REAL *even = out + 2 * out_index * draws + out_draw, *odd = even + draws;
      for (long j = 0; j < run; j++) even[j] = first[i + j];
      if (2 * out_index + 1 < dimension) {
        for (long j = 0; j < run; j++) odd[j] = second[i + j];
      }
      i += run;
      out_draw += run;
      if (out_draw == draws) out_draw = 0, out_index++;
    }
  }
}

// Vectors run along `width` of the lanes, at most WIDEST; the rounds' keys are the same for all pairs.
WB_INLINE void F(lane_block)(REAL *out, long dimension, long draws, long lanes, long width, const uint64_t *seeds,
                             uint32_t purpose, const uint64_t *steps) {
  uint64_t key0[PHILOX_ROUNDS][WIDEST], key1[PHILOX_ROUNDS][WIDEST], step0[WIDEST], step1[WIDEST];
  for (long l = 0; l < width; l++) {
    stream s = opened(seeds[l], purpose, normals_stream, steps[l]);
    key0[0][l] = s.key[0], key1[0][l] = s.key[1], step0[l] = s.step[0], step1[l] = s.step[1];
  }
  for (int round = 1; round < PHILOX_ROUNDS; round++) {
    WB_ELEMENTWISE_BLOCK for (long l = 0; l < width; l++) {
      key0[round][l] = key0[round - 1][l] + PHILOX_KEY_STEP_0;
      key1[round][l] = key1[round - 1][l] + PHILOX_KEY_STEP_1;
    }
  }
  for (long index = 0; 2 * index < dimension; index++) {
    for (long draw = 0; draw < draws; draw++) {
      WORD words[WORDS][WIDEST];
      REAL second[WIDEST];
      WB_IN_TWOS(width, 8, {
        block c = {{(uint64_t)index, (uint64_t)draw, step0[i], step1[i]}};
        _Pragma("clang loop unroll(full)") for (int round = 0; round < PHILOX_ROUNDS; round++) {
          c = philox_round(c, key0[round][i], key1[round][i]);
        }
        for (int w = 0; w < WORDS; w++) words[w][i] = (WORD)c.word[F(words)[w]];
      })
      REAL *even = out + (2 * index * draws + draw) * lanes, *odd = even + draws * lanes;
      if (width < BLOCK) {
        WB_ELEMENTWISE_BLOCK for (long l = 0; l < width; l++) F(normal_pair)(&even[l], &second[l], &words[0][l], WIDEST);
      } else {
        WB_IN_TWOS(width, BLOCK, F(normal_pair)(&even[i], &second[i], &words[0][i], WIDEST);)
      }
      if (2 * index + 1 < dimension) {
        for (long l = 0; l < width; l++) odd[l] = second[l];
      }
    }
  }
}

WB_CLONES void F(wb_lane_normals)(REAL *out, long dimension, long draws, long lanes, const uint64_t *seeds,
                                  uint32_t purpose, const uint64_t *steps) {
  long lane = 0;
  for (; lane + WIDEST <= lanes; lane += WIDEST) {
    F(lane_block)(out + lane, dimension, draws, lanes, WIDEST, seeds + lane, purpose, steps + lane);
  }
  for (; lane + 16 <= lanes; lane += 16) {
    F(lane_block)(out + lane, dimension, draws, lanes, 16, seeds + lane, purpose, steps + lane);
  }
  for (; lane < lanes; lane += 8) {
    F(lane_block)(out + lane, dimension, draws, lanes, 8, seeds + lane, purpose, steps + lane);
  }
}
