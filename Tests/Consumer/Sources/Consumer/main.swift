import SurvKit

// Therneau & Grambsch, Modeling Survival Data, 2000, appendix E.1: seven subjects, one covariate, tied events.
let file = "time,status,x\n4,1,0\n3,1,2\n1,1,1\n1,0,1\n2,1,1\n2,1,0\n3,0,0\n"
let table = try DataTable(ByteSource(name: "test1.csv", bytes: Array(file.utf8)))
var columns = ColumnSelection()
columns.covariates = ["x"]
let trial = try TrialDataset(table, columns)
let design = try DesignMatrix([.numeric(name: "x", values: trial.numericCovariates["x"] ?? [])], rows: trial.count)
let fit = try CoxModel(ties: .efron).fit(trial.timeToEvent(), design)
print("coefficient \(fit.coefficients[0]), standard error \(fit.standardErrors[0])")

// R survival 3.5-3, coxph(Surv(time, status) ~ x): the coefficient, to the digits of its own convergence.
precondition(abs(fit.coefficients[0] - 0.460777654358129) < 1e-9, "the coefficient is not R's")
