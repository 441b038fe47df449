/// The nodes of a complete binary tree over `size` places (leaf i is node size + i, the children of node k are 2k and
/// 2k + 1) that together cover the places `from ..< to`: at most two per level, none where the range is empty.
@inline(__always)
func forEachTreeNode(from: Int, to: Int, of size: Int, _ body: (Int) -> Void) {
  var left = from + size
  var right = to + size
  while left < right {
    if left & 1 == 1 {
      body(left)
      left += 1
    }
    if right & 1 == 1 {
      right -= 1
      body(right)
    }
    left >>= 1
    right >>= 1
  }
}
