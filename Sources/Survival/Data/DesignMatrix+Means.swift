extension DesignMatrix {
  /// Means of the columns over the rows, weighted by the case weights where given. O(rows × columns).
  package func columnMeans(weights: [Double]?) -> [Double] {
    (0..<columnCount).map { j in
      let values = column(j)
      guard let first = values.first else { return .nan }
      // From the first value on, so that a far origin costs no digit.
      var (sum, total) = (CompensatedSum(), CompensatedSum())
      for (row, value) in values.enumerated() {
        let weight = weights?[row] ?? 1
        sum.add(weight * (value - first))
        total.add(weight)
      }
      return first + sum.value / total.value
    }
  }
}
