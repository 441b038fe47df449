extension ArmFacts {
  /// The largest number of subjects of one arm: a hundred times the largest arms of oncology.
  static let largestNumber = 100_000

  /// Refuses facts that no right-censored data can show.
  ///
  /// - Throws: `ReconstructionError` naming the fact, or the pair of facts that contradict each other.
  func check() throws(ReconstructionError) {
    guard subjects > 0 else { throw error(.impossible, "the number of subjects must be above 0, not \(subjects)") }
    guard subjects <= ArmFacts.largestNumber else {
      throw error(
        .impossible,
        "\(subjects) subjects are more than rows are made for; the limit is \(ArmFacts.largestNumber)")
    }
    if let events, events < 0 { throw error(.impossible, "the number of events is negative") }
    if let events, events > subjects {
      throw error(
        .contradiction, "\(events) events among \(subjects) subjects: there cannot be more events than subjects")
    }
    if let median, !(median.isFinite && median > 0) {
      throw error(.impossible, "the median must be a finite number above 0, not \(median)")
    }
    guard readingError.map({ $0 > 0 && $0.isFinite }) ?? true, largestReadingError.isFinite else {
      throw error(.impossible, "the error of the readings must be a finite number above 0")
    }
    for reading in readings {
      guard reading.time.isFinite, reading.time >= 0 else {
        throw error(.impossible, "a reading stands at time \(reading.time); times are finite and not negative")
      }
      guard reading.survival >= 0, reading.survival <= 1 else {
        throw error(
          .impossible, "S(\(text(reading.time))) is read as \(text(reading.survival)); a probability lies in [0, 1]")
      }
    }
    try checkAtRisk()
  }

  private func checkAtRisk() throws(ReconstructionError) {
    for (number, entry) in atRisk.enumerated() {
      guard entry.time.isFinite, entry.time >= 0, entry.count >= 0 else {
        throw error(.impossible, "\(entry.count) at risk at \(text(entry.time)): neither may be negative")
      }
      if number > 0, atRisk[number - 1].time >= entry.time {
        throw error(
          .impossible,
          "the times of the numbers at risk must rise: \(text(entry.time)) follows \(text(atRisk[number - 1].time))")
      }
    }
    let exact = atRisk.filter(\.isExact)
    if let first = exact.first {
      guard first.count <= subjects else {
        throw error(
          .contradiction, "\(first.count) at risk at \(text(first.time)) and \(subjects) subjects cannot both be true")
      }
      if first.time == 0, first.count != subjects {
        throw error(.contradiction, "\(first.count) at risk at 0 and \(subjects) subjects cannot both be true")
      }
    }
    let curve = MonotoneReadings(readings)
    for (earlier, later) in zip(exact, exact.dropFirst()) {
      guard later.count <= earlier.count else {
        throw error(
          .contradiction,
          "\(earlier.count) at risk at \(text(earlier.time)) and \(later.count) at \(text(later.time)) cannot both be "
            + "true: nobody joins")
      }
      // Of those at risk at t1 at most the fraction S(t2)/S(t1) has no event by t2; one subject for rounding.
      guard let first = curve.value(at: earlier.time), let second = curve.value(at: later.time) else { continue }
      let share = min(1, (second + largestReadingError) / max(first - largestReadingError, 1e-9))
      guard Double(later.count) <= Double(earlier.count) * share + 1 else {
        throw error(
          .contradiction,
          "\(later.count) at risk at \(text(later.time)) contradicts the curve: of \(earlier.count) at risk at "
            + "\(text(earlier.time)) at most \(Int(Double(earlier.count) * share) + 1) are left when S falls from "
            + "\(text(first)) to \(text(second))")
      }
    }
  }

  private func error(_ code: ReconstructionError.Code, _ message: String) -> ReconstructionError {
    ReconstructionError(code, arm: arm, message)
  }

  private func text(_ x: Double) -> String { x == x.rounded() && abs(x) < 1e9 ? "\(Int(x))" : "\(x)" }
}
