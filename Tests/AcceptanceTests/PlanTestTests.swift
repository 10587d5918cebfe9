import Foundation
import JSONCore
import TestSupport
import Testing

/// `incentive test`: what it finds, what it says of failures, and what it refuses.
@Suite struct PlanTestTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(try Project.text("Plans/one-salesperson/plan.yaml"), "plan.yaml")
  }

  private func test(_ text: String, _ arguments: String...) throws -> Program.Outcome {
    _ = try folder.write(text, "plan.test.yaml")
    return try Program.incentive(["test"] + arguments, folder: folder.path)
  }

  @Test("the tests of all sample plans pass, and each sample plan has tests")
  func samples() throws {
    let outcome = try Program.incentive("test", "Plans", "--format", "json")
    #expect(outcome.code == 0, "\(outcome.output)")
    let files = try JSONValue(parsing: outcome.output)["files"]?.array ?? []
    let tried = Set(files.compactMap { $0["plan"]?.string })
    let plans = Project.files("Plans", ending: ".yaml").filter { !$0.hasSuffix(".test.yaml") }
    #expect(tried == Set(plans))
    #expect(files.allSatisfy { !($0["tests"]?.array ?? []).isEmpty })
  }

  // 100,000 × 10% + 30,000 × 15% = 14,500
  private static let wrong = """
    tests:
      - name: half a thousand is missing
        expect: [{payee: ann, commission: 14000, total: "14,500.00"}]
      - name: all is well
        expect: [{payee: ann, period: 2026, total: 14500}]

    """.replacing("\"14,500.00\"", with: "14500.00 USD")

  @Test("a failure tells what was expected and found, where, and how that came about")
  func failure() throws {
    let outcome = try test(Self.wrong, "plan.yaml")
    #expect(outcome.code == 1 && outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        plan.test.yaml: 1 passed, 1 failed
        FAILED: half a thousand is missing
        plan.test.yaml:3:39: error: `commission` of `ann` in 2026 is 14,500.00, not 14,000: 500.00 too much [test-failed]
          3 |     expect: [{payee: ann, commission: 14000, total: 14500.00 USD}]
            |                                       ^^^^^
        commission                                            14,500.00  plan.yaml:47:3
        │   bookings 130,000.00 of quota 100,000.00: 130.00%             plan.yaml:40:3
        └── D-1 of 2026-03-31, credited 130,000.00            14,500.00  plan.yaml:24
            ├── 100,000.00 × 10%                              10,000.00  plan.yaml:57:30
            └── 30,000.00 × 15%                                4,500.00  plan.yaml:58:20
        2 tests: 1 passed, 1 failed

        """)
  }

  @Test("programs and build servers get the same")
  func formats() throws {
    let json = try JSONValue(parsing: try test(Self.wrong, ".", "--format", "json").output)
    #expect(json["passed"] == false && json["counts"]?["tests"] == 2 && json["counts"]?["failed"] == 1)
    let first = json["files"]?.array?.first?["tests"]?.array?.first
    let failure = first?["failures"]?.array?.first
    #expect(failure?["expected"] == "14000" && failure?["found"] == "14500.00")
    #expect(failure?["derivations"]?.array?.first?["amount"] == "14500.00")
    let junit = try test(Self.wrong, "plan.test.yaml", "--format", "junit")
    #expect(junit.code == 1)
    let read = try Program.run(
      try #require(Program.python),
      [
        "-c",
        """
        import sys, xml.etree.ElementTree as tree
        root = tree.fromstring(sys.stdin.buffer.read())
        print(root.get("tests"), root.get("failures"), root.get("errors"))
        for case in root.iter("testcase"):
            print(case.get("name"), [child.tag for child in case])
        """,
      ], input: junit.output)
    #expect(
      read.output == "2 1 0\nhalf a thousand is missing ['failure']\nall is well []\n", "\(read.errors)")
  }

  @Test(
    "what is wrong with a file of tests is told with its place",
    arguments: [
      ("tests: [{name: a, expct: []}]", "1:19: error: a test has no key `expct` [unknown-key]"),
      (
        "tests: [{name: a, expect: [{payee: ann, comission: 1}]}]",
        "1:41: error: an expectation has no key `comission` [unknown-key]"
      ),
      ("tests: [{name: a, expect: [{payee: anm, total: 1}]}]", "there is no payee `anm`"),
      ("tests: [{name: a, expect: [{payee: ann, period: 2027, total: 1}]}]", "there is no period `2027`"),
      ("tests: [{name: a, expect: [{payee: ann}]}]", "an expectation names no figure"),
      ("tests: [{name: a, expect: [{payee: ann, total: }]}]", "`total` has no value"),
      ("tests: [{name: a, expect: [{payee: ann, total: lots}]}]", "a number is wanted here"),
      (
        "tests: [{name: a, expect: [{payee: ann, total: 1 EUR}]}]",
        "this amount is in EUR, the plan is in USD"
      ),
      ("tests: [{name: a, expect: [{payee: ann, commission.portio: 1}]}]", "gives no figure `portio`"),
      ("tests: [{name: a, data: {deals: [1]}, expect: [{payee: ann, total: 1}]}]", "must be CSV text"),
      ("tests: [{name: a, data: {deal: x}, expect: [{payee: ann, total: 1}]}]", "did you mean `deals`?"),
      (
        "tests:\n - &t {name: a, expect: [{payee: ann, total: 14500}]}\n - *t",
        "two tests have the name `a`"
      ),
      (
        "tests: [{name: a, diagnostics: [{code: bad-dat}]}]",
        "there is no diagnostic `bad-dat` [unknown-name]\n  1 | tests: [{name: a, diagnostics: [{code: bad-dat}]}]"
      ),
      ("tests: [{name: a, diagnostics: []}]", "`diagnostics` must be a list"),
      (
        "tests: [{name: a, expect: [{payee: ann, transaction: D-1, credit: sale, total: 1}]}]",
        "did you mean `sales`?"
      ),
      (
        "tests: [{name: a, expect: [{payee: ann, transaction: D-1, period: 2026, total: 1}]}]",
        "no key `period`"
      ),
      ("tests: []", "`tests` must be a list of tests"),
      ("plan: none.yaml\ntests: []", "cannot read `none.yaml`"),
    ])
  func refused(text: String, words: String) throws {
    let outcome = try test(text, "plan.yaml")
    #expect(outcome.code == 1 && outcome.output.contains(words), "\(outcome.output)")
  }

  @Test("a row that is rejected fails the test, at its line in the file of tests")
  func badRow() throws {
    let outcome = try test(
      """
      tests:
        - name: a bad row
          data:
            deals: |
              id,date,owner,amount
              D-1,2026-03-31,ann,130000
              D-2,2026-13-31,ann,1
          expect: [{payee: ann, total: 14500}]

      """, "plan.yaml")
    #expect(
      outcome.code == 1 && outcome.output.contains("plan.test.yaml:7 (date): error"), "\(outcome.output)")
    #expect(outcome.output.contains("[bad-date]"))
  }

  @Test("figures of a transaction are compared, those of all its lines together")
  func transactions() throws {
    let outcome = try test(
      """
      tests:
        - name: all is well
          expect:
            - {payee: ann, transaction: D-1, credited: 130000, commission: 14500, total: 14500}
            - {payee: ann, transaction: D-1, credit: sales, commission.portion_2: 30000}
        - name: a figure is wrong
          expect: [{payee: ann, transaction: D-1, commission: 14000}]
        - name: a name is wrong
          expect: [{payee: ann, transaction: D-2, commission: 0}]

      """, "plan.yaml")
    #expect(outcome.code == 1 && outcome.output.hasPrefix("plan.test.yaml: 1 passed, 2 failed\n"))
    #expect(
      outcome.output.contains(
        """
        plan.test.yaml:7:57: error: `commission` of `ann` for D-1 is 14,500.00, not 14,000: 500.00 too much [test-failed]
          7 |     expect: [{payee: ann, transaction: D-1, commission: 14000}]
            |                                                         ^^^^^
        commission
        """), "\(outcome.output)")
    #expect(
      outcome.output.contains("9:40: error: there is no transaction `D-2` [transaction-unknown]"),
      "\(outcome.output)")
  }

  @Test("diagnostics that a test expects are no failures, and those that are not told are")
  func tellings() throws {
    let rows = """
          data:
            deals: |
              id,date,owner,amount
              D-1,2026-13-31,ann,130000
              D-2,2026-04-30,bob,1

      """
    let outcome = try test(
      """
      tests:
        - name: both are told
      \(rows)    diagnostics: [{code: bad-date, at: deals:2:date}, {code: dangling-key, at: deals}]
          expect: [{payee: ann, total: 0}]
        - name: rows that stand in one line are told by their table, too
          data: {people: "id,name\\nann,Ann", deals: "id,date,owner,amount\\nD-1,2026-13-31,ann,1"}
          diagnostics: [{code: bad-date, at: deals:2:date}]
        - name: one is told elsewhere, the other was not expected
      \(rows)    diagnostics: [{code: bad-date, at: deals:3}]

      """, "plan.yaml")
    #expect(outcome.code == 1 && outcome.output.hasPrefix("plan.test.yaml: 2 passed, 1 failed\n"))
    for words in [
      "(date): error", "(owner): error", "error: `bad-date` is not told at `deals:3` [test-failed]",
      "told is `bad-date` at `deals:2:date`, `dangling-key` at `deals:3:owner`",
    ] { #expect(outcome.output.contains(words), "\(words): \(outcome.output)") }
  }

  @Test("a plan that stands in the file of tests itself, and one that cannot be run")
  func ownPlan() throws {
    let outcome = try test(
      """
      plan:
        extends: plan.yaml
        components: {commission: {config: {tiers: {bands: [{to: 100%, rate: 20%}, {rate: 30%}]}}}}
      tests: [{name: twice as much, expect: [{payee: ann, commission: 29000}]}]

      """, "plan.test.yaml")
    #expect(outcome.code == 0, "\(outcome.output)")
    let broken = try test(
      """
      plan:
        extends: plan.yaml
        components: {commission: {config: {tiers: {methd: marginal, method: ~}}}}
      tests:
        - name: the method is asked for
          diagnostics: [{code: unknown-key, at: plan.test.yaml:3:46}]
        - name: there are no figures
          diagnostics: [{code: unknown-key}]
          expect: [{payee: ann, total: 1}]

      """, "plan.test.yaml")
    #expect(broken.output.hasPrefix("plan.test.yaml: 1 passed, 1 failed\n"), "\(broken.output)")
  }

  @Test("a plan with faults is told, and its tests are not tried")
  func brokenPlan() throws {
    _ = try folder.write(
      try Project.text("Plans/one-salesperson/plan.yaml").replacing("rate: 15%", with: "rat: 15%"),
      "plan.yaml")
    let outcome = try test(Self.wrong, "plan.yaml")
    #expect(outcome.code == 1 && outcome.output.hasPrefix("plan.test.yaml: not tried\nplan.yaml:58:"))
    #expect(outcome.output.hasSuffix("0 tests: 0 passed; 1 file not tried\n"))
  }

  @Test("where there is no test nothing passes")
  func none() throws {
    for (place, words) in [
      (".", "there is no plan test below `.`"), ("plan.yaml", "`plan.yaml` has no tests"),
      ("nowhere", "there is neither a file nor a folder `nowhere`"),
    ] {
      let outcome = try Program.incentive("test", place, folder: folder.path)
      #expect(outcome.code == 1 && outcome.errors.contains(words), "\(outcome.errors)")
    }
    #expect(try Program.incentive("test", "--format", "xml", folder: folder.path).code == 2)
  }
}
