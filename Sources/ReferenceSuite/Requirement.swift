/// What survkit must do, with an id that stays: one row of docs/validation/requirements.csv, which scripts/embed-selftest puts
/// into the program. The traceability matrix is made from the same rows.
public struct Requirement: Sendable, Equatable {
  /// Such as REQ-KM-01.
  public let id: String
  /// What is required, as a sentence without "must".
  public let statement: String
  /// Which checks of the built-in suite belong to it: `kind`, or `kind:member=value` of the check's analysis, separated by
  /// spaces. A check of a command names its requirement itself.
  let checks: [String]

  /// All of them, in the order of the file.
  public static let all: [Requirement] = {
    let rows = table(text)
    guard let header = rows.first else { return [] }
    func cell(_ row: [String], _ name: String) -> String {
      header.firstIndex(of: name).flatMap { $0 < row.count ? row[$0] : nil } ?? ""
    }
    return rows.dropFirst().map { row in
      Requirement(
        id: cell(row, "id"), statement: cell(row, "requirement"),
        checks: cell(row, "checks").split(separator: " ").map(String.init))
    }
  }()

  /// The requirements of a check: those that it names, else the ones whose patterns fit.
  static func ids(of check: JSONTree) -> [String] {
    if let id = check["requirement"]?.string { return [id] }
    return all.filter { $0.checks.contains { fits($0, check) } }.map(\.id)
  }

  private static func fits(_ pattern: String, _ check: JSONTree) -> Bool {
    let parts = pattern.split(separator: ":", maxSplits: 1)
    if parts[0].hasSuffix("*") { return (check["id"]?.string ?? "").hasPrefix(parts[0].dropLast()) }
    guard check["kind"]?.string == String(parts[0]) else { return false }
    guard parts.count == 2 else { return true }
    let condition = parts[1].split(separator: "=", maxSplits: 1).map(String.init)
    let member = check["analysis"]?[condition[0]]
    return condition.count == 2 ? member?.string == condition[1] : member != nil && member != .null
  }

  /// Rows of comma-separated values with quotes where a cell has a comma; the file is our own.
  private static func table(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
      var (cells, cell, isQuoted) = ([String](), "", false)
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted:
          cells.append(cell)
          cell = ""
        default: cell.append(character)
        }
      }
      return cells + [cell]
    }
  }
}
