internal import Reporting
internal import Survival

/// The settings of a JSON document in words, a row per setting: what it is, and its value with what that means.
///
/// A setting without words of its own stands under its key, so that none is left out.
func settingRows(_ settings: JSONValue, path: String = "") -> [[String]] {
  guard case .object(let members) = settings else { return [] }
  return members.flatMap { member -> [[String]] in
    let key = path + member.key
    if case .object = member.value { return settingRows(member.value, path: key + ".") }
    return [[settingNames[key] ?? key, settingText(member.value, key: key)]]
  }
}

private func settingText(_ value: JSONValue, key: String) -> String {
  switch value {
  case .null: return "none"
  case .bool(let flag): return flag ? "yes" : "no"
  case .integer(let count): return "\(count)"
  case .number(let number): return key == "level" ? NumberText.percent(number) : NumberText.plain(number)
  case .string(let text):
    guard let meaning = settingMeanings[key]?[text] else { return text }
    return "\(text): \(meaning)"
  case .array(let items):
    if items.isEmpty { return key == "where" ? "all rows" : "none" }
    return items.map { settingText($0, key: key) }.joined(separator: ", ")
  case .object: return ""
  }
}

private let settingNames: [String: String] = [
  "like": "Conventions of", "level": "Confidence level", "conf_type": "Scale of the intervals of S(t)",
  "quantile_rule": "Rule of the median", "tie_tolerance": "Times are one up to a relative difference of",
  "missing": "Rows with a missing value", "where": "Rows chosen by", "columns.time": "Column of times",
  "columns.event": "Column of events", "columns.start": "Column of entry times", "columns.arm": "Column of arms",
  "columns.weight": "Column of case weights", "columns.freq": "Column of frequencies",
  "columns.cluster": "Column of clusters", "columns.id": "Column of subjects", "columns.strata": "Columns of strata",
  "event_values": "Codes that mean an event", "reference": "Reference arm", "times": "Landmark times",
  "tau": "Horizon of the restricted mean", "rmst_rule": "Rule of that horizon", "test": "Test of equal survival",
  "cox.ties": "Tied event times in the Cox model", "cox.hr_interval": "Interval of the hazard ratio",
  "cox.penalty": "Penalty of the Cox likelihood", "cox.variance": "Variance in the Cox model",
  "cox.max_iterations": "Most iterations of the Cox fit", "cox.tolerance": "Tolerance of the Cox fit",
  "zph_transform": "Function of time in the test of proportional hazards",
]

private let settingMeanings: [String: [String: String]] = [
  "like": ["r": "R survival", "sas": "SAS LIFETEST and PHREG", "stata": "Stata sts, stci and stcox"],
  "conf_type": [
    "plain": "symmetric in S(t)", "log": "symmetric in ln S(t)", "log-log": "symmetric in ln(-ln S(t))",
    "logit": "symmetric in ln(S(t)/(1 - S(t)))", "arcsin": "symmetric in the arcsine of the root of S(t)",
  ],
  "quantile_rule": [
    "r": "the first time with S below one half; the middle where S equals one half over an interval",
    "sas": "as r, but not estimable where S stays at one half to the end of follow-up",
    "stata": "the first time with S at or below one half",
  ],
  "missing": ["drop": "left out and counted", "fail": "refused"],
  "test": ["log-rank": "all event times count alike"],
  "cox.ties": ["efron": "Efron's approximation", "breslow": "Breslow's approximation"],
  "cox.hr_interval": ["wald": "the coefficient and its standard error"],
  "cox.variance": ["model": "inverse information", "robust": "sandwich, summed within clusters"],
  "zph_transform": ["km": "1 minus the pooled Kaplan-Meier curve"],
]
