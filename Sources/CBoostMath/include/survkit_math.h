#ifndef SURVKIT_MATH_H
#define SURVKIT_MATH_H

// Special functions from Boost.Math (Debian: libboost-math-dev), behind a plain C face.
// Arguments outside a function's domain give NaN; nothing throws across this boundary.

#ifdef __cplusplus
extern "C" {
#endif

/// The version of Boost, such as 1.74.
const char *survkit_boost_version(void);

/// Regularised upper incomplete gamma function Q(a, x), a > 0, x >= 0.
double survkit_gamma_q(double a, double x);

/// ln Q(a, x), also where Q(a, x) itself is below the smallest double.
double survkit_log_gamma_q(double a, double x);

/// Regularised lower incomplete gamma function P(a, x), a > 0, x >= 0.
double survkit_gamma_p(double a, double x);

/// Inverse of Q in x: the x with Q(a, x) = q, 0 <= q <= 1.
double survkit_gamma_q_inverse(double a, double q);

/// ln Γ(a), its first and its second derivative (digamma, trigamma), a > 0.
double survkit_log_gamma(double a);
double survkit_digamma(double a);
double survkit_trigamma(double a);

/// The hazard of the standard normal distribution, φ(x) / (1 − Φ(x)), also where both are below the smallest double.
double survkit_normal_hazard(double x);

/// Nodes in (−1, 1), ascending, and weights of the Gauss–Legendre rule of 15 points.
void survkit_gauss_legendre_15(double* nodes, double* weights);

/// ln(1 + x), x > −1.
double survkit_log1p(double x);

/// Complementary error function.
double survkit_erfc(double x);

/// ln erfc(x), also where erfc(x) is below the smallest double.
double survkit_log_erfc(double x);

/// Inverse of erfc, 0 <= q <= 2.
double survkit_erfc_inverse(double q);

#ifdef __cplusplus
}
#endif
#endif
