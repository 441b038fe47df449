#include "CKernels.h"

// Multiply and add in one rounding where the instruction set can; no other liberty with floating point.
#pragma clang fp contract(fast)
// Vectors are arguments of inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

struct column_kernels {
  int (*risk)(const struct survkit_columns *, long, long, const double *, double *, double *);
  void (*sums)(const struct survkit_columns *, long, long, const double *, const double *, double *, double *, double *);
};

#define NAME(x) x##_baseline
#include "ColumnPass.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx2
#include "ColumnPass.inc"
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx512
#include "ColumnPass.inc"
#pragma clang attribute pop
#endif

static const struct column_kernels *kernels(void) {
#if defined(__x86_64__)
  switch (survkit_kernel_level()) {
  case 2: return &column_table_avx512;
  case 1: return &column_table_avx2;
  default: break;
  }
#endif
  return &column_table_baseline;
}

int survkit_column_risk(const struct survkit_columns *data, long start, long end, const double *beta, double *r,
                        double *table) {
  return kernels()->risk(data, start, end, beta, r, table);
}

void survkit_column_sums(const struct survkit_columns *data, long start, long end, const double *r, const double *hazard,
                         double *sums, double *gram, double *score) {
  kernels()->sums(data, start, end, r, hazard, sums, gram, score);
}
