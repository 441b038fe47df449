import Foundation
import Testing

@testable import Survival

/// The generalised gamma variable against 40-digit values and its own special cases.
@Suite struct GeneralizedGammaTests {
  /// w, Q, ln S, ∂/∂w, ∂/∂Q, ∂²/∂Q² by mpmath 1.3 at 60 digits: the regularised incomplete gamma function and `mpmath.diff`.
  private static let values: [[Double]] = [
    [-1, -2, -0.021286226295600378, -0.10357837226668209, -0.027783116679246337, -0.0294011845019531],
    [0, -2, -0.29614720784889767, -0.40848432946968583, -0.12437559729390305, -0.0683964189151384],
    [0.7, -2, -0.61049749147587903, -0.47587470512502714, -0.24501440508781244, -0.143454538662447],
    [3, -2, -1.7484256778142289, -0.49975217939130628, -0.79030499156504043, -0.637344623862183],
    [-6, -0.5, -1.1503837247011614e-30, -4.4508309040893582e-29, -2.3588246590799581e-28, -4.74761768972919e-26],
    [-1, -0.5, -0.11147347391411536, -0.24095602905427465, -0.10307437024965912, -0.0716525199137901],
    [0, -0.5, -0.56822545562735242, -0.68969641968266002, -0.23476958013736068, -0.0587201559634595],
    [0.7, -0.5, -1.1639915965025158, -1.005525240466935, -0.4839933506756245, -0.110841218323233],
    [3, -0.5, -4.3357179043443067, -1.6544490588328461, -3.3826860947387441, -3.6707114361067],
    [-6, 0.1, -2.9688061197073836e-8, -1.3732225548332335e-7, -8.7922215297450549e-7, -2.36971909710243e-5],
    [-1, 0.1, -0.18760469288818175, -0.2964404350055339, -0.15329829702417608, -0.097374240172348],
    [0, 0.1, -0.72010489302547398, -0.81900345978618535, -0.27327258861817574, -0.0755206866545966],
    [0.7, 0.1, -1.4730588948540893, -1.3531955990593676, -0.54634093776604938, -0.110167551496818],
    [3, 0.1, -7.2492660852604344, -3.8328684441205359, -6.8342100568436328, -8.84798154251104],
    [-6, 0.5, -5.5917554344167035e-5, -0.00010741383558600339, -0.00065032629680583255, -0.00623570487924965],
    [-1, 0.5, -0.257158861403347, -0.32998998193484173, -0.19533007689238934, -0.109651227674196],
    [0, 0.5, -0.83593241162679427, -0.90140845070422535, -0.30683540970311389, -0.0894384539918239],
    [0.7, 0.5, -1.7009362250698238, -1.624072405459804, -0.59423652742038193, -0.127297555064546],
    [3, 0.5, -10.88815364620426, -7.5509105568376333, -11.969068192167876, -18.0905596213234],
    [-6, 1, -0.0024787521766663584, -0.0024787521766663584, -0.012053535805935667, -0.0407689969042503],
    [-1, 1, -0.36787944117144232, -0.36787944117144232, -0.24500019575740077, -0.0796897297558578],
    [0, 1, -1.0, -1.0, -0.34712605444945387, -0.0623768313990417],
    [0.7, 1, -2.0137527074704765, -2.0137527074704765, -0.65541676675695186, -0.108553783150723],
    [3, 1, -20.085536923187668, -20.085536923187668, -27.335016639252762, -48.8978258210465],
    [-6, 3, -0.11873475098358151, -0.042023729734640435, -0.091418247328958939, -0.0164935314852036],
    [-1, 3, -0.89753298543884112, -0.48210766416549545, -0.24830549383013847, 0.0324913774328764],
    [0, 3, -1.7055337493578129, -1.3582091932687175, -0.32462134089966912, 0.0420385765550136],
    [0.7, 3, -3.4594629816575193, -4.4691066167521934, -0.77538070738500199, -0.0614558121054594],
    [3, 3, -908.53328760609105, -2703.6916901493001, -2104.0721906395665, -5101.74100279613],
    [-6, 8, -0.59161699909108568, -0.10086347784115925, -0.083865082347258783, 0.00547548143964266],
    [-1, 8, -1.7975728802154299, -0.62936950807856675, -0.12994798933287333, 0.013863517027018],
    [0, 8, -2.9033137928810063, -2.1214173205383767, -0.17755810303381689, 0.0173168708209012],
    [0.7, 8, -9.9750264550418916, -40.508404003959861, -2.5370528643314715, -1.00231610563208],
  ]

  @Test("ln S and its derivatives against mpmath", arguments: values)
  func tails(row: [Double]) {
    let s = GeneralizedGamma(q: row[1]).logSurvival(row[0])
    // Round-off of the exponent of the density, which is relative to the largest term of ln f.
    let size = 1e-13 * (1 + abs(row[2]))
    for (actual, expected) in [(s.value, row[2]), (s.w, row[3]), (s.q, row[4])] {
      #expect(abs(actual - expected) <= size * abs(expected), "\(actual) \(expected)")
    }
    // A difference of two moments that may nearly cancel.
    #expect(abs(s.qq - row[5]) <= 20 * size * (abs(row[5]) + row[4] * row[4]), "\(s.qq) \(row[5])")
  }

  @Test("Q = 1 is the smallest extreme value, Q = 0 the normal distribution, −Q the mirror image")
  func specialCases() {
    for w in stride(from: -8.0, through: 3, by: 0.25) {
      let weibull = StandardVariable(.weibull, q: 1)
      let normal = StandardVariable(.lognormal, q: 0)
      for (q, other) in [(1.0, weibull), (0.0, normal)] {
        let general = GeneralizedGamma(q: q)
        for (a, b) in [
          (general.logDensity(w), other.logDensity(w)), (general.logSurvival(w), other.logSurvival(w)),
        ] {
          let tolerance = 1e-13 * (1 + abs(b.value))
          #expect(isClose(a.value, b.value, tolerance, scale: 1e-6))
          #expect(isClose(a.w, b.w, tolerance, scale: 1e-6))
          #expect(isClose(a.ww, b.ww, 10 * tolerance, scale: 1e-3))
        }
      }
      for q in [0.3, 1, 4.0] {
        // P(W > w) of Q and P(W < −w) of −Q make 1.
        let sum = exp(GeneralizedGamma(q: q).logSurvival(w).value) + exp(GeneralizedGamma(q: -q).logSurvival(-w).value)
        #expect(abs(sum - 1) < 1e-13, "\(w) \(q) \(sum)")
      }
    }
  }

  @Test("nothing happens at Q = 0: values and derivatives from both sides agree")
  func smallShapes() {
    for w in [-3.0, -0.2, 0, 1, 4] {
      let zero = GeneralizedGamma(q: 0).logSurvival(w)
      for q in [1e-9, -1e-9, 1e-5, -1e-5] {
        let near = GeneralizedGamma(q: q).logSurvival(w)
        let line = zero.value + q * zero.q + q * q / 2 * zero.qq
        // The next term is q³ times a third derivative of at most a few hundred; 1e-13 is round-off.
        let tolerance = 1e-13 * (1 + abs(zero.value)) + 1e3 * abs(q * q * q)
        #expect(abs(near.value - line) < tolerance)
        #expect(abs(near.q - (zero.q + q * zero.qq)) < 1e-12 * (1 + abs(zero.q)) + 1e3 * q * q)
      }
    }
  }

  @Test("a quantile has the probability asked for, far out too")
  func quantiles() {
    for q in [-3, -0.4, 0, 0.02, 1, 6.0] {
      let variable = GeneralizedGamma(q: q)
      for p in [1e-12, 1e-4, 0.2, 0.5, 0.9, 0.999] {
        let w = variable.quantile(lower: p, upper: 1 - p)
        let s = variable.logSurvival(w)
        let below = -expm1(s.value)
        // A unit in the last place of w moves p by the density times it.
        let tolerance = 4e-16 * abs(w) * abs(s.w) * exp(s.value) + 4e-16
        #expect(abs(below - p) <= tolerance + 1e-12 * p, "\(q) \(p) \(below)")
      }
    }
  }

  @Test("the normal hazard: digits of mpmath, and no loss where the tail has no double")
  func normalHazard() {
    // mpmath 1.3: npdf(x) / (erfc(x/√2)/2) at 40 digits.
    for (x, h) in [
      (-10.0, 7.6945986267064193e-23), (-1.0, 0.28759997093917836), (0.0, 0.79788456080286536),
      (2.0, 2.3732155328228409), (5.9000000000000004, 6.0609166256353465), (6.0999999999999996, 6.2561181317111608),
      (12.0, 12.082214175254284), (40.0, 40.024968847207264), (1000.0, 1000.000999998),
    ] {
      #expect(isClose(-StandardVariable(.lognormal, q: 0).logSurvival(x).w, h, 2e-14, scale: 0))
    }
  }
}
