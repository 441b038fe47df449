internal import Survival

/// The rows of each subject where a subject may have several, each an interval (start, time].
struct SubjectIntervals {
  /// Positions of the rows of each subject, ascending in time; subjects in the order of their first row.
  let subjects: [[Int]]

  /// - Parameters:
  ///   - ids: one per row.
  ///   - start: nil where the rows have no start, so that a subject can have one row only.
  ///   - sourceRows: the file's number of each row, for errors.
  /// - Throws: `TrialDataError` when two intervals of a subject overlap: it would be at risk twice.
  init(
    ids: CodedColumn, start: [Double]?, time: [Double], sourceRows: [Int], file: String, column: String
  ) throws(TrialDataError) {
    var subjects: [[Int]] = []
    var place = [Int](repeating: -1, count: ids.labels.count)
    for (row, code) in ids.codes.enumerated() {
      if place[Int(code)] < 0 {
        place[Int(code)] = subjects.count
        subjects.append([])
      }
      subjects[place[Int(code)]].append(row)
    }
    for s in subjects.indices where subjects[s].count > 1 {
      guard let start else {
        throw TrialDataError(
          .data, file: file, row: sourceRows[subjects[s][1]], column: column,
          "the subject also stands in row \(sourceRows[subjects[s][0]]); several rows of one subject need --start. Rows that "
            + "belong together and run at the same time are a --cluster")
      }
      subjects[s].sort { (time[$0], $0) < (time[$1], $1) }
      for (a, b) in zip(subjects[s], subjects[s].dropFirst())
      where start[b] < time[a] && !SubjectIntervals.areEqual(start[b], time[a]) {
        throw TrialDataError(
          .data, file: file, row: sourceRows[b], column: column,
          "the interval overlaps that of the same subject in row \(sourceRows[a]); a subject is at risk once at a time. Rows that "
            + "belong together and run at the same time are a --cluster")
      }
    }
    self.subjects = subjects
  }

  /// Runs of rows that are one interval cut in pieces: each starts where the one before it ends, that one has no event, and
  /// nothing else tells them apart.
  func chains(
    start: [Double]?, time: [Double], isEvent: [Bool], isSame: (Int, Int) -> Bool
  ) -> [[Int]] {
    guard let start else { return subjects }
    var chains: [[Int]] = []
    for rows in subjects {
      for row in rows {
        if let last = chains.last?.last, row != rows[0], SubjectIntervals.areEqual(start[row], time[last]),
          !isEvent[last], isSame(last, row)
        {
          chains[chains.count - 1].append(row)
        } else {
          chains.append([row])
        }
      }
    }
    return chains
  }

  /// Whether a start is the end before it, also where the two were divided by 365.25 in different ways.
  private static func areEqual(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= TimeToEvent.defaultTieTolerance * max(abs(a), abs(b))
  }
}
