// swift-tools-version: 6.2
import PackageDescription

// One row a target, ground floor first; Tests/Support/check_house.py holds this table against Docs/Architecture.md.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func module(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["ModuleKit"], path: "Plugins/\(name)",
    exclude: ["Conformance", "module.json"],
    swiftSettings: strict)
}

let package = Package(
  name: "IncentiveKit",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "incentive", targets: ["incentive"]),
    .executable(name: "incentive-commission", targets: ["Commission"]),
    .executable(name: "incentive-contests", targets: ["Contests"]),
    .executable(name: "incentive-noncash", targets: ["NonCash"]),
    .executable(name: "incentive-bonus", targets: ["Bonus"]),
    .executable(name: "incentive-equity", targets: ["Equity"]),
    .library(name: "ModuleKit", targets: ["ModuleKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // C
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CSystem"),
    .target(name: "CBytes"),
    // Ground floor
    library("Money"),
    library("SharedMemory", ["CSystem"]),
    library("PlanCalendar"),
    library("Diagnostics"),
    library("Parallelism", ["CSystem"]),
    library("SystemIO", ["CSystem", "Diagnostics"]),
    // Bytes into values
    library("YAMLSource", ["CLibYAML", "Diagnostics"]),
    library("JSONCore", ["Money"]),
    library("Tables", ["CBytes", "Money", "PlanCalendar", "Diagnostics", "Parallelism", "JSONCore"]),
    library("Expressions", ["Money", "PlanCalendar", "Diagnostics", "Tables"]),
    library("SQLiteTables", ["CSQLite", "Diagnostics", "Tables"]),
    // Protocols and the typed plan
    library("JSONRPC", ["JSONCore"]),
    library("ModuleProtocol", ["Money", "PlanCalendar", "JSONCore", "SharedMemory"]),
    library("PlanModel", ["Money", "PlanCalendar", "Diagnostics", "Tables", "Expressions", "JSONCore"]),
    library("ModuleKit", ["CSystem", "Money", "PlanCalendar", "JSONCore", "JSONRPC", "ModuleProtocol"]),
    library(
      "PlanReading",
      [
        "PlanModel", "YAMLSource", "Money", "PlanCalendar", "Diagnostics", "Tables", "Expressions",
        "JSONCore",
      ]),
    library(
      "PlanChecking",
      ["PlanModel", "Money", "ModuleProtocol", "Diagnostics", "Tables", "Expressions", "JSONCore"]),
    library(
      "ModuleHost",
      ["CSystem", "ModuleProtocol", "JSONRPC", "JSONCore", "Money", "SystemIO", "Diagnostics"]),
    library(
      "Engine",
      [
        "PlanModel", "ModuleProtocol", "Expressions", "Tables", "Money", "PlanCalendar", "Diagnostics",
        "JSONCore", "Parallelism",
      ]),
    library(
      "Reports",
      [
        "Engine", "ModuleProtocol", "PlanModel", "Tables", "Money", "PlanCalendar", "Diagnostics", "JSONCore",
        "Parallelism",
      ]),
    library(
      "Sessions",
      [
        "PlanReading", "PlanChecking", "PlanModel", "Engine", "Reports", "ModuleHost", "ModuleProtocol",
        "Tables", "SQLiteTables", "SystemIO", "YAMLSource", "Money", "PlanCalendar", "Diagnostics",
        "JSONCore",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    library(
      "PlanAuthoring",
      [
        "Sessions", "Reports", "Engine", "ModuleHost", "PlanReading", "PlanModel", "YAMLSource", "SystemIO",
        "ModuleProtocol", "Tables", "Money", "PlanCalendar", "JSONCore", "Diagnostics",
      ]),
    // Faces
    library(
      "RPCServer",
      [
        "PlanAuthoring", "Sessions", "Reports", "Engine", "PlanModel", "ModuleHost", "Tables", "Money",
        "PlanCalendar", "SystemIO", "JSONRPC", "JSONCore", "Diagnostics",
      ]),
    library("MCPServer", ["RPCServer", "JSONRPC", "JSONCore"]),
    library(
      "LSPServer",
      [
        "CSystem", "PlanAuthoring", "Sessions", "Reports", "Engine", "PlanReading", "PlanModel",
        "Expressions",
        "ModuleHost", "ModuleProtocol",
        "YAMLSource", "Tables", "Money", "PlanCalendar", "SystemIO", "JSONRPC", "JSONCore", "Diagnostics",
      ]),
    library(
      "CommandLine",
      [
        "PlanAuthoring", "Sessions", "Reports", "Engine", "ModuleHost", "RPCServer", "MCPServer", "LSPServer",
        "SystemIO",
        "Money", "PlanCalendar", "PlanModel", "Tables", "JSONCore", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "incentive", dependencies: ["CommandLine"], swiftSettings: strict),
    // Reward modules
    module("Commission"),
    module("Contests"),
    module("NonCash"),
    module("Bonus"),
    module("Equity"),
    // Tests
    .target(
      name: "TestSupport", dependencies: ["CSQLite"], path: "Tests/TestSupport", swiftSettings: strict),
    .executableTarget(
      name: "TestRPCServer", dependencies: ["JSONRPC", "JSONCore", "Money"],
      path: "Tests/Support/TestRPCServer", swiftSettings: strict),
    .executableTarget(
      name: "FixedModule", dependencies: ["ModuleKit"], path: "Tests/Support/Modules/fixed",
      exclude: ["module.json"], swiftSettings: strict),
    tests("MoneyTests", ["Money"]),
    tests("ParallelismTests", ["Parallelism"]),
    tests("PlanCalendarTests", ["PlanCalendar"]),
    tests("DiagnosticsTests", ["Diagnostics"]),
    tests("YAMLSourceTests", ["YAMLSource", "Diagnostics"]),
    tests("JSONCoreTests", ["JSONCore", "Money"]),
    tests("JSONRPCTests", ["JSONRPC", "JSONCore"]),
    tests("TablesTests", ["Tables", "Diagnostics", "JSONCore"]),
    tests("SQLiteTablesTests", ["SQLiteTables", "Tables", "Diagnostics", "TestSupport"]),
    tests("PlanAuthoringTests", ["PlanAuthoring", "PlanReading", "JSONCore"]),
    tests("ExpressionsTests", ["Expressions", "Tables", "Money", "PlanCalendar", "TestSupport"]),
    tests(
      "PlanReadingTests",
      ["PlanReading", "Expressions", "PlanModel", "JSONCore", "YAMLSource", "Diagnostics", "TestSupport"],
      exclude: ["Corpus"]),
    tests(
      "PlanCheckingTests",
      ["PlanChecking", "PlanReading", "PlanModel", "YAMLSource", "ModuleProtocol", "JSONCore", "Diagnostics"]),
    tests(
      "ModuleHostTests",
      ["ModuleHost", "ModuleProtocol", "SharedMemory", "JSONCore", "TestSupport", "Commission"]),
    tests(
      "EngineTests",
      [
        "Engine", "PlanReading", "YAMLSource", "PlanModel", "Tables", "ModuleProtocol", "Money",
        "Diagnostics",
      ]),
    tests("EquityTests", ["Equity", "ModuleKit", "ModuleProtocol", "JSONCore", "Money", "PlanCalendar"]),
    tests("LSPServerTests", ["LSPServer", "Diagnostics", "JSONCore"]),
    tests("ReportsTests", ["Reports", "PlanModel", "Money"]),
    tests(
      "AcceptanceTests",
      [
        "TestSupport", "JSONCore", "Money", "Diagnostics", "YAMLSource", "incentive", "Commission", "Bonus",
        "Equity", "TestRPCServer", "FixedModule", "Contests", "NonCash",
      ], exclude: ["DataCorpus", "Readings"]),
  ]
)
