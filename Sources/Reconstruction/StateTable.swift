/// The states after one slot, at most one for each number at risk, total of events and level of the curve: the cheapest.
///
/// Open addressing with linear probing; entries keep the order in which their keys first came, so that the same steps give
/// the same order.
struct StateTable {
  struct Entry {
    var atRisk: Int32
    var events: Int32 = 0
    /// Censorings since the start of the segment.
    var censored: Int32 = 0
    /// Where the last step stands in the history; −1 at the start.
    var step: Int32 = -1
    /// Events and censorings of the slot itself.
    var stepEvents: Int32 = 0
    var stepCensored: Int32 = 0
    var survival = 1.0
    var cost = 0.0
    /// The cost with the least that must follow: what states are kept by.
    var rank = 0.0
    /// The curve in units of `StateTable.grain`, rounded.
    var level: Int32 = 0
  }

  /// Curves that differ by more are two states.
  let grain: Double

  /// The least rank so far.
  private(set) var cheapest = Double.infinity

  init(grain: Double) { self.grain = grain }

  private var entries: [Entry] = []
  /// Positions in `entries`; −1 for free.
  private var places = [Int32](repeating: -1, count: 1024)

  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    cheapest = .infinity
    for i in places.indices { places[i] = -1 }
  }

  mutating func insert(_ entry: Entry) {
    if entries.count * 2 >= places.count { grow() }
    var entry = entry
    entry.level = Int32((entry.survival / grain).rounded())
    cheapest = min(cheapest, entry.rank)
    let place = place(of: entry)
    let found = places[place]
    if found < 0 {
      places[place] = Int32(entries.count)
      entries.append(entry)
    } else if entry.cost < entries[Int(found)].cost {
      entries[Int(found)] = entry
    }
  }

  /// The entries worth going on with: for each total of events within `reach` of the cheapest entry's, the cheapest
  /// `count`. Without the totals apart, small differences of the censoring would crowd out paths with an event fewer.
  func kept(_ count: Int, reach: Int32) -> [Entry] {
    guard let best = entries.min(by: { $0.rank < $1.rank }) else { return [] }
    var groups = [[Entry]](repeating: [], count: Int(2 * reach) + 1)
    for entry in entries where abs(entry.events - best.events) <= reach {
      groups[Int(entry.events - best.events + reach)].append(entry)
    }
    return groups.flatMap { group -> [Entry] in
      guard group.count > count else { return group }
      let limit = group.map(\.rank).sorted()[count - 1]
      var kept = group.filter { $0.rank < limit }
      for entry in group where entry.rank == limit && kept.count < count { kept.append(entry) }
      return kept
    }
  }

  private func place(of entry: Entry) -> Int {
    let key =
      (UInt64(UInt32(bitPattern: entry.atRisk)) << 40) ^ (UInt64(UInt32(bitPattern: entry.events)) << 20)
      ^ UInt64(UInt32(bitPattern: entry.level))
    var place = Int((key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (places.count - 1)
    while places[place] >= 0 {
      let other = entries[Int(places[place])]
      if other.atRisk == entry.atRisk && other.events == entry.events && other.level == entry.level { break }
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: places.count * 2)
    for (i, entry) in entries.enumerated() { places[place(of: entry)] = Int32(i) }
  }
}
