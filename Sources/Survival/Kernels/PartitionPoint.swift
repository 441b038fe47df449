/// How many of 0 ..< count come first: `isBefore` is true for those, and false for all that follow.
@inline(__always)
func partitionPoint(_ count: Int, isBefore: (Int) -> Bool) -> Int {
  var low = 0
  var high = count
  while low < high {
    let middle = (low + high) / 2
    if isBefore(middle) { low = middle + 1 } else { high = middle }
  }
  return low
}
