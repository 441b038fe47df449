// Whole passes over the codes of many rows, in pieces of a fixed number of rows.

private let pieceSize = 1 << 18

/// Which of the codes 0 up to `count` occur.
package func codesPresent(_ codes: [Int32], count: Int) -> [Bool] {
  codeCounts(codes, count: count).map { $0 > 0 }
}

/// How often each of the codes 0 up to `count` occurs.
package func codeCounts(_ codes: [Int32], count: Int) -> [Int] {
  // Many codes: a table of counts for each piece would be larger than the rows.
  guard count <= 1 << 12 else {
    var counts = [Int](repeating: 0, count: count)
    for code in codes { counts[Int(code)] += 1 }
    return counts
  }
  let pieces = mapPieces(of: codes.count, size: pieceSize) { rows -> [Int] in
    // Two tables in turn: rows in succession that have one code do not wait for each other.
    var counts = [Int](repeating: 0, count: 2 * count)
    counts.withUnsafeMutableBufferPointer { counts in
      codes.withUnsafeBufferPointer { codes in
        var row = rows.lowerBound
        while row + 1 < rows.upperBound {
          counts[Int(codes[row])] += 1
          counts[count + Int(codes[row + 1])] += 1
          row += 2
        }
        if row < rows.upperBound { counts[Int(codes[row])] += 1 }
      }
    }
    return counts
  }
  var counts = [Int](repeating: 0, count: count)
  for piece in pieces {
    for code in 0..<count { counts[code] += piece[code] + piece[count + code] }
  }
  return counts
}

/// Whether each code is marked in the table: the case of many rows, made for itself.
package func translated(_ codes: [Int32], _ table: [Bool]) -> [Bool] { translatedValues(codes, table) }

/// What the table says of each code.
package func translated<Value: Sendable>(_ codes: [Int32], _ table: [Value]) -> [Value] {
  translatedValues(codes, table)
}

@inline(__always)
private func translatedValues<Value: Sendable>(_ codes: [Int32], _ table: [Value]) -> [Value] {
  if codes.isEmpty { return [] }
  return [Value](unsafeUninitializedCapacity: codes.count) { buffer, initialized in
    nonisolated(unsafe) let values = buffer
    inPieces(of: codes.count, size: pieceSize) { rows in
      codes.withUnsafeBufferPointer { codes in
        table.withUnsafeBufferPointer { table in
          for row in rows { values.initializeElement(at: row, to: table[Int(codes[row])]) }
        }
      }
    }
    initialized = codes.count
  }
}
