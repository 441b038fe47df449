/// The library that reads claims in YAML.
package enum YAMLLibrary {
  /// Yams, with the libyaml it carries; the library does not tell its version, so a test holds this against Package.resolved.
  package static let version = "6.2.2"
}
