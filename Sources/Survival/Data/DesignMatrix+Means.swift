extension DesignMatrix {
  /// Means of the columns over the rows, weighted by the case weights where given. O(rows × columns).
  package func columnMeans(weights: [Double]?) -> [Double] {
    (0..<columnCount).map { weightedMean(column($0), weights: weights) }
  }
}
