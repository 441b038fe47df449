internal import LinearAlgebra

/// The rows of a parametric model laid out for the likelihood: those with a weight above 0, times in logarithms from an
/// inner unit, covariates centred and scaled.
///
/// The unit of time is a power of two near the mean time, covariates are divided by the power of two at or below their root
/// mean square, so that neither unit costs a digit. A centre is kept as `origin` + `shift`: of a column far from zero the
/// sum in one double would not have all digits.
struct AFTProblem {
  let rows: Int
  /// Covariates, without the intercept.
  let columns: Int
  /// By rows: 1, then the covariates.
  let x: [Double]
  let y: [Double]
  /// ln of the entry time; −∞ without delayed entry.
  let entry: [Double]
  let isEvent: [Bool]
  let weight: [Double]
  let offset: [Double]
  let logUnit: Double
  let scale: [Double]
  let origin: [Double]
  let shift: [Double]
  /// Covariates that depend linearly on the ones before or are constant.
  let aliased: [Int]
  let eventWeight: Double
  let lastTime: Double

  var width: Int { columns + 1 }

  init(_ data: TimeToEvent, _ design: DesignMatrix, offset userOffset: [Double]?) {
    let source = (0..<data.count).filter { data.weights?[$0] != 0 }
    rows = source.count
    columns = design.columnCount
    let n = source.count
    let width = design.columnCount + 1
    weight = source.map { data.weights?[$0] ?? 1 }
    isEvent = source.map { data.isEvent[$0] }
    offset = source.map { userOffset?[$0] ?? 0 }
    lastTime = source.map { data.time[$0] }.max() ?? .nan

    let times = source.map { data.time[$0] }
    // The mean of the logarithms is finite where that of the times is not.
    let middle = times.reduce(0.0) { $0 + logarithm($1) } / Double(max(n, 1))
    let unit = exponential(middle).binade
    logUnit = logarithm(unit)
    y = times.map { logarithm($0 / unit) }
    entry = source.map { row in
      guard let start = data.entry?[row], start > 0 else { return -.infinity }
      return logarithm(start / unit)
    }
    var events = CompensatedSum()
    for i in 0..<n where isEvent[i] { events.add(weight[i]) }
    eventWeight = events.value

    var x = [Double](repeating: 1, count: n * width)
    var scale = [Double](repeating: 1, count: design.columnCount)
    var origin = [Double](repeating: 0, count: design.columnCount)
    var shift = origin
    for j in 0..<design.columnCount {
      let values = design.column(j)
      let start = values.startIndex
      let first = source.first.map { values[start + $0] } ?? 0
      var (sum, total) = (CompensatedSum(), CompensatedSum())
      for (i, row) in source.enumerated() {
        sum.add(weight[i] * (values[start + row] - first))
        total.add(weight[i])
      }
      (origin[j], shift[j]) = (first, sum.value / total.value)
      var largest = 0.0
      for (i, row) in source.enumerated() {
        let centred = (values[start + row] - first) - shift[j]
        x[i * width + j + 1] = centred
        largest = max(largest, abs(centred))
      }
      guard largest > 0, largest.isFinite else { continue }
      var squares = 0.0
      for i in 0..<n {
        let ratio = x[i * width + j + 1] / largest
        squares += ratio * ratio
      }
      scale[j] = (largest * (squares / Double(n)).squareRoot()).binade
      for i in 0..<n { x[i * width + j + 1] /= scale[j] }
    }
    (self.x, self.scale, self.origin, self.shift) = (x, scale, origin, shift)

    var gram = Matrix(rows: width, columns: width)
    BLAS.addGram(x, rows: n, columns: width, to: &gram.values)
    aliased = Cholesky.dependentColumns(of: gram).filter { $0 > 0 }.map { $0 - 1 }
  }

  /// 1 and the covariates of a subject as the rows have them.
  func standardised(_ covariates: [Double]) -> [Double] {
    [1] + (0..<columns).map { ((covariates[$0] - origin[$0]) - shift[$0]) / scale[$0] }
  }
}
