import Foundation
import Testing

/// `survkit plot --kind schoenfeld`.
@Suite struct ResidualFigureTests {
  private func figure(_ options: [String], _ data: String = Reference.path("lung.csv")) throws -> String {
    let run = try survkit(["plot", data, "--kind", "schoenfeld", "-o", "-", "--quiet"] + options)
    #expect(run.status == 0, "\(run.err)")
    return run.out
  }

  /// The numbers that the figure carries.
  private func numbers(_ svg: String) throws -> [String: Any] {
    let start = try #require(svg.range(of: "-data\">"))
    let end = try #require(svg.range(of: "</metadata>"))
    let text = svg[start.upperBound..<end.lowerBound].replacingOccurrences(of: "&quot;", with: "\"")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// R, survival 3.5-3 and splines: the numbers that plot(cox.zph(coxph(Surv(time, event) ~ sex + age), terms = FALSE)) draws, at the
  /// 1st, 14th, 27th and 40th of its 40 places; half the distance of its limits, which are two standard errors.
  @Test(
    "the smooth and its standard error are R's",
    arguments: [
      (
        "km", [0, 0.310957525301862, 0.621915050603724, 0.932872575905586],
        [
          [-0.947484810223365, -0.579417106178194, -0.361200520135858, 0.191667768388841],
          [0.101512117605667, -0.0235775869725842, 0.0378715490079968, -0.000720378991196455],
        ],
        [
          [0.540421191925171, 0.291145973394525, 0.323421825191685, 0.66947152421312],
          [0.0297653952879599, 0.0160357793403961, 0.0178134732971703, 0.0368732478481261],
        ]
      ),
      (
        "identity", [5, 297.666666666667, 590.333333333333, 883],
        [
          [-0.957539372226468, -0.487763163113602, -0.142593085319556, 0.397191120566687],
          [0.103228420789084, 0.000511717946872722, 0.0417397298268815, -0.0412382833674162],
        ],
        [
          [0.544509940359708, 0.239677188004179, 0.341570158881856, 1.00252598071141],
          [0.0299905959558935, 0.0132009742568328, 0.0188130498018987, 0.0552172685827183],
        ]
      ),
    ])
  func smooth(transform: String, places: [Double], estimates: [[Double]], errors: [[Double]]) throws {
    let found = try numbers(figure(["--model", "sex + age", "--zph", transform]))
    let x = try #require(found["x"] as? [Double])
    let panels = try #require(found["panels"] as? [[String: Any]])
    #expect(panels.map { $0["name"] as? String } == ["sex", "age"] && found["events"] as? Int == 165)
    for (column, panel) in panels.enumerated() {
      let values = try #require(panel["value"] as? [Double])
      let (lower, upper) = (try #require(panel["lower"] as? [Double]), try #require(panel["upper"] as? [Double]))
      for (k, place) in [0, 13, 26, 39].enumerated() {
        // The figure carries six decimals: half a unit of the last.
        #expect((x[place] - places[k]).magnitude < 0.6e-6)
        #expect((values[place] - estimates[column][k]).magnitude < 0.6e-6)
        let error = (upper[place] - lower[place]) / 2 / 1.959963984540054
        #expect((error - errors[column][k]).magnitude < 0.6e-6)
      }
    }
  }

  @Test("the smooth, the estimate and the test stand in the drawing as in the numbers")
  func drawing() throws {
    let svg = try figure(["--arm", "sex", "--title", "Residuals"])
    let found = try numbers(svg)
    let panel = try #require((found["panels"] as? [[String: Any]])?.first)
    let values = try #require(panel["value"] as? [Double])
    func attribute(_ name: String, _ id: String) throws -> String {
      let line = try #require(svg.split(separator: "\n").first { $0.contains("id=\"\(id)\"") })
      return String(try #require(line.components(separatedBy: " \(name)=\"").last).prefix { $0 != "\"" })
    }
    let smooth = try attribute("d", "schoenfeld-smooth-1").dropFirst().split(separator: "L").map { point in
      point.split(separator: " ").compactMap { Double($0) }
    }
    #expect(smooth.count == 40)
    // Two places of the smooth are the scale; all others and the estimate follow it, rounded to hundredths of a point.
    let (low, high) = (
      try #require(values.indices.min { values[$0] < values[$1] }),
      try #require(values.indices.max { values[$0] < values[$1] })
    )
    let perUnit = (smooth[high][1] - smooth[low][1]) / (values[high] - values[low])
    for (point, value) in zip(smooth, values) {
      #expect((point[1] - smooth[low][1] - (value - values[low]) * perUnit).magnitude < 0.02)
    }
    let estimate = try #require(panel["coefficient"] as? Double)
    // R: coxph(Surv(time, event) ~ sex): -0.5310235.
    #expect((estimate + 0.5310235).magnitude < 1e-6)
    let drawn = try attribute("y1", "schoenfeld-estimate-1")
    let y = try #require(Double(drawn))
    #expect((y - smooth[low][1] - (estimate - values[low]) * perUnit).magnitude < 0.03)
    // R: cox.zph: chisq 2.86, p 0.091.
    #expect(svg.contains("Test of proportionality: chi-squared 2.86 on 1 df, p = 0.091"))
    #expect(try figure(["--arm", "sex", "--title", "Residuals"]) == svg)
  }

  @Test("many events make a small file; what does not belong is refused")
  func limits() throws {
    try withFolder { folder in
      let data = folder.appendingPathComponent("many.csv").path
      var text = "time,event,arm\n"
      for k in 0..<100_000 { text += "\((k * 7919) % 99_991 + 1),1,\(k % 2)\n" }
      try text.write(toFile: data, atomically: true, encoding: .utf8)
      #expect(try figure([], data).utf8.count < 300_000)
    }
    for (options, message) in [
      (["--risk-table", "none"], "--risk-table belongs to"), (["--tau", "3"], "--tau belongs to"),
      (["--zph", "cubic"], "cubic"), (["--model", "nothing"], "nothing"),
    ] {
      let run = try survkit(["plot", Reference.path("lung.csv"), "--kind", "schoenfeld", "-o", "-"] + options)
      #expect(run.status == 64 && run.out.isEmpty && run.err.contains(message), "\(run.err)")
    }
    #expect(try survkit(["plot", Reference.path("lung.csv"), "--model", "age", "-o", "-"]).err.contains("belongs to"))
  }
}
