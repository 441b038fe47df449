/// The different cells of a column, numbered in the order in which they are first met, compared by their bytes.
///
/// Up to eight bytes are one number (a text has no NUL bytes, so that zeros can fill it up); longer cells are compared where
/// they stand, so that the bytes must outlive the dictionary.
struct CellDictionary: @unchecked Sendable {
  struct Cell {
    let start: UnsafePointer<UInt8>
    let count: Int
  }

  private(set) var cells: [Cell] = []
  /// The first bytes of each cell, or a hash of a longer one.
  private var keys: [UInt64] = []
  /// Positions in `cells`, -1 where free; twice as many as there are cells, at least.
  private var slots: [Int32]
  private var mask: Int
  /// What a cell of one byte is, -1 where not yet met.
  private var ofByte = [Int32](repeating: -1, count: 256)

  init() {
    mask = 63
    slots = [Int32](repeating: -1, count: mask + 1)
  }

  /// The number of a cell, a new one where it was not met before.
  ///
  /// Eight bytes must be readable from `start` on.
  @inline(__always)
  mutating func code(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    if count == 1 {
      let known = ofByte[Int(start.pointee)]
      if known >= 0 { return known }
    }
    return look(start, count)
  }

  @inline(never)
  private mutating func look(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let key = CellDictionary.key(start, count)
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while slots[slot] >= 0 {
      let found = slots[slot]
      let cell = cells[Int(found)]
      if keys[Int(found)] == key, cell.count == count, count <= 8 || CellDictionary.areEqual(cell.start, start, count) {
        return found
      }
      slot = (slot + 1) & mask
    }
    let code = Int32(cells.count)
    slots[slot] = code
    cells.append(Cell(start: start, count: count))
    keys.append(key)
    if count == 1 { ofByte[Int(start.pointee)] = code }
    if 2 * cells.count > mask { grow() }
    return code
  }

  private mutating func grow() {
    mask = 4 * (mask + 1) - 1
    slots = [Int32](repeating: -1, count: mask + 1)
    for (code, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(code)
    }
  }

  private static func key(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    if count <= 8 {
      let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
      return count == 0 ? 0 : word & (UInt64.max >> UInt64(64 - 8 * count))
    }
    // FNV-1a, so that the same cells have the same order on every run.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for i in 0..<count { hash = (hash ^ UInt64(start[i])) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 29)
  }

  private static func areEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for i in 0..<count where a[i] != b[i] { return false }
    return true
  }
}
