import Foundation

/// What one run of a workload found, and what it took; written as one line of JSON with the keys of the peer runners.
struct Answer {
  var coefficients: [Double] = []
  var standardErrors: [Double] = []
  var logLikelihood: [Double] = []
  var statistic: [Double] = []
  var extra: [Double] = []

  func line(workload: String, method: String, seconds: [Double], processor: [Double], before: Double, peak: Double)
    -> String
  {
    func list(_ values: [Double]) -> String {
      "[" + values.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ",") + "]"
    }
    return "{\"lib\":\"survkit\",\"workload\":\"\(workload)\",\"method\":\"\(method)\",\"fit_s\":\(list(seconds)),"
      + "\"cpu_s\":\(list(processor)),\"scale\":1,\"rss_before_mb\":\(before),\"rss_peak_mb\":\(peak),"
      + "\"coef\":\(list(coefficients)),\"se\":\(list(standardErrors)),\"loglik\":\(list(logLikelihood)),"
      + "\"stat\":\(list(statistic)),\"extra\":\(list(extra))}"
  }
}
