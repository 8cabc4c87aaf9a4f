import CKernels
import NumericArrays

/// A unary kernel of one format.
typealias UnaryKernel<Scalar> = (UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>, Int) -> Void

/// The kernel's values on an array.
func apply<Scalar: KernelScalar>(_ kernel: UnaryKernel<Scalar>, _ input: [Scalar]) -> [Scalar] {
  // One element more than needed, so that an empty array has an address.
  filled(input.count) { out in
    (input + [0]).withUnsafeBufferPointer { input in
      if let base = input.baseAddress { kernel(out, base, input.count - 1) }
    }
  }
}

/// A new array that `body` writes.
func filled<Scalar: KernelScalar>(_ count: Int, _ body: (UnsafeMutablePointer<Scalar>) -> Void) -> [Scalar] {
  Array(unsafeUninitializedCapacity: count + 1) { buffer, initialized in
    buffer.initialize(repeating: -77)
    if let base = buffer.baseAddress { body(base) }
    initialized = count
  }
}

/// All elementwise kernels of a format, by name.
func unaryKernels<Scalar: KernelScalar>(_: Scalar.Type) -> [(name: String, kernel: UnaryKernel<Scalar>)] {
  [
    ("negate", Scalar.kernelNegate), ("exp", Scalar.kernelExp), ("log", Scalar.kernelLog),
    ("log1p", Scalar.kernelLog1p), ("expm1", Scalar.kernelExpm1), ("squareRoot", Scalar.kernelSquareRoot),
    ("square", Scalar.kernelSquare), ("reciprocal", Scalar.kernelReciprocal), ("tanh", Scalar.kernelTanh),
    ("sigmoid", Scalar.kernelSigmoid), ("softplus", Scalar.kernelSoftplus), ("sin", Scalar.kernelSin),
    ("cos", Scalar.kernelCos), ("absolute", Scalar.kernelAbsolute), ("sign", Scalar.kernelSign),
    ("relu", Scalar.kernelRelu), ("step", Scalar.kernelStep), ("logGamma", Scalar.kernelLogGamma),
    ("digamma", Scalar.kernelDigamma), ("trigamma", Scalar.kernelTrigamma),
  ]
    + specialNumbers.map { number in
      ("special \(number)", { Scalar.kernelSpecial(wb_kernel(number), $0, $1, $2) })
    }
}

/// The numbers of the functions of one array that go through double precision.
private let specialNumbers = WB_ATAN.rawValue..<WB_POWER.rawValue

/// Equal bits, or both NaN.
func same<Scalar: BinaryFloatingPoint>(_ a: [Scalar], _ b: [Scalar]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { ($0.isNaN && $1.isNaN) || ($0 == $1 && $0.sign == $1.sign) }
}
