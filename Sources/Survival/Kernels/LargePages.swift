#if canImport(Glibc)
  internal import Glibc
#endif

/// Asks for pages of 2 MiB under fresh memory of some size: to touch it in pages of 4 KiB costs more than most of what is done
/// with it. Only a hint, on Linux only.
package func adviseLargePages(_ start: UnsafeMutableRawPointer?, bytes: Int) {
  #if canImport(Glibc)
    let page = 2 << 20
    guard let start, bytes >= 4 * page else { return }
    let first = (Int(bitPattern: start) + page - 1) / page * page
    let end = (Int(bitPattern: start) + bytes) / page * page
    // Refused or not, the memory is the same.
    _ = madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, Int32(MADV_HUGEPAGE))
  #endif
}
