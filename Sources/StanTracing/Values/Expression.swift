import StanLanguage

/// The one of Stan programs, not Foundation's.
typealias Expression = StanLanguage.Expression
