internal import Distributions
public import Survival
public import TrialCatalogue

/// The conventions of one program, as far as rows are analysed under them.
public struct RowsConvention: Sendable {
  /// "r", "sas", "stata".
  public let name: String
  public let transform: ConfidenceTransform
  public let quantileRule: QuantileRule
  public let ties: TieMethod
  /// The rows with the program's near-ties.
  public let data: TimeToEvent

  public init(
    name: String, transform: ConfidenceTransform, quantileRule: QuantileRule, ties: TieMethod, data: TimeToEvent
  ) {
    self.name = name
    self.transform = transform
    self.quantileRule = quantileRule
    self.ties = ties
    self.data = data
  }
}

/// Rows of a trial, to hold its published numbers against.
public struct RowsEvidence: Sendable {
  public let conventions: [RowsConvention]
  /// Labels are arm ids of the claims; the control first.
  public let arms: Grouping
  public let strata: Grouping?
  /// Rows made from published numbers: what they give is a warning at most, beside counts.
  public let areMade: Bool
  /// Events and numbers at risk, by convention and arm.
  private let tables: [[EventTable]]

  /// - Parameters:
  ///   - conventions: at least one.
  ///   - arms: of the rows, the control first.
  ///   - strata: of the rows; nil for none.
  ///   - areMade: whether the rows are reconstructed.
  public init(conventions: [RowsConvention], arms: Grouping, strata: Grouping?, areMade: Bool) {
    self.conventions = conventions
    self.arms = arms
    self.strata = strata
    self.areMade = areMade
    tables = conventions.map { EventTable.tables($0.data, by: arms) }
  }

  /// What the rows say of an endpoint's claims.
  ///
  /// - Throws: `SurvivalInputError` for a confidence level out of range.
  public func findings(_ endpoint: ClaimedEndpoint, name: String) throws -> [ClaimFinding] {
    var checks = EndpointChecks(endpoint, name: name)
    for arm in endpoint.arms {
      guard let group = arms.labels.firstIndex(of: arm.id) else { continue }
      checkCounts(arm, group, &checks)
      try checkMedian(arm, group, &checks)
      try checkRates(arm, group, &checks)
      try checkRestrictedMean(arm, group, &checks)
    }
    try checkRatio(endpoint, &checks)
    try checkTest(endpoint, &checks)
    return checks.findings
  }

  /// A failure, or a warning where the rows are made.
  private var miss: Verdict { areMade ? .warn : .fail }
  private var origin: String { areMade ? "the rows, which were made from published numbers, give" : "the rows give" }

  // MARK: Counts

  private func checkCounts(_ arm: ClaimedArm, _ group: Int, _ checks: inout EndpointChecks) {
    let data = conventions[0].data
    let rows = arms.rowsByGroup[group]
    let found = Double(rows.count)
    func compare(_ printed: PrintedNumber?, _ number: Double, _ what: String, _ key: String) {
      guard let printed else { return }
      checks.add(
        .rowsCounts, arm: arm.id, "\(what)\(printed.printed)", printed.value == number ? .pass : .fail,
        number: plain(number),
        tolerance: "exact", printed.value == number ? "counted in the rows" : "the rows have \(plain(number))",
        subjects: [key],
        numbers: [printed])
    }
    compare(arm.n, found, "N ", "n")
    let events = Double(rows.count { data.isEvent[$0] })
    compare(arm.events, events, "events ", "events")
    compare(arm.censored, found - events, "censored ", "censored")
    guard !arm.atRisk.isEmpty else { return }
    let wrong = arm.atRisk.first { entry in Double(rows.count { data.time[$0] >= entry.time }) != entry.n.value }
    checks.add(
      .rowsAtRisk, arm: arm.id, "\(arm.atRisk.count) numbers at risk", wrong == nil ? .pass : .fail, tolerance: "exact",
      wrong.map { entry in
        "\(entry.n.printed) are printed at \(plain(entry.time)); the rows have \(rows.count { data.time[$0] >= entry.time })"
      } ?? "counted in the rows", subjects: ["at risk"], numbers: [wrong?.n])
  }

  // MARK: Curves

  /// A way of computing an interval.
  private struct Way {
    let name: String
    /// Its place among the conventions.
    let convention: Int
    let transform: ConfidenceTransform
  }

  /// Each program's own way first, then the other scales under the rule of the first.
  private var ways: [Way] {
    conventions.indices.map { Way(name: conventions[$0].name, convention: $0, transform: conventions[$0].transform) }
      + ConfidenceTransform.allCases.filter { scale in !conventions.contains { $0.transform == scale } }
      .map { Way(name: "scale \($0.rawValue)", convention: 0, transform: $0) }
  }

  private func curve(_ way: Way, _ group: Int, level: Double) throws -> KaplanMeier {
    KaplanMeier(
      tables[way.convention][group], confidence: try ConfidenceSetting(level: level, transform: way.transform))
  }

  /// Whether a number that the rows give would be printed so; "not reached" is a number too.
  private func isPrinted(_ claim: ClaimedTime, _ number: Double?) -> Bool {
    switch claim {
    case .notReached: number == nil
    case .printed(let printed): number.map { Interval(printed).contains($0) } ?? false
    }
  }

  private func text(_ number: Double?) -> String { number.map { short($0, 4) } ?? "NR" }

  private func checkMedian(_ arm: ClaimedArm, _ group: Int, _ checks: inout EndpointChecks) throws {
    guard let median = arm.median else { return }
    let level = median.interval?.level ?? 0.95
    var exact: [String] = []
    var values: [String] = []
    var seen: [String] = []
    for way in ways {
      let found = try curve(way, group, level: level).quantile(
        0.5, rule: conventions[way.convention].quantileRule)
      let text = "\(text(found.estimate)) (\(text(found.lower)) to \(text(found.upper)))"
      if isPrinted(median.value, found.estimate) {
        values.append(way.name)
        if median.interval.map({ isPrinted($0.lower, found.lower) && isPrinted($0.upper, found.upper) }) ?? true {
          exact.append(way.name)
        }
      }
      if !seen.contains(where: { $0.hasSuffix(text) }) { seen.append("\(way.name) \(text)") }
    }
    let reason =
      !exact.isEmpty
      ? "reproduced by \(exact.joined(separator: ", "))"
      : !values.isEmpty
        ? "the median is that of \(values.joined(separator: ", ")), its interval of no convention: \(origin) \(seen.joined(separator: "; "))"
        : "\(origin) \(seen.joined(separator: "; "))"
    checks.add(
      .rowsMedian, arm: arm.id, median.text, exact.isEmpty ? miss : .pass, number: seen.first ?? "", reason,
      subjects: ["median"],
      numbers: [median.value.number, median.interval?.lower.number, median.interval?.upper.number])
  }

  private func checkRates(_ arm: ClaimedArm, _ group: Int, _ checks: inout EndpointChecks) throws {
    for rate in arm.rates {
      let level = rate.interval?.level ?? 0.95
      var (exact, values): ([String], [String]) = ([], [])
      let claimed = Interval(rate.survival)
      var (first, isOpen) = ("", false)
      for way in ways {
        let found = try curve(way, group, level: level).landmarks([rate.time.value])[0]
        if first.isEmpty {
          isOpen = found.leavesOpen(claimed)
          first = "\(short(found.survival, 4)) (\(short(found.lower, 4)) to \(short(found.upper, 4)))"
        }
        guard claimed.contains(found.survival) else { continue }
        values.append(way.name)
        let limits = rate.interval.map { isPrinted($0.lower, found.lower) && isPrinted($0.upper, found.upper) }
        if limits ?? true { exact.append(way.name) }
      }
      if values.isEmpty, isOpen {
        checks.add(
          .rowsRate, arm: arm.id, rate.claim, .cannot, tolerance: "",
          "the rows' curve does not reach \(rate.time.text)",
          subjects: ["rate \(rate.time.text)"])
        continue
      }
      checks.add(
        .rowsRate, arm: arm.id, rate.claim, exact.isEmpty ? miss : .pass, number: first,
        !exact.isEmpty
          ? "reproduced by \(exact.joined(separator: ", "))"
          : values.isEmpty
            ? "\(origin) \(first)" : "the rate is right, its interval of no convention: \(origin) \(first)",
        subjects: ["rate \(rate.time.text)"],
        numbers: [rate.survival, rate.interval?.lower.number, rate.interval?.upper.number])
    }
  }

  private func checkRestrictedMean(_ arm: ClaimedArm, _ group: Int, _ checks: inout EndpointChecks) throws {
    guard let mean = arm.restrictedMean, let tau = mean.tau else { return }
    let curve = try curve(ways[0], group, level: 0.95)
    guard let found = try? RestrictedMean(curve, tau: tau.value) else { return }
    let z = StandardNormal.criticalValue(level: mean.interval?.level ?? 0.95)
    let limits = (found.estimate - z * found.standardError, found.estimate + z * found.standardError)
    let claimed = Interval(mean.value)
    let isRight =
      claimed.contains(found.estimate)
      && (mean.interval.map { isPrinted($0.lower, limits.0) && isPrinted($0.upper, limits.1) } ?? true)
    if !isRight, curve.leavesOpen(found, claimed) {
      return checks.add(
        .rowsRestrictedMean, arm: arm.id, mean.claim, .cannot, tolerance: "",
        "the rows' curve does not reach \(tau.text)", subjects: ["rmst"])
    }
    let text = "\(short(found.estimate, 4)) (\(short(limits.0, 4)) to \(short(limits.1, 4)))"
    checks.add(
      .rowsRestrictedMean, arm: arm.id, mean.claim, isRight ? .pass : miss, number: text,
      isRight ? "reproduced" : "\(origin) \(text)", subjects: ["rmst"], numbers: [mean.value])
  }

  // MARK: Between the arms

  private func checkRatio(_ endpoint: ClaimedEndpoint, _ checks: inout EndpointChecks) throws {
    guard let ratio = endpoint.hazardRatio, arms.count == 2 else { return }
    let level = ratio.interval?.level ?? 0.95
    var exact: [String] = []
    var seen: [String] = []
    var estimates: [Double] = []
    let design = try DesignMatrix(
      [.factor(name: "arm", levels: arms, reference: arms.labels[0])], rows: conventions[0].data.count)
    for (position, convention) in conventions.enumerated() {
      // Programs with the same ties and times have the same ratio.
      if conventions[..<position].contains(where: { $0.ties == convention.ties && $0.data == convention.data }) {
        continue
      }
      guard
        let found = try? CoxModel(ties: convention.ties).fit(convention.data, design, strata: strata).hazardRatios(
          level: level)[0]
      else { continue }
      let text = "\(short(found.estimate, 4)) (\(short(found.lower, 4)) to \(short(found.upper, 4)))"
      seen.append("\(convention.ties.rawValue) ties \(text)")
      estimates.append(found.estimate)
      let isRight =
        Interval(ratio.value).contains(found.estimate)
        && (ratio.interval.map { isPrinted($0.lower, found.lower) && isPrinted($0.upper, found.upper) } ?? true)
      if isRight { exact.append(convention.ties.rawValue) }
    }
    let numbers = [ratio.value, ratio.interval?.lower.number, ratio.interval?.upper.number]
    guard let first = estimates.first else {
      return checks.add(
        .rowsRatio, ratio.claim, .cannot, tolerance: "", "the rows allow no hazard ratio", subjects: ["ratio"])
    }
    let isOther = ratio.isAdjusted || ratio.isStratified && strata == nil
    if exact.isEmpty, isOther, let limits = ratio.interval?.numbers {
      let isInside = first >= limits.lower.lower && first <= limits.upper.upper
      return checks.add(
        .rowsRatio, ratio.claim, isInside ? .pass : .warn, number: seen[0], tolerance: "inside the printed interval",
        (isInside ? "compatible" : "not compatible")
          + ": the printed ratio is \(ratio.isAdjusted ? "adjusted" : "stratified"), that of the rows is not: \(seen.joined(separator: "; "))",
        subjects: ["ratio"], numbers: numbers)
    }
    checks.add(
      .rowsRatio, ratio.claim, exact.isEmpty ? miss : .pass, number: seen[0],
      exact.isEmpty
        ? "\(origin) \(seen.joined(separator: "; "))" : "reproduced with \(exact.joined(separator: " and ")) ties",
      subjects: ["ratio"],
      numbers: numbers)
  }

  private func checkTest(_ endpoint: ClaimedEndpoint, _ checks: inout EndpointChecks) throws {
    guard let test = endpoint.test, test.p != nil || test.chiSquare != nil, arms.count >= 2 else { return }
    guard let found = try? LogRankTest(conventions[0].data, groups: arms, strata: strata).result else { return }
    let isStratified = test.isStratified ?? endpoint.hazardRatio?.isStratified ?? false
    let isOther = isStratified && strata == nil
    let what =
      "\(strata == nil ? "" : "stratified ")log-rank chi-square \(short(found.statistic, 4)), p \(short(found.p, 2))"
    let sides = test.sides ?? 2
    let p = sides == 1 ? found.p / 2 : found.p
    var trouble: [String] = []
    if let printed = test.p, !printed.interval.contains(p) { trouble.append("p") }
    if let printed = test.chiSquare, !Interval(printed).contains(found.statistic) { trouble.append("chi-square") }
    let claim = [test.chiSquare.map { "chi-square \($0.printed)" }, test.p.map { "p \($0.equation)" }].compactMap { $0 }
      .joined(separator: ", ")
    checks.add(
      .rowsP, claim, trouble.isEmpty ? .pass : isOther ? .warn : miss, number: what,
      trouble.isEmpty
        ? "the rows' \(what)"
        : "\(origin) \(what)" + (isOther ? "; the printed test is stratified, and the rows hold no strata" : ""),
      subjects: ["p", "chi-square"], numbers: [test.p?.number])
  }
}
