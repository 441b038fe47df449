/// The rows of a Fine–Gray regression laid out for the likelihood, with the distribution of censoring.
struct FineGrayProblem {
  /// Rows by baseline stratum and time, covariates centred and scaled, with the event times of the cause.
  let layout: CoxProblem
  /// Time of exit of each row.
  let exit: [Double]
  let isCompeting: [Bool]
  let isCensored: [Bool]
  /// The group of each row: its stratum of censoring, and how often observation began anew before its exit.
  let censoringGroup: [Int]
  /// The chance of being under observation just before each row's exit, and, by groups, just before each event time: 0 once
  /// everybody was censored, infinite where nobody was left and others entered, for which no weight is defined.
  let freeAtExit: [Double]
  let freeAtEvent: [[Double]]

  let censorings: [CensoringDistribution.Censoring]
  /// Event times of the cause before each of them.
  let eventsBefore: [Int]
  /// Number of those times at or before each row's exit.
  let censoringsBy: [Int]

  init(
    _ risks: CompetingRisks, cause: Int, design: DesignMatrix, strata: Grouping?, censoringStrata: Grouping?,
    ties: CensoringTies
  ) throws(SurvivalInputError) {
    layout = CoxProblem(try risks.causeSpecific(cause), design: design, strata: strata, offset: nil)
    let distribution = try CensoringDistribution(risks, strata: censoringStrata, ties: ties)
    let rows = layout.source.map { Int($0) }
    let times = rows.map { risks.data.time[$0] }
    exit = times
    isCompeting = rows.map { risks.cause[$0] != 0 && Int(risks.cause[$0]) != cause }
    isCensored = rows.map { risks.cause[$0] == 0 }
    struct Group: Hashable {
      let stratum: Int
      let ends: Int
      let beginnings: Int
    }
    let chances = rows.indices.map {
      distribution.before(times[$0], stratum: Int(censoringStrata?.codes[rows[$0]] ?? 0))
    }
    let groups = rows.indices.map {
      Group(
        stratum: Int(censoringStrata?.codes[rows[$0]] ?? 0), ends: chances[$0].free.zeros,
        beginnings: chances[$0].entered.zeros)
    }
    let distinct = Set(groups).sorted { ($0.stratum, $0.ends, $0.beginnings) < ($1.stratum, $1.ends, $1.beginnings) }
    let place = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    censoringGroup = groups.map { place[$0] ?? 0 }
    freeAtExit = chances.map { $0.free.value * $0.entered.value }
    let binTime = layout.binTime
    freeAtEvent = distinct.map { group in
      binTime.map { t in
        let (free, entered) = distribution.before(t, stratum: group.stratum)
        if entered.zeros != group.beginnings { return .infinity }
        return free.zeros == group.ends ? free.value * entered.value : 0
      }
    }
    censorings = distribution.censorings
    eventsBefore = distribution.censorings.map { lowerBound(binTime, $0.time) }
    let censored = distribution.censorings.map(\.time)
    censoringsBy = times.map { upperBound(censored, $0) }
  }

  /// For each row, the sum over the event times of its stratum after its exit of the increments times the chance of being
  /// under observation.
  func afterExit(_ increments: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: layout.rows)
    for g in freeAtEvent.indices {
      for s in 0..<layout.strataCount {
        let bins = layout.binStarts[s]..<layout.binStarts[s + 1]
        var sum = CompensatedSum()
        var tail = [0.0]
        for k in bins.reversed() {
          if freeAtEvent[g][k].isFinite { sum.add(increments[k] * freeAtEvent[g][k]) }
          tail.append(sum.value)
        }
        for i in layout.rowStarts[s]..<layout.rowStarts[s + 1] where censoringGroup[i] == g {
          result[i] = tail[bins.upperBound - Int(layout.exitBin[i])]
        }
      }
    }
    return result
  }
}
