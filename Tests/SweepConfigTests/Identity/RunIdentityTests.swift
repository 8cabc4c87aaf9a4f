import FileFormats
import Inference
import SweepConfig
import Testing

@Suite("identities")
struct RunIdentityTests {
  private func id(_ run: String, seed: Int = 0, tables: [DataTable] = [pairTable()]) throws -> String {
    try #require(read("name: x\nrun: \(run)\nseeds: [\(seed)]\n", tables: tables).runs.first).id
  }

  private let plain = "{model: eight-schools, beta: 1, optimizer: {adam: {learning_rate: 0.01}}}"

  @Test(
    "ways to write the same run have the same id",
    arguments: [
      "{beta: 1.0, model: eight-schools, optimizer: {adam: {learning_rate: 1e-2}}}",
      "{model: {eight-schools: {}}, optimizer: {adam: {learning_rate: .01}}}",
      "{model: eight-schools, family: mean-field, steps: 2000, optimizer: {adam: {beta1: 0.9, learning_rate: 0.01}}}",
      "{model: {eight-schools: null}, samples: 8.0, optimizer: adam}",
    ])
  func same(_ run: String) throws {
    #expect(try id(run) == id(plain))
  }

  @Test("another option, component or seed has another id")
  func different() throws {
    let ids = try [
      id(plain), id(plain, seed: 1), id("{model: eight-schools, beta: 2}"),
      id("{model: eight-schools, family: full-rank}"),
      id("{model: eight-schools, optimizer: {adam: {beta1: 0.8}}}"),
    ]
    #expect(Set(ids).count == ids.count)
  }

  @Test("the content of a table counts, the path does not")
  func tables() throws {
    func id(_ name: String, _ digest: String) throws -> String {
      try self.id(
        "{model: {bayesian-linear-regression: {data: \(name), target: y}}}",
        tables: [pairTable(name: name, digest: digest)])
    }
    #expect(try id("a.csv", "1111") == id("folder/b.json.gz", "1111"))
    #expect(try id("a.csv", "1111") != id("a.csv", "2222"))
  }

  @Test("whatever data have a digest are known by it alone, deep inside too")
  func digests() {
    let mapping: ConfigMapping = [
      "data": .text("a.npy"), "data_digest": .text("12"), "test": .text("b.npy"), "test_digest": .null,
      "model": .mapping(["vae": .mapping(["train": .text("c.npy"), "train_digest": .text("34")])]),
    ]
    #expect(
      canonicalJSON(withoutTablePaths(mapping))
        == #"{"data_digest":"12","model":{"vae":{"train_digest":"34"}},"test":"b.npy","test_digest":null}"#)
  }

  @Test("an id is the start of the SHA-256 of the canonical configuration, and of the seed after it")
  func definition() throws {
    let run = try #require(
      read("name: x\nrun: {model: {bayesian-linear-regression: {data: pairs.csv, target: y}}}\n").runs.first)
    let json = run.cell.identityJSON
    #expect(run.cell.id == String(SHA256.hexDigest(of: json.utf8).prefix(16)))
    #expect(run.id == String(SHA256.hexDigest(of: "\(json)\nseed: 0".utf8).prefix(16)))
    #expect(!json.contains("pairs.csv"))
    #expect(run.cell.configurationJSON.contains(#""data":"pairs.csv","data_digest":"0123456789abcdef""#))
  }

  @Test("canonical JSON sorts keys, shortens numbers and escapes what it must")
  func canonical() {
    let mapping: ConfigMapping = [
      "b": .number(1), "a": .list([.integer(1), .number(0.1), .number(1e300), .number(-0.0)]),
      "é": .text("\"\\\n\u{1}é"), "c": .mapping(["y": .null, "x": .boolean(true)]),
    ]
    #expect(
      canonicalJSON(mapping)
        == #"{"a":[1,0.1,1e+300,0],"b":1,"c":{"x":true,"y":null},"é":"\"\\\n\u0001é"}"#)
  }
}
