/// What of the language's library is traced.
package enum TracedLibrary {
  /// Whether a function is traced, or drawn from, that the language has under that name.
  package static func has(_ name: String) -> Bool {
    guard let (density, form) = DensityForm.of(name) else { return LibraryFunction.all[name] != nil }
    switch form {
    case .logDensity: return true
    case .cumulative, .cumulativeChance: return Cumulative.all[density.name] != nil
    case .draw: return Draw.numbers[density.name] != nil || Draw.vectors[density.name] != nil
    }
  }
}
