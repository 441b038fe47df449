#if canImport(Glibc)
  internal import Glibc
#endif

/// Asks for pages of 2 MB for memory that has not been touched yet: the first touch of many small pages takes as long as the
/// arithmetic of a whole fit. Only a hint, on Linux only.
func preferLargePages(_ start: UnsafeMutableRawPointer?, bytes: Int) {
  #if canImport(Glibc)
    let page = 2 << 20
    guard let start, bytes >= 4 * page else { return }
    let first = (Int(bitPattern: start) + page - 1) / page * page
    let end = (Int(bitPattern: start) + bytes) / page * page
    guard first < end else { return }
    _ = madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, Int32(MADV_HUGEPAGE))
  #endif
}
