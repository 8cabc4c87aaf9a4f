package import NumericArrays

/// Copies rows of data into the columns of a slot, scaled and binarised: bands of rows one after another, each turned as a
/// whole, in pieces that a team shares.
package final class RowCopy<Scalar: KernelScalar> {
  /// The rows of a band: a tile of the transposition.
  private static var band: Int { 16 }
  /// From this many numbers on a copy falls into pieces.
  private static var smallestDivided: Int { 16_384 }

  private let data: DataRows
  private let team: Team
  private let pieces: Int
  /// What each byte stands for, where that is the same in all columns.
  private let bytes: [Scalar]?
  /// A band of rows for each piece, and the uniforms that binarise one.
  private let lines: UnsafeMutablePointer<Scalar>
  private let uniforms: UnsafeMutablePointer<Double>

  private var job: Job?
  private struct Job {
    var chosen: UnsafeBufferPointer<Int32>
    var out: UnsafeMutablePointer<Scalar>
    var stride: Int
    var coins: NoiseStream
    var epoch: Int?
  }

  /// - Parameter count: the rows that are copied at a time.
  package init(_ data: DataRows, count: Int, team: Team) {
    self.data = data
    self.team = team
    let bands = (count + Self.band - 1) / Self.band
    pieces = count * data.width < Self.smallestDivided ? 1 : min(8, bands)
    bytes = data.byteValues(as: Scalar.self)
    lines = .allocate(capacity: pieces * Self.band * data.width)
    lines.initialize(repeating: 0, count: pieces * Self.band * data.width)
    uniforms = .allocate(capacity: pieces * data.width)
    uniforms.initialize(repeating: 0.5, count: pieces * data.width)
  }

  deinit {
    lines.deallocate()
    uniforms.deallocate()
  }

  /// Copies rows into `out` `[width, stride]`, a column of it for each row.
  ///
  /// - Parameters:
  ///   - coins: what decides a dynamic binarisation: uniforms of (epoch, row).
  ///   - epoch: nil takes the fixed coins.
  package func copy(
    _ chosen: UnsafeBufferPointer<Int32>, to out: UnsafeMutablePointer<Scalar>, stride: Int,
    coins: NoiseStream, epoch: Int?
  ) {
    job = Job(chosen: chosen, out: out, stride: stride, coins: coins, epoch: epoch)
    team.compute(self, count: pieces)
    job = nil
  }

  /// Copies the rows from `first` on into `out` `[width, chunk]`, with the fixed coins; beyond the last row it is repeated.
  func copyChunk(from first: Int, to out: UnsafeMutablePointer<Scalar>, chunk: Int) {
    let chosen = (0..<chunk).map { Int32(min(first + $0, data.rowCount - 1)) }
    chosen.withUnsafeBufferPointer {
      copy($0, to: out, stride: chunk, coins: data.fixedCoins, epoch: nil)
    }
  }
}

extension RowCopy: Pieces {
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  package func compute(piece: Int) {
    guard let job else { return }
    let width = data.width
    let bands = (job.chosen.count + Self.band - 1) / Self.band
    let lines = lines + piece * Self.band * width
    for band in bands * piece / pieces..<bands * (piece + 1) / pieces {
      let first = band * Self.band
      let count = min(Self.band, job.chosen.count - first)
      for index in 0..<count {
        let chosen = Int(job.chosen[first + index])
        let row = data.rows.map { Int($0[chosen]) } ?? chosen
        let line = lines + index * width
        read(row, into: line)
        binarize(line, row: row, uniforms: uniforms + piece * width, job)
      }
      Scalar.kernelTranspose(
        job.out + first, outStride: job.stride, lines, inputStride: width, rows: count, columns: width)
    }
  }

  /// The numbers of a row, before binarisation.
  @inline(__always)
  private func read(_ row: Int, into line: UnsafeMutablePointer<Scalar>) {
    let (first, width) = (row * data.width, data.width)
    switch data.storage {
    case .bytes(let values):
      values.withUnsafeBufferPointer { values in
        guard let bytes else {
          for place in 0..<width { line[place] = scaled(Double(values[first + place]), place) }
          return
        }
        bytes.withUnsafeBufferPointer { bytes in
          guard let from = values.baseAddress, let table = bytes.baseAddress else { return }
          for place in 0..<width { line[place] = table[Int(from[first + place])] }
        }
      }
    case .numbers(let values):
      for place in 0..<width { line[place] = scaled(values[first + place], place) }
    }
  }

  @inline(__always)
  private func scaled(_ raw: Double, _ place: Int) -> Scalar {
    Scalar((raw - (data.center?[place] ?? 0)) / data.scale[place])
  }

  @inline(__always)
  private func binarize(
    _ line: UnsafeMutablePointer<Scalar>, row: Int, uniforms: UnsafeMutablePointer<Double>, _ job: Job
  ) {
    switch data.binarization {
    case .none: return
    case .threshold: break
    case .fixed, .dynamic:
      let isDynamic = data.binarization == .dynamic && job.epoch != nil
      let stream = isDynamic ? job.coins : data.fixedCoins
      let step = UInt64(isDynamic ? job.epoch ?? 0 : 0) << 32 | UInt64(row)
      stream.fillUniforms(uniforms, count: data.width, step: step)
    }
    for place in 0..<data.width {
      let value = Double(line[place])
      // A NaN stays one.
      line[place] = value > uniforms[place] ? 1 : value == value ? 0 : line[place]
    }
  }
}
