#include "CKernels.h"

// Multiply and add in one rounding where the instruction set can; no other liberty with floating point.
#pragma clang fp contract(fast)
#pragma clang diagnostic ignored "-Wpsabi"

#define NAME(x) x##_baseline
#include "ExactTies.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx2
#include "ExactTies.inc"
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx512
#include "ExactTies.inc"
#pragma clang attribute pop
#endif

void survkit_grow_subsets(double *ratio, double *mean, double *covariance, long stride, long p, const double *risk, const double *x, long rows,
                          long before, long most, double *work) {
#if defined(__x86_64__)
  switch (survkit_kernel_level()) {
  case 2: grow_avx512(ratio, mean, covariance, stride, p, risk, x, rows, before, most, work); return;
  case 1: grow_avx2(ratio, mean, covariance, stride, p, risk, x, rows, before, most, work); return;
  default: break;
  }
#endif
  grow_baseline(ratio, mean, covariance, stride, p, risk, x, rows, before, most, work);
}
