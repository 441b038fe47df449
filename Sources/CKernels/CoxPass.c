#include "CKernels.h"

// Multiply and add in one rounding where the instruction set can; no other liberty with floating point.
#pragma clang fp contract(fast)
// Vectors are arguments of inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

struct cox_kernels {
  void (*predict)(const double *, long, long, const double *, double *);
  void (*pass)(const struct survkit_cox_pass *);
  void (*weighted_gram)(const double *, long, long, const double *, const double *, double *, double *, double *);
  void (*scatter)(const double *, long, long, const double *, const int *, const int *, double *);
  void (*gram)(const double *, long, long, double *);
};

#define NAME(x) x##_baseline
#define TILE_ROWS 2
#define TILE_VECTORS 1
#include "CoxPass.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx2
#define TILE_ROWS 4
#define TILE_VECTORS 1
#include "CoxPass.inc"
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx512
#define TILE_ROWS 8
#define TILE_VECTORS 3
#include "CoxPass.inc"
#pragma clang attribute pop
#endif

static const struct cox_kernels *kernels(void) {
#if defined(__x86_64__)
  switch (survkit_kernel_level()) {
  case 2: return &cox_table_avx512;
  case 1: return &cox_table_avx2;
  default: break;
  }
#endif
  return &cox_table_baseline;
}

void survkit_linear_predictor(const double *x, long n, long p, const double *beta, double *eta) {
  kernels()->predict(x, n, p, beta, eta);
}

void survkit_cox_pass(const struct survkit_cox_pass *piece) { kernels()->pass(piece); }

void survkit_weighted_gram(const double *x, long n, long p, const double *omega, const double *residual, double *scratch,
                           double *gram, double *score) {
  kernels()->weighted_gram(x, n, p, omega, residual, scratch, gram, score);
}

void survkit_scatter_rows(const double *x, long n, long p, const double *r, const int *left, const int *right, double *table) {
  kernels()->scatter(x, n, p, r, left, right, table);
}

void survkit_gram(const double *w, long m, long width, double *gram) { kernels()->gram(w, m, width, gram); }
