/// Times that are whole numbers in a range not much longer than their count, so that counting takes the place of sorting.
struct WholeDays: Sendable, Equatable {
  let first: Double
  let days: Int

  /// Nil for other times.
  init?(_ scan: NumberScan, count: Int) {
    guard scan.areWhole, scan.largest - scan.least < 4 * Double(count), scan.largest - scan.least < 0x1p30 else {
      return nil
    }
    first = scan.least
    days = Int(scan.largest - scan.least) + 1
  }

  /// The day of a time counted from the first. Added to 2⁵², a number is whole in the last bits of the sum.
  @inline(__always) func day(_ time: Double) -> Int {
    Int(UInt32(truncatingIfNeeded: ((time - first) + 0x1p52).bitPattern))
  }

  /// How many rows have each day, code and kind: the count at (day · width + code) · 2 + kind, kind 1 for an event that
  /// counts, 0 for every other row.
  func counts(_ rows: RowColumns, codes: JointCodes) -> [UInt32] {
    let slots = days * codes.width * 2
    // A piece has more rows than counts; the pieces' counts add up to the same, whatever the pieces.
    let parts = mapPieces(of: rows.count, size: max(1 << 18, slots)) { range in
      var counts = [UInt32](repeating: 0, count: slots)
      rows.withPointers(codes) { columns in
        // Half as wide, the counts of some thousand days stay in the nearest cache; 2¹⁶ − 1 rows cannot overflow them.
        var short = [UInt16](repeating: 0, count: slots)
        let block = slots < 1 << 15 ? (1 << 16) - 1 : range.count
        guard block < range.count || range.count < 1 << 16 else {
          counts.withUnsafeMutableBufferPointer { counts in
            tally(columns, range, width: codes.width) { counts[$0] &+= 1 }
          }
          return
        }
        for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
          short.withUnsafeMutableBufferPointer { short in
            tally(columns, start..<min(start + block, range.upperBound), width: codes.width) { short[$0] &+= 1 }
          }
          for slot in 0..<slots {
            counts[slot] &+= UInt32(short[slot])
            short[slot] = 0
          }
        }
      }
      return counts
    }
    return parts.dropFirst().reduce(into: parts[0]) { sum, part in
      for slot in sum.indices { sum[slot] &+= part[slot] }
    }
  }

  /// Gives the slot of every row to `count`; one loop for each kind of columns, so that the choice stays outside.
  @inline(__always)
  private func tally(_ columns: Columns, _ range: Range<Int>, width: Int, _ count: (Int) -> Void) {
    let time = columns.time
    let isEvent = columns.isEvent
    if columns.weights != nil {
      for i in range { count((day(time[i]) &* width &+ columns.code(i)) &* 2 &+ columns.kind(i)) }
    } else if let second = columns.second, let first = columns.first {
      let stride = columns.stride
      for i in range {
        let code = Int(second[i]) &* stride &+ Int(first[i])
        count((day(time[i]) &* width &+ code) &* 2 &+ Int(isEvent[i]))
      }
    } else if let first = columns.first {
      for i in range { count((day(time[i]) &* width &+ Int(first[i])) &* 2 &+ Int(isEvent[i])) }
    } else {
      for i in range { count(day(time[i]) &* 2 &+ Int(isEvent[i])) }
    }
  }

  /// Rows by day, of one day the events that count first, both in input order: a stable counting sort.
  func order(_ rows: RowColumns) -> [Int32] {
    let slots = days * 2
    let size = max(1 << 17, 4 * slots)
    var pieces = mapPieces(of: rows.count, size: size) { range in
      var counts = [Int32](repeating: 0, count: slots)
      counts.withUnsafeMutableBufferPointer { counts in
        rows.withPointers(JointCodes()) { columns in
          for i in range { counts[day(columns.time[i]) * 2 + 1 - columns.kind(i)] &+= 1 }
        }
      }
      return counts
    }
    var next: Int32 = 0
    for slot in 0..<slots {
      for piece in pieces.indices {
        let mine = pieces[piece][slot]
        pieces[piece][slot] = next
        next += mine
      }
    }
    let starts = pieces
    return filled(rows.count) { output in
      inPieces(of: rows.count, size: size) { range in
        var places = starts[range.lowerBound / size]
        places.withUnsafeMutableBufferPointer { places in
          rows.withPointers(JointCodes()) { columns in
            for i in range {
              let slot = day(columns.time[i]) * 2 + 1 - columns.kind(i)
              let place = places[slot]
              places[slot] = place &+ 1
              output[Int(place)] = Int32(truncatingIfNeeded: i)
            }
          }
        }
      }
    }
  }
}

/// The columns of rows that counting reads.
struct RowColumns: Sendable {
  let time: [Double]
  let isEvent: [Bool]
  let weights: [Double]?
  var count: Int { time.count }

  fileprivate func withPointers(_ codes: JointCodes, _ body: (Columns) -> Void) {
    time.withUnsafeBufferPointer { time in
      isEvent.withUnsafeBytes { isEvent in
        withOptionalPointer(weights) { weights in
          withOptionalPointer(codes.first) { first in
            withOptionalPointer(codes.second) { second in
              body(
                Columns(
                  time: time, isEvent: isEvent, weights: weights, first: first, second: second, stride: codes.stride))
            }
          }
        }
      }
    }
  }
}

private func withOptionalPointer<Element>(_ array: [Element]?, _ body: (UnsafeBufferPointer<Element>?) -> Void) {
  guard let array else { return body(nil) }
  array.withUnsafeBufferPointer { body($0) }
}

private struct Columns {
  let time: UnsafeBufferPointer<Double>
  let isEvent: UnsafeRawBufferPointer
  let weights: UnsafeBufferPointer<Double>?
  let first: UnsafeBufferPointer<Int32>?
  let second: UnsafeBufferPointer<Int32>?
  let stride: Int

  @inline(__always) func code(_ i: Int) -> Int { Int(second?[i] ?? 0) * stride + Int(first?[i] ?? 0) }

  /// 1 for an event that counts. An event of weight 0 is none.
  @inline(__always) func kind(_ i: Int) -> Int { weights?[i] == 0 ? 0 : Int(isEvent[i]) }
}

/// The group of every row, or its stratum and group as one number, stratum · groups + group.
struct JointCodes: Sendable {
  var first: [Int32]?
  var second: [Int32]?
  /// Number of groups, and of joint codes.
  var stride = 1
  var width = 1

  init() {}

  init(groups: Grouping?, strata: Grouping? = nil) {
    (first, second) = (groups?.codes, strata?.codes)
    stride = groups?.count ?? 1
    width = stride * (strata?.count ?? 1)
  }

  @inline(__always) func callAsFunction(_ row: Int) -> Int { Int(second?[row] ?? 0) * stride + Int(first?[row] ?? 0) }

  /// Whether both are of the very same arrays.
  func isSame(as other: JointCodes) -> Bool {
    func same(_ a: [Int32]?, _ b: [Int32]?) -> Bool {
      guard let a, let b else { return a == nil && b == nil }
      return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { a.count == $0.count && a.baseAddress == $0.baseAddress }
      }
    }
    return stride == other.stride && width == other.width && same(first, other.first) && same(second, other.second)
  }
}
