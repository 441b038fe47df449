# Rscript session.R FOLDER P: reads the columns of a workload, then does the task named on each line of standard input.
# Answers with one line: milliseconds, the largest resident set in MB, and the numbers to compare.
suppressMessages(library(survival))
arguments <- commandArgs(TRUE)
folder <- arguments[1]
p <- as.integer(arguments[2])

column <- function(name, what, size) {
  path <- file.path(folder, name)
  readBin(path, what, file.size(path) / size, size, endian = "little")
}
time <- column("time.f64", "double", 8)
event <- column("event.i32", "integer", 4)
group <- factor(column("group.i32", "integer", 4))
n <- length(time)
if (p > 0) {
  x <- matrix(column("x.f64", "double", 8), n, p)
  colnames(x) <- paste0("x", seq_len(p))
  frame <- data.frame(time = time, event = event, x)
}

peak <- function() {
  lines <- tryCatch(readLines("/proc/self/status"), error = function(e) character())
  line <- grep("^VmHWM", lines, value = TRUE)
  if (length(line)) as.numeric(gsub("[^0-9]", "", line)) / 1024 else NA
}
lean <- function(control) {
  coxph.fit(x, Surv(time, event), NULL, NULL, NULL, control, NULL, "efron", seq_len(n))
}
tasks <- list(
  "cox-lean" = function() lean(coxph.control()),
  "cox" = function() coxph(Surv(time, event) ~ ., frame, ties = "efron"),
  "cox-converged" = function() suppressWarnings(lean(coxph.control(eps = 1e-14, iter.max = 30))),
  "km" = function() survfit(Surv(time, event) ~ group),
  "logrank" = function() survdiff(Surv(time, event) ~ group)
)
numbers <- function(task, fit) {
  switch(task, "km" = fit$surv, "logrank" = fit$chisq, c(fit$coefficients, sqrt(diag(fit$var))))
}

writeLines("ready")
flush(stdout())
input <- file("stdin", "r")
while (length(task <- readLines(input, 1)) == 1) {
  invisible(gc())
  try(cat("5", file = "/proc/self/clear_refs"), silent = TRUE)
  start <- Sys.time()
  fit <- tasks[[task]]()
  elapsed <- as.numeric(difftime(Sys.time(), start, units = "secs")) * 1000
  cat(format(c(elapsed, peak()), digits = 6, trim = TRUE), sprintf("%.17g", numbers(task, fit)))
  cat("\n")
  flush(stdout())
  rm(fit)
}
