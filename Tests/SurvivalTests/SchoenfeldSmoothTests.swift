import LinearAlgebra
import Testing

@testable import Survival

@Suite struct SchoenfeldSmoothTests {
  /// Straight lines and constants are natural splines: fitted, they come back, whatever the knots.
  @Test(arguments: [[0.0, 1], [2, 3, 9], [-1, 0, 0.5, 7], [0, 1, 2, 3, 4, 5]])
  func theBasisHoldsLinesAndBendsNowhereBeyondTheEnds(knots: [Double]) {
    let spline = NaturalSpline(knots: knots)
    #expect(spline.count == knots.count)
    let (first, last) = (knots[0], knots[knots.count - 1])
    let length = last - first
    for place in [first, first + 0.3 * length, last] {
      let values = spline.values(at: place)
      #expect(values[0] == 1 && (values[1] * length + first - place).magnitude < 1e-12)
    }
    // Second differences of every function vanish beyond the last knot; inside they do not.
    func bend(_ k: Int, around place: Double) -> Double {
      let step = 0.01 * length
      return spline.values(at: place - step)[k] - 2 * spline.values(at: place)[k] + spline.values(at: place + step)[k]
    }
    for k in 2..<max(2, spline.count) {
      // The cubes of (x − knot)/length, up to 2, cancel in round-off alone.
      #expect(bend(k, around: last + 0.5 * length).magnitude < 1e-13)
      #expect(bend(k, around: knots[k - 1] + 0.01 * length).magnitude > 1e-9)
    }
  }

  @Test("constant and straight residuals are their own smooth")
  func knotsWhereThereAreFew() throws {
    // Two event times: a knot for each, so that the smooth goes through the means at both.
    let data = try TimeToEvent(time: [1, 1, 2, 2, 3, 3], isEvent: [true, true, true, true, false, false])
    let design = try DesignMatrix([.numeric(name: "x", values: [0, 1, 1, 3, 2, 0])], rows: 6)
    let fit = try CoxModel().fit(data, design)
    let smooth = try SchoenfeldSmooth(fit, data: data, transform: .identity, points: 3)
    #expect(smooth.x == [1, 1.5, 2] && smooth.time == [1, 1, 2, 2])
    let residuals = smooth.curves[0].residuals
    let means = [(residuals[0] + residuals[1]) / 2, (residuals[2] + residuals[3]) / 2]
    // Sums of a few numbers of the order of ten.
    #expect((smooth.curves[0].estimate[0] - means[0]).magnitude < 1e-12)
    #expect((smooth.curves[0].estimate[1] - (means[0] + means[1]) / 2).magnitude < 1e-12)
    #expect((smooth.curves[0].estimate[2] - means[1]).magnitude < 1e-12)
    // The variance of a mean of two residuals, each D V.
    let error = (4 * fit.covariance[0, 0] / 2).squareRoot()
    #expect((smooth.curves[0].standardError[0] - error).magnitude < 1e-12 * error)
    // One event: a constant.
    let one = try TimeToEvent(time: [1, 2, 3], isEvent: [true, false, false])
    let lone = try CoxModel().fit(one, try DesignMatrix([.numeric(name: "x", values: [1, 0, 2])], rows: 3))
    let flat = try SchoenfeldSmooth(lone, data: one)
    #expect(flat.curves[0].estimate.allSatisfy { $0 == flat.curves[0].residuals[0] })
  }
}
