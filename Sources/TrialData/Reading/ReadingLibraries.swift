internal import CLibCSV
internal import CZlib

/// The libraries that read data files.
package enum ReadingLibraries {
  /// The version of zlib that is linked.
  package static var zlib: String { String(cString: zlibVersion()) }
  /// The version of libcsv that this was built with; the library does not tell its own.
  package static let libcsv = "\(CSV_MAJOR).\(CSV_MINOR).\(CSV_RELEASE)"
}
