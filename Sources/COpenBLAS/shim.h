// OpenBLAS and its LAPACK, as far as wb calls them: row-major products through CBLAS and three LAPACK drivers.
#ifndef WB_OPENBLAS_SHIM_H
#define WB_OPENBLAS_SHIM_H

#include <cblas.h>

// Declared in none of the library's headers, and absent where it was built without threads.
__attribute__((weak)) int blas_thread_shutdown_(void);

// Ends the threads that the library started when it was loaded.
static inline void wb_blas_end_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

// LAPACK is column-major Fortran: every argument is a pointer.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
            double *work, const int *lwork, int *info);

#endif
