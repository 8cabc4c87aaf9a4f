import Inference

/// The JSON Schema of sweep files, for editors that complete and check while one types.
///
/// It is made from the same options and registries that check a sweep. What only a whole cell can show
/// (combinations, data files, excludes that match nothing) it leaves to `wb check`.
public enum SweepSchema {
  /// The schema, by JSON Schema's draft 2020-12.
  public static func json() -> String {
    document(options: RunSettings.optionInfos).json() + "\n"
  }

  private static func document(options: [OptionInfo]) -> SchemaNode {
    let components = ComponentKind.allCases.map { (kind: $0, components: Catalog.components(of: $0)) }
    var definitions = SchemaNode.object(
      components.filter { !$0.components.isEmpty }.map {
        (key: $0.kind.rawValue, node: choice(of: $0.components))
      })
    definitions.add("axes", axes(of: options))
    definitions.add("distribution", Distribution.schema)
    var run = optionsSchema(options, required: [])
    run.add("description", "settings of every run")
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "wb sweep",
      "description": "What to run: the settings of a run, and the axes to vary.",
      "type": "object",
      "required": ["name"],
      "additionalProperties": false,
      "properties": [
        "name": [
          "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
          "description": "names the sweep in the store and the report folder",
        ],
        "description": ["type": ["string", "null"], "description": "what the sweep asks"],
        "data_dir": [
          "type": ["string", "null"], "minLength": 1,
          "description":
            "a folder, relative to the sweep file, where data files are sought that are not beside it",
        ],
        "run": run,
        "sweep": [
          "$ref": "#/$defs/axes",
          "description": "axes: paths to lists of values; cells are their product, the first slowest",
        ],
        "zip": [
          "anyOf": [["$ref": "#/$defs/axes"], ["type": "array", "items": ["$ref": "#/$defs/axes"]]],
          "description": "axes that move together: paths to equally long lists",
        ],
        "search": SearchSettings.schema,
        "exclude": [
          "type": ["array", "null"], "items": ["type": "object", "minProperties": 1],
          "description": "cells to leave out: those that match every path of a mapping",
        ],
        "seeds": seeds,
        "timeout": [
          "type": ["number", "null"], "exclusiveMinimum": 0,
          "description": "seconds that a run may take; one that takes longer fails",
        ],
        "max_seconds": [
          "type": ["number", "null"], "exclusiveMinimum": 0,
          "description": "seconds after which wb run stops as by Ctrl-C; the same command goes on",
        ],
        "checkpoint_seconds": [
          "type": ["number", "null"], "minimum": 0, "default": 60,
          "description": "seconds between the checkpoints of a long run, from which it goes on; 0: none",
        ],
      ],
      "$defs": definitions,
    ]
  }

  private static var seeds: SchemaNode {
    [
      "anyOf": [
        ["type": "integer", "minimum": 1, "maximum": .value(.integer(runLimit))],
        [
          "type": "array", "items": ["type": "integer", "minimum": 0], "minItems": 1, "uniqueItems": true,
        ],
      ],
      "default": 1,
      "description": "replicates: a count, or a list of seeds",
    ]
  }

  /// One of the components of a kind: a plain name where no option is required, or a name with options.
  private static func choice(of components: [ComponentDescription]) -> SchemaNode {
    var choices: [SchemaNode] = []
    for component in components {
      let name = SchemaNode.value(.text(component.name))
      let summary = SchemaNode.value(.text(component.summary))
      let required = component.options.filter(\.isRequired).map(\.name)
      if required.isEmpty { choices.append(["const": name, "description": summary]) }
      choices.append([
        "type": "object",
        "properties": .object([(component.name, optionsSchema(component.options, required: required))]),
        "required": [name], "additionalProperties": false, "description": summary,
      ])
    }
    return ["anyOf": .list(choices)]
  }

  private static func axes(of options: [OptionInfo]) -> SchemaNode {
    let lists = paths(to: options, prefix: "").map { path, option -> (key: String, node: SchemaNode) in
      (
        path,
        [
          "anyOf": [
            ["type": "array", "minItems": 1, "items": optionSchema(option)], ["$ref": "#/$defs/distribution"],
          ]
        ]
      )
    }
    return [
      "type": ["object", "null"], "properties": .object(lists),
      "patternProperties": [
        "^(parameters|model\\.command\\.environment)\\.": [
          "anyOf": [["type": "array", "minItems": 1], ["$ref": "#/$defs/distribution"]]
        ]
      ],
      "additionalProperties": false,
    ]
  }

  /// Every option with its dotted path, through components into theirs.
  private static func paths(to options: [OptionInfo], prefix: String) -> [(String, OptionInfo)] {
    options.flatMap { option -> [(String, OptionInfo)] in
      let path = prefix + option.name
      guard case .component(let kind) = option.kind else {
        return [(path, option)] + paths(to: option.settings, prefix: path + ".")
      }
      let inner = Catalog.components(of: kind).flatMap { component in
        paths(to: component.options, prefix: "\(path).\(component.name).")
      }
      return [(path, option)] + inner
    }
  }
}
