internal import Survival

extension EventCoding {
  /// The different codes in the order of their first row, and how often each occurs.
  struct Counts {
    private(set) var codes: [String] = []
    private var counts: [String: Int] = [:]

    init(_ column: CodedColumn) {
      for found in column.occurrences {
        let label = column.labels[found.code]
        if counts[label, default: 0] == 0 { codes.append(label) }
        counts[label, default: 0] += found.rows
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
