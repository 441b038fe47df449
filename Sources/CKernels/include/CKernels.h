#ifndef SURVKIT_CKERNELS_H
#define SURVKIT_CKERNELS_H

// Inner loops that need wide vector registers. Each is compiled for several instruction sets; the widest that the processor has is taken at
// run time. The same processor and the same input give the same bits.

/// Replaces the n values of x by exp(x), to within 1 unit in the last place of the result; below -745.2 it is 0, above 709.78 infinity, and NaN
/// stays NaN.
void survkit_exp(double *x, long n);

/// Adds rows to a set, the last one first, and to what is known of its subsets of k = 1 … most rows drawn with probability proportional to the
/// product of their risks: ratio[k] = e_k / e_{k-1} of the elementary symmetric polynomials of the risks, and mean and covariance of the sum of
/// the covariates, the latter as the upper triangle by rows. A quantity has `stride` places, k = 0 first: ratio[0] is far above every risk, all
/// else starts at 0. `stride` is at least 9 + most rounded down to a multiple of 8; `before` is how many rows the set had; `work` has room for
/// 8 p numbers.
void survkit_grow_subsets(double *ratio, double *mean, double *covariance, long stride, long p, const double *risk, const double *x, long rows,
                          long before, long most, double *work);

/// The instruction set in use: 0 baseline, 1 AVX2 with FMA, 2 AVX-512.
int survkit_kernel_level(void);

/// Takes another instruction set for the calls that follow, at most what the processor has; for tests. Returns the one in force.
int survkit_set_kernel_level(int level);

#endif
