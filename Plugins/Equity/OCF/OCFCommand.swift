import JSONCore

/// The commands `import-ocf` and `export-ocf` of the module's program.
enum OCFCommand {
  static let usage = """
    usage: incentive-equity import-ocf FILE… --out FOLDER [--accelerated each|next|last] [--cancelled unvested|vested]
           incentive-equity export-ocf PART --out FOLDER [--currency CODE]

    import-ocf makes a part of a plan (equity.yaml, to be named as `include`) and its tables of vesting terms,
    issuances, and what happened to them, in the Open Cap Table Format. The format does not say which units an acceleration
    or a cancellation is of: state it, or the plan will be asked. export-ocf makes such files of a part written as JSON, like
    the one that import-ocf writes, and of the tables beside it.
    """

  /// Runs a command; the code to exit with, nil when the arguments name none.
  static func run(_ arguments: [String]) -> Int32? {
    guard let command = arguments.first else { return nil }
    guard command == "import-ocf" || command == "export-ocf" else {
      TextFiles.tell(usage)
      return 2
    }
    do {
      let options = try Options(Array(arguments.dropFirst()))
      try command == "import-ocf" ? importFiles(options) : exportFiles(options)
      return 0
    } catch {
      TextFiles.tell("error: \(error.message)")
      return 1
    }
  }

  private struct Options {
    var files: [String] = []
    var out = ""
    var currency = "USD"
    var choices = OCFImport.Choices()

    init(_ arguments: [String]) throws(OCFFault) {
      var rest = arguments[...]
      while let argument = rest.popFirst() {
        switch argument {
        case "--out": out = rest.popFirst() ?? ""
        case "--currency": currency = rest.popFirst() ?? ""
        case "--accelerated":
          choices.accelerated = try Self.word(Acceleration.From.self, argument, rest.popFirst())
        case "--cancelled":
          choices.cancelled = try Self.word(Cancellations.From.self, argument, rest.popFirst())
        case _ where argument.hasPrefix("--"): throw OCFFault("there is no option \(argument)\n\(usage)")
        default: files.append(argument)
        }
      }
      guard !files.isEmpty, !out.isEmpty else {
        throw OCFFault("files and `--out FOLDER` are wanted\n\(usage)")
      }
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
      _ type: Word.Type, _ option: String, _ value: String?
    ) throws(OCFFault) -> String where Word.RawValue == String {
      let words = Word.allCases.map(\.rawValue)
      if let value, words.contains(value) { return value }
      throw OCFFault("\(option) is one of \(words.joined(separator: ", "))")
    }
  }

  private static func importFiles(_ options: Options) throws(OCFFault) {
    var ocf = OCFImport(options.choices)
    for path in options.files { try ocf.add(try json(path), path) }
    try write(try ocf.files(), options.out)
    for (type, count) in ocf.passedOver.sorted(by: { $0.key < $1.key }) {
      TextFiles.tell("passed over: \(count) \(type)")
    }
  }

  private static func exportFiles(_ options: Options) throws(OCFFault) {
    guard options.files.count == 1 else { throw OCFFault("one part of a plan is wanted\n\(usage)") }
    let path = options.files[0]
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let ocf = OCFExport(part: try json(path), currency: options.currency) { file throws(OCFFault) in
      CSVText.rows(try TextFiles.read(folder + file))
    }
    try write(try ocf.files(), options.out)
  }

  private static func json(_ path: String) throws(OCFFault) -> JSONValue {
    let bytes = try TextFiles.read(path)
    do { return try JSONValue.parse(bytes) } catch {
      throw OCFFault("\(path) is no JSON: \(error.message) at byte \(error.offset)")
    }
  }

  private static func write(_ files: [(name: String, text: String)], _ folder: String) throws(OCFFault) {
    try TextFiles.makeFolder(folder)
    for file in files { try TextFiles.write(file.text, folder + "/" + file.name) }
  }
}
