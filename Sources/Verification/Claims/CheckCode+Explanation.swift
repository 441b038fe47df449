extension CheckCode {
  /// What a check does, for `survkit verify --explain`.
  public struct Explanation: Sendable {
    /// What is checked, in one line.
    public let title: String
    /// The formula, and why it holds.
    public let formula: String
    /// How often a true claim fails it or gets a warning.
    public let falseAlarms: String
  }

  private static let none = "None: what fails cannot be true."

  public var explanation: Explanation {
    switch self {
    case .counts:
      Explanation(
        title: "Events, censored patients and totals add up.",
        formula: "events <= N; censored = N - events; the total is the sum of the arms.",
        falseAlarms: CheckCode.none)
    case .percentages:
      Explanation(
        title: "A percentage is that of a whole number of patients.",
        formula:
          "100 events/N rounds to the percentage; where events are not printed, some whole number does (the GRIM test: Brown and Heathers 2017).",
        falseAlarms: "None where percentages are of N; a percentage of another denominator fails.")
    case .atRiskOrder:
      Explanation(
        title: "Numbers at risk start at N and never rise.",
        formula: "n(0) = N; n(t1) >= n(t2) for t1 < t2; without delayed entry.",
        falseAlarms: CheckCode.none)
    case .curve, .curveRates:
      Explanation(
        title: self == .curve
          ? "Readings of the curve, numbers at risk, events and median allow each other."
          : "Landmark rates, numbers at risk and events allow each other.",
        formula:
          "Between t1 and t2, f = S(t2-)/S(t1-): n(t2) <= n(t1) f, and n(t2)(1/f - 1) <= events <= n(t1)(1 - f). Best sums over all ways to cut follow-up "
          + "(docs/methods/reconstruction.md).",
        falseAlarms: self == .curve
          ? "None while every reading is within its largest error; the median against the readings is a warning."
          : CheckCode.none)
    case .medianLimits:
      Explanation(
        title: "The median lies in its interval.",
        formula: "lower <= median <= upper; no upper limit where the median is not reached.",
        falseAlarms: CheckCode.none)
    case .medianAtRisk:
      Explanation(
        title: "Numbers at risk allow the median.",
        formula:
          "The curve is never below the share at risk: after the median n(t) <= N/2, and events >= n(t). At most N(1 - S(t)) had the event by t: before the median "
          + "events <= N/2 + n(t).",
        falseAlarms: CheckCode.none)
    case .medianRates:
      Explanation(
        title: "Rates and median lie on the same curve.",
        formula: "S(t) >= 1/2 before the median, S(t) <= 1/2 after it.", falseAlarms: CheckCode.none)
    case .medianInterval:
      Explanation(
        title: "The median's interval is where the band of the curve crosses one half.",
        formula:
          "At a limit t: |g(S(t)) - g(1/2)| = z s(t) g'(S(t)), with S(t) from the readings and Greenwood's s(t) between sqrt(S(1 - S)/N) and "
          + "sqrt(S S(t-)(1 - S)/n(t)) (Brookmeyer and Crowley 1982); each of five scales g.",
        falseAlarms:
          "A warning at most; readings leave room, and a rule of quantiles may move a limit to the next event.")
    case .rateOrder:
      Explanation(
        title: "The curve does not rise.", formula: "S(t1) >= S(t2) for t1 < t2.", falseAlarms: CheckCode.none)
    case .rateInterval:
      Explanation(
        title: "Which scale gives a rate's interval, with a standard error that the patients allow.",
        formula:
          "g(lower), g(S), g(upper) evenly spaced on one of the scales plain, log, log-log, logit, arcsin; Greenwood's error lies between sqrt(S(1 - S)/N) and "
          + "sqrt(S S(t-)(1 - S)/n(t)).",
        falseAlarms:
          "None for intervals of Greenwood's variance on these scales; bootstrap, exact and band intervals may fail.")
    case .rateAtRisk:
      Explanation(
        title: "A rate is not below the share still at risk.",
        formula:
          "S(t-) >= n(t)/N; S(t) may be lower by the events at t itself: a warning from 3 points on.",
        falseAlarms: "A warning at most, where an assessment on a schedule puts many events at exactly t.")
    case .restrictedMean:
      Explanation(
        title: "A restricted mean fits horizon, median and rates.",
        formula: "The area under the highest and the lowest curve that never rises and passes the printed points.",
        falseAlarms: CheckCode.none)
    case .ratioLimits:
      Explanation(
        title: "The ratio lies in its interval, above 0.", formula: "0 < lower <= HR <= upper.",
        falseAlarms: CheckCode.none)
    case .ratioSymmetry:
      Explanation(
        title: "The ratio is in the middle of its interval on the logarithmic scale.",
        formula:
          "A Wald interval has HR^2 = lower x upper: [HR]^2 and [lower][upper] must share a number within rounding. Beyond that a profile-likelihood interval may lie "
          + "z^2 s^2 (|1 - 2 d1/d| + 1/4)/6 off (0.75 z^2 s^2/6 where the events are not printed): a warning.",
        falseAlarms:
          "None for Wald intervals; intervals of profile likelihood and bootstrap get a warning at most unless far off."
      )
    case .ratioStandardError:
      Explanation(
        title: "The standard error is that of the interval.", formula: "s = ln(upper/lower)/(2z).",
        falseAlarms: "None for Wald intervals.")
    case .ratioEvents:
      Explanation(
        title: "The interval is as wide as the events make it.",
        formula:
          "For two arms the information of a Cox model is sum p(1 - p) over the events, p the hazard share of one arm; the score equation makes the mean of p equal "
          + "d1/d, and p(1 - p) is concave, so that s^2 >= 1/d1 + 1/d2 (4/d with the total alone), with any ties, strata or covariates. Above, s^2/(1/d1 + 1/d2) is at most "
          + "1 + 4/d + 0.25 (0.5 + |ln HR|)^2 f^2 in true trials (1 + 8/d + 0.3 ... with strata or covariates), d the smaller number of events, f the share of patients with "
          + "an event: a warning; a failure beyond 1 + 3/sqrt(d) + 0.5 (0.5 + |ln HR|)^2 f^2.",
        falseAlarms:
          "Too narrow: none for a model's variance (a robust or Peto's variance is a warning when stated). Too wide: of 15,453 simulated trials 0.1 % had a warning, none failed."
      )
    case .ratioMedians:
      Explanation(
        title: "The medians go with the hazard ratio.",
        formula:
          "Under proportional Weibull hazards of shape k, m1/m2 = HR^(-1/k). The distance of ln(m1/m2) to the range of k from 0.5 to 2.5, in standard errors of the medians; "
          + "more than 3 (4 where the error comes from events) is a warning, and so are opposite directions.",
        falseAlarms:
          "A warning at most. In simulated trials: 0.02 % under proportional hazards, 0.05 % with delayed effects, 0.2 % with crossing curves; opposite directions 0.3 %."
      )
    case .ratioMeans:
      Explanation(
        title: "The restricted means go with the hazard ratio.",
        formula:
          "Where |z| of the ratio is above 2, a difference of the restricted means of more than one standard error in the other direction is a warning.",
        falseAlarms:
          "A warning at most. In 3,000 simulated trials with such a ratio the restricted means never went more than 0.21 standard errors against it."
      )
    case .ratioP:
      Explanation(
        title: "The p-value is that of the interval, and of as many sides as stated.",
        formula:
          "z = ln HR/s from the interval. The log-rank statistic is r z, r = 2 sinh(b/2)/b, b = ln HR; a test not named may also be Wald's or the "
          + "likelihood ratio's. A slack of 0.10 + 0.02|z| in z passes, up to 0.25 + 0.08|z| is a warning (times rounded to months), beyond fails. A p that "
          + "fits one side where two are meant fails beyond 0.10 + 0.15|z|(d1 d2 s^2/(d1 + d2) - 1) with the events of both arms known, and is a warning without. A test with other "
          + "strata or covariates than the ratio's has a slack of 0.5 + 0.2|z|, and is a warning up to 2 + 0.5|z| away from 0.",
        falseAlarms:
          "Of 15,453 simulated trials 0.02 to 0.15 % with times finer than months had a warning and none failed; with times in whole months 1 to 7 % "
          + "had a warning and 0.2 % failed (Breslow's ties there: 1 %).")
    case .pForm:
      Explanation(
        title: "A p-value is a number above 0 and up to 1.", formula: "0 < p <= 1; \"0.000\" is no p-value.",
        falseAlarms: CheckCode.none)
    case .pStatistic:
      Explanation(
        title: "Chi-square, z and p belong together.",
        formula: "p is the tail of the chi-squared or normal distribution; z^2 = chi-square on 1 degree of freedom.",
        falseAlarms: CheckCode.none)
    case .differences:
      Explanation(
        title: "Differences are those of the arms, with an even interval and its p.",
        formula:
          "Experimental minus control within rounding; lower and upper evenly about it; p of difference over standard error. An uneven interval is a warning.",
        falseAlarms:
          "Differences that were computed before rounding never fail; adjusted differences may. A p of proportions or rates may be of another test: slack 0.10 + 0.02|z| in z, a warning up to 0.25 + 0.08|z|."
      )
    case .rowsCounts:
      Explanation(
        title: "N and events are those of the rows.", formula: "Counts by arm, exact.", falseAlarms: CheckCode.none)
    case .rowsMedian, .rowsRate, .rowsRestrictedMean:
      Explanation(
        title: "What the rows give under the conventions of R, SAS and Stata.",
        formula:
          "The rows' number rounds to the printed one under at least one convention. Of rows made from a curve, the reconstruction interval decides between pass and warning. A rate or mean beyond the last row cannot be checked, unless no curve that goes on from there has it.",
        falseAlarms: "None for the trial's own rows; for made rows see docs/methods/reconstruction-testing.md.")
    case .rowsAtRisk:
      Explanation(
        title: "Numbers at risk are those of the rows.", formula: "Patients with a time of t or more.",
        falseAlarms: CheckCode.none)
    case .rowsRatio:
      Explanation(
        title: "The hazard ratio of the rows.",
        formula:
          "Cox model with Efron's and Breslow's ties. A stratified or adjusted ratio is held against the rows' unstratified one as compatible (inside the printed interval) or not.",
        falseAlarms: "None for the trial's own rows and model.")
    case .rowsP:
      Explanation(
        title: "The log-rank test of the rows.", formula: "Two-sided, stratified where the rows have the strata.",
        falseAlarms: "None for the trial's own rows and strata.")
    case .unchecked:
      Explanation(
        title: "A number that nothing else in the file bears on.",
        formula: "No check has two numbers to hold against each other.", falseAlarms: "It is no alarm.")
    case .unknownKey:
      Explanation(
        title: "A key of the file that no check knows.", formula: "Listed so that a misspelt claim is not passed over.",
        falseAlarms: "It is no alarm.")
    }
  }
}
