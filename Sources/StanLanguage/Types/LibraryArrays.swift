extension Library {
  /// Stan Functions Reference, "Array operations", "Mixed operations" and the parts of "Matrix operations" on sizes.
  static let arrays = """
    size: (any) int
    num_elements: (vec|matrix|any[]) int
    dims: (any) int[]
    rows, cols: (vec|matrix) int

    sum, max, min, prod: (int[]) int; (seq|matrix) real
    max, min: (int, int) int
    mean, sd, variance: (seq|matrix) real
    norm1, norm2: (seq) real
    distance: (vec, vec) real
    squared_distance: (real, real) real; (vec, vec) real
    quantile: (seq, real) real; (seq, real[]) real[]
    cumulative_sum: (int[]|seq) $1

    head, tail: (vec|any[], int) $1
    segment: (vec|any[], int, int) $1
    append_array: (any[], $1) $1; ($2, any[]) $2
    append_row: (matrix|row_vector, matrix|row_vector) matrix; (vector|real, vector) vector; (vector, real) vector
    append_col: (matrix|vector, matrix|vector) matrix; (row_vector|real, row_vector) row_vector; \
    (row_vector, real) row_vector
    reverse: (vec|any[]) $1
    sort_asc, sort_desc: (int[]|seq) $1
    sort_indices_asc, sort_indices_desc: (int[]|seq) int[]
    rank: (int[]|seq, int) int

    rep_array: (any, int) $1[]; (any, int, int) $1[,]; (any, int, int, int) $1[,,]; (any, int, int, int, int) $1[,,,]
    rep_vector: (real, int) vector
    rep_row_vector: (real, int) row_vector
    rep_matrix: (real, int, int) matrix; (vec, int) matrix

    linspaced_array: (int, real, real) real[]
    linspaced_int_array: (int, int, int) int[]
    linspaced_vector: (int, real, real) vector
    linspaced_row_vector: (int, real, real) row_vector
    one_hot_array: (int, int) real[]
    one_hot_int_array: (int, int) int[]
    one_hot_vector: (int, int) vector
    one_hot_row_vector: (int, int) row_vector
    ones_array, zeros_array: (int) real[]
    ones_int_array, zeros_int_array: (int) int[]
    ones_vector, zeros_vector, uniform_simplex: (int) vector
    ones_row_vector, zeros_row_vector: (int) row_vector

    to_vector: (int[]|seq|matrix) vector
    to_row_vector: (int[]|seq|matrix) row_vector
    to_matrix: (vec|matrix|int[,]|real[,]|row_vector[]) matrix; (int[]|seq|matrix, int, int) matrix; \
    (int[]|seq|matrix, int, int, int) matrix
    to_array_1d: (ints) int[]; (seq|matrix) real[]; (real[,]|real[,,]|real[,,,]|real[,,,,]) real[]
    to_array_2d: (matrix) real[,]
    """
}
