#ifndef SURVKIT_COPENBLAS_SHIM_H
#define SURVKIT_COPENBLAS_SHIM_H
// The reference interfaces of BLAS and LAPACK as OpenBLAS and LAPACKE ship them (Debian: libopenblas-dev, liblapacke-dev).
#include <cblas.h>
// LAPACKE's complex types do not import into Swift, and nothing here uses them.
#define lapack_complex_float float
#define lapack_complex_double double
#include <lapacke.h>
#endif
