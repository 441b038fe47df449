# usage: true-results.R ROWS SETTINGS OUT
#
# What R's survival gives for each trial of planted-errors. ROWS: trial, time, event, arm, stratum, x1, x2, x3.
# SETTINGS: trial, analysis, covariates, ties, rate_type, median_type, times (blank-separated), tau. OUT: trial, key, value.
suppressMessages(library(survival))
files <- commandArgs(TRUE)
levels <- c(0.90, 0.95, 0.975, 0.99)
all_rows <- split(read.csv(files[1]), ~trial)
settings <- read.csv(files[2], colClasses = c(times = "character"))

comparison <- function(rows, set) {
  rows$treated <- as.integer(rows$arm == "A")
  outcome <- Surv(rows$time, rows$event)
  covariates <- paste0("x", seq_len(set$covariates), recycle0 = TRUE)
  rest <- switch(set$analysis, plain = NULL, stratified = "strata(stratum)", adjusted = covariates)
  null <- if (set$analysis == "adjusted") coxph(reformulate(rest, "outcome"), rows, ties = set$ties)
  fit <- coxph(reformulate(c("treated", rest), "outcome"), rows, ties = set$ties)
  null_loglik <- if (is.null(null)) fit$loglik[1] else null$loglik[2]
  b <- coef(fit)[["treated"]]
  chi <- function(strata) survdiff(reformulate(c("treated", strata), "outcome"), rows)$chisq
  c(b = b, se = sqrt(vcov(fit)["treated", "treated"]),
    likelihood_ratio = sign(b) * sqrt(max(0, 2 * (fit$loglik[2] - null_loglik))),
    log_rank = direction(rows) * sqrt(chi(NULL)),
    stratified_log_rank = if (set$analysis == "stratified") direction(rows, TRUE) * sqrt(chi("strata(stratum)")))
}

# The sign of observed less expected events of the experimental arm.
direction <- function(rows, stratified = FALSE) {
  outcome <- Surv(rows$time, rows$event)
  test <- survdiff(if (stratified) outcome ~ treated + strata(stratum) else outcome ~ treated, rows)
  sign(sum(as.matrix(test$obs)[2, ]) - sum(as.matrix(test$exp)[2, ]))
}

curve <- function(rows, set, arm) {
  rows <- rows[rows$arm == arm, ]
  times <- as.numeric(strsplit(set$times, " ")[[1]])
  found <- numeric()
  for (level in levels) {
    fit <- survfit(Surv(time, event) ~ 1, rows, conf.type = set$median_type, conf.int = level)
    m <- unname(quantile(fit, 0.5)[c("quantile", "lower", "upper")])
    found[paste(c("median", "median_lower", "median_upper"), arm, level)] <- unlist(m)
    if (length(times) == 0) next
    fit <- survfit(Surv(time, event) ~ 1, rows, conf.type = set$rate_type, conf.int = level)
    at <- summary(fit, times = times, extend = TRUE)
    found[paste("rate", arm, times)] <- at$surv
    found[paste("rate_se", arm, times)] <- at$std.err
    found[paste("rate_lower", arm, times, level)] <- at$lower
    found[paste("rate_upper", arm, times, level)] <- at$upper
  }
  mean <- summary(fit, rmean = set$tau)$table
  c(found, setNames(mean[c("rmean", "se(rmean)")], paste(c("rmst", "rmst_se"), arm)))
}

results <- lapply(seq_len(nrow(settings)), function(i) {
  set <- settings[i, ]
  rows <- all_rows[[set$trial]]
  values <- c(comparison(rows, set), curve(rows, set, "A"), curve(rows, set, "B"))
  data.frame(trial = set$trial, key = names(values), value = sprintf("%.17g", values))
})
write.csv(do.call(rbind, results), files[3], row.names = FALSE, quote = FALSE)
