/// A number in plain decimal notation, `[+-]digits[.digits][e[+-]digits]`, read to the nearest double; nil for anything
/// else: nan, inf, 1e400, hexadecimal, decimal commas, units.
func decimalNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
  var i = bytes.startIndex
  func digits() -> Int {
    let from = i
    while i < bytes.endIndex, bytes[i] >= 0x30, bytes[i] <= 0x39 { i += 1 }
    return i - from
  }
  func skip(_ options: UInt8...) -> Bool {
    guard i < bytes.endIndex, options.contains(bytes[i]) else { return false }
    i += 1
    return true
  }
  _ = skip(0x2B, 0x2D)
  var mantissa = digits()
  if skip(0x2E) { mantissa += digits() }
  guard mantissa > 0 else { return nil }
  if skip(0x45, 0x65) {
    _ = skip(0x2B, 0x2D)
    guard digits() > 0 else { return nil }
  }
  guard i == bytes.endIndex, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
    return nil
  }
  return value + 0
}

/// Whole numbers divided by powers of ten, rounded once: what a decimal number without an exponent is.
enum DecimalFraction {
  /// The most decimal places that `value` takes: 5²⁷ is the last power of five below 2⁶³.
  static let placeLimit = 27

  /// 10⁰ to 10²², the powers of ten that a double holds exactly.
  private static let tens: [Double] = {
    var powers = [1.0]
    for _ in 1...22 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// 5⁰ to 5²⁷.
  private static let fives: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 1...placeLimit { powers.append(powers[powers.count - 1] * 5) }
    return powers
  }()

  /// The double nearest to `digits` · 10^−`places`, ties to even; `places` from 0 to `placeLimit`.
  ///
  /// Up to 2⁵³ both the digits and 10²² are doubles, so that their quotient is rounded once (Clinger, How to read floating
  /// point numbers accurately, PLDI 1990). Beyond, the quotient of the digits and 5^places is worked out to 64 bits with
  /// its remainder, and rounded to 53.
  @inline(__always)
  static func value(_ digits: UInt64, places: Int) -> Double {
    if digits <= 1 << 53, places <= 22 {
      return places == 0 ? Double(digits) : Double(digits) / tens[places]
    }
    return quotient(digits, places)
  }

  @inline(never)
  private static func quotient(_ digits: UInt64, _ places: Int) -> Double {
    if places == 0 || digits == 0 { return Double(digits) }
    let five = fives[places]
    let (shift, fiveShift) = (digits.leadingZeroBitCount, five.leadingZeroBitCount)
    let (dividend, divisor) = (digits << UInt64(shift), five << UInt64(fiveShift))
    // A quotient from 2⁶³ up: the dividend is halved where it is not below the divisor.
    let isHalved = dividend >= divisor
    let (quotient, remainder) = divisor.dividingFullWidth(
      isHalved ? (dividend >> 1, dividend << 63) : (dividend, 0))
    var kept = quotient >> 11
    let rest = quotient & 0x7FF
    if rest > 0x400 || (rest == 0x400 && (remainder > 0 || kept & 1 == 1)) { kept += 1 }
    let exponent = 11 - (isHalved ? 63 : 64) + fiveShift - shift - places
    return Double(kept) * Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
