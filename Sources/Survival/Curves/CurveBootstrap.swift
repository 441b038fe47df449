public import LinearAlgebra

/// The bootstrap of survival curves: quantiles and restricted means of resamples, by arm, and their contrasts.
///
/// A resample draws with replacement, within each arm, as many rows as the arm has: the sizes of the arms are those of the
/// trial, and a contrast of two arms is one of two samples, each drawn from its own. With clusters it draws whole clusters,
/// within each arm as many as the arm has; where a cluster has rows of several arms, as many of all clusters as there are,
/// and the arms' sizes vary. Rows of weight 0 are not drawn. A resample's curve is the Kaplan–Meier curve of its rows, made
/// from their counts on the sorted distinct times of the data; its quantiles follow the rule, its restricted means carry the
/// last value forward, as `KaplanMeier` and `RestrictedMean` do. Results depend on data, settings and seed only, not on the
/// number of threads, and replicate r does not depend on how many there are. O(replicates × (n + distinct times)).
/// Sources: Efron, JASA 1981;76:312–319; Davison & Hinkley, Bootstrap Methods and their Application, 1997, sections 3.2
/// and 3.5; of clusters: Field & Welsh, JRSS B 2007;69:369–390.
public struct CurveBootstrap: Sendable, Equatable {
  /// Fractions of subjects with the event whose times are wanted.
  public let probabilities: [Double]
  public let rule: QuantileRule
  /// Horizon of the restricted means; nil for none.
  public let tau: Double?
  public let arms: Int
  /// How resamples were made; nil where they were given.
  public let sampling: Sampling?
  /// One row for each replicate, in the order of drawing; for each arm in turn one column for each probability. Infinite where
  /// the curve does not fall to the quantile, NaN where the resample has nobody in the arm.
  public let quantiles: Matrix
  /// One row for each replicate, one column for each arm; NaN where the resample has nobody in the arm. No column without tau.
  public let restrictedMeans: Matrix
  /// For each arm the number of resamples whose last value, above 0, is carried forward to tau.
  public let carriedForward: [Int]

  public var replicates: Int { quantiles.rows }

  /// Where resamples came from.
  public struct Sampling: Sendable, Equatable {
    public let seed: UInt64
    /// Number of rows or clusters drawn from.
    public let units: Int
    /// Whether the draws are within arms; false where clusters have rows of several arms.
    public let isWithinArms: Bool
  }

  /// The replicates of one quantile of one arm.
  public func quantile(_ position: Int, arm: Int) -> [Double] {
    (0..<replicates).map { quantiles[$0, arm * probabilities.count + position] }
  }

  /// The replicates of the restricted mean of one arm.
  public func restrictedMean(arm: Int) -> [Double] {
    (0..<replicates).map { restrictedMeans[$0, arm] }
  }

  /// The replicates of a contrast of one arm with another.
  ///
  /// NaN where it is not defined: nobody in an arm, or no time lost in both. A ratio is infinite where only the reference
  /// has none.
  public func contrast(_ kind: RestrictedMeanContrast, of arm: Int, against reference: Int = 0) -> [Double] {
    let tau = tau ?? .nan
    return zip(restrictedMean(arm: arm), restrictedMean(arm: reference)).map { mean, other in
      switch kind {
      case .difference: mean - other
      case .ratio: mean / other
      case .timeLostRatio: (tau - mean) / (tau - other)
      }
    }
  }

  /// Draws `replicates` resamples.
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - grouping: the arms; nil for one curve of all rows.
  ///   - clusters: rows that are drawn together, one code per row; nil draws rows. Delayed entries and case weights stay with
  ///     their rows.
  ///   - probabilities: each in (0, 1).
  ///   - rule: which time is a quantile.
  ///   - tau: horizon of the restricted means, above 0; nil for none.
  ///   - replicates: how many resamples are drawn.
  ///   - seed: of the random numbers: the same seed gives the same result.
  ///   - progress: told now and then how many replicates have been added; from any thread.
  /// - Throws: `SurvivalInputError` for a setting out of range.
  public init(
    _ data: TimeToEvent, by grouping: Grouping? = nil, clusters: Grouping? = nil, probabilities: [Double] = [0.5],
    rule: QuantileRule = .r, tau: Double? = nil, replicates: Int, seed: UInt64,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(SurvivalInputError) {
    precondition(clusters.map { $0.codes.count == data.count } ?? true, "a grouping covers every row")
    guard replicates > 0 else {
      throw SurvivalInputError(.badSetting, "a bootstrap takes one resample or more, not \(replicates)")
    }
    let units = ResampleUnits(data, by: grouping, clusters: clusters)
    let sampling = Sampling(
      seed: seed, units: units.count, isWithinArms: units.pools.count == (grouping?.count ?? 1))
    try self.init(
      data, by: grouping, probabilities: probabilities, rule: rule, tau: tau, replicates: replicates,
      sampling: sampling, progress: progress
    ) { replicate, add in
      var generator = SplitMix64(seed: seed, replicate: replicate)
      units.draw(&generator, add: add)
    }
  }

  /// Takes given resamples.
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - grouping: the arms; nil for one curve of all rows.
  ///   - probabilities: of the quantiles, each in (0, 1).
  ///   - rule: which time is a quantile.
  ///   - tau: horizon of the restricted means; nil for none.
  ///   - resamples: row numbers of the data, counted from 0, one resample of as many rows as the data after the other.
  /// - Throws: as above.
  public init(
    _ data: TimeToEvent, by grouping: Grouping? = nil, probabilities: [Double] = [0.5], rule: QuantileRule = .r,
    tau: Double? = nil, resamples: [Int32]
  ) throws(SurvivalInputError) {
    let size = data.count
    precondition(resamples.count.isMultiple(of: size), "resamples have as many rows as the data")
    precondition(resamples.allSatisfy { (0..<Int32(size)).contains($0) }, "resamples are rows of the data")
    try self.init(
      data, by: grouping, probabilities: probabilities, rule: rule, tau: tau, replicates: resamples.count / size,
      sampling: nil, progress: nil
    ) { replicate, add in
      for draw in (replicate * size)..<((replicate + 1) * size) { add(Int(resamples[draw])) }
    }
  }

  private init(
    _ data: TimeToEvent, by grouping: Grouping?, probabilities: [Double], rule: QuantileRule, tau: Double?,
    replicates: Int, sampling: Sampling?, progress: (@Sendable (Int) -> Void)?,
    draw: @Sendable (_ replicate: Int, _ add: (Int) -> Void) -> Void
  ) throws(SurvivalInputError) {
    if let p = probabilities.first(where: { !($0 > 0 && $0 < 1) }) {
      throw SurvivalInputError(.badSetting, "a quantile is asked for between 0 and 1, not at \(p)")
    }
    if let tau { try RestrictedMean.check(tau: tau) }
    let places = ResamplePlaces(data, by: grouping)
    let arms = places.times.count
    let parts = mapPieces(of: replicates, size: 16) { range -> Part in
      var part = Part(carriedForward: [Int](repeating: 0, count: arms))
      var counts = ResamplePlaces.Counts(places)
      for replicate in range {
        counts.clear()
        draw(replicate) { places.add($0, to: &counts) }
        for arm in 0..<arms {
          places.readCurve(of: arm, from: &counts)
          if let tau {
            part.restrictedMeans.append(counts.curve.restrictedMean(to: tau))
            if counts.curve.isCarriedForward(to: tau) { part.carriedForward[arm] += 1 }
          }
          part.quantiles += counts.curve.quantiles(probabilities, rule: rule)
        }
      }
      progress?(range.count)
      return part
    }
    self.probabilities = probabilities
    self.rule = rule
    self.tau = tau
    self.arms = arms
    self.sampling = sampling
    quantiles = Matrix(
      rows: replicates, columns: arms * probabilities.count, values: parts.flatMap(\.quantiles))
    restrictedMeans = Matrix(
      rows: replicates, columns: tau == nil ? 0 : arms, values: parts.flatMap(\.restrictedMeans))
    carriedForward = (0..<arms).map { arm in parts.reduce(0) { $0 + $1.carriedForward[arm] } }
  }

  /// What one block of replicates gives.
  private struct Part: Sendable {
    var quantiles: [Double] = []
    var restrictedMeans: [Double] = []
    var carriedForward: [Int]
  }
}

/// How two restricted means are compared.
public enum RestrictedMeanContrast: String, Sendable, Codable, CaseIterable {
  case difference
  case ratio
  /// Ratio of the restricted mean time lost, tau − mean.
  case timeLostRatio
}
