/// The form that rows of a trial come in.
public enum DataFormat: String, Sendable, CaseIterable {
  case csv
  case tsv
  /// SAS transport files (XPORT) of version 5, as regulators take them, and of version 8.
  case xportV5 = "xport-v5"
  case xportV8 = "xport-v8"
  case sas7bdat
  case dta
  case sav
  /// SPSS with zlib compression.
  case zsav
  case datasetJSON = "dataset-json"
  /// Dataset-JSON with a row per line.
  case datasetNDJSON = "dataset-ndjson"

  /// As a reader knows it: "SAS transport v5".
  public var title: String {
    switch self {
    case .csv: "CSV"
    case .tsv: "tab-separated text"
    case .xportV5: "SAS transport v5"
    case .xportV8: "SAS transport v8"
    case .sas7bdat: "SAS7BDAT"
    case .dta: "Stata"
    case .sav: "SPSS"
    case .zsav: "SPSS, compressed"
    case .datasetJSON: "Dataset-JSON"
    case .datasetNDJSON: "Dataset-NDJSON"
    }
  }

  /// The formats that a file's name speaks of by its last extension; empty where it speaks of none.
  static func named(_ file: String) -> [DataFormat] {
    guard let point = file.lastIndex(of: ".") else { return [] }
    switch file[file.index(after: point)...].lowercased() {
    case "csv": return [.csv]
    case "tsv", "tab": return [.tsv]
    case "xpt", "xport", "v5xpt", "v8xpt": return [.xportV5, .xportV8]
    case "sas7bdat": return [.sas7bdat]
    case "dta": return [.dta]
    case "sav": return [.sav, .zsav]
    case "zsav": return [.zsav, .sav]
    case "json": return [.datasetJSON, .datasetNDJSON]
    case "ndjson", "jsonl", "dsjson": return [.datasetNDJSON, .datasetJSON]
    default: return []
    }
  }
}
