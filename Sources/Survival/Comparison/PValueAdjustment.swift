/// How p-values of several tests are raised so that the family keeps its error rate.
///
/// With m p-values in ascending order p(1) <= … <= p(m): Bonferroni m p; Holm the largest of (m − i + 1) p(i) so far;
/// Benjamini–Hochberg the smallest of (m / i) p(i) from there on; none exceeds 1. Bonferroni and Holm bound the probability
/// of any false rejection, Benjamini–Hochberg the expected share of false ones among the rejections.
/// Sources: Holm, Scand J Stat 1979;6:65–70; Benjamini & Hochberg, JRSS B 1995;57:289–300.
public enum PValueAdjustment: String, Sendable, Codable, CaseIterable {
  case bonferroni
  case holm
  case benjaminiHochberg = "bh"

  /// The adjusted p-values, in the order given. A NaN is a test that was not made: it stays, and does not count.
  public func adjusted(_ p: [Double]) -> [Double] {
    let order = p.indices.filter { !p[$0].isNaN }.sorted { (p[$0], $0) < (p[$1], $1) }
    let m = Double(order.count)
    var adjusted = p
    switch self {
    case .bonferroni:
      for i in order { adjusted[i] = min(1, m * p[i]) }
    case .holm:
      var largest = 0.0
      for (rank, i) in order.enumerated() {
        largest = max(largest, min(1, (m - Double(rank)) * p[i]))
        adjusted[i] = largest
      }
    case .benjaminiHochberg:
      var smallest = 1.0
      for (rank, i) in order.enumerated().reversed() {
        smallest = min(smallest, m / Double(rank + 1) * p[i])
        adjusted[i] = smallest
      }
    }
    return adjusted
  }
}
