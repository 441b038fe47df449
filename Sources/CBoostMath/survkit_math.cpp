#include "survkit_math.h"

#include <cmath>
#include <limits>
#include <utility>

#include <boost/math/policies/policy.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/math/tools/fraction.hpp>
#include <boost/version.hpp>

namespace {

// Errors become NaN or an infinity: no exception may cross into Swift. Doubles stay doubles, so that results do not
// depend on the width of the platform's long double more than the working precision allows.
using Policy = boost::math::policies::policy<
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

// Below this a tail is taken in logarithms: far enough from the denormals for its logarithm to be exact.
constexpr double smallest_safe_tail = 1e-290;

// Terms of the continued fraction of the upper incomplete gamma function,
// Q(a, x) Γ(a) = x^a e^-x / (x + 1 - a - 1(1 - a) / (x + 3 - a - 2(2 - a) / ...)), DLMF 8.9.2.
struct UpperGammaFraction {
  using result_type = std::pair<double, double>;
  double a, b;
  int k = 0;
  UpperGammaFraction(double shape, double x) : a(shape), b(x - shape + 1) {}
  result_type operator()() {
    ++k;
    b += 2;
    return {k * (a - k), b};
  }
};

// The denominator x + 1 − a − …: Q(a, x) Γ(a) e^x / x^a is one over it.
double upper_gamma_denominator(double a, double x) {
  UpperGammaFraction terms(a, x);
  return x - a + 1 + boost::math::tools::continued_fraction_a(terms, std::numeric_limits<double>::epsilon());
}

double log_gamma_q_far(double a, double x) {
  return a * std::log(x) - x - boost::math::lgamma(a, Policy()) - std::log(upper_gamma_denominator(a, x));
}

}  // namespace

extern "C" {

const char *survkit_boost_version(void) { return BOOST_LIB_VERSION; }

double survkit_gamma_q(double a, double x) {
  if (!(a > 0) || !(x >= 0)) return nan_value;
  if (std::isinf(x)) return 0;
  return boost::math::gamma_q(a, x, Policy());
}

double survkit_log_gamma_q(double a, double x) {
  if (!(a > 0) || !(x >= 0)) return nan_value;
  if (std::isinf(x)) return -std::numeric_limits<double>::infinity();
  // Where Q is near 1 its logarithm is taken from the complement, so that no digit is lost there either.
  if (x < a) return std::log1p(-boost::math::gamma_p(a, x, Policy()));
  const double q = boost::math::gamma_q(a, x, Policy());
  return q > smallest_safe_tail ? std::log(q) : log_gamma_q_far(a, x);
}

double survkit_gamma_p(double a, double x) {
  if (!(a > 0) || !(x >= 0)) return nan_value;
  if (std::isinf(x)) return 1;
  return boost::math::gamma_p(a, x, Policy());
}

double survkit_gamma_q_inverse(double a, double q) {
  if (!(a > 0) || !(q >= 0 && q <= 1)) return nan_value;
  if (q == 0) return std::numeric_limits<double>::infinity();
  return boost::math::gamma_q_inv(a, q, Policy());
}

double survkit_log_gamma(double a) { return a > 0 ? boost::math::lgamma(a, Policy()) : nan_value; }

double survkit_digamma(double a) { return a > 0 ? boost::math::digamma(a, Policy()) : nan_value; }

double survkit_trigamma(double a) { return a > 0 ? boost::math::trigamma(a, Policy()) : nan_value; }

double survkit_log1p(double x) { return x > -1 ? std::log1p(x) : nan_value; }

double survkit_normal_hazard(double x) {
  if (std::isnan(x)) return nan_value;
  if (x > 6) {
    if (x > 1e8) return x;
    // 1 − Φ(x) = Q(1/2, x²/2) / 2, whose factor e^(−x²/2) the density has as well.
    return 2 * upper_gamma_denominator(0.5, x * x / 2) / x;
  }
  const double density = std::exp(-x * x / 2) / std::sqrt(2 * M_PI);
  return density / (0.5 * boost::math::erfc(x * M_SQRT1_2, Policy()));
}

void survkit_gauss_legendre_15(double* nodes, double* weights) {
  // Boost holds the half from 0 on, the middle first.
  const auto& half = boost::math::quadrature::gauss<double, 15>::abscissa();
  const auto& halfWeights = boost::math::quadrature::gauss<double, 15>::weights();
  for (int i = 0; i < 8; ++i) {
    nodes[7 + i] = half[i];
    nodes[7 - i] = -half[i];
    weights[7 + i] = weights[7 - i] = halfWeights[i];
  }
}

double survkit_erfc(double x) {
  if (std::isnan(x)) return nan_value;
  if (std::isinf(x)) return x > 0 ? 0 : 2;
  return boost::math::erfc(x, Policy());
}

double survkit_log_erfc(double x) {
  if (std::isnan(x)) return nan_value;
  if (x < 0) return std::log1p(boost::math::erf(-x, Policy()));
  if (std::isinf(x)) return -std::numeric_limits<double>::infinity();
  const double tail = boost::math::erfc(x, Policy());
  // erfc(x) = Q(1/2, x²) for x >= 0 (DLMF 7.11.2).
  return tail > smallest_safe_tail ? std::log(tail) : log_gamma_q_far(0.5, x * x);
}

double survkit_erfc_inverse(double q) {
  if (!(q >= 0 && q <= 2)) return nan_value;
  if (q == 0) return std::numeric_limits<double>::infinity();
  if (q == 2) return -std::numeric_limits<double>::infinity();
  return boost::math::erfc_inv(q, Policy());
}

}  // extern "C"
