#!/usr/bin/env Rscript
# Writes Tests/ReferenceTests/Resources/commands.json: the checks of the built-in suite that call the program, with expected numbers of
# R's survival package, of published formulas worked out here, and the statuses that the help documents. After it, run scripts/embed-selftest.
#
#     Rscript scripts/command-checks.R
#
# Checked with R 4.2.2, survival 3.5-3.
suppressMessages(library(survival))
root <- normalizePath(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), ".."))
resources <- file.path(root, "Tests/ReferenceTests/Resources")
read <- function(name) read.csv(file.path(resources, name), check.names = FALSE)

# A value as JSON: named lists are objects, other lists and vectors longer than one are arrays; `arr` keeps one value an array.
arr <- function(...) structure(list(unlist(list(...))), class = "arr")
quoted <- function(x) paste0('"', gsub("\n", "\\\\n", gsub('"', '\\\\"', x)), '"')
scalar <- function(x) if (is.character(x)) quoted(x) else if (is.na(x)) "null" else if (is.logical(x)) tolower(x) else sprintf("%.15g", x)
json <- function(x) {
  if (inherits(x, "arr")) return(paste0("[", paste(vapply(x[[1]], scalar, ""), collapse = ","), "]"))
  if (is.list(x) && !is.null(names(x))) return(paste0("{", paste0(quoted(names(x)), ":", vapply(x, json, ""), collapse = ","), "}"))
  if (is.list(x)) return(paste0("[", paste(vapply(x, json, ""), collapse = ","), "]"))
  if (length(x) > 1) return(json(arr(x)))
  scalar(unname(x))
}
checks <- character()
check <- function(id, requirement, arguments, expected, tool, call, data = NULL, files = NULL, rel = 1e-9, abs = 0) {
  entry <- list(id = paste0("command.", id), kind = "command", requirement = paste0("REQ-", requirement))
  if (!is.null(data)) entry$data <- arr(data)
  if (!is.null(files)) entry$files <- files
  checks <<- c(checks, json(c(entry, list(
    arguments = arr(arguments), expected = expected, tolerance = list(rel = rel, abs = abs), source = list(tool = tool, call = call)))))
}
words <- function(text) strsplit(text, " ")[[1]]
as_json <- c("--format", "json", "--no-timestamp", "--quiet")
r <- "R survival"
hand <- "worked by hand"
doc <- "documented behaviour"

aml <- read("aml.csv"); ovarian <- read("ovarian.csv"); cr <- read("tiny_cr.csv"); gehan <- read("gehan.csv")
precise <- coxph.control(eps = 1e-14, iter.max = 100)

# --- fit
km <- survfit(Surv(time, event) ~ x, aml)
lr <- survdiff(Surv(time, event) ~ x, aml)
cox <- coxph(Surv(time, event) ~ x, aml, control = precise)
med <- summary(km)$table
check("fit.log-rank", "FIT-01", c(words("fit aml.csv --arm x"), as_json),
  list(result = list(log_rank = list(observed = lr$obs, expected = lr$exp, chisq = lr$chisq, df = 1,
    p = pchisq(lr$chisq, 1, lower.tail = FALSE)))), r, "survdiff(Surv(time, event) ~ x, aml)", "aml.csv")
check("fit.hazard-ratio", "FIT-01", c(words("fit aml.csv --arm x"), as_json),
  list(result = list(cox = list(coef = arr(coef(cox)), se = arr(sqrt(vcov(cox)[1])), hr = arr(exp(coef(cox))),
    hr_lower = arr(exp(confint(cox)[1])), hr_upper = arr(exp(confint(cox)[2])), loglik = cox$loglik[2]))),
  r, "coxph(Surv(time, event) ~ x, aml, eps = 1e-14)", "aml.csv")
check("fit.medians", "FIT-01", c(words("fit aml.csv --arm x"), as_json),
  list(result = list(km = list(curves = lapply(1:2, function(i) list(n = med[i, "records"], events = med[i, "events"],
    median = list(estimate = med[i, "median"], lower = med[i, "0.95LCL"], upper = med[i, "0.95UCL"])))))),
  r, "summary(survfit(Surv(time, event) ~ x, aml))$table", "aml.csv")
land <- summary(km, times = c(12, 24))
check("fit.landmarks", "FIT-01", c(words("fit aml.csv --arm x --times 12,24"), as_json),
  list(result = list(km = list(curves = lapply(list(1:2, 3:4), function(i) list(landmarks = list(time = land$time[i], n_risk = land$n.risk[i],
    surv = land$surv[i], std_err = land$std.err[i], ci = list(log = list(lower = land$lower[i], upper = land$upper[i])))))))),
  r, "summary(survfit(Surv(time, event) ~ x, aml), times = c(12, 24))", "aml.csv")
zph <- cox.zph(cox)$table
check("fit.proportionality", "FIT-01", c(words("fit aml.csv --arm x"), as_json),
  list(result = list(zph = list(chisq = arr(zph[1, "chisq"]), p = arr(zph[1, "p"])))),
  r, "cox.zph(coxph(Surv(time, event) ~ x, aml))", "aml.csv")

# --- km
loglog <- survfit(Surv(time, event) ~ 1, aml, conf.type = "log-log", conf.int = 0.9)
check("km.curve", "KM-02", c(words("km aml.csv --conf-type log-log --level 0.9"), as_json),
  list(result = list(curves = list(list(surv = loglog$surv, std_err = ifelse(loglog$surv == 0, NA, loglog$surv * loglog$std.err),
    ci = list(`log-log` = list(lower = ifelse(loglog$surv == 0, NA, loglog$lower), upper = ifelse(loglog$surv == 0, NA, loglog$upper))))))),
  r, "survfit(Surv(time, event) ~ 1, aml, conf.type = \"log-log\", conf.int = 0.9)", "aml.csv")
rev <- summary(survfit(Surv(time, 1 - event) ~ 1, ovarian))$table
check("km.reverse", "KM-06", c(words("km ovarian.csv --reverse"), as_json),
  list(result = list(curves = list(list(events = rev["events"], median = list(estimate = rev["median"], lower = rev["0.95LCL"]))))),
  r, "survfit(Surv(time, 1 - event) ~ 1, ovarian)", "ovarian.csv")
q <- quantile(km, probs = c(0.25, 0.5))
check("km.quantiles", "KM-03", c(words("km aml.csv --arm x --quantiles 0.25,0.5"), as_json),
  list(result = list(curves = lapply(1:2, function(i) list(quantiles = list(probs = c(0.25, 0.5), quantile = q$quantile[i, ],
    ci = list(log = list(lower = q$lower[i, ], upper = q$upper[i, ]))))))),
  r, "quantile(survfit(Surv(time, event) ~ x, aml), c(0.25, 0.5))", "aml.csv")

# --- test: the Fleming-Harrington (0, 1) test by its definition (Fleming and Harrington 1991, chapter 7)
fh <- function(d, rho, gamma) {
  s <- 1; u <- 0; v <- 0
  for (t in sort(unique(d$time[d$event == 1]))) {
    risk <- d$time >= t; n <- sum(risk); n2 <- sum(risk & d$x == "Nonmaintained")
    e <- sum(d$time == t & d$event == 1); e2 <- sum(d$time == t & d$event == 1 & d$x == "Nonmaintained")
    w <- s^rho * (1 - s)^gamma; u <- u + w * (e2 - e * n2 / n)
    if (n > 1) v <- v + w^2 * e * (n2 / n) * (1 - n2 / n) * (n - e) / (n - 1)
    s <- s * (1 - e / n)
  }
  u^2 / v
}
check("test.fleming-harrington", "LR-02", c(words("test aml.csv --arm x --test fh:0,1"), as_json),
  list(result = list(tests = list(list(chisq = fh(aml, 0, 1), df = 1, p = pchisq(fh(aml, 0, 1), 1, lower.tail = FALSE))))),
  "formula", "sum of w(t)(O - E) squared over its hypergeometric variance, w = S(t-)^0 (1 - S(t-))^1", "aml.csv")
g <- survdiff(Surv(time, event) ~ treat + strata(pair > 10), gehan)
check("test.stratified", "LR-03", c(words("test gehan.csv --arm treat --strata half"), as_json),
  list(result = list(tests = list(list(strata = 2, chisq = g$chisq, p = pchisq(g$chisq, 1, lower.tail = FALSE))))),
  r, "survdiff(Surv(time, event) ~ treat + strata(pair > 10), gehan)",
  files = list(gehan.csv = paste0("time,event,treat,half\n", paste0(apply(cbind(gehan$time, gehan$event, gehan$treat, gehan$pair > 10), 1,
    paste, collapse = ","), collapse = "\n"), "\n")))
check("test.margin", "LR-06", c(words("test aml.csv --arm x --margin 1.3"), as_json),
  list(result = list(margin = list(wald_z = (coef(cox) - log(1.3)) / sqrt(vcov(cox)[1]),
    wald_p = pnorm((coef(cox) - log(1.3)) / sqrt(vcov(cox)[1]))))),
  r, "(coef - log(1.3)) / se of coxph(Surv(time, event) ~ x, aml)", "aml.csv")
s13 <- summary(km, times = 13)
d <- diff(s13$surv); se <- sqrt(sum(s13$std.err^2))
check("test.difference", "LR-08", c(words("test aml.csv --arm x --at 13"), as_json),
  list(result = list(landmarks = list(list(difference = d, se = se, lower = d - qnorm(0.975) * se, upper = d + qnorm(0.975) * se)))),
  r, "summary(survfit(Surv(time, event) ~ x, aml), times = 13), Greenwood", "aml.csv")

# --- cox
m <- coxph(Surv(time, event) ~ age + rx, ovarian, control = precise)
z <- cox.zph(m)$table; cc <- concordance(m)
check("cox.fit", "COX-01", c("cox", "ovarian.csv", "--model", "age + rx", as_json),
  list(result = list(n = m$n, events = m$nevent, coef = coef(m), se = sqrt(diag(vcov(m))), loglik_null = m$loglik[1], loglik = m$loglik[2],
    lr_test = list(chisq = summary(m)$logtest[1]), wald_test = list(chisq = as.numeric(m$wald.test)), score_test = list(chisq = m$score))),
  r, "coxph(Surv(time, event) ~ age + rx, ovarian, eps = 1e-14)", "ovarian.csv")
check("cox.proportionality", "COX-06", c("cox", "ovarian.csv", "--model", "age + rx", "--zph", "km", as_json),
  list(result = list(zph = list(chisq = z[1:2, 1], p = z[1:2, 3], global = list(chisq = z[3, 1], df = 2, p = z[3, 3])))),
  r, "cox.zph(coxph(Surv(time, event) ~ age + rx, ovarian))", "ovarian.csv")
check("cox.concordance", "COX-10", c("cox", "ovarian.csv", "--model", "age + rx", "--concordance", "n", as_json),
  list(result = list(concordance = list(c = unname(cc$concordance), se = sqrt(cc$var)))), r, "concordance(coxph(...))", "ovarian.csv")
loglik <- function(b) coxph(Surv(time, event) ~ x, aml, init = b, control = coxph.control(iter.max = 0))
drop <- function(b) 2 * (cox$loglik[2] - loglik(b)$loglik[2]) - qchisq(0.95, 1)
low <- uniroot(drop, c(-2, coef(cox)), tol = 1e-12)$root; high <- uniroot(drop, c(coef(cox), 4), tol = 1e-12)$root
check("cox.profile", "COX-11", c(words("cox aml.csv --arm x --ci profile"), as_json),
  list(result = list(coef_lower = arr(low), coef_upper = arr(high))), r,
  "where 2 (l(b_hat) - l(b)) = qchisq(0.95, 1), l of coxph(init = b, iter.max = 0)", "aml.csv", rel = 1e-8)
penalised <- function(b) { f <- loglik(b); f$loglik[2] - 0.5 * log(vcov(f)[1]) }
firth <- optimize(penalised, c(-2, 4), maximum = TRUE, tol = 1e-10)
check("cox.firth", "COX-11", c(words("cox aml.csv --arm x --ci firth"), as_json),
  list(result = list(coef = arr(firth$maximum), loglik = firth$objective)), r,
  "maximum of l(b) + log(information)/2 (Heinze and Schemper 2001), l of coxph(init = b, iter.max = 0)", "aml.csv", rel = 1e-6)

# --- aft
for (name in c("weibull", "lognormal", "loglogistic", "exponential")) {
  f <- survreg(Surv(time, event) ~ age + rx, ovarian, dist = name, control = survreg.control(rel.tolerance = 1e-14, maxiter = 200))
  p <- length(coef(f))
  check(paste0("aft.", name), "AFT-01", c("aft", "ovarian.csv", "--model", "age + rx", "--distribution", name, as_json),
    list(result = list(fits = list(list(coef = coef(f), se = sqrt(diag(vcov(f)))[1:p], scale = if (name == "exponential") NA else f$scale,
      loglik_null = f$loglik[1], loglik = f$loglik[2], aic = AIC(f))))),
    r, paste0("survreg(Surv(time, event) ~ age + rx, ovarian, dist = \"", name, "\", rel.tolerance = 1e-14)"), "ovarian.csv", rel = 1e-8)
}
w <- survreg(Surv(time, event) ~ age + rx, ovarian, dist = "weibull", control = survreg.control(rel.tolerance = 1e-14, maxiter = 200))
pq <- predict(w, data.frame(age = 60, rx = 2), type = "quantile", p = c(0.25, 0.5), se = TRUE)
check("aft.predict", "AFT-02", c("aft", "ovarian.csv", "--model", "age + rx", "--predict", "new.csv", "--quantiles", "0.25,0.5", as_json),
  list(result = list(fits = list(list(predictions = list(NA, list(quantile = as.numeric(pq$fit), quantile_se = as.numeric(pq$se.fit))))))),
  r, "predict(survreg(...), type = \"quantile\", p = c(0.25, 0.5), se = TRUE)", "ovarian.csv", files = list(new.csv = "age,rx\n60,2\n"), rel = 1e-8)

# --- cif
aj <- summary(survfit(Surv(time, factor(cause)) ~ arm, cr), times = 5)
check("cif.curves", "CR-01", c(words("cif tiny_cr.csv --event cause --arm arm --causes 1,2 --times 5"), as_json),
  list(result = list(curves = lapply(1:2, function(i) list(causes = lapply(1:2, function(c) list(cif = arr(aj$pstate[i, c + 1]),
    std_err_infinitesimal_jackknife = arr(aj$std.err[i, c + 1]))))))),
  r, "summary(survfit(Surv(time, factor(cause)) ~ arm, tiny_cr), times = 5)", "tiny_cr.csv")
fg <- finegray(Surv(time, factor(cause)) ~ ., cr, etype = "1")
fgm <- coxph(Surv(fgstart, fgstop, fgstatus) ~ arm, fg, weights = fgwt, ties = "breslow", control = precise)
check("cif.fine-gray", "CR-03", c(words("cif tiny_cr.csv --event cause --arm arm --causes 1,2 --model arm --censoring-ties events-first"), as_json),
  list(result = list(finegray = list(list(coef = arr(coef(fgm)), shr = arr(exp(coef(fgm))))))),
  r, "coxph on finegray(Surv(time, factor(cause)) ~ ., tiny_cr), Breslow", "tiny_cr.csv")

# --- rmst: area under the curve up to 24 and its variance (Klein and Moeschberger 2003, 4.5)
area <- summary(km, rmean = 24)$table
check("rmst.means", "RMST-01", c(words("rmst aml.csv --arm x --tau 24"), as_json),
  list(result = list(tau = 24, groups = lapply(1:2, function(i) list(rmst = area[i, "rmean"], se = area[i, "se(rmean)"])),
    difference = list(estimate = area[2, "rmean"] - area[1, "rmean"], se = sqrt(sum(area[, "se(rmean)"]^2))))),
  r, "summary(survfit(Surv(time, event) ~ x, aml), rmean = 24)$table", "aml.csv")

# --- design: Schoenfeld 1981, Freedman 1982, Lachin and Foulkes 1986 by their formulas
z2 <- (qnorm(0.975) + qnorm(0.9))^2
check("design.schoenfeld", "DES-01", c(words("design --hr 0.7 --power 0.9"), as_json),
  list(result = list(events = list(exact = 4 * z2 / log(0.7)^2, rounded = ceiling(4 * z2 / log(0.7)^2)))),
  "formula", "Schoenfeld, Biometrika 1981;68:316-319: 4 (z + z)^2 / (ln HR)^2", rel = 1e-12)
check("design.freedman", "DES-01", c(words("design --hr 0.7 --power 0.9 --method freedman"), as_json),
  list(result = list(events = list(exact = z2 * (1.7 / 0.3)^2))), "formula",
  "Freedman, Stat Med 1982;1:121-129: (z + z)^2 ((1 + HR) / (1 - HR))^2", rel = 1e-12)
check("design.power", "DES-02", c(words("design --hr 0.7 --events 200"), as_json),
  list(result = list(power = pnorm(sqrt(200) / 2 * -log(0.7) - qnorm(0.975)))), "formula",
  "Schoenfeld 1981: Phi(sqrt(events)/2 |ln HR| - z)", rel = 1e-11)
event <- function(h, a, f) 1 - (exp(-h * f) - exp(-h * (a + f))) / (h * a)
p0 <- event(log(2) / 12, 12, 12); p1 <- event(0.7 * log(2) / 12, 12, 12)
check("design.subjects", "DES-03", c(words("design --hr 0.7 --power 0.9 --control-median 12 --accrual 12 --follow-up 12"), as_json),
  list(result = list(event_probability = list(control = p0, experimental = p1),
    n = list(exact = list(total = 2 * (4 * z2 / log(0.7)^2) / (p0 + p1))))), "formula",
  "events over the mean probability of an event, exponential survival and uniform accrual", rel = 1e-11)

# --- simulate: the same seed counts the same trials; their averages lie within four standard errors of theory
sim <- words("simulate --hr 0.6 --n 200 --control-median 12 --accrual 12 --follow-up 24 --replicates 1000 --seed 20")
s0 <- event(log(2) / 12, 12, 24); s1 <- event(0.6 * log(2) / 12, 12, 24)
check("simulate.events", "SIM-01", c(sim, as_json),
  list(result = list(events_by_arm = list(control = list(estimate = 100 * s0), experimental = list(estimate = 100 * s1)))), "formula",
  "100 times the probability of an event; tolerance four standard errors of the mean of 1000 binomials", rel = 0,
  abs = 4 * sqrt(100 * 0.25 / 1000))
check("simulate.type-1-error", "SIM-02",
  c(words("simulate --hr 1 --n 200 --control-median 12 --accrual 12 --follow-up 24 --replicates 2000 --seed 20"), as_json),
  list(result = list(tests = list(list(rejected = list(estimate = 0.05))))), "formula",
  "0.05; tolerance four standard errors of 2000 trials and 0.005 for the log-rank test's own size", rel = 0, abs = 4 * sqrt(0.05 * 0.95 / 2000) + 0.005)
check("simulate.power", "SIM-02", c(sim, as_json),
  list(result = list(tests = list(list(rejected = list(estimate = pnorm(sqrt(100 * (s0 + s1)) / 2 * -log(0.6) - qnorm(0.975))))))), "formula",
  "Schoenfeld 1981; tolerance four standard errors of 1000 trials and 0.01 for the approximation", rel = 0, abs = 4 * sqrt(0.86 * 0.14 / 1000) + 0.01)

# --- explain, teach, report
sas <- quantile(survfit(Surv(time, event) ~ x, aml, conf.type = "log-log"), 0.5)
check("explain.conventions", "EXP-01", words("explain aml.csv --arm x --quantiles 0.5 --format json --no-timestamp --quiet"),
  list(result = list(items = list(list(item = "merged_times"), list(r = list(estimate = 31, lower = 18), sas = list(estimate = 31,
    lower = sas$lower[1]), same = FALSE)))), r, "quantile(survfit(..., conf.type = \"log\" and \"log-log\"), 0.5)", "aml.csv")
check("teach.steps", "TEACH-01", c(words("teach aml.csv --arm x"), as_json),
  list(result = list(fit = list(log_rank = list(chisq = lr$chisq), cox = list(coef = arr(coef(cox)))))), r,
  "survdiff and coxph(Surv(time, event) ~ x, aml)", "aml.csv")
check("report.page", "REP-01", words("report aml.csv --arm x --format md"),
  list(contains = arr("0.065", "2.498", "31", "Maintained")), r,
  "p of survdiff 0.06534, exp(coef) of coxph 2.4981, median 31", "aml.csv")
check("report.rows", "REP-02", words("report aml.csv --arm x --format ard-csv"),
  list(contains = arr("2.4981053")), r, "exp(coef) of coxph(Surv(time, event) ~ x, aml): 2.498105", "aml.csv")

# --- plot
for (kind in c("km", "cumhaz", "loglog")) {
  check(paste0("plot.", kind), "FIG-01", c(words("plot aml.csv --arm x -o figure.svg --kind"), kind),
    list(contains = arr("<svg", "Maintained", "Nonmaintained", "</svg>")), doc, "an SVG document with the names of the arms", "aml.csv")
}
check("plot.cif", "FIG-02", words("plot tiny_cr.csv --event cause --arm arm --kind cif --causes 1,2 -o figure.svg"),
  list(contains = arr("<svg", "</svg>")), doc, "an SVG document", "tiny_cr.csv")
check("plot.forest", "FIG-02", words("plot ovarian.csv --arm rx --kind forest --subgroups ecog.ps -o figure.svg"),
  list(contains = arr("<svg", "ecog.ps", "</svg>")), doc, "an SVG document with the name of the subgroup", "ovarian.csv")
check("plot.schoenfeld", "FIG-02", words("plot ovarian.csv --arm rx --kind schoenfeld -o figure.svg"),
  list(contains = arr("<svg", "</svg>")), doc, "an SVG document", "ovarian.csv")

# --- reconstruct: four events at known times per arm
steps <- data.frame(arm = rep(c("A", "B"), each = 4), time = c(1:4, 2 * (1:4)), event = 1)
readings <- paste0("arm,time,survival\n", paste(vapply(c(A = 1, B = 2), function(width) paste0(
  names(which(c(A = 1, B = 2) == width)), ",0,1\n", paste(vapply(0:3, function(k) sprintf("%s,%d,%g\n%s,%d,%g\n", names(which(c(A = 1, B = 2) == width)),
    (k + 1) * width, 1 - 0.25 * k, names(which(c(A = 1, B = 2) == width)), (k + 1) * width, 0.75 - 0.25 * k), ""), collapse = "")), ""), collapse = ""))
rebuilt <- coxph(Surv(time, event) ~ arm, steps, control = precise)
check("reconstruct.curve", "REC-01", c(words("reconstruct --curve steps.csv --n A=4,B=4 --events A=4,B=4 --repeats 5 --format json --no-timestamp")),
  list(result = list(uncertainty = list(comparisons = list(list(arm = "B", reference = "A", hr = list(estimate = exp(coef(rebuilt))))),
    arms = list(list(median = list(estimate = 2.5), restricted_mean = list(estimate = 2.5)),
      list(median = list(estimate = 5), restricted_mean = list(estimate = 3.5)))))),
  r, "coxph and survfit (rmean = 4) on four events at 1 to 4 and at 2, 4, 6, 8", files = list(steps.csv = readings), rel = 1e-8)

# --- verify
claims <- function(upper) sprintf("schema: survkit-claims/1
trial: AML
endpoints:
  - id: relapse
    name: Time to relapse
    unit: weeks
    experimental: Nonmaintained
    control: Maintained
    arms:
      - {id: Nonmaintained, n: 12, events: 11, median: 23}
      - {id: Maintained, n: 11, events: 7, median: 31}
    total: {n: 23, events: 18}
    hazard_ratio: {value: \"2.50\", ci: [\"0.92\", \"%s\"]}
    test: {name: log-rank, chi_square: 3.4, p: \"0.07\"}
", upper)
check("verify.true", "VER-01", c(words("verify claims.yaml --data aml.csv --arm x"), as_json), list(status = 0),
  r, "survfit, coxph (2.50, 0.92 to 6.81) and survdiff (3.4, 0.07) on aml", "aml.csv", files = list(claims.yaml = claims("6.81")))
check("verify.false", "VER-01", words("verify claims.yaml"), list(status = 1, contains = arr("FAIL")), hand,
  "the limits 0.92 and 9.81 are not on both sides of 2.50 on the log scale", files = list(claims.yaml = claims("9.81")))

# --- data: formats and codings
check("data.adam", "DATA-02", c(words("km adtte.csv"), as_json),
  list(result = list(curves = list(list(n = 2, events = 1), list(n = 2, events = 1)))), hand, "CNSR = 0 is an event (CDISC ADaM)",
  files = list(adtte.csv = "USUBJID,PARAMCD,AVAL,CNSR,TRT01P\n1,OS,1,0,A\n2,OS,2,1,A\n3,OS,3,0,B\n4,OS,4,1,B\n"))
check("data.delayed-entry", "DATA-05", c(words("km rows.csv --start from"), as_json),
  list(result = list(curves = list(list(surv = c(0.5, 0.5, 0))))), hand, "at 2 the rows (0, 2] and (1, 4] are at risk, at 4 the second alone",
  files = list(rows.csv = "from,time,event\n0,2,1\n1,4,1\n3,3.5,0\n"))
check("data.frequencies", "DATA-06", c(words("km rows.csv --freq count"), as_json),
  list(result = list(curves = list(list(n = 4, events = 3, surv = c(0.25, 0.25))))), hand, "three of four subjects have the event at 1",
  files = list(rows.csv = "time,event,count\n1,1,3\n2,0,1\n"))
check("data.missing", "DATA-04", c(words("km rows.csv"), as_json), list(result = list(curves = list(list(n = 2)))), hand,
  "one of three rows has no time", files = list(rows.csv = "time,event\n1,1\n,1\n2,0\n"))

# --- what is refused
refusals <- list(
  list("negative-time", 65, "km rows.csv", "row 2, column \"time\"", "time,event\n1,1\n-2,1\n", "DATA-03"),
  list("text-time", 65, "km rows.csv", "row 2, column \"time\"", "time,event\n1,1\ntwo,1\n", "DATA-03"),
  list("infinite-time", 65, "km rows.csv", "row 1, column \"time\"", "time,event\ninf,1\n2,1\n", "DATA-03"),
  list("unknown-event-code", 65, "km rows.csv", "--event-values", "time,event\n1,dead\n2,alive\n", "DATA-03"),
  list("missing-refused", 65, "km rows.csv --missing fail", "row 2", "time,event\n1,1\n,1\n", "DATA-04"),
  list("no-rows", 65, "km rows.csv", "rows.csv", "time,event\n", "DATA-03"),
  list("ragged-row", 65, "km rows.csv", "row 2", "time,event\n1,1\n2\n", "DATA-03"),
  list("entry-after-end", 65, "km rows.csv --start from", "row 1, column \"from\"", "from,time,event\n3,2,1\n0,1,1\n", "DATA-05"),
  list("negative-weight", 65, "km rows.csv --weight w", "row 2, column \"w\"", "time,event,w\n1,1,1\n2,1,-1\n", "DATA-06"),
  list("no-such-column", 64, "km rows.csv --time day", "no column \"day\"", "time,event\n1,1\n", "OUT-05"),
  list("no-such-option", 64, "km rows.csv --no-such-option", "no-such-option", "time,event\n1,1\n", "OUT-05"),
  list("no-such-arm", 64, "fit rows.csv --arm arm --reference c", "the arms are a, b", "time,event,arm\n1,1,a\n2,1,b\n", "OUT-05"),
  list("level-above-1", 64, "km rows.csv --level 95", "level", "time,event\n1,1\n", "OUT-05"),
  list("no-such-file", 66, "km none.csv", "none.csv", "time,event\n1,1\n", "OUT-05"),
  list("existing-output", 73, "km rows.csv -o rows.csv", "rows.csv", "time,event\n1,1\n", "OUT-02"),
  list("memory", 75, "km rows.csv --max-memory 1M", "memory", "time,event\n1,1\n", "DATA-07"))
for (x in refusals) {
  check(paste0("refuse.", x[[1]]), x[[6]], words(x[[3]]), list(status = x[[2]], message = x[[4]]), doc,
    "the status of the help, and a message that names what is wrong", files = list(rows.csv = x[[5]]))
}
writeLines(c('{"schema":"survkit-reference/1","title":"commands","datasets":{},"checks":[', paste(checks, collapse = ",\n"), "]}"),
  file.path(resources, "commands.json"))
cat(length(checks), "checks\n")
