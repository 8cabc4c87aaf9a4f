// The kernels of unit lower triangles: one run, or lanes where an operand differs from one to the other. Template over REAL.

// A triangle that all lanes share takes their columns as if they were its own.
WB_CLONES void F(wb_unit_lower_times)(REAL *out, const REAL *t, const REAL *x, long size, long n, long lanes, long t_lanes,
                                      long x_lanes) {
  if (t_lanes == 1) {
    n *= lanes;
    if (n == 1) {
      F(lower_times_column)(out, t, x, size);
    } else {
      ALL_COLUMNS(lower_run)
    }
  } else if (x_lanes == 1) {
    F(lower_times_lanes)(out, t, x, size, n, lanes, lanes, 1);
  } else {
    F(lower_times_lanes)(out, t, x, size, n, lanes, lanes, lanes);
  }
}

WB_CLONES void F(wb_unit_upper_times)(REAL *out, const REAL *t, const REAL *x, long size, long n, long lanes, long t_lanes,
                                      long x_lanes) {
  if (t_lanes == 1) {
    n *= lanes;
    if (n == 1) {
      F(upper_times_column)(out, t, x, size);
    } else {
      ALL_COLUMNS(upper_run)
    }
  } else if (x_lanes == 1) {
    F(upper_times_lanes)(out, t, x, size, n, lanes, lanes, 1);
  } else {
    F(upper_times_lanes)(out, t, x, size, n, lanes, lanes, lanes);
  }
}

#define LANED(name, ...)                         \
  if (a_lanes == 1) {                            \
    F(name)(__VA_ARGS__, lanes, 1, lanes);       \
  } else if (b_lanes == 1) {                     \
    F(name)(__VA_ARGS__, lanes, lanes, 1);       \
  } else {                                       \
    F(name)(__VA_ARGS__, lanes, lanes, lanes);   \
  }

WB_CLONES void F(wb_strict_outer)(REAL *out, const REAL *a, const REAL *b, long size, long n, long lanes, long a_lanes,
                                  long b_lanes) {
  if (lanes == 1) {
    F(strict_outer)(out, a, b, size, n);
  } else {
    LANED(strict_outer_lanes, out, a, b, size, n)
  }
}

WB_CLONES void F(wb_compose_unit_lower)(REAL *out, const REAL *a, const REAL *b, long size, long lanes, long a_lanes,
                                        long b_lanes) {
  if (lanes == 1) {
    F(compose)(out, a, b, size);
  } else {
    LANED(compose_lanes, out, a, b, size)
  }
}

#undef LANED
#undef ROW_OF
#undef EACH_ROW
#undef LOWER_TILE
#undef UPPER_TILE
#undef COLUMN_RUN
#undef ALL_COLUMNS
