#include "CKernels.h"

// A running sum with what it loses to round-off (Neumaier, ZAMM 1974;54:39-51).
struct compensated {
  double sum, lost;
};

static inline void add(struct compensated *total, double term) {
  const double before = total->sum, next = before + term;
  total->lost += __builtin_fabs(before) >= __builtin_fabs(term) ? (before - next) + term : (term - next) + before;
  total->sum = next;
}

double survkit_event_sum(const double *values, const double *weight, const int *first_row, const int *event_rows,
                         long first, long end) {
  struct compensated total = {0, 0};
  for (long k = first; k < end; k++) {
    double sum = 0;
    for (long i = first_row[k]; i < (long)first_row[k] + event_rows[k]; i++) sum += weight ? weight[i] * values[i] : values[i];
    add(&total, sum);
  }
  return total.sum + total.lost;
}

double survkit_risk_sums(const double *risk, const int *first_row, const int *event_rows, const int *end_row, long first,
                         long end, double *risk_sum, double *event_sum) {
  struct compensated total = {0, 0};
  for (long k = end - 1; k >= first; k--) {
    const long after_events = (long)first_row[k] + event_rows[k];
    double tied = 0;
    for (long i = first_row[k]; i < after_events; i++) tied += risk[i];
    double all = tied;
    for (long i = after_events; i < end_row[k]; i++) all += risk[i];
    add(&total, all);
    risk_sum[k] = total.sum + total.lost;
    event_sum[k] = tied;
  }
  return total.sum + total.lost;
}
