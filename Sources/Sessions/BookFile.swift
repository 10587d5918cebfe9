package import Diagnostics
package import PlanReading
import SystemIO
import YAMLSource

/// A book's text, read.
package struct BookFile: Sendable {
  package let file: String
  /// Nil when it has errors.
  package let book: Book?
  package let diagnostics: [Diagnostic]
  package let source: SourceText
  /// SHA-256 of the bytes, in hexadecimal.
  package let fingerprint: String

  /// Reads a file; nil when it is no book.
  package static func read(_ path: String) throws(Diagnostic) -> BookFile? {
    let bytes = try FileBytes.read(path)
    let document = YAMLReader.read(bytes, file: path)
    guard BookReader.isBook(document.root) else { return nil }
    let (book, diagnostics) = BookReader.read(document)
    return BookFile(
      file: path, book: book, diagnostics: diagnostics, source: document.source,
      fingerprint: Fingerprint.of(bytes))
  }
}
