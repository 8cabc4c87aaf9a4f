// zlib, for reading gzipped data files and writing pictures.
#ifndef WB_ZLIB_SHIM_H
#define WB_ZLIB_SHIM_H

#include <zlib.h>

#endif
