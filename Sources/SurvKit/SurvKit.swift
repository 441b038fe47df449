// What a Swift package depends on: `import SurvKit` gives every public module of the toolkit.
@_exported public import Distributions
@_exported public import LinearAlgebra
@_exported public import Reconstruction
@_exported public import Reporting
@_exported public import Survival
@_exported public import SurvivalFigures
@_exported public import TrialCatalogue
@_exported public import TrialData
@_exported public import Verification
