import Inference

/// The JSON Schema of one option: its type, range, default and help.
func optionSchema(_ option: OptionInfo) -> SchemaNode {
  var schema = valueSchema(of: option)
  schema.add("description", .value(.text(option.help)))
  if !option.isRequired && option.defaultValue != .null { schema.add("default", .value(option.defaultValue)) }
  return schema
}

private func valueSchema(of option: OptionInfo) -> SchemaNode {
  let isOptional = option.isOptional
  return switch option.kind {
  case .number(let bounds): number(bounds, orNull: isOptional)
  case .integer(let range): integer(range, orNull: isOptional)
  case .boolean: ["type": type("boolean", orNull: isOptional)]
  case .choice(let names):
    ["enum": .list(names.map { .value(.text($0)) } + (isOptional ? [.value(.null)] : []))]
  case .text, .table, .array, .file, .program: ["type": type("string", orNull: isOptional)]
  case .numbers(let bounds):
    [
      "anyOf": [
        number(bounds, orNull: isOptional), ["type": "array", "items": number(bounds, orNull: false)],
      ]
    ]
  case .integers(let range):
    [
      "anyOf": [
        integer(range, orNull: isOptional), ["type": "array", "items": integer(range, orNull: false)],
      ]
    ]
  case .texts: ["type": type("array", orNull: isOptional), "items": ["type": "string"]]
  case .textLists:
    [
      "type": type("array", orNull: isOptional), "items": ["type": "array", "items": ["type": "string"]],
    ]
  case .words:
    ["type": "array", "minItems": 1, "items": ["type": ["string", "number", "boolean"]]]
  case .wordMapping:
    ["type": "object", "additionalProperties": ["type": ["string", "number", "boolean"]]]
  case .values: ["type": ["object", "null"]]
  case .fileOrValues: ["type": ["string", "object", "null"]]
  case .settings(let options, let names):
    [
      "anyOf": .list(
        [optionsSchema(options, required: [])] + names.map { ["const": .value(.text($0))] }
          + (isOptional ? [["type": "null"]] : []))
    ]
  case .component(let kind) where option.defaultValue.asNumber != nil:
    ["anyOf": [["type": "number", "minimum": 0], ["$ref": "#/$defs/\(kind.rawValue)"]]]
  case .component(let kind): ["$ref": "#/$defs/\(kind.rawValue)"]
  }
}

private func type(_ name: String, orNull: Bool) -> SchemaNode {
  let name = SchemaNode.value(.text(name))
  return orNull ? [name, "null"] : name
}

private func number(_ bounds: Bounds, orNull: Bool) -> SchemaNode {
  var schema: SchemaNode = ["type": type("number", orNull: orNull)]
  if let lower = bounds.lower {
    schema.add(bounds.includesLower ? "minimum" : "exclusiveMinimum", .value(.number(lower)))
  }
  if let upper = bounds.upper {
    schema.add(bounds.includesUpper ? "maximum" : "exclusiveMaximum", .value(.number(upper)))
  }
  return schema
}

private func integer(_ range: ClosedRange<Int>, orNull: Bool) -> SchemaNode {
  var schema: SchemaNode = ["type": type("integer", orNull: orNull)]
  if range.lowerBound > .min { schema.add("minimum", .value(.integer(range.lowerBound))) }
  if range.upperBound < .max { schema.add("maximum", .value(.integer(range.upperBound))) }
  return schema
}

/// A mapping of options, and of nothing else.
func optionsSchema(_ options: [OptionInfo], required: [String]) -> SchemaNode {
  var schema: SchemaNode = [
    "type": "object", "properties": .object(options.map { (key: $0.name, node: optionSchema($0)) }),
    "additionalProperties": false,
  ]
  if !required.isEmpty { schema.add("required", .list(required.map { .value(.text($0)) })) }
  return schema
}
