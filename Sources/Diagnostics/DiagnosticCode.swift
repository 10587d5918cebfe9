/// The name of a kind of diagnostic; each has a page `Docs/Diagnostics/<name>.md`.
package enum DiagnosticCode: String, Sendable, CaseIterable {
  // Files
  case fileNotReadable = "file-not-readable"
  case fileNotWritable = "file-not-writable"
  case fileTooLarge = "file-too-large"
  case folderInUse = "folder-in-use"

  // YAML
  case yamlSyntax = "yaml-syntax"
  case yamlEncoding = "yaml-encoding"
  case yamlEmpty = "yaml-empty"
  case yamlSeveralDocuments = "yaml-several-documents"
  case yamlTooDeep = "yaml-too-deep"
  case yamlDuplicateKey = "yaml-duplicate-key"
  case yamlUnknownAnchor = "yaml-unknown-anchor"
  case yamlAliasCycle = "yaml-alias-cycle"
  case yamlAliasBomb = "yaml-alias-bomb"
  case yamlUnsupportedTag = "yaml-unsupported-tag"
  case yamlKeyNotText = "yaml-key-not-text"

  // Plan
  case unknownKey = "unknown-key"
  case missingKey = "missing-key"
  case wrongType = "wrong-type"
  case wrongValue = "wrong-value"
  case unknownName = "unknown-name"
  case duplicateName = "duplicate-name"
  case unstatedRule = "unstated-rule"
  case expressionSyntax = "expression-syntax"
  case expressionType = "expression-type"
  case calendarEdge = "calendar-edge"
  case componentCycle = "component-cycle"
  case moduleUnknown = "module-unknown"
  case moduleConfig = "module-config"
  case currencyMismatch = "currency-mismatch"

  // Data
  case csvQuote = "csv-quote"
  case csvFieldCount = "csv-field-count"
  case controlTotal = "control-total"
  case csvEncoding = "csv-encoding"
  case csvHeader = "csv-header"
  case columnMissing = "column-missing"
  case columnUnknown = "column-unknown"
  case badNumber = "bad-number"
  case badDate = "bad-date"
  case badBoolean = "bad-boolean"
  case valueMissing = "value-missing"
  case duplicateKey = "duplicate-key"
  case danglingKey = "dangling-key"
  case datesReversed = "dates-reversed"
  case overlappingDates = "overlapping-dates"
  case noPeriod = "no-period"
  case noRate = "no-rate"
  case smallPercentages = "small-percentages"
  case splitSum = "split-sum"
  case ambiguousTerritory = "ambiguous-territory"
  case managerCycle = "manager-cycle"

  // Run
  case runCancelled = "run-cancelled"
  case arithmeticOverflow = "arithmetic-overflow"
  case moduleFailed = "module-failed"
  case moduleProtocol = "module-protocol"
  case componentSkipped = "component-skipped"
  case payeeUnknown = "payee-unknown"
  case periodUnknown = "period-unknown"
  case transactionUnknown = "transaction-unknown"

  // Plan tests
  case testFailed = "test-failed"
  case testMissing = "test-missing"
}
