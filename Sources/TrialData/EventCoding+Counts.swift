internal import Survival

extension EventCoding {
  /// The different codes in the order of their first row, and how often each occurs.
  struct Counts {
    private(set) var codes: [String] = []
    private var counts: [String: Int] = [:]

    init(_ column: CodedColumn) {
      let rows = codeCounts(column.codes, count: column.labels.count)
      var first = [Int](repeating: -1, count: column.labels.count)
      var left = rows.count { $0 > 0 }
      for (row, code) in column.codes.enumerated() where first[Int(code)] < 0 {
        first[Int(code)] = row
        left -= 1
        if left == 0 { break }
      }
      for code in rows.indices.filter({ rows[$0] > 0 }).sorted(by: { first[$0] < first[$1] }) {
        let label = column.labels[code]
        if counts[label, default: 0] == 0 { codes.append(label) }
        counts[label, default: 0] += rows[code]
      }
    }

    func total(_ codes: Set<String>) -> Int { codes.reduce(0) { $0 + counts[$1, default: 0] } }

    /// - Parameter label: what the file says that a code stands for.
    func listing(_ label: (String) -> String?) -> String {
      if codes.count > 20 { return "more than 20 different values" }
      return codes.map { code in
        let meaning = label(code).map { " = \($0)" } ?? ""
        return "\(code)\(meaning) (\(counts[code, default: 0]))"
      }.joined(separator: ", ")
    }
  }
}
