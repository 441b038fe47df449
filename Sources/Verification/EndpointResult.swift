internal import Reconstruction
public import Survival
public import TrialCatalogue

/// The analysis of one endpoint's rows, and every published number beside it.
///
/// Arms stand as in the publication's comparison: experimental, then control. Estimates are made as a first reader of
/// the rows would make them: Kaplan–Meier with log-scale limits, R's quantile rule, an unstratified Cox model with Efron
/// ties, an unstratified log-rank test. The hazard ratio's interval has the published level.
public struct EndpointResult: Sendable {
  public let endpoint: PublishedEndpoint
  public let arms: [ArmResult]
  public let hazardRatio: CoxFit.HazardRatio
  public let hazardRatioLevel: Double
  public let logRank: ChiSquaredTest
  public let comparisons: [Comparison]
  /// The comparison of the hazard ratio, which is among `comparisons` too; nil when none was published.
  public let hazardRatioComparison: Comparison?
  /// How far the numbers of the true rows may be from those of these rows.
  public let intervals: ReconstructionIntervals

  public struct ArmResult: Sendable {
    public let published: PublishedArm
    public let curve: KaplanMeier
    public let median: SurvivalQuantile
    /// Level of the median's interval: the published one.
    public let medianLevel: Double
    /// Numbers at risk of the rows at the published times.
    public let atRisk: [Int]
    /// S of the rows minus the reading, per reading.
    public let gaps: [Double]
  }

  public var worstVerdict: Verdict { comparisons.map(\.verdict).max() ?? .cannot }

  /// - Parameters:
  ///   - endpoint: what was published.
  ///   - rows: the rows, with their origin.
  ///   - repeats: how reconstruction intervals are made; none unless asked for.
  /// - Throws: `SurvivalInputError` or `CoxFitError` when the rows allow no analysis.
  public init(_ endpoint: PublishedEndpoint, rows: Trial.EndpointRows, repeats: RepeatSettings = .none) throws {
    self.endpoint = endpoint
    let published = endpoint.orderedArms
    // Rows hold the control first.
    let tables = Array(EventTable.tables(rows.data, by: rows.arms).reversed())
    var arms: [ArmResult] = []
    for (arm, table) in zip(published, tables) {
      let curve = KaplanMeier(table, confidence: try ConfidenceSetting())
      let level = arm.median?.ciLevel ?? 0.95
      arms.append(
        ArmResult(
          published: arm, curve: curve,
          median: curve.withConfidence(try ConfidenceSetting(level: level)).median(), medianLevel: level,
          atRisk: (arm.atRisk?.times ?? []).map { Int(table.numberAtRisk(at: $0)) },
          gaps: zip(curve.landmarks(arm.survival?.times ?? []), arm.survival?.values ?? []).map { $0.survival - $1 }))
    }
    self.arms = arms
    let design = try DesignMatrix([.factor(name: "arm", levels: rows.arms, reference: nil)], rows: rows.data.count)
    let fit = try CoxModel().fit(rows.data, design)
    hazardRatioLevel = endpoint.hazardRatio?.ciLevel ?? 0.95
    hazardRatio = fit.hazardRatios(level: hazardRatioLevel)[0]
    logRank = try LogRankTest(rows.data, groups: rows.arms).result
    var comparisons = arms.flatMap { EndpointResult.compare($0, level: endpoint.level) }
    let found = hazardRatio
    let ratio = endpoint.hazardRatio.map { EndpointResult.compare($0, found) } ?? []
    hazardRatioComparison = ratio.first
    comparisons += ratio
    if let p = endpoint.p {
      let isImplied = endpoint.hazardRatio?.role == .input
      comparisons.append(EndpointResult.compare(p, logRank, isImplied: isImplied, test: endpoint.test))
    }
    self.comparisons = comparisons
    intervals = EndpointResult.intervals(endpoint, rows: rows, settings: repeats)
  }
}

extension EndpointResult {
  /// "level B: rows reconstructed from …".
  public var levelSentence: String {
    endpoint.level.flatMap(ReconstructionLevel.init(rawValue:))?.sentence ?? "no level stated"
  }
}
