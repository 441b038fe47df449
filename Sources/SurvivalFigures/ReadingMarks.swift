internal import Charts

/// Which of many readings are drawn. Thousands lie on one another: more marks show no more, and cost bytes.
enum ReadingMarks {
  typealias Reading = ReconstructionFigure.Reading

  /// Side of a mark in points.
  static let side = 1.8
  private static let limit = 500

  /// Readings that can be told apart over the curve, the one with the largest gap always.
  ///
  /// - Parameter readings: by ascending time.
  static func overCurve(_ readings: [Reading], x: LinearScale, y: LinearScale) -> [Reading] {
    let largest = readings.indices.max { readings[$0].gap.magnitude < readings[$1].gap.magnitude }
    // Farther apart where they are many: the curve must show between them.
    var distance = readings.count > 400 ? 5.0 : 2
    var kept: [Int] = []
    repeat {
      kept = []
      for k in readings.indices {
        guard k != largest, let last = kept.last else {
          kept.append(k)
          continue
        }
        let apart = max(
          (x(readings[k].time) - x(readings[last].time)).magnitude,
          (y(readings[k].survival) - y(readings[last].survival)).magnitude)
        if apart >= distance { kept.append(k) }
      }
      distance *= 1.5
    } while kept.count > limit
    return kept.map { readings[$0] }
  }

  /// The highest and the lowest gap of every point of the time axis: nothing that stands out is lost.
  ///
  /// - Parameter readings: by ascending time.
  static func extremes(_ readings: [Reading], x: LinearScale) -> [Reading] {
    var kept: [Reading] = []
    var column: [Reading] = []
    func close() {
      guard let low = column.min(by: { $0.gap < $1.gap }), let high = column.max(by: { $0.gap < $1.gap }) else {
        return
      }
      kept.append(low)
      if high != low { kept.append(high) }
    }
    for reading in readings {
      if let first = column.first, x(reading.time) - x(first.time) >= 1 {
        close()
        column = []
      }
      column.append(reading)
    }
    close()
    return kept
  }
}
