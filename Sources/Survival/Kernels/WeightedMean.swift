/// The mean of values, weighted where weights are given; NaN of none. Taken from the first value on, so that a far origin costs
/// no digit.
func weightedMean(_ values: ArraySlice<Double>, weights: [Double]?) -> Double {
  guard let first = values.first else { return .nan }
  var (sum, total) = (CompensatedSum(), CompensatedSum())
  for (row, value) in values.enumerated() {
    let weight = weights?[row] ?? 1
    sum.add(weight * (value - first))
    total.add(weight)
  }
  return first + sum.value / total.value
}
