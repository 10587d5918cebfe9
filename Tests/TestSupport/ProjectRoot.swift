import Foundation

/// Places of the project, found from this file.
package enum Project {
  /// The folder with Package.swift.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// A file below the root.
  package static func path(_ name: String) -> String { root + "/" + name }

  /// The folder `shared` beside the project, or the one that INCENTIVE_SHARED names; nil where there is none (a
  /// stranger's checkout).
  package static let shared: String? = {
    if let path = ProcessInfo.processInfo.environment["INCENTIVE_SHARED"] { return path }
    let path = URL(fileURLWithPath: root).deletingLastPathComponent().appendingPathComponent("shared").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  /// The folder of the built programs: that of the test bundle.
  package static let products: String = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    let folder =
      bundle.bundleURL.pathExtension == "xctest"
      ? bundle.bundleURL.deletingLastPathComponent() : bundle.bundleURL
    return folder.path
  }()

  /// A built program.
  package static func program(_ name: String) -> String { products + "/" + name }

  /// The text of a file below the root.
  package static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// The paths of all files below a folder of the root that end like this, sorted.
  package static func files(_ folder: String, ending: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: path(folder))?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(ending) && !$0.contains(".build") }.map { folder + "/" + $0 }.sorted()
  }
}
