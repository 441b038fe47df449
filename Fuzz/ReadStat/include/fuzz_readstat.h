// survkit-readstat within the fuzzing process: the same sources, with what they ask of the system replaced.
#ifndef SURVKIT_FUZZ_READSTAT_H
#define SURVKIT_FUZZ_READSTAT_H

#include <stddef.h>

/// Reads a file as `survkit-readstat FORMAT` does; `encoding` may be NULL.
///
/// `output` gets each piece of what the program writes to its standard output.
void fuzz_readstat(const char *format, const unsigned char *bytes, size_t count, const char *encoding, void *context,
                   void (*output)(void *context, const void *bytes, size_t count));

#endif
