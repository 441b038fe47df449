/// A number as decimal text, rounded half away from zero to at most `places` decimals, trailing zeros removed.
///
/// Written here, not by a formatter of the platform, so that no locale and no library version changes a byte of a figure.
/// Values too large for exact integer arithmetic keep Swift's shortest description (`1e+300`, also valid JSON).
///
/// - Parameter value: finite; a caller decides what stands for "not defined", since no figure prints NaN.
package func decimalText(_ value: Double, places: Int = 2) -> String {
  trimmedZeros(fixedText(value, places: places))
}

/// A number with exactly `places` decimals (0...12), rounded half away from zero; never "-0".
package func fixedText(_ value: Double, places: Int) -> String {
  precondition(value.isFinite, "a figure prints finite numbers only")
  precondition((0...12).contains(places), "0 to 12 decimals")
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let scaled = (value.magnitude * scale).rounded(.toNearestOrAwayFromZero)
  // Above 2^53 the product is no longer an exact integer and decimals mean nothing.
  guard scaled < 9_007_199_254_740_992 else { return value.description }
  let digits = String(Int64(scaled))
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard places > 0 else { return sign + digits }
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
}

/// Decimals with which a step is written exactly, at most 6: 0 for 12, 1 for 0.5, 2 for 0.25.
package func decimals(of step: Double) -> Int {
  var scaled = step
  for places in 0..<6 {
    if (scaled - scaled.rounded()).magnitude <= 1e-9 * max(1, scaled.magnitude) && scaled >= 0.5 { return places }
    scaled *= 10
  }
  return 6
}

private func trimmedZeros(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: ".")), !text.utf8.contains(UInt8(ascii: "e")) else { return text }
  var kept = text[...]
  while kept.last == "0" { kept.removeLast() }
  if kept.last == "." { kept.removeLast() }
  return String(kept)
}
