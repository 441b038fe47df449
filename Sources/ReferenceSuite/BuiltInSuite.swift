#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The suite inside the program: certified values, small cases and numbers of R survival on small data sets, so that an
/// installed copy can be checked with no file beside it.
public enum BuiltInSuite {
  /// The checks.
  public static func suite() throws(SuiteError) -> ReferenceSuite { try ReferenceSuite(Data(json.utf8)) }

  /// The CSV text of a data file that the checks name.
  public static func csv(_ file: String) -> String? { files[file] }
}
