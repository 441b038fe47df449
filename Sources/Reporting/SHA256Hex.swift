internal import Crypto

/// The SHA-256 digest of the bytes as 64 lower-case hexadecimal digits, as `sha256sum` prints it.
public func sha256Hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(sha256Hex) }

/// As `sha256Hex` of an array, of bytes where they are.
func sha256Hex(_ bytes: UnsafeRawBufferPointer) -> String {
  var hasher = SHA256()
  hasher.update(bufferPointer: bytes)
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in hasher.finalize() { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
  return String(decoding: text, as: UTF8.self)
}
