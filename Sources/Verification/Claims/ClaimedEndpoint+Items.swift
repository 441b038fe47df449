internal import TrialCatalogue

extension ClaimedEndpoint {
  /// Every number that the endpoint prints.
  var items: [ClaimItem] {
    var items: [ClaimItem] = []
    func add(_ arm: String?, _ quantity: String, _ text: String?) {
      if let text { items.append(ClaimItem(key: .init(arm: arm, quantity: quantity), text: text)) }
    }
    for arm in arms {
      add(arm.id, "n", arm.n.map { "N \($0.printed)" })
      add(arm.id, "events", arm.events.map { "\($0.printed) events" })
      add(arm.id, "percent", arm.eventsPercent.map { "\($0.printed)% with the event" })
      add(arm.id, "censored", arm.censored.map { "\($0.printed) censored" })
      add(arm.id, "median", arm.median.map(\.text))
      for rate in arm.rates { add(arm.id, "rate \(rate.time.text)", rate.claim) }
      add(arm.id, "rmst", arm.restrictedMean.map(\.claim))
      if !arm.atRisk.isEmpty { add(arm.id, "at risk", "\(arm.atRisk.count) numbers at risk") }
      add(arm.id, "curve", arm.curve.map { "\($0.times.count) readings of the curve" })
    }
    add(nil, "total n", total?.n.map { "N \($0.printed) in all" })
    add(nil, "total events", total?.events.map { "\($0.printed) events in all" })
    add(nil, "ratio", hazardRatio.map(\.claim))
    add(nil, "se", hazardRatio?.standardError.map { "s.e. of ln HR \($0.printed)" })
    add(nil, "p", test?.p.map { "p \($0.equation)" })
    add(nil, "chi-square", test?.chiSquare.map { "chi-square \($0.printed)" })
    add(nil, "z", test?.z.map { "z \($0.printed)" })
    for difference in differences { add(nil, difference.key, difference.claim) }
    return items
  }
}

extension ClaimedInterval {
  /// "95% CI 0.52 to 0.74".
  var text: String { "\(percent(level)) CI \(lower.text) to \(upper.text)" }
}

extension ClaimedHazardRatio {
  var claim: String { "HR \(value.printed)" + (interval.map { " (\($0.text))" } ?? "") }
}

extension ClaimedMedian {
  var text: String { "median \(value.text)" + (interval.map { " (\($0.text))" } ?? "") }
}

extension ClaimedRate {
  var claim: String {
    let percentages = text.hasSuffix("%")
    guard let interval else { return "\(text) at \(time.text)" }
    func limit(_ x: ClaimedTime) -> String {
      x.number.map { percentages ? short(100 * $0.value, 6) : short($0.value, 6) } ?? "NE"
    }
    return
      "\(text) (\(percent(interval.level)) CI \(limit(interval.lower)) to \(limit(interval.upper))) at \(time.text)"
  }
}

extension ClaimedRestrictedMean {
  var claim: String {
    "RMST \(value.printed)" + (interval.map { " (\($0.text))" } ?? "") + (tau.map { " to \($0.text)" } ?? "")
  }
}

extension ClaimedDifference {
  var key: String { "difference \(quantity.rawValue) \(time?.text ?? "")" }
  private var name: String {
    switch quantity {
    case .rate: "rates"
    case .restrictedMean: "RMST"
    case .median: "medians"
    case .proportion: "proportions"
    }
  }
  var claim: String {
    "difference of \(name) \(value.text)"
      + (interval.map {
        " (\(percent($0.level)) CI \($0.lower.number?.text ?? "NR") to \($0.upper.number?.text ?? "NR"))"
      } ?? "")
      + (time.map { " at \($0.text)" } ?? "")
  }
}

extension PrintedP {
  /// "= 0.008", "< 0.001".
  var equation: String { "\(relation.rawValue) \(number.text)" }
  var interval: Interval { Interval(range.lower, range.upper) }
}
