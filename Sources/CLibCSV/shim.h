#ifndef SURVKIT_CLIBCSV_SHIM_H
#define SURVKIT_CLIBCSV_SHIM_H
// libcsv's tokeniser (Debian: libcsv-dev).
#include <csv.h>
#endif
