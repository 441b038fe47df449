# Rscript command.R TRIAL.csv [values]: what `survkit fit` reports, by R survival. With `values` the numbers compared.
suppressMessages(library(survival))
arguments <- commandArgs(TRUE)
trial <- read.csv(arguments[1])
trial$arm <- factor(trial$arm, levels = sort(unique(trial$arm), method = "radix"))
curves <- survfit(Surv(time, event) ~ arm, trial)
test <- survdiff(Surv(time, event) ~ arm, trial)
fit <- coxph(Surv(time, event) ~ arm, trial)
proportionality <- cox.zph(fit)
if (length(arguments) > 1) {
  fit <- suppressWarnings(coxph(Surv(time, event) ~ arm, trial, control = coxph.control(eps = 1e-14, iter.max = 30)))
  medians <- quantile(curves, 0.5)$quantile
  values <- c(medians, test$chisq, coef(fit), sqrt(diag(vcov(fit))), cox.zph(fit)$table[1, "chisq"])
  cat(sprintf("%.17g", values), "\n")
} else {
  print(curves)
  print(test)
  print(summary(fit))
  print(proportionality)
}
