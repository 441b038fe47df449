/// The seeds of the random tests; a failing case names its seed.
enum Seeds {
  static let all: Range<UInt64> = 0..<240
}
