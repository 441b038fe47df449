extension GroupedCounts {
  /// The event table of every code.
  func tables() -> [EventTable] {
    switch form {
    case .table(let counts): (0..<width).map { table(counts, code: $0) }
    // Arrays that are filled together nest their calls.
    case .walk(let walk): width <= 16 ? filledTables(walk) : appendedTables(walk)
    }
  }

  private func table(_ counts: [UInt32], code: Int) -> EventTable {
    var columns = Columns()
    var left = totals[code]
    for k in distinct.indices {
      let slot = (k * width + code) * 2
      let leaving = Int(counts[slot]) + Int(counts[slot + 1])
      guard leaving > 0 else { continue }
      columns.time.append(distinct[k])
      columns.atRisk.append(Double(left))
      columns.events.append(Double(counts[slot + 1]))
      columns.censored.append(Double(counts[slot]))
      left -= leaving
    }
    return columns.table(count: totals[code])
  }

  private func appendedTables(_ walk: Walk) -> [EventTable] {
    var columns = [Columns](repeating: Columns(), count: width)
    var left = totals
    for k in distinct.indices {
      for place in walk.places(k) {
        let code = Int(walk.codes[place] >> 1)
        columns[code].add(walk.codes[place] & 1, at: distinct[k], atRisk: left[code])
        left[code] -= 1
      }
    }
    return columns.indices.map { columns[$0].table(count: totals[$0]) }
  }

  private struct Columns {
    var time: [Double] = []
    var atRisk: [Double] = []
    var events: [Double] = []
    var censored: [Double] = []

    mutating func add(_ kind: Int32, at t: Double, atRisk n: Int) {
      if time.last != t {
        time.append(t)
        atRisk.append(Double(n))
        events.append(0)
        censored.append(0)
      }
      if kind == 1 { events[events.count - 1] += 1 } else { censored[censored.count - 1] += 1 }
    }

    func table(count: Int) -> EventTable {
      EventTable(time: time, atRisk: atRisk, events: events, censored: censored, count: count)
    }
  }

  /// The same tables, whose lengths are counted first and whose pieces are then filled at once.
  private func filledTables(_ walk: Walk) -> [EventTable] {
    let (distinct, width, totals) = (distinct, width, totals)
    let lengths =
      walk.starts == nil
      ? walk.pieces.indices.map { piece in
        // One row a time: as many times as rows.
        let next = piece + 1 < walk.leftBefore.count ? walk.leftBefore[piece + 1] : totals
        return zip(next, walk.leftBefore[piece]).map { $0 - $1 }
      }
      : concurrentMap(walk.pieces.count) { piece in
        var lengths = [Int](repeating: 0, count: width)
        var last = [Int](repeating: -1, count: width)
        for k in walk.pieces[piece] {
          for place in walk.places(k) {
            let code = Int(walk.codes[place] >> 1)
            if last[code] != k {
              last[code] = k
              lengths[code] += 1
            }
          }
        }
        return lengths
      }
    var firsts: [[Int]] = []
    var sum = [Int](repeating: 0, count: width)
    for piece in lengths {
      firsts.append(sum)
      for code in 0..<width { sum[code] += piece[code] }
    }
    let starts = firsts
    let columns: [[Double]] = filled(counts: sum.flatMap { [$0, $0, $0, $0] }) { (slots: [Slots<Double>]) in
      concurrentForEach(walk.pieces.count) { piece in
        var next = starts[piece]
        var last = [Int](repeating: -1, count: width)
        var left = zip(totals, walk.leftBefore[piece]).map { $0 - $1 }
        for k in walk.pieces[piece] {
          for place in walk.places(k) {
            let code = Int(walk.codes[place] >> 1)
            if last[code] != k {
              last[code] = k
              let row = next[code]
              slots[4 * code][row] = distinct[k]
              slots[4 * code + 1][row] = Double(left[code])
              slots[4 * code + 2][row] = 0
              slots[4 * code + 3][row] = 0
              next[code] += 1
            }
            let kind = 3 - Int(walk.codes[place] & 1)
            slots[4 * code + kind][next[code] - 1] += 1
            left[code] -= 1
          }
        }
      }
    }
    return (0..<width).map { code in
      EventTable(
        time: columns[4 * code], atRisk: columns[4 * code + 1], events: columns[4 * code + 2],
        censored: columns[4 * code + 3], count: totals[code])
    }
  }
}
