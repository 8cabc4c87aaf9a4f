#include "CKernels.h"

#ifdef __GLIBC__
#include <malloc.h>

void wb_keep_freed_memory(void) {
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_MMAP_THRESHOLD, 16 << 20);
}
#else
void wb_keep_freed_memory(void) {}
#endif
