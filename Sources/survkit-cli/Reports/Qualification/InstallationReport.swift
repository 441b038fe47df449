internal import Distributions
internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialCatalogue
internal import TrialData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `survkit selftest --iq`: what is installed, and on what.
struct InstallationReport {
  struct Item {
    /// The member of the JSON document.
    let key: String
    let name: String
    let value: String
  }

  struct Section {
    let key: String
    let title: String
    let items: [Item]
  }

  enum Verdict: String {
    case pass
    case fail
    /// Something that only some calls need is not there.
    case note
  }

  struct Check {
    let name: String
    let verdict: Verdict
    let detail: String
  }

  let sections: [Section]
  let checks: [Check]

  var isPass: Bool { !checks.contains { $0.verdict == .fail } }

  init() {
    let own = OwnProgram.path.flatMap { try? ProgramFile($0) }
    let reader = OwnProgram.find("survkit-readstat")
    let readerFile = reader.flatMap { try? ProgramFile($0) }
    let readStat = InstallationReport.firstLine(reader, ["--version"])
    let renderer = InstallationReport.firstLine(Output.renderer, ["--version"])
    sections = [
      InstallationReport.program(own), InstallationReport.readers(readerFile, readStat, renderer),
      InstallationReport.libraries(readStat), InstallationReport.computer,
    ]
    checks = InstallationReport.checks(own, readStat, renderer)
  }

  private static func program(_ file: ProgramFile?) -> Section {
    Section(
      key: "program", title: "Program",
      items: [
        Item(key: "version", name: "Version", value: "\(Tool.name) \(Tool.version)"),
        Item(key: "build", name: "Build", value: Tool.build),
        Item(key: "linking", name: "Linking", value: linking(file)),
        Item(key: "swift_compiler", name: "Swift compiler", value: swiftCompiler),
        Item(key: "c_compiler", name: "C compiler", value: InstructionSets.compiler),
        Item(key: "file", name: "File", value: file?.name ?? "unknown"),
        Item(key: "bytes", name: "Bytes", value: file.map { "\($0.bytes)" } ?? "unknown"),
        Item(key: "sha256", name: "SHA-256", value: file?.sha256 ?? "unknown"),
      ])
  }

  private static func readers(_ file: ProgramFile?, _ readStat: String?, _ renderer: String?) -> Section {
    Section(
      key: "programs", title: "Programs that survkit starts",
      items: [
        Item(
          key: "readstat", name: "survkit-readstat (SAS, Stata and SPSS files)",
          value: file == nil ? "not found" : readStat == nil ? "found, does not answer" : "found"),
        Item(key: "readstat_bytes", name: "Bytes", value: file.map { "\($0.bytes)" } ?? "-"),
        Item(key: "readstat_sha256", name: "SHA-256", value: file?.sha256 ?? "-"),
        Item(key: "renderer", name: "\(Output.renderer) (PDF and PNG figures)", value: renderer ?? "not found"),
      ])
  }

  private static func libraries(_ readStat: String?) -> Section {
    Section(
      key: "libraries", title: "Libraries",
      items: [
        Item(key: "openblas", name: "OpenBLAS", value: BLAS.configuration),
        Item(key: "openblas_core", name: "OpenBLAS kernels", value: "\(BLAS.core), \(BLAS.threads) thread"),
        Item(key: "boost_math", name: "Boost.Math", value: BoostMath.version),
        Item(key: "zlib", name: "zlib", value: ReadingLibraries.zlib),
        Item(key: "nettle", name: "Nettle", value: Nettle.version),
        Item(key: "libcsv", name: "libcsv", value: ReadingLibraries.libcsv),
        Item(key: "yams", name: "Yams", value: YAMLLibrary.version),
        Item(key: "readstat", name: "ReadStat", value: readStat ?? "-"),
      ])
  }

  private static var computer: Section {
    Section(
      key: "computer", title: "Computer",
      items: [
        Item(key: "system", name: "Operating system", value: Machine.operatingSystem),
        Item(key: "kernel", name: "Kernel", value: Machine.kernel),
        Item(key: "c_library", name: "C library", value: Machine.libraryOfC),
        Item(key: "processor", name: "Processor", value: Machine.processorModel),
        Item(key: "features", name: "Instruction sets", value: Machine.processorFeatures),
        Item(key: "kernels", name: "Instruction set in use", value: InstructionSets.current),
        Item(key: "processors", name: "Processors", value: "\(Parallelism.threads)"),
        Item(key: "memory", name: "Memory", value: Machine.memory),
        Item(
          key: "locale", name: "Locale (LC_ALL, LANG)",
          value: ["LC_ALL", "LANG"].map(Machine.variable).joined(separator: ", ")),
        Item(key: "time_zone", name: "Time zone (TZ)", value: Machine.variable("TZ")),
      ])
  }

  private static func checks(_ own: ProgramFile?, _ readStat: String?, _ renderer: String?) -> [Check] {
    let folder = ScratchFolder.canBeMade
    let isRelease = Tool.build.hasPrefix("release")
    return [
      Check(
        name: "The program's own file can be read", verdict: own == nil ? .fail : .pass,
        detail: own.map { "SHA-256 \($0.sha256)" } ?? "no digest identifies this copy"),
      Check(
        name: "The build is optimised", verdict: isRelease ? .pass : .note,
        detail: isRelease ? Tool.build : "a debug build, for development"),
      Check(
        name: "Linear algebra runs in one thread", verdict: BLAS.threads == 1 ? .pass : .fail,
        detail: "the order of every sum is fixed"),
      Check(
        name: "Temporary files can be written", verdict: folder ? .pass : .fail,
        detail: folder ? "as PDF and PNG figures and --oq need" : "set TMPDIR to a folder that can be written to"),
      Check(
        name: "SAS, Stata and SPSS files can be read", verdict: readStat == nil ? .note : .pass,
        detail: readStat.map { "survkit-readstat answers: \($0)" }
          ?? "survkit-readstat is not beside survkit or on the search path; other formats need no program"),
      Check(
        name: "PDF and PNG figures can be made", verdict: renderer == nil ? .note : .pass,
        detail: renderer ?? "\(Output.renderer) is not on the search path; SVG figures need no program"),
    ]
  }

  private static func linking(_ file: ProgramFile?) -> String {
    switch file?.isStatic {
    case .some(true): "static: the file carries its libraries"
    case .some(false): "dynamic: the system's loader adds libraries"
    case .none: "unknown"
    }
  }

  /// The compiler tells its version in steps of a minor release alone.
  private static var swiftCompiler: String {
    #if compiler(>=6.5)
      return "6.5 or later"
    #elseif compiler(>=6.4)
      return "6.4"
    #elseif compiler(>=6.3)
      return "6.3"
    #else
      return "6.2"
    #endif
  }

  /// The first line that a program prints; nil where it is missing or fails.
  private static func firstLine(_ program: String?, _ arguments: [String]) -> String? {
    guard let program, let run = try? ProgramRun(program, arguments), run.status == 0 else { return nil }
    let line = String(decoding: run.output.prefix { $0 != 0x0A }, as: UTF8.self)
    return line.isEmpty ? nil : line
  }

  // MARK: Documents

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.section(2, "Installation qualification"))
    for section in sections {
      document.add(.textTable([[section.title, "Value"]] + section.items.map { [$0.name, $0.value] }))
    }
    document.add(
      .textTable(
        [["Check", "Detail", "Result"]] + checks.map { [$0.name, $0.detail, $0.verdict.rawValue] }))
    return document
  }

  var json: JSONValue {
    var object = JSONObject()
    object.add("passed", isPass)
    for section in sections {
      var members = JSONObject()
      for item in section.items { members.add(item.key, item.value) }
      object.add(section.key, members.value)
    }
    object.add(
      "checks",
      .array(
        checks.map {
          .members(
            ("check", .string($0.name)), ("status", .string($0.verdict.rawValue)), ("detail", .string($0.detail)))
        }))
    return object.value
  }
}
