#ifndef SURVKIT_CNETTLE_SHIM_H
#define SURVKIT_CNETTLE_SHIM_H
// Nettle's SHA-256 (Debian: nettle-dev).
#include <nettle/sha2.h>
#include <nettle/version.h>
#endif
