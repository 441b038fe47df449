internal import TrialData
internal import Yams

/// A place in a claims file: what stands there, where, and which of its keys were asked for.
struct ClaimNode {
  let node: Node
  /// "endpoint os, arm lu".
  let path: String
  let file: String
  private let asked = Asked()

  /// Keys that somebody read; what is left over is reported.
  private final class Asked { var keys: Set<String> = [] }

  init(_ node: Node, path: String, file: String) {
    self.node = node
    self.path = path
    self.file = file
  }

  /// - Throws: `TrialDataError` for text that is no YAML and no JSON.
  static func root(_ source: ByteSource) throws(TrialDataError) -> ClaimNode {
    func fault(_ message: String) -> TrialDataError { TrialDataError(.data, file: source.name, message) }
    guard source.count <= sizeLimit else {
      throw fault("has \(source.count) bytes; a file of claims has at most \(sizeLimit)")
    }
    let bytes = source.bytes
    guard
      let text = String(validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
    else { throw fault("is not valid UTF-8; save it as UTF-8") }
    if bytes.contains(0) { throw fault("has a NUL byte; it is not a text file") }
    if let name = repeatedAnchor(text) {
      throw fault("has the anchor \"\(name)\" and refers to it; write the numbers out where they belong")
    }
    do {
      guard let node = try compose(yaml: text) else { throw fault("is empty") }
      let root = ClaimNode(node, path: "", file: source.name)
      try root.checkMembers()
      return root
    } catch let error as YamlError {
      throw fault(sentence(error))
    } catch let error as TrialDataError {
      throw error
    } catch {
      throw fault("cannot be read as YAML or JSON")
    }
  }

  /// Some fifty times the largest file of a paper's numbers.
  private static let sizeLimit = 256 << 10
  /// Keys of one mapping, and mappings in one list: every one is held against the others.
  private static let memberLimit = 500

  private func checkMembers() throws(TrialDataError) {
    let (count, parts): (Int, [Node])
    switch node {
    case .mapping(let mapping): (count, parts) = (mapping.count, mapping.map(\.value))
    case .sequence(let sequence):
      (count, parts) = (sequence.count { $0.mapping != nil }, Array(sequence))
    default: return
    }
    guard count <= ClaimNode.memberLimit else {
      throw fault("has \(count) members; there may be \(ClaimNode.memberLimit) in one place. Divide the file")
    }
    for part in parts where part.scalar == nil { try ClaimNode(part, path: "", file: file).checkMembers() }
  }

  /// A name that the text anchors (`&name`) and refers to (`*name`). Aliases of aliases are how a small file becomes a large
  /// one, and no claim needs one.
  private static func repeatedAnchor(_ text: String) -> String? {
    func names(after sign: UInt8) -> Set<String> {
      var found: Set<String> = []
      let bytes = Array(text.utf8)
      for at in bytes.indices where bytes[at] == sign && (at == 0 || " \t\n\r,[{:-?".utf8.contains(bytes[at - 1])) {
        let name = bytes[(at + 1)...].prefix { !" \t\n\r,]}".utf8.contains($0) }
        if !name.isEmpty { found.insert(String(decoding: name, as: UTF8.self)) }
      }
      return found
    }
    return names(after: 0x26).intersection(names(after: 0x2A)).min()
  }

  private static func sentence(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return "line \(mark.line), column \(mark.column): is neither YAML nor JSON: \(problem)"
    case .duplicatedKeysInMapping(let keys, let context):
      return "line \(context.mark.line): the key \(keys.sorted().joined(separator: ", ")) occurs twice"
    case .reader(let problem, _, _, _): return "cannot be read as text: \(problem)"
    default: return "is neither YAML nor JSON"
    }
  }

  // MARK: Places

  var line: Int? { node.mark?.line }

  func fault(_ message: String) -> TrialDataError {
    let place = [line.map { "line \($0)" }, path.isEmpty ? nil : path].compactMap { $0 }.joined(separator: ", ")
    return TrialDataError(.data, file: file, place.isEmpty ? message : "\(place): \(message)")
  }

  private var isNull: Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  private func child(_ node: Node, _ name: String) -> ClaimNode? {
    let child = ClaimNode(node, path: path.isEmpty ? name : "\(path), \(name)", file: file)
    return child.isNull ? nil : child
  }

  /// The member under the first of the keys that is there; nil for none, and for null.
  subscript(_ keys: String...) -> ClaimNode? { member(keys) }

  func member(_ keys: [String]) -> ClaimNode? {
    guard case .mapping(let mapping) = node else { return nil }
    asked.keys.formUnion(keys)
    for key in keys {
      for pair in mapping where pair.key.scalar?.string == key {
        if let found = child(pair.value, key) { return found }
      }
    }
    return nil
  }

  /// Keys of a mapping, in order; none of anything else.
  var keys: [String] {
    guard case .mapping(let mapping) = node else { return [] }
    return mapping.compactMap { $0.key.scalar?.string }
  }

  var isMapping: Bool { if case .mapping = node { true } else { false } }

  /// The elements of a sequence, nil where there is null.
  var elements: [ClaimNode?]? {
    guard case .sequence(let sequence) = node else { return nil }
    return sequence.enumerated().map { child($1, "\($0 + 1)") }
  }

  /// A part of a sequence or mapping, named for messages.
  func named(_ name: String) -> ClaimNode { ClaimNode(node, path: name, file: file) }

  /// The text of a scalar.
  var text: String? { node.scalar?.string }

  /// Whether the file itself says how many decimals there are.
  var isQuoted: Bool {
    guard let style = node.scalar?.style else { return false }
    return style != .plain && style != .any
  }

  // MARK: What nobody asked for

  /// Members that no reader knows and that are no annotation.
  func unknown(known extra: [String] = []) -> [UnknownClaim] {
    keys.filter { !asked.keys.contains($0) && !extra.contains($0) && !ClaimNode.isAnnotation($0) }.map { key in
      UnknownClaim(
        place: path.isEmpty ? key : "\(path): \(key)", line: line(of: key),
        suggestion: asked.keys.sorted().filter { ClaimNode.distance(key, $0) <= max(1, key.count / 3) }
          .min { ClaimNode.distance(key, $0) < ClaimNode.distance(key, $1) })
    }
  }

  private func line(of key: String) -> Int? {
    guard case .mapping(let mapping) = node else { return nil }
    return mapping.first { $0.key.scalar?.string == key }?.key.mark?.line
  }

  /// Keys that say where a number comes from and not what it is.
  private static func isAnnotation(_ key: String) -> Bool {
    let names: Set<String> = [
      "schema", "source", "sources", "note", "notes", "comment", "role", "confidence", "registration", "url", "doi",
      "pmid", "origin", "label", "citation", "name", "title", "id", "kind", "level", "assessments", "dropout",
      "omitted",
      "left_out", "no_curve", "not_reconstructed", "data_cutoff", "stratification_factors", "where", "median_follow_up",
      "median_follow_up_months", "population", "unit",
    ]
    return names.contains(key) || ["_source", "_role", "_confidence", "_note"].contains { key.hasSuffix($0) }
  }

  /// The number of letters to change, add or take away (Levenshtein).
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var row = Array(0...b.count)
    for i in a.indices {
      var corner = row[0]
      row[0] = i + 1
      for j in b.indices {
        let change = corner + (a[i] == b[j] ? 0 : 1)
        corner = row[j + 1]
        row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
