/// One stratum of Gray's test: what every event time contributes.
struct GrayWalk {
  /// An event time with two or more groups at risk, or with events of other causes that matter for later ones.
  private struct Step {
    /// n/S(t−) and n (1 − F(t−))/S(t−) per group, 0 where nobody is at risk.
    var h: [Double]
    var modified: [Double]
    /// S before and after, per group.
    var survivalBefore: [Double]
    var survival: [Double]
    var atRisk: [Double]
    /// Events of the cause and of others, per group.
    var own: [Double]
    var others: [Double]
    /// The pooled incidence's complement, before and after.
    var freeBefore: Double
    var free: Double
    var weight: Double

    var ownTotal: Double { own.reduce(0, +) }
    var hTotal: Double { h.reduce(0, +) }
    var groupsAtRisk: Int { atRisk.count { $0 > 0 } }
  }

  private let size: Int
  private var steps: [Step] = []

  init(
    _ risks: CompetingRisks, cause: Int32, groups: Grouping, order: StratifiedOrder, range: Range<Int>, rho: Double
  ) {
    let size = groups.count
    self.size = size
    let zero = [Double](repeating: 0, count: size)
    var atRisk = zero
    for position in range { atRisk[Int(groups.codes[Int(order.rows[position])])] += 1 }
    var survival = [Double](repeating: 1, count: size)
    var incidence = zero
    var free = 1.0
    var position = range.lowerBound
    while position < range.upperBound {
      let index = order.timeIndex[position]
      var own = zero
      var others = zero
      var leaving = zero
      while position < range.upperBound, order.timeIndex[position] == index {
        let row = Int(order.rows[position])
        let g = Int(groups.codes[row])
        leaving[g] += 1
        if risks.cause[row] == cause { own[g] += 1 } else if risks.cause[row] > 0 { others[g] += 1 }
        position += 1
      }
      var step = Step(
        h: zero, modified: zero, survivalBefore: survival, survival: survival, atRisk: atRisk, own: own, others: others,
        freeBefore: free, free: free, weight: rho == 0 ? 1 : power(max(0, free), rho))
      for g in 0..<size where atRisk[g] > 0 {
        step.h[g] = atRisk[g] / survival[g]
        step.modified[g] = step.h[g] * (1 - incidence[g])
        incidence[g] += survival[g] * own[g] / atRisk[g]
        let left = atRisk[g] - own[g] - others[g]
        survival[g] *= left / atRisk[g]
      }
      step.survival = survival
      let d = step.ownTotal
      if d > 0 {
        free -= d / step.hTotal
        step.free = free
      }
      if d > 0 || others.contains(where: { $0 > 0 }) { steps.append(step) }
      for g in 0..<size { atRisk[g] -= leaving[g] }
    }
  }

  func addScores(to score: inout [CompensatedSum], isCompared: inout [Bool]) {
    for step in steps where step.groupsAtRisk >= 2 {
      let d = step.ownTotal
      guard d > 0 else { continue }
      let total = step.modified.reduce(0, +)
      for g in 0..<size where step.atRisk[g] > 0 {
        isCompared[g] = true
        // The share of g as a product: one less the others' would lose digits.
        var difference = CompensatedSum(step.own[g] * (total - step.modified[g]) / total)
        difference.add(-(d - step.own[g]) * step.modified[g] / total)
        score[g].add(step.weight * difference.value)
      }
    }
  }

  /// From the last time back, so that what still lies ahead of an event, ∫ a dΓ⁰ over later times, is a sum of additions.
  func addVariance(to covariance: inout [CompensatedSum]) {
    // ahead[g][r]: how the score of g moves with the incidence of r after the time at hand.
    var ahead = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for step in steps.reversed() {
      let d = step.ownTotal
      let total = step.hTotal
      // a: how the score of g moves with the incidence of r at the time itself.
      var now = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
      if d > 0, step.groupsAtRisk >= 2 {
        for g in 0..<size {
          for r in 0..<size {
            let share = g == r ? (total - step.h[r]) / total : -step.h[r] / total
            now[g][r] = step.weight * step.h[g] * share
          }
        }
      }
      for r in 0..<size where step.atRisk[r] > 0 {
        // Nobody of r left: nothing lies ahead of r.
        let ratio = step.survival[r] > 0 ? step.free / step.survival[r] : 1
        if d > 0 {
          // A group much smaller than the number of ties makes this negative; Gray's program has it so, and so have we.
          let scaled = total * step.survivalBefore[r]
          let ties = d > 1 && scaled != 1 ? 1 - (d - 1) / (scaled - 1) : 1
          let spread = ties * d / (total * step.h[r])
          add((0..<size).map { now[$0][r] + (1 - ratio) * ahead[$0][r] }, spread, to: &covariance)
        }
        let e = step.others[r]
        if e > 0 {
          let ties = e > 1 ? 1 - (e - 1) / (step.atRisk[r] - 1) : 1
          add((0..<size).map { ratio * ahead[$0][r] }, ties * e / (step.h[r] * step.h[r]), to: &covariance)
        }
      }
      // With few groups left the pooled incidence may reach 1: then there is no hazard of it to weight what happens.
      guard d > 0, step.groupsAtRisk >= 2, step.freeBefore > 0 else { continue }
      let hazard = d / (total * step.freeBefore)
      for g in 0..<size {
        for r in 0..<size { ahead[g][r] += now[g][r] * hazard }
      }
    }
  }

  private func add(_ vector: [Double], _ factor: Double, to covariance: inout [CompensatedSum]) {
    for g in 0..<size where vector[g] != 0 {
      for h in 0..<size { covariance[g * size + h].add(factor * vector[g] * vector[h]) }
    }
  }
}
