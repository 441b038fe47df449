internal import CNettle

/// The SHA-256 digest of the bytes as 64 lower-case hexadecimal digits, as `sha256sum` prints it.
public func sha256Hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(sha256Hex) }

/// As `sha256Hex` of an array, of bytes where they are.
func sha256Hex(_ bytes: UnsafeRawBufferPointer) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in sha256(bytes) { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
  return String(decoding: text, as: UTF8.self)
}

/// The same digest in base 64 (RFC 4648, section 4), as a content security policy has it.
func sha256Base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  // 32 bytes are ten groups of three and one of two: 43 digits and one sign that fills up.
  let padded = bytes.withUnsafeBytes(sha256) + [0]
  var text: [UInt8] = []
  for first in stride(from: 0, to: padded.count, by: 3) {
    let group = Int(padded[first]) << 16 | Int(padded[first + 1]) << 8 | Int(padded[first + 2])
    for shift in [18, 12, 6, 0] { text.append(digits[group >> shift & 63]) }
  }
  text[text.count - 1] = UInt8(ascii: "=")
  return String(decoding: text, as: UTF8.self)
}

private func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
  var context = sha256_ctx()
  nettle_sha256_init(&context)
  nettle_sha256_update(&context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
  var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
  nettle_sha256_digest(&context, digest.count, &digest)
  return digest
}

/// Nettle, which makes the digests.
public enum Nettle {
  /// The version of the library that is linked, such as 3.8.
  public static var version: String { "\(nettle_version_major()).\(nettle_version_minor())" }
}
