public import Survival

/// A column of text over the rows of an analysis: its different values, and which of them each row has.
public struct CodedColumn: Sendable {
  /// The different texts; some may be of rows that the analysis does not have.
  public let labels: [String]
  /// For each row the position of its text in `labels`.
  public let codes: [Int32]

  public var count: Int { codes.count }

  public subscript(row: Int) -> String { labels[Int(codes[row])] }

  /// The text of every row.
  public var texts: [String] { codes.map { labels[Int($0)] } }

  /// The rows in groups of equal text, byte for byte.
  ///
  /// - Parameter order: labels in the order that their groups are to have; the others follow in order, by value where every
  ///   label is a number, by bytes where not.
  public func grouping(order: [String]? = nil) -> Grouping {
    Grouping(labels: labels, codes: codes, order: order)
  }

  /// The texts that rows have, in the order of their first row: place in `labels`, number of rows, first row.
  var occurrences: [(code: Int, rows: Int, first: Int)] {
    let rows = codeCounts(codes, count: labels.count)
    var first = [Int](repeating: -1, count: labels.count)
    var left = rows.count { $0 > 0 }
    for (row, code) in codes.enumerated() where first[Int(code)] < 0 {
      first[Int(code)] = row
      left -= 1
      if left == 0 { break }
    }
    return rows.indices.filter { rows[$0] > 0 }.sorted { first[$0] < first[$1] }.map { ($0, rows[$0], first[$0]) }
  }

  /// The column of the rows given.
  func subset(_ rows: [Int]) -> CodedColumn {
    CodedColumn(labels: labels, codes: rows.map { codes[$0] })
  }

  /// One text for every row.
  package init(repeating text: String, count: Int) {
    self.init(labels: [text], codes: [Int32](repeating: 0, count: count))
  }

  init(labels: [String], codes: [Int32]) {
    self.labels = labels
    self.codes = codes
  }

  /// A value for each row that depends on its text alone.
  package func mapLabels<Value: Sendable>(_ transform: (String) -> Value) -> [Value] {
    translated(codes, labels.map(transform))
  }

  /// The position of each row's text in `list`; 0 where it is not there.
  package func positions(in list: [String]) -> [Int32] {
    mapLabels { label in Int32(list.firstIndex(of: label) ?? 0) }
  }
}
