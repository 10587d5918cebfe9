import Diagnostics
import SystemIO
import Tables

/// The text of a file, and what there is to know of it once it was read.
protocol FileSource: TextSource {
  /// SHA-256 of the file's bytes, in hexadecimal.
  var fingerprint: String { get }
  /// Why the file was not read to its end.
  var failure: Diagnostic? { get }
}

/// The text of a file, whose fingerprint is taken while it is read.
///
/// INVARIANT: `failure` is touched by `read` alone and `hash` by `hear` alone, each of which one thread at a time
/// calls; both are looked at once the reading has ended.
final class FileText: FileSource, @unchecked Sendable {
  private let file: OpenFile
  private var hash = Fingerprint()
  /// Why the file was not read to its end.
  private(set) var failure: Diagnostic?

  init(_ path: String) throws(Diagnostic) { file = try OpenFile(path) }

  var byteCount: Int { file.size }

  /// SHA-256 of the bytes, in hexadecimal.
  var fingerprint: String { hash.text }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    do {
      return try file.read(into: buffer)
    } catch {
      failure = error
      return 0
    }
  }

  func hear(_ bytes: UnsafeRawBufferPointer) { hash.add(bytes) }
}
