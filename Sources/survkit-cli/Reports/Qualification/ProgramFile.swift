internal import Reporting
internal import TrialData

/// The file of a program: what identifies it.
struct ProgramFile {
  let name: String
  let bytes: Int
  let sha256: String
  /// Whether it carries its libraries; nil for a file that is not in ELF.
  let isStatic: Bool?

  init(_ path: String) throws {
    let source = try ByteSource.read(path)
    name = source.name
    bytes = source.count
    let bytes = source.bytes
    sha256 = sha256Hex(bytes)
    isStatic = ProgramFile.needsNoLoader(bytes)
  }

  /// A program that the system's loader must complete names it in a header of type PT_INTERP (System V ABI, ELF-64).
  private static func needsNoLoader(_ file: [UInt8]) -> Bool? {
    guard file.count > 64, file[..<4] == [0x7F, 0x45, 0x4C, 0x46], file[4] == 2, file[5] == 1 else { return nil }
    func number(_ at: Int, _ width: Int) -> Int { (0..<width).reduce(0) { $0 | Int(file[at + $1]) << (8 * $1) } }
    let (table, size, count) = (number(32, 8), number(54, 2), number(56, 2))
    guard table > 0, size >= 4, count * size <= file.count - table else { return nil }
    return !(0..<count).contains { number(table + $0 * size, 4) == 3 }
  }
}
