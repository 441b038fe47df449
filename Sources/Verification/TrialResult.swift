public import Survival
public import TrialCatalogue

/// Everything a trial's publication says beside what its rows give.
public struct TrialResult: Sendable {
  public let trial: Trial
  /// Endpoints with rows, in the order of the publication.
  public let endpoints: [EndpointResult]
  public let proportions: [ProportionResult]
  /// Endpoints without rows, with what was published of them.
  public let unreproduced: [PublishedEndpoint]

  /// How the reconstruction intervals were made.
  public let repeats: RepeatSettings

  /// - Parameters:
  ///   - trial: what was published, with the rows beside it.
  ///   - repeats: how reconstruction intervals are made; none unless asked for.
  /// - Throws: what the analysis of an endpoint throws.
  public init(_ trial: Trial, repeats: RepeatSettings = .none) throws {
    self.trial = trial
    self.repeats = repeats
    var endpoints: [EndpointResult] = []
    var proportions: [ProportionResult] = []
    var unreproduced: [PublishedEndpoint] = []
    for endpoint in trial.published.endpoints {
      if endpoint.kind == .proportion {
        proportions.append(try ProportionResult(endpoint))
      } else if let rows = trial.rows[endpoint.id] {
        endpoints.append(try EndpointResult(endpoint, rows: rows, repeats: repeats))
      } else {
        unreproduced.append(endpoint)
      }
    }
    self.endpoints = endpoints
    self.proportions = proportions
    self.unreproduced = unreproduced
  }
}

/// Published percentages turned back into patients: which whole number of them gives the percentage, and the risk
/// difference and ratio that follow.
public struct ProportionResult: Sendable {
  public let endpoint: PublishedEndpoint
  /// Experimental, then control; nil where no whole number of patients rounds to the percentage.
  public let comparison: RiskComparison?
  public let comparisons: [Comparison]

  init(_ endpoint: PublishedEndpoint) throws {
    self.endpoint = endpoint
    var counts: [Proportion] = []
    var list: [Comparison] = []
    for arm in endpoint.orderedArms {
      guard let percent = arm.percent else { continue }
      let n = arm.n.value
      let count = Int((percent.value / 100 * Double(n)).rounded())
      let back = 100 * Double(count) / Double(n)
      let difference = back - percent.value
      // Half a unit of the printed decimal, and a little for its binary form.
      let isPossible = difference.magnitude <= 0.05 + 1e-9
      list.append(
        Comparison(
          endpoint.name + ", %", arm: arm.id, published: percent.value, reproduced: back, decimals: (1, 1),
          role: percent.role.comparison, confidence: percent.confidence, difference: difference, tolerance: 0.05,
          verdict: isPossible ? .pass : .fail,
          reason: isPossible ? "" : "no whole number of \(n) patients rounds to \(plain(percent.value)) %",
          note: "\(count)/\(n)"))
      if isPossible { counts.append(try Proportion(events: count, count: n)) }
    }
    comparison = counts.count == 2 ? RiskComparison(experimental: counts[0], control: counts[1]) : nil
    comparisons = list
  }
}
