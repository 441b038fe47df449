# How far survkit's estimates on the Cox workloads are from R's at convergence.
# usage: Rscript Benchmarks/agreement.R [folder of the workloads]
#
# For each workload the largest difference of a coefficient, of a standard error (relative), of the log-likelihoods (relative) and of
# the score statistic (relative). Needs the package survival and a built survkit-benchmarks (Benchmarks/run builds it).
suppressPackageStartupMessages(library(survival))
given <- commandArgs(TRUE)
root <- if (length(given)) given[1] else file.path(Sys.getenv("SURVKIT_BENCH", path.expand("~/.cache/survkit-bench")), "data")
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)[1]))
driver <- file.path(here, ".build/release/survkit-benchmarks")
workloads <- c("a_trial_p1", "a_trial_p10", "f_exact_300", "f_exact_2000", "e_tv", "c_1e6_p20", "c_1e6_p20_cont", "c_1e5_p200",
               "c_1e5_p200_cont", "c_1e7_p5")

ours <- function(folder, method) {
  line <- tail(grep("^\\{", system2(driver, c(shQuote(folder), method, "1"), stdout = TRUE), value = TRUE), 1)
  field <- function(key) {
    list <- sub(paste0('.*"', key, '":\\[([^]]*)\\].*'), "\\1", line)
    as.numeric(strsplit(list, ",")[[1]])
  }
  sapply(c("coef", "se", "loglik", "stat"), field, simplify = FALSE)
}

theirs <- function(folder, exact) {
  meta <- paste(readLines(file.path(folder, "meta.json"), warn = FALSE), collapse = "")
  number <- function(key) as.numeric(sub(paste0('.*"', key, '": *([0-9]+).*'), "\\1", meta))
  n <- number("n"); p <- number("p")
  read <- function(name, what, size, length) {
    file <- file.path(folder, name)
    if (file.exists(file)) readBin(file, what, n = length, size = size)
  }
  time <- read("time.f64", "double", 8, n); status <- read("status.i32", "integer", 4, n); start <- read("start.f64", "double", 8, n)
  x <- matrix(read("x.f64", "double", 8, n * p), n, p)
  # coxph() merges times closer than 1.5e-8 relative to their range; the inner functions do not.
  y <- if (is.null(start)) Surv(time, status) else Surv(start, time, status)
  # A log-likelihood of 5e7 has round-off above 1e-14 of itself: with that eps R halves steps without end. With its own it converges, and
  # started again from where it stopped takes one more step each time.
  control <- coxph.control(toler.chol = 1e-16, eps = if (exact) 1e-14 else 1e-9)
  inner <- if (exact) survival:::coxexact.fit else if (is.null(start)) coxph.fit else agreg.fit
  arguments <- list(x, y, NULL, NULL, rep(0, p), control, rep(1, n), if (exact) "exact" else "efron", as.character(seq_len(n)))
  if (!exact) arguments$resid <- FALSE
  first <- fit <- suppressWarnings(do.call(inner, arguments))
  if (!exact) for (again in 1:2) {
    arguments[[5]] <- unname(fit$coefficients)
    fit <- suppressWarnings(do.call(inner, arguments))
  }
  list(coef = unname(fit$coefficients), se = unname(sqrt(diag(as.matrix(fit$var)))), loglik = c(first$loglik[1], fit$loglik[2]),
       stat = first$score)
}

cat("| workload | coefficients | standard errors, relative | log-likelihoods, relative | score statistic, relative |\n|---|---|---|---|---|\n")
relative <- function(a, b) max(abs(a - b) / abs(b))
for (workload in workloads) {
  folder <- file.path(root, workload)
  if (!dir.exists(folder)) next
  exact <- grepl("exact", workload)
  a <- ours(folder, if (exact) "cox_exact" else "cox_efron")
  b <- theirs(folder, exact)
  cat(sprintf("| %s | %.1e | %.1e | %.1e | %.1e |\n", workload, max(abs(a$coef - b$coef)), relative(a$se, b$se), relative(a$loglik, b$loglik), relative(a$stat, b$stat)))
}
