/// What an event of TensorBoard says of scalars (tensorboard/compat/proto: event, summary and tensor).
struct ScalarEvent {
  /// Seconds since 1970.
  var time: Double = 0
  var step = 0
  var scalars: [(tag: String, value: Double)] = []
  /// How many summaries are no scalars: images, histograms, texts.
  var others = 0

  private static let float: UInt64 = 1
  private static let double: UInt64 = 2

  /// Reads a message `Event`.
  init(_ message: ArraySlice<UInt8>) throws(Protobuf.Damage) {
    var summary: ArraySlice<UInt8>?
    for field in try Protobuf.fields(message) {
      switch (field.number, field.value) {
      case (1, .fixed64(let bits)): time = Double(bitPattern: bits)
      case (2, .integer(let value)): step = Int(Int64(bitPattern: value))
      case (5, .bytes(let bytes)): summary = bytes
      case (1, _), (2, _), (5, _): throw Protobuf.Damage()
      default: break
      }
    }
    for field in try Protobuf.fields(summary ?? []) {
      guard field.number == 1, case .bytes(let bytes) = field.value else { continue }
      try read(value: bytes)
    }
  }

  /// Reads a message `Summary.Value`.
  private mutating func read(value message: ArraySlice<UInt8>) throws(Protobuf.Damage) {
    var tag = ""
    var value: Double?
    for field in try Protobuf.fields(message) {
      switch (field.number, field.value) {
      case (1, .bytes(let bytes)):
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Protobuf.Damage() }
        tag = text
      case (2, .fixed32(let bits)): value = Double(Float(bitPattern: bits))
      case (8, .bytes(let bytes)): value = try Self.scalar(tensor: bytes)
      default: break
      }
    }
    if let value { scalars.append((tag, value)) } else { others += 1 }
  }

  /// The one number of a message `TensorProto`; nil where it holds none or several.
  private static func scalar(tensor message: ArraySlice<UInt8>) throws(Protobuf.Damage) -> Double? {
    var type: UInt64 = 0
    var content: ArraySlice<UInt8> = []
    for field in try Protobuf.fields(message) {
      switch (field.number, field.value) {
      case (1, .integer(let value)): type = value
      // The bytes of the tensor, or packed numbers: of floats in field 5, of doubles in field 6.
      case (4, .bytes(let bytes)), (5, .bytes(let bytes)), (6, .bytes(let bytes)): content = bytes
      case (5, .fixed32(let bits)): return type == float ? Double(Float(bitPattern: bits)) : nil
      case (6, .fixed64(let bits)): return type == double ? Double(bitPattern: bits) : nil
      default: break
      }
    }
    var rest = content
    switch (type, content.count) {
    case (float, 4): return Double(Float(bitPattern: UInt32(try Protobuf.fixed(4, &rest))))
    case (double, 8): return Double(bitPattern: try Protobuf.fixed(8, &rest))
    default: return nil
    }
  }

  /// The message `Event` that a file begins with.
  static func fileVersion(time: Double) -> [UInt8] {
    Protobuf.field(1, time) + Protobuf.field(3, Array("brain.Event:2".utf8))
  }

  /// A message `Event` of one scalar as its `simple_value`, a float: the fast loader of TensorBoard passes over tensors of
  /// doubles.
  static func event(time: Double, step: Int, tag: [UInt8], value: Double) -> [UInt8] {
    let summary = Protobuf.field(1, tag) + Protobuf.field(2, Float(value))
    return Protobuf.field(1, time) + Protobuf.field(2, UInt64(step))
      + Protobuf.field(5, Protobuf.field(1, summary))
  }
}
