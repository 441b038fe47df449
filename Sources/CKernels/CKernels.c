#include "CKernels.h"

#include <stdatomic.h>

// Multiply and add in one rounding where the instruction set can; no other liberty with floating point.
#pragma clang fp contract(fast)
// Vectors are arguments of inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

struct kernels {
  void (*exponential)(double *, long);
  double (*tied_events)(const struct survkit_tied_events *, long, long);
  void (*predict)(const double *, long, long, const double *, double *);
  void (*gather)(const double *, const int *, long, long, double *);
  void (*pass)(const struct survkit_cox_pass *);
  void (*weighted_gram)(const double *, long, long, const double *, const double *, double *, double *, double *);
  void (*scatter)(const double *, long, long, const double *, const int *, const int *, double *);
  void (*gram)(const double *, long, long, double *);
  int (*column_risk)(const struct survkit_columns *, long, long, const double *, double *, double *);
  void (*column_sums)(const struct survkit_columns *, long, long, const double *, const double *, double *, double *, double *);
  void (*grow)(double *, double *, double *, long, long, const double *, const double *, long, long, long, double *);
};

#define NAME(x) x##_baseline
#define TILE_ROWS 2
#define TILE_VECTORS 1
#include "Kernels.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx2
#define TILE_ROWS 4
#define TILE_VECTORS 1
#include "Kernels.inc"
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx512
#define TILE_ROWS 8
#define TILE_VECTORS 3
#include "Kernels.inc"
#pragma clang attribute pop
#endif

static int best(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512bw"))
    return 2;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
  return 0;
}

const char *survkit_c_compiler(void) { return __VERSION__; }

// -1: not looked at yet.
static atomic_int level = -1;

int survkit_kernel_level(void) {
  int found = atomic_load_explicit(&level, memory_order_relaxed);
  if (found < 0) {
    found = best();
    atomic_store_explicit(&level, found, memory_order_relaxed);
  }
  return found;
}

int survkit_set_kernel_level(int wanted) {
  int most = best();
  int chosen = wanted < 0 ? 0 : wanted > most ? most : wanted;
  atomic_store_explicit(&level, chosen, memory_order_relaxed);
  return chosen;
}

static const struct kernels *chosen(void) {
#if defined(__x86_64__)
  switch (survkit_kernel_level()) {
  case 2: return &kernels_avx512;
  case 1: return &kernels_avx2;
  default: break;
  }
#endif
  return &kernels_baseline;
}

void survkit_exp(double *x, long n) { chosen()->exponential(x, n); }

double survkit_tied_event_sums(const struct survkit_tied_events *bins, long first, long end) {
  return chosen()->tied_events(bins, first, end);
}

void survkit_linear_predictor(const double *x, long n, long p, const double *beta, double *eta) {
  chosen()->predict(x, n, p, beta, eta);
}

void survkit_gather_rows(const double *x, const int *rows, long n, long p, double *to) { chosen()->gather(x, rows, n, p, to); }

void survkit_cox_pass(const struct survkit_cox_pass *piece) { chosen()->pass(piece); }

void survkit_weighted_gram(const double *x, long n, long p, const double *omega, const double *residual, double *scratch,
                           double *gram, double *score) {
  chosen()->weighted_gram(x, n, p, omega, residual, scratch, gram, score);
}

void survkit_scatter_rows(const double *x, long n, long p, const double *r, const int *left, const int *right, double *table) {
  chosen()->scatter(x, n, p, r, left, right, table);
}

void survkit_gram(const double *w, long m, long width, double *gram) { chosen()->gram(w, m, width, gram); }

int survkit_column_risk(const struct survkit_columns *data, long start, long end, const double *beta, double *r,
                        double *table) {
  return chosen()->column_risk(data, start, end, beta, r, table);
}

void survkit_column_sums(const struct survkit_columns *data, long start, long end, const double *r, const double *hazard,
                         double *sums, double *gram, double *score) {
  chosen()->column_sums(data, start, end, r, hazard, sums, gram, score);
}

void survkit_grow_subsets(double *ratio, double *mean, double *covariance, long stride, long p, const double *risk, const double *x, long rows,
                          long before, long most, double *work) {
  chosen()->grow(ratio, mean, covariance, stride, p, risk, x, rows, before, most, work);
}
