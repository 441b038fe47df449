@testable internal import Reconstruction
@testable internal import TrialCatalogue
@testable internal import TrialData

/// The description of a figure with its readings (figure.json), to rows. Files that it names are not there.
func fuzzFigure(_ bytes: [UInt8]) {
  let source = ByteSource(name: "figure.json", bytes: bytes)
  guard let figure = try? DigitisedFigure(source, folder: "/dev/null") else { return }
  reconstruct(figure.arms)
}

/// Published facts (published.json), to rows of every endpoint.
func fuzzPublished(_ bytes: [UInt8]) {
  guard let trial = try? PublishedTrial(ByteSource(name: "published.json", bytes: bytes)) else { return }
  for endpoint in trial.endpoints.prefix(2) {
    let facts = endpoint.orderedFacts
    if endpoint.level == "C" {
      if facts.allSatisfy({ $0.subjects <= 200 }) { _ = try? endpoint.reconstruct() }
    } else {
      reconstruct(facts)
    }
  }
}

/// Up to three files of a digitised figure, readings, numbers at risk and censor marks, each ended by a line of a dash alone.
func fuzzDigitised(_ bytes: [UInt8]) {
  let dash = Array("\n-\n".utf8)
  var files: [ByteSource] = []
  var rest = bytes[...]
  while files.count < 3, !rest.isEmpty {
    let end = rest.indices.first { rest[$0...].starts(with: dash) } ?? rest.endIndex
    files.append(ByteSource(name: "\(files.count).csv", bytes: Array(rest[..<end])))
    rest = rest[end...].dropFirst(dash.count)
  }
  guard let curve = files.first, let names = try? DigitisedFigure.armNames(of: curve) else { return }
  expect(!names.isEmpty, "a figure without an arm")
  let subjects = names.count == 1 ? ["": 12] : [:]
  for beside in [Array(files.dropFirst()), []] {
    let figure = try? DigitisedFigure(
      curve: curve, atRisk: beside.first, censorMarks: beside.dropFirst().first,
      subjects: beside.isEmpty ? Dictionary(names.map { ($0, 12) }) { a, _ in a } : subjects)
    guard let figure else { continue }
    expect(figure.arms.count == names.count, "an arm is lost")
    reconstruct(figure.arms)
    return
  }
}

/// Facts whose rows take milliseconds: the sizes, not the values, are bounded.
private func isSmall(_ facts: ArmFacts) -> Bool {
  facts.subjects <= 40 && facts.readings.count <= 8 && facts.atRisk.count <= 6 && facts.censorMarks.count <= 20
}

/// Rows that meet the facts, or an error; and rows of the facts that do not contradict each other.
private func reconstruct(_ arms: [ArmFacts]) {
  for facts in arms.prefix(2) where isSmall(facts) {
    for relax in [false, true] {
      let made =
        relax
        ? (try? CurveReconstruction.relaxedRows(facts, level: .curve))?.rows
        : try? CurveReconstruction.rows(facts, level: .curve)
      guard let made else { continue }
      expect(made.rows.count == facts.subjects, "another number of subjects")
      if !relax, let events = facts.events {
        expect(made.rows.count { $0.isEvent } == events, "another number of events")
      }
      expect(made.rows.allSatisfy { $0.time >= 0 && $0.time.isFinite }, "a row without a time")
    }
  }
}
