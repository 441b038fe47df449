#include "CKernels.h"

#include <stdatomic.h>

// Multiply and add in one rounding where the instruction set can; no other liberty with floating point.
#pragma clang fp contract(fast)
// Vectors are arguments of inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

struct kernels {
  void (*exponential)(double *, long);
};

#define NAME(x) x##_baseline
#include "Exponential.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx2
#include "Exponential.inc"
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi,bmi2"))), apply_to = function)
#define NAME(x) x##_avx512
#include "Exponential.inc"
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

static const struct kernels *kernels(void) {
#if defined(__x86_64__)
  switch (survkit_kernel_level()) {
  case 2: return &table_avx512;
  case 1: return &table_avx2;
  default: break;
  }
#endif
  return &table_baseline;
}

void survkit_exp(double *x, long n) { kernels()->exponential(x, n); }
