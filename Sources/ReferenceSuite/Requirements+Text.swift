// swift-format-ignore-file
// Made by scripts/embed-selftest from docs/validation/requirements.csv; edit that, then run it.

extension Requirement {
  /// The file.
  static let text = #"""
id,requirement,checks,code,tests
REQ-DATA-01,"Decimal numbers of a data file are read as the nearest doubles",,Sources/TrialData/Reading,DecimalNumberTests CSVReaderTests
REQ-DATA-02,"ADaM time-to-event data are recognised: AVAL, CNSR = 0 as an event, parameters kept apart",,Sources/TrialData/Analysis Sources/TrialData/EventCoding.swift,ADaMCommandTests AnalysisVariableTests CodingMatrixTests
REQ-DATA-03,"Data that cannot be analysed are refused with file, row and column; a coding of events that could be reversed is never guessed",,Sources/TrialData,ReaderTests CodingMatrixTests FormatErrorTests
REQ-DATA-04,"Rows with missing values are counted by reason, or refused with --missing fail",,Sources/TrialData,ReaderTests SharedOptionTests
REQ-DATA-05,"Delayed entry: a row is at risk from after its start up to its time",cox:start km:start,Sources/Survival/RiskSets,DigitsUnderDelayedEntryTests SubjectOptionTests SuiteTests
REQ-DATA-06,"Case weights and frequencies count as documented; negative ones are refused",cox:weights km:weights logrank:weights cox:expand_by km:expand_by logrank:expand_by,Sources/Survival/Data Sources/TrialData,CountedRowsTests SubjectOptionTests SharedOptionTests
REQ-DATA-07,"A call that may need more memory than --max-memory is refused before it starts",,Sources/survkit-cli/Options/MemoryLimit.swift,ResourceOptionTests
REQ-DATA-08,"SAS transport, SAS7BDAT, Stata, SPSS, Dataset-JSON and gzip files give the same rows as CSV; a damaged file is refused",,Sources/TrialData/Files Sources/TrialData/Reading Sources/survkit-readstat,FileFormatTests FormatErrorTests FormatMutationTests FileFormatCommandTests
REQ-DATA-09,"Times that differ by round-off alone are one time",small.nearties* small.floats*,Sources/Survival/Data/TimeToEvent.swift,EventsFirstTests InputTests SmallCaseTests
REQ-KM-01,"Kaplan-Meier estimate with Greenwood's standard error",km,Sources/Survival/Curves/KaplanMeier.swift,OracleTests CurvePropertyTests KmCommandTests SuiteTests
REQ-KM-02,"Pointwise limits on the plain, log, log-log, logit and arcsine scale",km:conf_types km_landmark:conf_types,Sources/Survival/Curves/ConfidenceTransform.swift,KmCommandTests CurvePropertyTests SuiteTests
REQ-KM-03,"Quantiles of the survival time with limits; not reached is said, not estimated",km_quantile,Sources/Survival/Curves/Quantile.swift,QuantileTests KmCommandTests SuiteTests
REQ-KM-04,"Survival, standard error and numbers at risk at landmark times",km_landmark,Sources/Survival/Curves/Landmark.swift,KmCommandTests FitCommandTests SuiteTests
REQ-KM-05,"Nelson-Aalen cumulative hazard, with and without the correction for ties; robust variances",km,Sources/Survival/Curves/NelsonAalen.swift Sources/Survival/Curves/NelsonAalen+Robust.swift,RobustHazardTests SuiteTests
REQ-KM-06,"Reverse Kaplan-Meier curve of follow-up",,Sources/survkit-cli/Commands/Km.swift,KmCommandTests
REQ-KM-07,"Simultaneous confidence bands, Hall-Wellner and equal precision",,Sources/Survival/Curves/ConfidenceBand.swift Sources/Survival/Curves/BridgeSupremum.swift,ConfidenceBandTests KmCommandTests
REQ-KM-08,"Bootstrap limits: the same seed, the same numbers",,Sources/Survival/Curves/CurveBootstrap.swift Sources/Survival/Simulation/BootstrapInterval.swift,CurveBootstrapTests CurveBootstrapCommandTests BootstrapCommandTests
REQ-RMST-01,"Restricted mean survival time per arm, difference, ratio and ratio of time lost",rmst,Sources/Survival/Curves/RestrictedMean.swift,SuiteTests RestrictedMeanHorizonTests
REQ-LR-01,"Log-rank test: observed, expected, variance, chi-squared, p, also far in the tail",logrank:test=logrank,Sources/Survival/Comparison/LogRankTest.swift,LogRankPropertyTests TailTests TestCommandTests SuiteTests
REQ-LR-02,"Weighted log-rank tests: Gehan-Breslow, Tarone-Ware, Peto, modified Peto, Fleming-Harrington",logrank,Sources/Survival/Comparison/Weighting.swift,SuiteTests TestCommandTests
REQ-LR-03,"Stratified tests",logrank:strata,Sources/Survival/Comparison/LogRankSums.swift,LogRankPropertyTests SuiteTests
REQ-LR-04,"Pairs of arms with p-values adjusted by Holm, Benjamini-Hochberg or Bonferroni",logrank_pairwise,Sources/Survival/Comparison/PairwiseLogRank.swift Sources/Survival/Comparison/PValueAdjustment.swift,SuiteTests TestCommandTests
REQ-LR-05,"Test for trend over ordered arms",logrank_trend,Sources/Survival/Comparison/TrendTest.swift,SuiteTests TestCommandTests
REQ-LR-06,"Non-inferiority tests against a margin",,Sources/Survival/Comparison/MarginTest.swift,LandmarkAndMarginTests TestCommandTests
REQ-LR-07,"Maximum of weighted tests (MaxCombo) and permutation p-values",,Sources/Survival/Comparison/MaxComboTest.swift Sources/Survival/Comparison/PermutationTest.swift,MaximumOfNormalsTests PermutationTests TestCommandTests
REQ-LR-08,"Differences of survival at fixed times",,Sources/Survival/Comparison/LandmarkComparison.swift Sources/Survival/Comparison/SurvivalDifference.swift,LandmarkAndMarginTests SurvivalDifferenceTests TestCommandTests
REQ-COX-01,"Cox model, Efron's ties: coefficients, standard errors, likelihoods, the three tests",cox:ties=efron,Sources/Survival/Regression,CoxPropertyTests CoxEvaluatorTests CoxCommandTests SuiteTests
REQ-COX-02,"Cox model, Breslow's ties",cox:ties=breslow,Sources/Survival/Regression/CoxLikelihood.swift,CoxPropertyTests SuiteTests
REQ-COX-03,"Cox model, exact partial and exact marginal likelihood",cox:ties=exact,Sources/Survival/Regression/ExactTies.swift Sources/Survival/Regression/NestedPartialTies.swift,ExactTiesTests NestedTiesTests SuiteTests
REQ-COX-04,"Robust variance, by row, subject or cluster",cox:cluster cox:variance=robust,Sources/Survival/Regression/ScoreResiduals.swift,CoxResidualOracleTests SuiteTests CoxCommandTests
REQ-COX-05,"Stratified Cox model",cox:strata,Sources/Survival/Regression,SuiteTests CoxPropertyTests
REQ-COX-06,"Score test of proportional hazards on four time scales",cox_zph,Sources/Survival/Regression/ProportionalHazardsTest.swift,ProportionalHazardsPropertyTests SuiteTests CoxCommandTests
REQ-COX-07,"Residuals: martingale, deviance, score, Schoenfeld, scaled Schoenfeld, dfbeta, dfbetas",cox_residuals,Sources/Survival/Regression/CoxResiduals.swift Sources/Survival/Regression/SchoenfeldResiduals.swift,CoxResidualOracleTests CoxResidualPropertyTests SuiteTests
REQ-COX-08,"Baseline hazard and survival per stratum",cox_baseline,Sources/Survival/Regression/FittedHazard.swift,CoxPredictionTests SuiteTests
REQ-COX-09,"Survival curves and predictions of given subjects with limits",cox_survfit cox_predict,Sources/Survival/Regression/CoxCurve.swift Sources/Survival/Regression/CoxPrediction.swift,CoxPredictionTests SuiteTests
REQ-COX-10,"Concordance with five weights of time",concordance,Sources/Survival/Regression/Concordance.swift,WeightedConcordanceTests CountingTests SuiteTests
REQ-COX-11,"Profile-likelihood limits and Firth's penalised likelihood",,Sources/Survival/Regression/CoxProfile.swift Sources/Survival/Regression/FirthPenalty.swift,CoxInferenceTests CoxInferenceCommandTests
REQ-COX-12,"An infinite, aliased or undetermined coefficient is said to be so, never printed as a number",,Sources/Survival/Regression/AliasedColumns.swift Sources/Survival/Regression/NewtonIteration.swift,CoxHardCaseTests CoxEdgeTests SharedOptionTests
REQ-COX-13,"Hazard ratios in subgroups and the p-value of interaction",,Sources/Survival/Regression/SubgroupEffects.swift,SubgroupCommandTests
REQ-AFT-01,"Parametric accelerated-failure-time models: estimates, standard errors, likelihood, AIC",,Sources/Survival/Parametric,AFTCommandTests AFTPropertyTests AFTEdgeTests GeneralizedGammaTests
REQ-AFT-02,"Predicted quantiles, survival and means of parametric models",,Sources/Survival/Parametric/AFTFit+Prediction.swift Sources/Survival/Parametric/AFTFit+Mean.swift,AFTCommandTests AFTPropertyTests
REQ-CR-01,"Aalen-Johansen cumulative incidences with two standard errors",cif,Sources/Survival/CompetingRisks/AalenJohansen.swift,CompetingRisksTests CompetingRisksCommandTests SuiteTests
REQ-CR-02,"Gray's test",gray,Sources/Survival/CompetingRisks/GrayTest.swift,CompetingRisksTests CompetingRisksCommandTests SuiteTests
REQ-CR-03,"Fine-Gray regression, with cmprsk's and R survival's handling of tied censorings",finegray,Sources/Survival/CompetingRisks/FineGrayFit.swift,FineGrayWeightTests CompetingRisksTests CompetingRisksCommandTests
REQ-FIT-01,"The trial table: numbers, medians, landmarks, log-rank test, hazard ratio, proportionality, restricted means in one call",,Sources/survkit-cli/Commands/Fit.swift Sources/survkit-cli/Reports/FitReport.swift,FitCommandTests SharedOptionTests
REQ-DES-01,"Number of events by Schoenfeld's, Freedman's and Lachin and Foulkes's formulas",,Sources/Survival/Design,TrialDesignTests DesignCommandTests
REQ-DES-02,"Power and detectable hazard ratio of a given size",,Sources/Survival/Design,TrialDesignTests DesignCommandTests
REQ-DES-03,"Number of subjects under accrual, follow-up and dropout",,Sources/Survival/Design/DesignFollowUp.swift,TrialDesignTests DesignCommandTests
REQ-SIM-01,"Simulated trials follow their design; the same seed gives the same trials",,Sources/Survival/Simulation,TrialSimulationTests SimulateCommandTests
REQ-SIM-02,"Power and type-I error by simulation agree with theory",,Sources/Survival/Simulation/OperatingCharacteristics.swift,TrialSimulationTests SimulateCommandTests
REQ-EXP-01,"The conventions of R, SAS and Stata side by side, with the reason of each difference",,Sources/survkit-cli/Reports/ExplainReport.swift,ExplainCommandTests
REQ-TEACH-01,"Every step of curve, log-rank test and Cox model with its numbers",,Sources/survkit-cli/Reports/TeachReport.swift Sources/survkit-cli/Reports/TeachWalk.swift,TeachCommandTests StepTests
REQ-FIG-01,"Kaplan-Meier, cumulative-hazard and log-log figures show the estimates",,Sources/SurvivalFigures Sources/Charts,FigureNumbersTests KaplanMeierFigureTests CurveFigureTests PlotCommandTests
REQ-FIG-02,"Cumulative incidence, forest, restricted-mean and Schoenfeld figures show the estimates",,Sources/SurvivalFigures,ForestFigureTests ResidualFigureTests CurveFigureTests FigureNumbersTests FigureMatrixTests
REQ-FIG-03,"PDF and PNG figures are the SVG figure; the same figure gives the same bytes",,Sources/Reporting/FigureFile.swift,FigureFileTests GalleryTests
REQ-REP-01,"A report as one page, Markdown, LaTeX or RTF from the same content",,Sources/Reporting/ReportDocument.swift Sources/survkit-cli/Reports/StudyReport.swift,ReportCommandTests ReportPageTests RendererTests
REQ-REP-02,"A row per statistic (ard-csv, ard-json)",,Sources/Reporting/AnalysisRow.swift Sources/survkit-cli/Reports/FitReport+Rows.swift,ReportCommandTests FitCommandTests
REQ-REC-01,"Rows rebuilt from a published curve meet the curve and the numbers at risk, with diagnostics and intervals",,Sources/Reconstruction,CurveReconstructionTests ReconstructCommandTests UncertaintyTests BruteForceTests
REQ-REC-02,"Facts that contradict each other stop a reconstruction, or are given up by name with --relax",,Sources/Reconstruction/Contradiction.swift Sources/Reconstruction/Relaxation.swift,FactCheckTests RelaxationTests HostileFactsTests
REQ-VER-01,"Printed numbers that contradict each other or their rows fail; consistent ones pass",,Sources/Verification,ClaimCheckTests ClaimReadingTests VerifyCommandTests VerdictTests
REQ-VER-02,"Published trials are reproduced from their catalogue to the same bytes",,Sources/Verification/TrialResult.swift Sources/survkit-cli/Commands/Reproduce.swift,ReproduceCommandTests ReproductionIntervalTests CatalogueTests
REQ-OUT-01,"Every JSON result carries provenance, all settings, the account of rows and warnings",,Sources/Reporting/Envelope.swift Sources/Reporting/Provenance.swift,SharedOptionTests ReportingTests
REQ-OUT-02,"Output appears whole or not at all; nothing is replaced without --force; a write that fails is never status 0",,Sources/Reporting/OutputFile.swift,SharedOptionTests EveryCommandTests
REQ-OUT-03,"The same call gives the same bytes, for any number of threads",,Sources/survkit-cli/Options/OutputOptions.swift,SharedOptionTests ResourceOptionTests EveryCommandTests
REQ-OUT-04,"A number that does not exist is null with its reason; NaN and infinity are never written",,Sources/Reporting/JSONObject.swift,SharedOptionTests ReportingTests SelftestCommandTests
REQ-OUT-05,"The exit status tells what happened, as the help documents it, with one message that names the cause",,Sources/survkit-cli/Survkit.swift,SharedOptionTests EveryCommandTests
REQ-NUM-01,"Certified values, computed with 50 digits, are met to 12 digits",certified.*,Sources/Survival,SmallCaseTests SuiteTests BuiltInSuiteTests
REQ-NUM-02,"Hard numerical cases (scales, shifts, ties, separation) keep their digits",small.*,Sources/Survival,CoxHardCaseTests SmallCaseTests SuiteTests
REQ-NUM-03,"Every instruction set of the processor gives the same results to 10 digits or better",,Sources/CKernels Sources/Survival/Kernels/InstructionSets.swift,VectorExponentialTests TiedEventTests QualificationTests
REQ-QUAL-01,"The program states what is installed: version, digest, libraries, processor, operating system",,Sources/survkit-cli/Reports/Qualification,QualificationTests
REQ-QUAL-02,"The program checks itself against expected values with requirement, source, digits and verdict",,Sources/ReferenceSuite Sources/survkit-cli/Reports/Qualification,QualificationTests SelftestCommandTests BuiltInSuiteTests
REQ-QUAL-03,"A site's own cases are run and reported like the built-in ones",,Sources/survkit-cli/Reports/Qualification,SiteCaseTests
"""#
}
