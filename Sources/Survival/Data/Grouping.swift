/// A partition of rows into labelled groups: treatment arms, strata, clusters.
///
/// `codes[i]` is the position in `labels` of row i's group. Labels are compared by their bytes, so that two labels which
/// only look alike stay two groups.
public struct Grouping: Sendable, Equatable {
  public let labels: [String]
  public let codes: [Int32]

  public var count: Int { labels.count }

  /// A grouping from codes; every code must be a position in `labels`.
  public init(labels: [String], codes: [Int32]) {
    // As numbers without a sign, negative codes are the largest.
    let largest = mapPieces(of: codes.count) { range in
      codes.withUnsafeBufferPointer { codes in range.reduce(UInt32(0)) { max($0, UInt32(bitPattern: codes[$1])) } }
    }
    precondition(codes.isEmpty || Int(largest.reduce(0, max)) < labels.count, "every code must name a label")
    self.labels = labels
    self.codes = codes
  }

  /// Every row a group of its own.
  public static func eachRow(_ count: Int) -> Grouping {
    Grouping(labels: (0..<count).map(String.init), codes: (0..<Int32(count)).map { $0 })
  }

  /// A grouping from one label per row.
  ///
  /// Groups stand in `order` where it is given (labels that no row carries are left out), otherwise sorted: by value when
  /// every label is a number, by bytes when not.
  public init(_ rowLabels: [String], order: [String]? = nil) {
    var seen: [Key: Int32] = [:]
    var firsts: [String] = []
    var raw: [Int32] = []
    raw.reserveCapacity(rowLabels.count)
    for label in rowLabels {
      let key = Key(label)
      if let code = seen[key] {
        raw.append(code)
      } else {
        let code = Int32(firsts.count)
        seen[key] = code
        firsts.append(label)
        raw.append(code)
      }
    }
    let sorted: [String]
    if let order {
      let named = order.filter { seen[Key($0)] != nil }
      let others = Grouping.sorted(firsts.filter { label in !named.contains { Key($0) == Key(label) } })
      sorted = named + others
    } else {
      sorted = Grouping.sorted(firsts)
    }
    var place = [Int32](repeating: 0, count: firsts.count)
    for (position, label) in sorted.enumerated() {
      if let code = seen[Key(label)] { place[Int(code)] = Int32(position) }
    }
    labels = sorted
    codes = raw.map { place[Int($0)] }
  }

  /// A grouping from the position of each row's label in `all`, no two of which are alike; groups as with a label per row.
  ///
  /// No row is looked at twice, and none copied where `all` has the order of the groups already.
  package init(labels all: [String], codes: [Int32], order: [String]? = nil) {
    let present = codesPresent(codes, count: all.count)
    let used = all.indices.filter { present[$0] }
    let grouping = Grouping(used.map { all[$0] }, order: order)
    guard used.count < all.count || grouping.codes.enumerated().contains(where: { $0 != Int($1) }) else {
      self.init(uncheckedLabels: grouping.labels, codes: codes)
      return
    }
    var place = [Int32](repeating: 0, count: all.count)
    for (code, position) in zip(used, grouping.codes) { place[code] = position }
    self.init(uncheckedLabels: grouping.labels, codes: translated(codes, place))
  }

  private init(uncheckedLabels labels: [String], codes: [Int32]) {
    self.labels = labels
    self.codes = codes
  }

  /// 1 for the rows of one label, by its place in `labels`, and 0 for all others.
  func indicator(_ code: Int) -> [Double] {
    let codes = codes
    return filled(codes.count) { slots in
      inPieces(of: codes.count) { for i in $0 { slots[i] = Int(codes[i]) == code ? 1 : 0 } }
    }
  }

  /// The same groups with the given one first.
  public func withFirst(_ label: String) -> Grouping {
    labels.first.map { $0.utf8.elementsEqual(label.utf8) } == true
      ? self : Grouping(labels: labels, codes: codes, order: [label])
  }

  /// The rows' groups formed by every combination of several groupings that occurs, in the order of the first grouping,
  /// then the second, and so on; labels joined with ", ".
  public static func crossing(_ groupings: [Grouping]) -> Grouping? {
    guard var crossed = groupings.first else { return nil }
    for next in groupings.dropFirst() {
      let width = Int64(next.count)
      let keys = zip(crossed.codes, next.codes).map { Int64($0) * width + Int64($1) }
      let present = Set(keys).sorted()
      let place = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, Int32($0)) })
      crossed = Grouping(
        labels: present.map { "\(crossed.labels[Int($0 / width)]), \(next.labels[Int($0 % width)])" },
        codes: keys.map { place[$0] ?? 0 })
    }
    return crossed
  }

  /// The grouping of the given rows only. Groups that lose all their rows go when `dropEmpty` is set.
  public func subset(_ rows: [Int], dropEmpty: Bool = true) -> Grouping {
    let kept = rows.map { codes[$0] }
    guard dropEmpty else { return Grouping(labels: labels, codes: kept) }
    var present = [Bool](repeating: false, count: labels.count)
    for code in kept { present[Int(code)] = true }
    var place = [Int32](repeating: 0, count: labels.count)
    var left: [String] = []
    for (code, isPresent) in present.enumerated() where isPresent {
      place[code] = Int32(left.count)
      left.append(labels[code])
    }
    return Grouping(labels: left, codes: kept.map { place[Int($0)] })
  }

  /// Number of rows of each group.
  var rowCounts: [Int] { codeCounts(codes, count: count) }

  /// The row numbers of each group, ascending.
  public var rowsByGroup: [[Int]] {
    var rows = [[Int]](repeating: [], count: labels.count)
    for (row, code) in codes.enumerated() { rows[Int(code)].append(row) }
    return rows
  }

  private static func sorted(_ labels: [String]) -> [String] {
    let values = labels.map { Double($0) }
    if values.allSatisfy({ $0?.isFinite == true }) {
      return zip(labels, values.compactMap { $0 }).sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    }
    return labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A label compared by bytes: String's own equality is canonical equivalence.
  private struct Key: Hashable {
    let text: String
    init(_ text: String) { self.text = text }
    static func == (a: Key, b: Key) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }
    func hash(into hasher: inout Hasher) { for byte in text.utf8 { hasher.combine(byte) } }
  }
}
