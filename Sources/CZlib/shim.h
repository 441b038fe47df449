#ifndef SURVKIT_CZLIB_SHIM_H
#define SURVKIT_CZLIB_SHIM_H
// zlib's inflate (Debian: zlib1g-dev).
#include <zlib.h>
#endif
