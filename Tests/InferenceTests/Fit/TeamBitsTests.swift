import Inference
import NumericArrays
import Testing

/// Runs that are large enough for a team: their numbers are those of one thread.
@Suite struct TeamBitsTests {
  /// 500 rows of 400 pixels, about 12 % or 60 % of them 1.
  private func images(density: Double, isByte: Bool) -> DataArray {
    let coins = NoiseStream(seed: 1, purpose: .data).uniforms(count: 500 * 400, step: 0)
    return DataArray(
      name: "images", rowCount: 500, width: 400,
      storage: isByte
        ? .bytes(coins.map { $0 < density ? 255 : 0 })
        : .numbers(coins.map { $0 < density ? 255 * (1 - $0) : 0 }),
      digest: "12ab")
  }

  private func learned(_ settings: RunSettings, threads: Int) -> [UInt64?] {
    var numbers: [UInt64?] = []
    let result = FitPlan(settings).run(
      seed: 3, team: Team(threads: threads), record: { numbers += $0.bits },
      measure: { numbers.append($0.value.bitPattern) }, shouldStop: { false })
    return numbers + result.parameters.map(\.bitPattern) + [result.yardstick?.elbo.bitPattern]
  }

  @Test(
    "a VAE learned by two or three threads has the bits of one",
    arguments: [0.12, 0.6], ["none", "fixed", "dynamic"])
  func learning(density: Double, binarization: String) throws {
    let images = images(density: density, isByte: binarization != "dynamic")
    let run: ConfigMapping = [
      "model": [
        "vae": [
          "data": .text(images.name), "divide_by": 255, "binarize": .text(binarization), "latents": 5,
          "hidden": [150], "activation": "relu",
        ]
      ], "minibatch": 90, "steps": 8, "record": ["every": 3], "evaluate": ["every": 5, "nll_samples": 2],
      "optimizer": ["adam": ["clip_norm": 100]],
    ]
    for precision: ConfigValue in ["float32", "float64"] {
      let settings = try settings(run.with(["precision": precision]), arrays: [images.name: images])
      let alone = learned(settings, threads: 1)
      #expect(alone.count > 2 * 150 * 400)
      for threads in [2, 3] {
        // A failed comparison of arrays would be followed by the search for a shortest list of differences.
        let isSame = learned(settings, threads: threads) == alone
        #expect(isSame, "\(threads) threads")
      }
    }
  }
}
