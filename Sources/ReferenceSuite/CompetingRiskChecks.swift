internal import Survival

extension CheckData {
  /// The event column as causes: those of the analysis, or every code but 0 in ascending order.
  private func competingRisks() throws -> (risks: CompetingRisks, codes: [Double]) {
    guard let column = analysis["event"]?.string else { throw UnsupportedCheck(reason: "no event") }
    guard analysis["weights"] == nil || data.weights != nil else { throw UnsupportedCheck(reason: "no weights") }
    let values = numbers(column)
    let codes = Set(values).subtracting([0]).sorted()
    guard let wanted = analysis["causes"]?.numbers ?? analysis["cause"]?.number.map({ [$0] }),
      wanted.allSatisfy(codes.contains)
    else { throw UnsupportedCheck(reason: "no such cause") }
    let place = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0 + 1) })
    return (
      try CompetingRisks(
        time: data.time, cause: values.map { place[$0] ?? 0 }, labels: codes.map { "\($0)" }, entry: data.entry,
        weights: data.weights), codes
    )
  }

  private var causesAsked: [Double] { analysis["causes"]?.numbers ?? [] }

  /// Curves at the times that the suite lists, which need not be times of an event.
  func cumulativeIncidence(expected: JSONTree) throws -> JSONTree {
    let (risks, codes) = try competingRisks()
    let curves = try AalenJohansen.curves(
      risks, by: grouping("group"), confidence: ConfidenceSetting(level: level, transform: .log))
    let labels = groupLabels()
    return .object([
      "curves": .array(
        curves.enumerated().map { position, curve in
          let listed = (expected["curves"]?.array ?? []).indices.contains(position)
          let times = (listed ? expected["curves"]?.array?[position]["time"]?.numbers : nil) ?? curve.time
          let places = times.map { curve.position(at: $0) }
          func at(_ values: [Double]?, before: Double = 0) -> JSONTree {
            .numbers(places.map { place in place.map { values?[$0] ?? .nan } ?? before })
          }
          var members: [String: JSONTree] = [
            "n": .count(curve.count), "time": .numbers(times),
            "n_risk": .numbers(times.map(curve.table.numberAtRisk(at:))),
            "event_free": at(curve.eventFree, before: 1),
            "causes": .array(
              causesAsked.compactMap { code in
                guard let c = codes.firstIndex(of: code) else { return nil }
                let cause = curve.causes[c]
                return .object([
                  "cause": .number(code), "cif": at(cause.incidence),
                  "std_err_aalen": at(cause.aalenStandardError),
                  "std_err_infinitesimal_jackknife": at(cause.jackknifeStandardError),
                ])
              }),
          ]
          if let label = labels[position] { members["group"] = label }
          return .object(members)
        })
    ])
  }

  func gray() throws -> JSONTree {
    guard let groups = grouping("group") else { throw UnsupportedCheck(reason: "no group") }
    let (risks, codes) = try competingRisks()
    let rho = analysis["rho"]?.number ?? 0
    return .object([
      "rho": .number(rho),
      "tests": .array(
        try causesAsked.map { code in
          let cause = (codes.firstIndex(of: code) ?? 0) + 1
          let test = try GrayTest(risks, cause: cause, groups: groups, strata: grouping("strata"), rho: rho)
          guard case .object(var members) = JSONTree(test.result) else { return .null }
          members["cause"] = .number(code)
          return .object(members)
        }),
    ])
  }

  func fineGray() throws -> JSONTree {
    let (risks, codes) = try competingRisks()
    guard let code = analysis["cause"]?.number else { throw UnsupportedCheck(reason: "no cause") }
    let cause = (codes.firstIndex(of: code) ?? 0) + 1
    let fit = try FineGrayModel().fit(risks, cause: cause, try design())
    for warning in fit.warnings { warnings.add(warning.message) }
    let ratios = fit.hazardRatios(level: level)
    return .object([
      "cause": .number(code), "terms": .array(fit.names.map { .string($0) }), "coef": .numbers(fit.coefficients),
      "se": .numbers(fit.standardErrors), "shr": .numbers(ratios.map(\.estimate)),
      "shr_lower": .numbers(ratios.map(\.lower)), "shr_upper": .numbers(ratios.map(\.upper)), "z": .numbers(fit.z),
      "p": .numbers(fit.p), "loglik": .number(fit.logLikelihood), "loglik_null": .number(fit.logLikelihoodNull),
    ])
  }
}
