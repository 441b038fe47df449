internal import Reconstruction
internal import TrialData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `figure.json` as it is written.
struct FigureDescription: Decodable {
  let timeUnit: String?
  private let yScale: String?
  private let yDirection: String?
  let arms: [Arm]
  private(set) var axis = DigitisedFigure.Axis()

  private enum CodingKeys: CodingKey {
    case timeUnit
    case yScale
    case yDirection
    case arms
  }

  init(_ file: ByteSource) throws(TrialDataError) {
    func fault(_ message: String) -> TrialDataError { TrialDataError(.data, file: file.name, message) }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(FigureDescription.self, from: Data(file.bytes))
    } catch {
      if let facts = try? PublishedTrial(file) {
        let names = facts.endpoints.map(\.id).joined(separator: ", ")
        throw fault("holds published facts; name the endpoint with --endpoint: \(names)")
      }
      let place = (error as? DecodingError).map { ": \(PublishedTrial.sentence($0))" } ?? ""
      throw fault("is not the description of a figure: arms with arm and curve are needed\(place)")
    }
    guard !arms.isEmpty else { throw fault("describes no arm: arms with arm and curve are needed") }
    for (position, arm) in arms.enumerated() where arms[..<position].contains(where: { $0.name == arm.name }) {
      throw fault("two arms are named \"\(arm.name)\"; rename one")
    }
    axis.scale = yScale.flatMap(DigitisedFigure.Axis.Scale.init)
    axis.direction = yDirection.flatMap(DigitisedFigure.Axis.Direction.init)
    guard (yScale == nil) == (axis.scale == nil), (yDirection == nil) == (axis.direction == nil) else {
      throw fault("the scale (y_scale) is probability or percent, the direction (y_direction) survival or failure")
    }
  }

  struct Arm: Decodable {
    let name: String
    fileprivate let curve: Source<Readings>
    fileprivate let atRisk: Source<Counts>?
    fileprivate let censorMarks: Source<[Double]>?
    let subjects: Int?
    let events: Int?
    let median: Double?

    private enum CodingKeys: CodingKey {
      case arm
      case id
      case curve
      case survival
      case atRisk
      case censorMarks
      case n
      case totalEvents
      case events
      case median
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decodeIfPresent(String.self, forKey: .arm) ?? container.decode(String.self, forKey: .id)
      let inline = try container.decodeIfPresent(Source<Readings>.self, forKey: .survival)
      curve = try inline ?? container.decode(Source<Readings>.self, forKey: .curve)
      atRisk = try container.decodeIfPresent(Source<Counts>.self, forKey: .atRisk)
      censorMarks = try container.decodeIfPresent(Source<[Double]>.self, forKey: .censorMarks)
      subjects = try container.decodeIfPresent(Number<Int>.self, forKey: .n)?.value
      let total = try container.decodeIfPresent(Number<Int>.self, forKey: .totalEvents)
      events = try (total ?? container.decodeIfPresent(Number<Int>.self, forKey: .events))?.value
      median = try container.decodeIfPresent(Number<Double>.self, forKey: .median)?.value
    }

    /// What the description and its files say of the arm.
    func parts(of file: ByteSource, _ library: inout FigureFiles) throws(TrialDataError) -> DigitisedFigure.Parts {
      func fault(_ message: String) -> TrialDataError {
        TrialDataError(.data, file: file.name, "arm \(name): \(message)")
      }
      let raw: RawCurve
      var errors: (Double?, Double?)
      switch curve {
      case .file(let source):
        let (table, series) = try library.series(source, .readings, of: name, in: file.name)
        raw = RawCurve(arm: name, file: table.file, heading: series.heading, points: series.points)
      case .inline(let readings):
        guard readings.times.count == readings.values.count else {
          throw fault("\(readings.times.count) times and \(readings.values.count) readings of the curve")
        }
        let points = zip(readings.times, readings.values).enumerated().map {
          DigitisedTable.Point(time: $1.0, value: $1.1, row: $0 + 1)
        }
        raw = RawCurve(arm: name, file: file.name, heading: "survival", points: points)
        errors = (readings.readingError, readings.largestError)
      }
      var parts = DigitisedFigure.Parts(curve: raw)
      (parts.subjects, parts.events, parts.median) = (subjects, events, median)
      (parts.readingError, parts.largestError) = errors
      switch atRisk {
      case .file(let source):
        let (table, series) = try library.series(source, .atRisk, of: name, in: file.name)
        parts.atRisk = try table.counts(series)
      case .inline(let row):
        guard row.times.count == row.n.count else {
          throw fault("\(row.times.count) times and \(row.n.count) numbers at risk")
        }
        let recalled = Set(row.recalledTimes ?? [])
        parts.atRisk = zip(row.times, row.n).compactMap { time, count in
          count.map { .init(time: time, count: $0, isExact: !recalled.contains(time)) }
        }.sorted { $0.time < $1.time }
      case nil: break
      }
      switch censorMarks {
      case .file(let source):
        let (table, series) = try library.series(source, .censorMarks, of: name, in: file.name)
        parts.censorMarks = try table.marks(series)
      case .inline(let times): parts.censorMarks = times.sorted()
      case nil: break
      }
      return parts
    }
  }

  fileprivate struct Readings: Decodable {
    let times: [Double]
    let values: [Double]
    let readingError: Double?
    let largestError: Double?
  }

  fileprivate struct Counts: Decodable {
    let times: [Double]
    /// null where no number is known.
    let n: [Int?]
    let recalledTimes: [Double]?
  }

  /// The name of a file, or what would stand in it.
  fileprivate enum Source<Inline: Decodable>: Decodable {
    case file(String)
    case inline(Inline)

    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        self = .file(name)
      } else {
        self = .inline(try Inline(from: decoder))
      }
    }
  }

  /// A number, or a published fact with its value.
  private struct Number<Value: Decodable>: Decodable {
    let value: Value

    private enum CodingKeys: CodingKey {
      case value
    }

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: CodingKeys.self) {
        value = try container.decode(Value.self, forKey: .value)
      } else {
        value = try decoder.singleValueContainer().decode(Value.self)
      }
    }
  }
}

/// The files that a description names, each read once.
struct FigureFiles {
  let folder: String
  private(set) var files: [ByteSource]
  private(set) var notes: [DigitisedFigure.Note] = []

  init(folder: String, files: [ByteSource]) {
    self.folder = folder
    self.files = files
  }

  /// The series of an arm in a file: the only one there, whatever its name, or the one of the arm's name.
  mutating func series(
    _ name: String, _ content: DigitisedTable.Content, of arm: String, in description: String
  ) throws(TrialDataError) -> (DigitisedTable, DigitisedTable.Series) {
    // A description may name files beside it, and none elsewhere.
    guard !name.contains("/"), !name.isEmpty, name != "-" else {
      throw TrialDataError(
        .data, file: name, "files of a figure lie beside its description and are named without a folder")
    }
    var source = files.dropFirst().first { $0.name == name }
    if source == nil {
      let read = try ByteSource.read(folder.isEmpty ? name : "\(folder)/\(name)")
      files.append(read)
      source = read
    }
    guard let source else { preconditionFailure("a file that was read is there") }
    let table = try DigitisedTable(source, content)
    if let note = table.unusedNote, !notes.contains(note) { notes.append(note) }
    guard let found = table.series.count == 1 ? table.series[0] : table.series(of: arm) else {
      let names = table.series.compactMap(\.name).joined(separator: ", ")
      throw TrialDataError(
        .data, file: table.file,
        "has no arm \(arm), which stands in \(description); it has \(names): give both the same arms")
    }
    return (table, found)
  }
}
