/// How many rows of each code leave at each distinct time, and how many of them with an event; every row counts 1 and is
/// observed from the origin. What event tables and log-rank tests are made from.
struct GroupedCounts: Sendable {
  /// Distinct times of the data, ascending.
  let distinct: [Double]
  /// Number of codes.
  let width: Int
  /// Rows of each code.
  let totals: [Int]
  let form: Form

  enum Form: Sendable {
    /// Counts at (time · width + code) · 2 + kind, kind 1 for events: for few times.
    case table([UInt32])
    /// 2 · code + kind of every row in the order of time, for many times.
    case walk(Walk)
  }

  struct Walk: Sendable {
    let codes: [Int32]
    /// Where the rows of each time start, and one past the end; nil where each time has one row.
    let starts: [Int32]?
    /// Ranges of times that can be walked at once, and how many rows of each code leave before each.
    let pieces: [Range<Int>]
    let leftBefore: [[Int]]

    @inline(__always) func places(_ k: Int) -> Range<Int> {
      guard let starts else { return k..<(k + 1) }
      return Int(starts[k])..<Int(starts[k + 1])
    }
  }

  /// From counts by day, those of empty days left out.
  init(byDay counts: [UInt32], _ days: WholeDays, distinct: [Double], width: Int) {
    self.distinct = distinct
    self.width = width
    let row = width * 2
    var table: [UInt32] = []
    table.reserveCapacity(distinct.count * row)
    var totals = [Int](repeating: 0, count: width)
    for time in distinct {
      let start = days.day(time) * row
      table.append(contentsOf: counts[start..<(start + row)])
      for code in 0..<width { totals[code] += Int(counts[start + 2 * code]) + Int(counts[start + 2 * code + 1]) }
    }
    self.totals = totals
    form = .table(table)
  }

  /// From rows in the order of their times.
  init(order: [Int32], distinct: [Double], starts: [Int32]?, isEvent: [Bool], codes: JointCodes) {
    self.distinct = distinct
    width = codes.width
    // Of few codes the kind of a row is one byte: a table that the nearer caches hold is what places ask in no order.
    let kindOfRow: [UInt8] =
      codes.width > 128
      ? []
      : filled(order.count) { kinds in
        inPieces(of: order.count) {
          for row in $0 { kinds[row] = UInt8(truncatingIfNeeded: 2 * codes(row) + (isEvent[row] ? 1 : 0)) }
        }
      }
    let pieces = GroupedCounts.pieces(order.count, starts: starts, times: distinct.count, codes: width)
    var counts: [[Int]] = []
    let kinds: [Int32] = filled(order.count) { kinds in
      counts = concurrentMap(pieces.count) { piece in
        var rows = [Int](repeating: 0, count: codes.width)
        let range = pieces[piece]
        guard !range.isEmpty else { return rows }
        let first = starts.map { Int($0[range.lowerBound]) } ?? range.lowerBound
        let end = starts.map { Int($0[range.upperBound]) } ?? range.upperBound
        for place in first..<end {
          let row = Int(order[place])
          let kind = kindOfRow.isEmpty ? 2 * codes(row) + (isEvent[row] ? 1 : 0) : Int(kindOfRow[row])
          rows[kind / 2] += 1
          kinds[place] = Int32(truncatingIfNeeded: kind)
        }
        return rows
      }
    }
    var left = [Int](repeating: 0, count: width)
    var leftBefore: [[Int]] = []
    for piece in counts {
      leftBefore.append(left)
      for code in left.indices { left[code] += piece[code] }
    }
    totals = left
    form = .walk(Walk(codes: kinds, starts: starts, pieces: pieces, leftBefore: leftBefore))
  }

  /// Ranges of times with about as many rows each, cut at the starts of runs.
  private static func pieces(_ rows: Int, starts: [Int32]?, times: Int, codes: Int) -> [Range<Int>] {
    let size = max(1 << 16, 4 * codes)
    var cuts = [0]
    for place in stride(from: size, to: rows, by: size) {
      let cut = starts.map { starts in partitionPoint(starts.count) { starts[$0] < place } } ?? place
      if cut > cuts[cuts.count - 1], cut < times { cuts.append(cut) }
    }
    return zip(cuts, cuts.dropFirst() + [times]).map { $0..<$1 }
  }
}
