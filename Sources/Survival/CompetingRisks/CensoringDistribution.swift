/// Who can be censored at a time at which others have their event.
public enum CensoringTies: String, Sendable, Codable, CaseIterable {
  /// Everybody who leaves at the time: R's cmprsk, Fine & Gray's program.
  case allAtRisk = "all-at-risk"
  /// Only those without an event then: R's `finegray`.
  case eventsFirst = "events-first"
}

/// The chance of still being under observation, by which a Fine–Gray model weights those who had another event: G of not
/// being censored yet, times, with delayed entry, H of having entered already; per stratum of censoring.
///
/// G is the Kaplan–Meier estimate of the time of censoring; H that of the time of entry, run backwards:
/// H(t) = ∏ over entries u >= t of 1 − (entering at u)/(entry <= u < exit). Rows count once, whatever their case weights, as
/// in R; rows of weight 0 do not count. Only left limits are used.
/// Sources: Fine & Gray, JASA 1999;94:496–509; Geskus, Biometrics 2011;67:39–49; Zhang, Zhang & Fine, Stat Med
/// 2011;30:1933–1951.
struct CensoringDistribution {
  /// A distinct time at which rows are censored.
  struct Censoring {
    let time: Double
    let count: Double
    let atRisk: Double
  }

  /// A product with its factors of 0 counted apart: with delayed entry observation can end and begin anew, and a ratio of
  /// two chances on the same side of such a time is a number.
  struct Chance: Hashable {
    var value = 1.0
    var zeros = 0

    mutating func multiply(_ factor: Double) {
      if factor > 0 { value *= factor } else { zeros += 1 }
    }
  }

  private struct Stratum {
    var time: [Double]
    /// G just before each time, and after the last.
    var free: [Chance]
    /// Distinct entries above the first, and H at or before each; 1 after the last.
    var entry: [Double] = []
    var entered: [Chance] = []
  }

  private let strata: [Stratum]
  /// Of the first stratum, ascending.
  let censorings: [Censoring]
  var count: Int { strata.count }

  init(_ risks: CompetingRisks, strata grouping: Grouping?, ties: CensoringTies) throws(SurvivalInputError) {
    let data = risks.data
    let isThere = data.weights.map { $0.map { $0 > 0 ? 1.0 : 0 } }
    let rows = try TimeToEvent(
      time: data.time, isEvent: data.isEvent, entry: data.entry, weights: isThere, tieTolerance: data.tieTolerance)
    var found: [Censoring] = []
    strata = EventTable.tables(rows, by: grouping).enumerated().map { s, table in
      var free = Chance()
      var stratum = Stratum(time: table.time, free: [free])
      for k in table.time.indices {
        let atRisk = table.atRisk[k] - (ties == .eventsFirst ? table.events[k] : 0)
        if table.censored[k] > 0 {
          free.multiply((atRisk - table.censored[k]) / atRisk)
          if s == 0 { found.append(Censoring(time: table.time[k], count: table.censored[k], atRisk: atRisk)) }
        }
        stratum.free.append(free)
      }
      if let entry = data.entry {
        let members = data.time.indices.filter { (isThere?[$0] ?? 1) > 0 && Int(grouping?.codes[$0] ?? 0) == s }
        (stratum.entry, stratum.entered) = CensoringDistribution.entries(
          members.map { entry[$0] }, members.map { data.time[$0] })
      }
      return stratum
    }
    censorings = found
  }

  /// G and H just before `t` in a stratum.
  func before(_ t: Double, stratum s: Int) -> (free: Chance, entered: Chance) {
    let k = lowerBound(strata[s].entry, t)
    let entered = k < strata[s].entered.count ? strata[s].entered[k] : Chance()
    return (strata[s].free[lowerBound(strata[s].time, t)], entered)
  }

  /// Distinct entries with the product of the factors from each on.
  private static func entries(_ entry: [Double], _ exit: [Double]) -> ([Double], [Chance]) {
    let entries = entry.sorted()
    let exits = exit.sorted()
    let distinct = Array(Set(entry)).sorted()
    var product = Chance()
    var entered: [Chance] = []
    for u in distinct.dropFirst().reversed() {
      let entering = Double(upperBound(entries, u) - lowerBound(entries, u))
      let atRisk = Double(upperBound(entries, u) - upperBound(exits, u))
      product.multiply((atRisk - entering) / atRisk)
      entered.append(product)
    }
    return (Array(distinct.dropFirst()), entered.reversed())
  }
}
