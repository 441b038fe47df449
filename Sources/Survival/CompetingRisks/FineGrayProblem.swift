/// The rows of a Fine–Gray regression laid out for the likelihood, with the distribution of censoring.
///
/// G is the Kaplan–Meier estimate of the time of censoring from all rows, with everybody who leaves at a time still at risk
/// of being censored then; only its left limits are used.
struct FineGrayProblem {
  /// Rows by time, covariates centred and scaled, with the event times of the cause.
  let layout: CoxProblem
  /// Time of exit of each row.
  let exit: [Double]
  let isCompeting: [Bool]
  let isCensored: [Bool]
  /// G just before each row's exit and just before each event time.
  let freeAtExit: [Double]
  let freeAtEvent: [Double]

  /// A distinct time at which rows are censored.
  struct Censoring {
    let time: Double
    let count: Double
    let atRisk: Double
    /// Event times of the cause before it.
    let eventsBefore: Int
  }
  let censorings: [Censoring]
  /// Number of those times at or before each row's exit.
  let censoringsBy: [Int32]

  init(_ risks: CompetingRisks, cause: Int, design: DesignMatrix) throws(SurvivalInputError) {
    layout = CoxProblem(try risks.causeSpecific(cause), design: design, strata: nil, offset: nil)
    let table = EventTable.tables(risks.data)[0]
    var free = 1.0
    var before: [Double] = []
    var censorings: [Censoring] = []
    var by: [Int32] = []
    for k in table.time.indices {
      before.append(free)
      if table.censored[k] > 0 {
        free *= (table.atRisk[k] - table.censored[k]) / table.atRisk[k]
        censorings.append(
          Censoring(
            time: table.time[k], count: table.censored[k], atRisk: table.atRisk[k],
            eventsBefore: lowerBound(layout.binTime, table.time[k])))
      }
      by.append(Int32(censorings.count))
    }
    let rows = layout.source.map { Int($0) }
    exit = rows.map { risks.data.time[$0] }
    isCompeting = rows.map { risks.cause[$0] != 0 && Int(risks.cause[$0]) != cause }
    isCensored = rows.map { risks.cause[$0] == 0 }
    freeAtExit = rows.map { before[Int(risks.data.timeIndex[$0])] }
    freeAtEvent = layout.firstEvent.map { before[Int(risks.data.timeIndex[rows[Int($0)]])] }
    self.censorings = censorings
    censoringsBy = rows.map { by[Int(risks.data.timeIndex[$0])] }
  }

  /// Σ of the first k increments, for k from 0 to the number of event times.
  func cumulated(_ increments: [Double]) -> [Double] {
    var sum = CompensatedSum()
    return [0]
      + increments.map { increment in
        sum.add(increment)
        return sum.value
      }
  }

  /// Σ of the increments from the k-th on.
  func tail(_ increments: [Double]) -> [Double] { cumulated(increments.reversed()).reversed() }
}
