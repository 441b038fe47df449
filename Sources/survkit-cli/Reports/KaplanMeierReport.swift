internal import Reporting
internal import Survival

/// What `survkit km` reports.
struct KaplanMeierReport: AnalysisReport {
  let command = "km"
  let input: DataOptions
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  /// With `--sdc` at the times released.
  let curves: [KaplanMeier]
  let hazards: [NelsonAalen]
  let times: [Double]
  let probabilities: [Double]
  let isReversed: Bool
  let variance: KaplanMeier.Variance
  let bandRequest: BandRequest?
  /// One per curve when asked for; nil where a curve has no event to hold a band.
  let bands: [ConfidenceBand?]
  let bootstrap: CurveBootstrapReport?
  private(set) var remarks: [Remark] = []

  init(
    _ input: DataOptions, times: [Double], probabilities: [Double], isReversed: Bool, variance: KaplanMeier.Variance,
    band: BandRequest?, bootstrap resampling: BootstrapOptions.Request?, isQuiet: Bool
  ) throws {
    self.input = input
    self.times = times
    self.probabilities = probabilities
    self.isReversed = isReversed
    self.variance = variance
    loaded = try input.load(.curves, isUnderDisclosureControl: true)
    confidence = try input.confidence()
    let data = isReversed ? try loaded.data.reversed() : loaded.data
    let curves = try KaplanMeier.curves(data, by: loaded.arms, confidence: confidence, variance: variance)
    let hazards =
      variance == .robust
      ? try NelsonAalen.robust(data, by: loaded.arms) : curves.map { NelsonAalen($0.table) }
    if let rule = loaded.smallCells {
      let released = curves.map { $0.released(by: rule, preferring: times) }
      self.curves = released
      self.hazards = zip(hazards, released).map { $0.released(at: $1.time) }
    } else {
      (self.curves, self.hazards) = (curves, hazards)
    }
    bandRequest = band
    bands =
      try band.map { band in
        try curves.map {
          try $0.band(band.kind, from: band.from, to: band.to, source: input.like == .sas ? .millerSiegmund : .exact)
        }
      } ?? []
    bootstrap = try resampling.map { [loaded] request in
      try CurveBootstrapReport(request, input, loaded, data: data, probabilities: probabilities, isQuiet: isQuiet)
    }
    if isReversed {
      remarks.append(
        Remark(
          "reverse",
          "reverse Kaplan-Meier: event and censoring are exchanged; S(t) is the probability of being followed "
            + "beyond t, and the median is the median follow-up"))
    }
    if loaded.data.weights != nil, variance == .greenwood {
      remarks.append(
        Remark(
          "weighted-greenwood",
          "standard errors take the case weights for numbers of subjects (Greenwood); --robust does not"))
    }
    for (label, curve) in zip(loaded.armLabels, curves) where curve.table.totalEvents == 0 {
      remarks.append(Remark("no-events-in-arm", "\(label): no \(isReversed ? "censorings" : "events")"))
    }
    remarks += loaded.emptiedRiskSets(self.curves)
    remarks += bootstrap?.remarks ?? []
    let beyond = self.curves.flatMap { $0.landmarks(times) }.filter(\.isBeyondLastObservation)
    if !beyond.isEmpty {
      remarks.append(
        Remark(
          "beyond-last-observation",
          "a time asked for lies beyond the last observation of its arm: S is not estimable there (JSON gives the last "
            + "value, with beyond_last_observation true)"
        ))
    }
  }

  var settings: JSONValue {
    var settings = input.settings(loaded, confidence)
    settings.add("variance", variance.rawValue)
    settings.add("reverse", isReversed)
    settings.add("times", times)
    settings.add("quantiles", probabilities)
    settings.add("band", bandRequest?.kind.rawValue ?? "none")
    bootstrap?.request.add(to: &settings)
    return settings.value
  }

  var result: JSONValue {
    var object = JSONObject()
    loaded.addCurveValues(
      curves, hazards: hazards, rule: input.like.quantileRule, probabilities: probabilities, times: times, bands: bands,
      to: &object)
    if let bootstrap { object.add("bootstrap", bootstrap.json) }
    return object.value
  }

  // MARK: Text

  private func quantileText(_ curve: KaplanMeier) -> String {
    probabilities.map { p in
      "\(quantileName(p)) \(loaded.quantileText(curve, p, rule: input.like.quantileRule))"
    }.joined(separator: "; ")
  }

  private func bandText(_ band: ConfidenceBand?) -> String {
    guard let band else { return "No band: no event with S > 0" }
    let name = band.kind == .hallWellner ? "Hall-Wellner" : "Equal-precision"
    let source =
      band.kind == .hallWellner
      ? "" : band.source == .exact ? ", exact" : ", Miller and Siegmund's approximation as in SAS"
    return
      "\(name) band (\(confidence.percent), \(confidence.transform.rawValue) scale) from \(loaded.timeText(band.from)) to "
      + "\(loaded.timeText(band.to)): critical value \(NumberText.fixed(band.criticalValue, 4))\(source)"
  }

  private func fixed(_ value: Double) -> String { NumberText.fixed(value, 4) }

  private var event: String { isReversed ? "Censored" : "Events" }

  private func curveRows(_ curve: KaplanMeier, _ hazard: NelsonAalen, _ band: ConfidenceBand?) -> [[String]] {
    let table = curve.table
    return [
      ["Time", "At risk", event, isReversed ? "Events" : "Censored", "S(t)", "SE", "Lower", "Upper", "Cum. hazard"]
        + (band == nil ? [] : ["Band lower", "Band upper"])
    ]
      + table.time.indices.map { k in
        [
          loaded.timeText(table.time[k]), countText(table.atRisk[k]), countText(table.events[k]),
          countText(table.censored[k]), fixed(curve.survival[k]), fixed(curve.standardErrorOfSurvival[k]),
          fixed(curve.lower[k]), fixed(curve.upper[k]), fixed(hazard.hazard[k]),
        ] + (band.map { [fixed($0.lower[k]), fixed($0.upper[k])] } ?? [])
      }
  }

  private func landmarkRows(_ curve: KaplanMeier, _ hazard: NelsonAalen, _ band: ConfidenceBand?) -> [[String]] {
    [
      ["Time", "At risk", "\(event) so far", "S(t)", "SE", "Lower", "Upper", "Cum. hazard"]
        + (band == nil ? [] : ["Band lower", "Band upper"])
    ]
      + curve.landmarks(times).map { point in
        if point.survival.isNaN { return [NumberText.plain(point.time)] + [String](repeating: "withheld", count: 7) }
        let k = hazard.time.lastIndex { $0 <= point.time }
        return [
          NumberText.plain(point.time), point.atRisk.isNaN ? "NE" : countText(point.atRisk),
          countText(point.cumulativeEvents),
        ]
          + [
            point.survival, point.standardErrorOfSurvival, point.lower, point.upper, k.map { hazard.hazard[$0] } ?? 0,
          ].map { point.isBeyondLastObservation ? "NE" : fixed($0) }
          + (band.map { [fixed($0.limits(at: point.time).lower), fixed($0.limits(at: point.time).upper)] } ?? [])
      }
  }

  private var conventionLine: String {
    "Conventions (\(input.like.rawValue)): \(confidence.percent) CI of S(t) on the \(confidence.transform.rawValue) scale, "
      + "\(variance == .greenwood ? "Greenwood" : "robust") standard errors, quantiles by the rule of "
      + "\(input.like.rawValue), cumulative hazard Nelson-Aalen. NR: not reached. NE: not estimable, or not defined (S = 0)."
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines + remarks.map { "Note: \($0.message)" }))
    for (position, (label, curve)) in zip(loaded.armLabels, curves).enumerated() {
      let band = bands.isEmpty ? nil : bands[position]
      document.add(
        .heading(
          "\(label): \(isReversed ? reversedSize(curve) : loaded.sizeText(curve))",
          lines: (probabilities.isEmpty ? [] : ["Quantiles (\(confidence.percent) CI): \(quantileText(curve))"])
            + (bands.isEmpty ? [] : [bandText(band)])))
      let hazard = hazards[position]
      document.add(.table(times.isEmpty ? curveRows(curve, hazard, band) : landmarkRows(curve, hazard, band)))
    }
    if let bootstrap {
      document.add(.heading(bootstrap.sentence))
      document.add(.table(bootstrap.quantileRows(curves)))
    }
    document.add(.lines([conventionLine]))
    return document
  }

  private func reversedSize(_ curve: KaplanMeier) -> String {
    "\(curve.count) subjects, \(countText(curve.table.totalEvents)) censored, "
      + "\(countText(curve.table.totalCensored)) events"
  }
}
