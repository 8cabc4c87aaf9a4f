// OpenBLAS and its LAPACK, as far as wb calls them: row-major products through CBLAS and three LAPACK drivers.
#ifndef WB_OPENBLAS_SHIM_H
#define WB_OPENBLAS_SHIM_H

#include <cblas.h>
#include <stdlib.h>

// Declared in none of the library's headers, and absent where it was built without threads.
__attribute__((weak)) int blas_thread_shutdown_(void);

// Ends the threads that the library started when it was loaded.
static inline void wb_blas_end_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

// Declared in none of the headers either, and absent where the kernels were chosen when the library was built.
__attribute__((weak)) void gotoblas_dynamic_quit(void);
__attribute__((weak)) void gotoblas_dynamic_init(void);

// Has the library choose its kernels again, as for this core.
static inline void wb_blas_choose(const char *core) {
  if (!gotoblas_dynamic_quit || !gotoblas_dynamic_init) return;
  setenv("OPENBLAS_CORETYPE", core, 1);
  gotoblas_dynamic_quit();
  gotoblas_dynamic_init();
  unsetenv("OPENBLAS_CORETYPE");
}

// The core whose kernels this CPU can run best, by its instructions alone; NULL where it lacks those that matter.
static inline const char *wb_blas_best_core(void) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
  int is_wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return is_wide ? "SkylakeX" : "Haswell";
#else
  return 0;
#endif
}

// LAPACK is column-major Fortran: every argument is a pointer.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
            double *work, const int *lwork, int *info);

#endif
