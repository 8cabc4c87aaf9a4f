import Foundation
import Inference
import SweepConfig
import Testing

@Suite("schema and example")
struct SweepSchemaTests {
  @Test("the schema is JSON, with every option of a run and every component")
  func schema() throws {
    let json = try JSONSerialization.jsonObject(with: Data(SweepSchema.json().utf8))
    let root = try #require(json as? [String: Any])
    #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let properties = try #require(root["properties"] as? [String: Any])
    let run = try #require((properties["run"] as? [String: Any])?["properties"] as? [String: Any])
    #expect(Set(run.keys) == Set(RunSettings.optionInfos.map(\.name)))
    #expect(
      Set(properties.keys) == [
        "name", "description", "data_dir", "run", "sweep", "zip", "search", "exclude", "seeds", "timeout",
        "max_seconds",
        "checkpoint_seconds",
      ])
    let axes = try #require((root["$defs"] as? [String: Any])?["axes"] as? [String: Any])
    let paths = try #require(axes["properties"] as? [String: Any])
    for kind in [ComponentKind.model, .family, .optimizer] {
      for component in Catalog.components(of: kind) {
        for option in component.options {
          #expect(paths["\(kind.rawValue).\(component.name).\(option.name)"] != nil)
        }
      }
    }
  }

  @Test("the example resolves as it is")
  func example() throws {
    let sweep = try read(ExampleSweep.text, tables: [])
    #expect(sweep.cells.count == 6)
    #expect(sweep.runs.count == 30)
  }
}
