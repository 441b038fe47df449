#ifndef SURVKIT_CKERNELS_H
#define SURVKIT_CKERNELS_H

// Inner loops that need wide vector registers. Each is compiled for several instruction sets; the widest that the processor has is taken at
// run time. The same processor and the same input give the same bits.

/// Replaces the n values of x by exp(x), to within 1 unit in the last place of the result; below -745.2 it is 0, above 709.78 infinity, and NaN
/// stays NaN.
void survkit_exp(double *x, long n);

/// The tied events of each bin (an event time of a stratum): S0 the sum of r = w exp(eta) over the risk set, E0 that over the d events, W the
/// events' weight, v_l = S0 - (l/d) E0 for l = 0 ... d - 1 (Efron, JASA 1977;72:557-565).
struct survkit_tied_events {
  const double *risk_sum, *event_sum, *weight;
  const int *events;
  /// All v_l are S0.
  int is_breslow;
  /// A = sum of (W/d)/v_l, and B = sum of (W/d)(l/d)/v_l.
  double *hazard, *tied_hazard;
  /// The information loses sum of (W/d) m_l m_l' with m_l = (S1 - (l/d) E1)/v_l. These d terms have the sum of two, or one where the events
  /// are not tied: mean_scale S1 + tied_shift E1, and tied_scale E1. A negative tied_scale says that there is no second one.
  double *mean_scale, *tied_shift, *tied_scale;
};

/// Fills in bins first ... end - 1; returns the sum of (W/d) ln v_l over them.
double survkit_tied_event_sums(const struct survkit_tied_events *bins, long first, long end);

/// Adds rows to a set, the last one first, and to what is known of its subsets of k = 1 … most rows drawn with probability proportional to the
/// product of their risks: ratio[k] = e_k / e_{k-1} of the elementary symmetric polynomials of the risks, and mean and covariance of the sum of
/// the covariates, the latter as the upper triangle by rows. A quantity has `stride` places, k = 0 first: ratio[0] is far above every risk, all
/// else starts at 0. `stride` is at least 9 + most rounded down to a multiple of 8; `before` is how many rows the set had; `work` has room for
/// 8 p numbers.
void survkit_grow_subsets(double *ratio, double *mean, double *covariance, long stride, long p, const double *risk, const double *x, long rows,
                          long before, long most, double *work);

/// The C compiler that built this, by its own words.
const char *survkit_c_compiler(void);

/// The instruction set in use: 0 baseline, 1 AVX2 with FMA, 2 AVX-512.
int survkit_kernel_level(void);

/// Takes another instruction set for the calls that follow, at most what the processor has; for tests. Returns the one in force.
int survkit_set_kernel_level(int level);

// The Cox partial likelihood (see Survival/Kernels/CoxPass.swift for the formulas). Covariates lie by rows, p to a row, with at least 8 numbers
// behind the last row that may be read. Vectors and matrices of covariates elsewhere have SURVKIT_COX_WIDTH(p) places; those from p on hold
// nothing.
#define SURVKIT_COX_ROWS 256
#define SURVKIT_COX_WIDTH(p) (((p) + 7) / 8 * 8)

/// Doubles of scratch space that a pass over p covariates needs.
#define SURVKIT_COX_SCRATCH(p) ((2 * SURVKIT_COX_ROWS + 3) * SURVKIT_COX_WIDTH(p))

/// eta = X beta; beta has SURVKIT_COX_WIDTH(p) values, 0 from p on.
void survkit_linear_predictor(const double *x, long n, long p, const double *beta, double *eta);

/// The given rows of x one after the other. Up to 7 numbers behind the last one may be written.
void survkit_gather_rows(const double *x, const int *rows, long n, long p, double *to);

/// The sum of weight · value over the events of bins first ... end - 1; weight may be null for ones.
double survkit_event_sum(const double *values, const double *weight, const int *first_row, const int *event_rows,
                         long first, long end);

/// Of each bin first ... end - 1 of one stratum the sum of `risk` over its own rows and those of later bins up to end, and over its events.
/// Returns the former for the first bin, 0 for no bins. Both functions keep the round-off of adding up bins.
double survkit_risk_sums(const double *risk, const int *first_row, const int *event_rows, const int *end_row, long first,
                         long end, double *risk_sum, double *event_sum);

/// What one piece of a pass reads and adds to. Bins are event times of strata, their rows contiguous, events first.
struct survkit_cox_pass {
  const double *x;
  long covariates;
  long first_bin, end_bin;
  /// Of each bin: its rows, how many of them are events, and whether it is the first of its stratum.
  const int *first_row, *end_row, *event_rows;
  const unsigned char *starts_stratum;
  /// Of each row: w exp(eta), and w, which may be null for ones.
  const double *risk, *weight;
  /// Of each bin: the cumulative hazard to which `hazard_carry` is added below `carried_hazard_end`, and what events have less.
  const double *cumulative_hazard, *tied_hazard;
  double hazard_carry;
  long carried_hazard_end;
  /// Of each bin, the rows of M: mean_scale · S1 + tied_shift · E1 and, where tied_scale is not negative, tied_scale · E1.
  const double *mean_scale, *tied_shift, *tied_scale;
  /// Bins from here on have rows at risk in later pieces: Σ mean_scale · row and, behind it, Σ mean_scale² go to `side`.
  long carried_sum_start;
  /// SURVKIT_COX_SCRATCH doubles.
  double *scratch;
  /// Added to: Σ ω x xᵀ and MᵀM on and above the diagonal, Σ (w event − ω) x, Σ r x of the rows of the first stratum.
  double *gram, *mean_gram, *score, *head;
  /// Width + 1 values.
  double *side;
};
void survkit_cox_pass(const struct survkit_cox_pass *piece);

/// gram += Σ omega x xᵀ on and above the diagonal, score += Σ residual x.
void survkit_weighted_gram(const double *x, long n, long p, const double *omega, const double *residual, double *scratch,
                           double *gram, double *score);

/// table[left[i]] and table[right[i]] += r[i] x[i], once where both are one; nothing where left[i] is negative.
void survkit_scatter_rows(const double *x, long n, long p, const double *r, const int *left, const int *right, double *table);

/// gram += WᵀW on and above the diagonal, for m rows of `width` values, a multiple of 8.
void survkit_gram(const double *w, long m, long width, double *gram);

// The same for at most 7 covariates that lie by columns in any order of the rows, with few event times. A row's code is twice the number of
// event times at or before its time, plus 1 for an event.
struct survkit_columns {
  const double *x[7];
  long covariates;
  /// Subtracted from each covariate, and what the difference is multiplied with.
  double centre[7], factor[7];
  /// The code of each row.
  const unsigned short *code;
};

/// r = exp(eta) for rows start ..< end, eta from covariates less their centre (not multiplied), and table[code] += r.
/// Returns 0 where an eta lies beyond 600 on either side.
int survkit_column_risk(const struct survkit_columns *data, long start, long end, const double *beta, double *r, double *table);

/// With z the covariates less their centre times their factor, ω = r · hazard[code]: sums[8 · code] += (r z, 0 …, r), and the lower triangle
/// of gram (rows of 8) += Σ ω z zᵀ, score += Σ (event − ω) z. r may be null for ones.
void survkit_column_sums(const struct survkit_columns *data, long start, long end, const double *r, const double *hazard,
                         double *sums, double *gram, double *score);

#endif
