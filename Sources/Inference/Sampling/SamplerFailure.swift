/// Why a sampler has nothing to say of a posterior, as a sentence.
struct SamplerFailure: Error, CustomStringConvertible {
  var description: String
}
