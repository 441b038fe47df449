/// Whether two numbers agree to a relative tolerance, plus an absolute one of the same size on a stated scale. NaN agrees
/// with NaN only.
func isClose(_ a: Double, _ b: Double, _ tolerance: Double, scale: Double = 1) -> Bool {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  return a == b || abs(a - b) <= tolerance * (abs(b) + scale)
}

/// The first place at which two arrays differ, or nil.
func firstDifference(_ a: [Double], _ b: [Double], _ tolerance: Double, scale: Double = 1) -> String? {
  guard a.count == b.count else { return "\(a.count) values against \(b.count)" }
  for i in a.indices where !isClose(a[i], b[i], tolerance, scale: scale) { return "[\(i)]: \(a[i]) against \(b[i])" }
  return nil
}
