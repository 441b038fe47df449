/// What is drawn for a resample of curves: rows, or clusters of rows, in pools that keep their size.
///
/// A pool is an arm. Where a cluster has rows of several arms, all clusters are one pool, and the sizes of the arms vary.
/// Rows of weight 0 are not drawn.
struct ResampleUnits: Sendable {
  /// The units of each pool.
  let pools: [Range<Int>]
  private let starts: [Int]
  private let rows: [Int32]

  var count: Int { starts.count - 1 }

  init(_ data: TimeToEvent, by grouping: Grouping?, clusters: Grouping?) {
    let arms = grouping?.count ?? 1
    func arm(_ row: Int) -> Int { Int(grouping?.codes[row] ?? 0) }
    func isDrawn(_ row: Int) -> Bool { data.weights?[row] != 0 }
    var byPool = [[Int]](repeating: [], count: arms)
    guard let clusters else {
      for row in 0..<data.count where isDrawn(row) { byPool[arm(row)].append(row) }
      pools = ResampleUnits.ranges(byPool.map(\.count))
      rows = byPool.joined().map { Int32($0) }
      starts = Array(0...rows.count)
      return
    }
    let units = clusters.rowsByGroup.map { $0.filter(isDrawn) }.filter { !$0.isEmpty }
    if units.contains(where: { rows in rows.contains { arm($0) != arm(rows[0]) } }) {
      byPool = [Array(units.indices)]
    } else {
      for (unit, rows) in units.enumerated() { byPool[arm(rows[0])].append(unit) }
    }
    pools = ResampleUnits.ranges(byPool.map(\.count))
    let ordered = byPool.joined().map { units[$0] }
    rows = ordered.joined().map { Int32($0) }
    starts = ordered.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }

  private static func ranges(_ counts: [Int]) -> [Range<Int>] {
    var start = 0
    return counts.map { count in
      defer { start += count }
      return start..<(start + count)
    }
  }

  /// Draws from each pool as many units as it has; `add` is told each row as often as it is drawn.
  @inline(__always)
  func draw(_ generator: inout SplitMix64, add: (Int) -> Void) {
    for pool in pools {
      for _ in 0..<pool.count {
        let unit = pool.lowerBound + generator.next(below: pool.count)
        for position in starts[unit]..<starts[unit + 1] { add(Int(rows[position])) }
      }
    }
  }
}
