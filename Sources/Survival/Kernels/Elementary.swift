#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

// The platform's elementary functions under names that say what they are: the module imports no Foundation.

@inline(__always) package func exponential(_ x: Double) -> Double { exp(x) }
@inline(__always) package func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }
@inline(__always) package func logarithm(_ x: Double) -> Double { log(x) }
@inline(__always) package func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }
@inline(__always) package func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
@inline(__always) package func sine(_ x: Double) -> Double { sin(x) }
@inline(__always) package func arcsine(_ x: Double) -> Double { asin(x) }
