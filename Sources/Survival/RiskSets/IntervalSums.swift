/// Sums over risk sets and over intervals of event times for rows at risk in bins entryBin ..< exitBin.
///
/// Right-censored rows are all at risk from the first bin: running sums from the last bin back give every risk set. With
/// delayed entry a running sum would have to subtract what it once added, and an outlier that comes and goes takes the
/// digits of everybody else with it (exp(50) added and removed leaves nothing). There a binary tree over the bins is used
/// instead: an interval is a union of at most 2 log₂ K nodes, and every sum is made of additions only.
struct IntervalSums {
  let rowStarts: [Int]
  let binStarts: [Int]
  let exitBin: [Int32]
  let entryBin: [Int32]
  let isTruncated: Bool

  init(_ problem: CoxProblem) {
    rowStarts = problem.rowStarts
    binStarts = problem.binStarts
    exitBin = problem.exitBin
    entryBin = problem.entryBin
    isTruncated = problem.isTruncated
  }

  private var bins: Int { binStarts[binStarts.count - 1] }

  /// For each bin, the sum of `values` over the rows at risk in it.
  func riskSetSums(_ values: [Double]) -> [Double] {
    guard !isTruncated else { return riskSetVectors(values, x: nil, p: 1) }
    var sums = [Double](repeating: 0, count: bins)
    for s in 0..<(rowStarts.count - 1) {
      var running = CompensatedSum()
      var i = rowStarts[s + 1] - 1
      for k in (binStarts[s]..<binStarts[s + 1]).reversed() {
        while i >= rowStarts[s], Int(exitBin[i]) > k {
          running.add(values[i])
          i -= 1
        }
        sums[k] = running.value
      }
    }
    return sums
  }

  /// For each bin, the vector sum of `values[i] · x[i]` over the rows at risk in it (of `values[i]` when `x` is nil).
  func riskSetVectors(_ values: [Double], x: [Double]?, p: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: bins * p)
    func component(_ i: Int, _ j: Int) -> Double { x.map { values[i] * $0[i * p + j] } ?? values[i] }
    for s in 0..<(rowStarts.count - 1) {
      let first = binStarts[s]
      let size = binStarts[s + 1] - first
      guard size > 0 else { continue }
      if !isTruncated {
        for i in rowStarts[s]..<rowStarts[s + 1] where Int(exitBin[i]) > first {
          let k = Int(exitBin[i]) - 1
          if let x {
            for j in 0..<p { sums[k * p + j] += values[i] * x[i * p + j] }
          } else {
            sums[k] += values[i]
          }
        }
        for k in (first..<(first + size - 1)).reversed() {
          for j in 0..<p { sums[k * p + j] += sums[(k + 1) * p + j] }
        }
        continue
      }
      // Bottom-up tree: nodes 1 ..< 2·size, leaf of bin k at size + k − first.
      var nodes = [Double](repeating: 0, count: 2 * size * p)
      for i in rowStarts[s]..<rowStarts[s + 1] {
        forEachTreeNode(from: Int(entryBin[i]) - first, to: Int(exitBin[i]) - first, of: size) { node in
          for j in 0..<p { nodes[node * p + j] += component(i, j) }
        }
      }
      for node in 1..<max(size, 1) {
        for j in 0..<p {
          nodes[2 * node * p + j] += nodes[node * p + j]
          nodes[(2 * node + 1) * p + j] += nodes[node * p + j]
        }
      }
      for k in 0..<size {
        for j in 0..<p { sums[(first + k) * p + j] = nodes[(size + k) * p + j] }
      }
    }
    return sums
  }

  /// For each row, the sum of the bins' `increments` over the bins in which it is at risk.
  func overRisk(_ increments: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: exitBin.count)
    for s in 0..<(rowStarts.count - 1) {
      let first = binStarts[s]
      let size = binStarts[s + 1] - first
      guard size > 0 else { continue }
      if !isTruncated {
        var running = CompensatedSum()
        var k = first
        for i in rowStarts[s]..<rowStarts[s + 1] {
          while k < Int(exitBin[i]) {
            running.add(increments[k])
            k += 1
          }
          result[i] = running.value
        }
        continue
      }
      var nodes = [Double](repeating: 0, count: 2 * size)
      for k in 0..<size { nodes[size + k] = increments[first + k] }
      for node in (1..<max(size, 1)).reversed() { nodes[node] = nodes[2 * node] + nodes[2 * node + 1] }
      for i in rowStarts[s]..<rowStarts[s + 1] {
        var sum = 0.0
        forEachTreeNode(from: Int(entryBin[i]) - first, to: Int(exitBin[i]) - first, of: size) { sum += nodes[$0] }
        result[i] = sum
      }
    }
    return result
  }
}
