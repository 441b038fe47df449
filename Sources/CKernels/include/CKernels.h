#ifndef SURVKIT_CKERNELS_H
#define SURVKIT_CKERNELS_H

// Inner loops that need wide vector registers. Each is compiled for several instruction sets; the widest that the processor has is taken at
// run time. The same processor and the same input give the same bits.

/// Replaces the n values of x by exp(x), to within 1 unit in the last place of the result; below -745.2 it is 0, above 709.78 infinity, and NaN
/// stays NaN.
void survkit_exp(double *x, long n);

/// The instruction set in use: 0 baseline, 1 AVX2 with FMA, 2 AVX-512.
int survkit_kernel_level(void);

/// Takes another instruction set for the calls that follow, at most what the processor has; for tests. Returns the one in force.
int survkit_set_kernel_level(int level);

#endif
