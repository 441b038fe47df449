internal import CBoostMath

/// Boost.Math, which computes the special functions.
package enum BoostMath {
  /// The version that this was built with, such as 1.74: the library is headers alone.
  package static var version: String {
    String(cString: survkit_boost_version()).split(separator: "_").joined(separator: ".")
  }
}
