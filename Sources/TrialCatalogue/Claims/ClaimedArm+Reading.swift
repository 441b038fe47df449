internal import TrialData

extension ClaimedArm {
  init(_ node: ClaimNode, id: String, unknown: inout [UnknownClaim]) throws(TrialDataError) {
    self.id = id
    label = node["label", "name"]?.text ?? id
    n = try node["n", "subjects", "patients"]?.count()
    let areRecalled = node["events_confidence"]?.text == "recalled"
    events = try node["events", "count"]?.count().recalled(areRecalled)
    eventsPercent = try node["events_percent", "percent"]?.number().recalled(areRecalled)
    censored = try node["censored"]?.count()
    median = try ClaimedMedian(node)
    var rates: [ClaimedRate] = []
    let list = node["rates", "landmarks", "landmark_rates"]?.sequence ?? []
    let made = try list.map { rate throws(TrialDataError) in try ClaimedRate.Reading(rate) }
    let decimals = made.map(\.decimals).max() ?? 0
    for (rate, reading) in zip(list, made) {
      rates.append(try reading.rate(decimals: decimals))
      unknown += rate.unknown()
    }
    self.rates = rates.sorted { $0.time.value < $1.time.value }
    restrictedMean = try node["rmst", "restricted_mean"].map { node throws(TrialDataError) in
      guard let value = try node["value", "mean"]?.number() else { throw node.fault("has no value") }
      let interval = try node.interval()
      let decimals = max(value.decimals, interval?.decimals ?? 0)
      return ClaimedRestrictedMean(
        tau: try node["tau", "time"]?.number(), value: value.with(decimals: decimals),
        interval: interval?.with(decimals: decimals))
    }
    atRisk = try node["at_risk", "n_risk"].map { row throws(TrialDataError) in try ClaimedAtRisk.row(row) } ?? []
    curve = try node["curve", "survival_readings", "survival"].map { node throws(TrialDataError) in
      try ClaimedCurve(node)
    }
    unknown += node.unknown()
  }
}

extension ClaimedMedian {
  /// From `median` beside `median_ci`, or from a mapping with `value` and `ci`; nil without a median.
  init?(_ node: ClaimNode) throws(TrialDataError) {
    var interval = try node.interval("median_")
    guard let median = node["median"] else {
      if interval != nil { throw node.fault("has an interval of the median and no median") }
      return nil
    }
    if median.isMapping, interval == nil { interval = try median.interval() }
    let value = try median.time()
    let kept = ClaimNode.keepsDecimals(median)
    let decimals = max(value.number?.decimals ?? 0, interval?.decimals ?? 0)
    self.value = kept ? value : value.with(decimals: decimals)
    self.interval = interval?.with(decimals: decimals)
  }
}

extension ClaimedRate {
  /// A rate as it stands in the file, before its decimals are known.
  struct Reading {
    let node: ClaimNode
    let time: PrintedNumber
    let value: PrintedNumber
    let interval: ClaimedInterval?
    let isPercent: Bool
    let isFailure: Bool

    init(_ node: ClaimNode) throws(TrialDataError) {
      self.node = node
      guard let time = try node["time", "at"]?.number() else { throw node.fault("has no time") }
      self.time = time
      let percent = node["percent", "rate_percent"]
      guard let found = percent ?? node["survival", "value", "rate", "probability"] else {
        throw node.fault("has no percent and no survival")
      }
      value = try found.number()
      interval = try node.interval()
      isPercent = percent != nil || value.value > 1
      isFailure = try node["failure", "cumulative_incidence"]?.flag() ?? false
      guard value.value >= 0, value.value <= (isPercent ? 100 : 1) else {
        throw found.fault("a probability lies between 0 and \(isPercent ? "100 percent" : "1")")
      }
    }

    var decimals: Int { max(value.decimals, interval?.decimals ?? 0) }

    /// - Parameter decimals: those that all rates of the arm share.
    func rate(decimals: Int) throws(TrialDataError) -> ClaimedRate {
      var (survival, limits) = (value.with(decimals: decimals), interval?.with(decimals: decimals))
      let text = survival.printed + (isPercent ? "%" : "")
      if isPercent { (survival, limits) = (survival.fromPercent, limits?.fromPercent) }
      if isFailure { (survival, limits) = (survival.complement, limits?.complement) }
      return ClaimedRate(time: time, survival: survival, interval: limits, text: text)
    }
  }
}

extension ClaimedAtRisk {
  /// {times: […], n: […]} or a list of {time, n}.
  static func row(_ node: ClaimNode) throws(TrialDataError) -> [ClaimedAtRisk] {
    if let elements = node.elements {
      var row: [ClaimedAtRisk] = []
      for element in elements {
        guard let element, let time = try element["time"]?.plainNumber(), let n = try element["n"]?.count() else {
          throw node.fault("each number at risk needs its time and n")
        }
        row.append(ClaimedAtRisk(time: time, n: n))
      }
      return row
    }
    guard let times = node["times"]?.elements, let counts = node["n"]?.elements else {
      throw node.fault("numbers at risk are {times: [0, 6, …], n: [551, 470, …]}")
    }
    guard times.count == counts.count else {
      throw node.fault("\(times.count) times and \(counts.count) numbers at risk")
    }
    let recalled = try (node["recalled_times", "recalled_only_times"]?.sequence ?? []).map {
      time throws(TrialDataError) in
      try time.plainNumber()
    }
    var row: [ClaimedAtRisk] = []
    for (time, count) in zip(times, counts) {
      guard let time = try time?.plainNumber() else { throw node.fault("a time is missing") }
      guard let n = try count?.count() else { continue }
      row.append(ClaimedAtRisk(time: time, n: n.recalled(recalled.contains(time))))
    }
    return row
  }
}

extension ClaimedCurve {
  init(_ node: ClaimNode) throws(TrialDataError) {
    var (times, values): ([Double], [Double]) = ([], [])
    if let points = node["points"]?.elements {
      for point in points {
        guard let pair = point?.elements, pair.count == 2, let time = pair[0], let value = pair[1] else {
          throw node.fault("a point of the curve is [time, survival]")
        }
        times.append(try time.plainNumber())
        values.append(try value.plainNumber())
      }
    } else {
      guard let left = node["times"]?.sequence, let right = node["values"]?.sequence, left.count == right.count else {
        throw node.fault(
          "readings of a curve are {times: […], values: […]} of one length, or points: [[time, survival], …]")
      }
      times = try left.map { time throws(TrialDataError) in try time.plainNumber() }
      values = try right.map { value throws(TrialDataError) in try value.plainNumber() }
    }
    if try node["percent"]?.flag() ?? false { values = values.map { $0 / 100 } }
    if let wrong = values.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
      throw node.fault("reading \(wrong + 1) of the curve is no probability; percentages need percent: true")
    }
    if let wrong = times.firstIndex(where: { $0 < 0 }) { throw node.fault("reading \(wrong + 1) has a negative time") }
    guard times.allSatisfy({ $0 < 1e9 }) else { throw node.fault("a time of the curve is beyond 1e9") }
    self.times = times
    survival = values
    error = try ClaimedCurve.error(node["error", "reading_error"])
    largestError = try ClaimedCurve.error(node["largest_error"]) ?? 0.015
  }
}

extension ClaimedCurve {
  /// An error of a reading, as a probability.
  private static func error(_ node: ClaimNode?) throws(TrialDataError) -> Double? {
    guard let node else { return nil }
    let error = try node.plainNumber()
    guard error > 0, error <= 1 else { throw node.fault("the error of a reading lies between 0 and 1") }
    return error
  }
}

extension PrintedNumber {
  func recalled(_ isRecalled: Bool) -> PrintedNumber {
    PrintedNumber(text: text, value: value, decimals: decimals, isRecalled: self.isRecalled || isRecalled)
  }
}
