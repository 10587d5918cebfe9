"""What an editor waits for: from a typed change to new diagnostics, and to new payouts, of a large plan.

editor.py [ROWS...]: 1,500 lines of plan over so many deals (10,000, 100,000 and 1,000,000 unless stated). Prints some
lines a size; the program is that of BENCHMARK_INCENTIVE, or the release build. A full run is one of `incentive run` over
the same plan. What another language server takes from a change to its diagnostics is measured in the same run by
../shared/clients/lsp_bench.py, where that and `ruff` are there: ruff over as many lines of Python.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".build-benchmark/editor"
INCENTIVE = os.environ.get("BENCHMARK_INCENTIVE", str(ROOT / ".build/release/incentive"))
COMPONENTS, PAYEES, EDITS = 88, 500, 60
HEAD = """plan: Editor benchmark
currency: USD

calendar:
  period: month
  from: 2026-01-01
  to: 2026-12-31

data:
  people:
    file: people.csv
    key: id
    columns: {id: text, name: text, role: text}
  quotas:
    file: quotas.csv
    columns: {person: text, day: date, amount: money}
  deals:
    file: deals.csv
    key: id
    columns:
      id: text
      day: date
      owner: {type: text, references: people}
      product: text
      amount: money

people:
  table: people
  name: name
  role: role

credits:
  own:
    table: deals
    date: day
    amount: amount
    to: owner

measures:
  bookings:
    sum: amount
    credits: own
    over: year
    quota: {table: quotas, person: person, date: day, amount: amount, against: full, zero_quota: unmet}

outputs:
  lines:
    columns: {Deal: transaction, Payee: payee, Credited: credited}

components:
"""
COMPONENT = """  part_{n}:
    module: commission
    credits: own
    measure: bookings
    payees: payee.role == "rep"
{where}    config:
      tiers:
        by: attainment
        method: marginal
        over: to-date
        bands:
          - {{to: 50%, rate: {low}%}}
          - {{to: 100%, rate: {middle}%}}
          - {{rate: {high}%}}
      round: {{at: line}}
"""


def make(rows):
    folder = WORK / str(rows)
    folder.mkdir(parents=True, exist_ok=True)
    seed = random.Random(20261125)
    text = HEAD + "".join(
        COMPONENT.format(n=n, where=f'    where: product == "p{n % 40}"\n' if n else "", low=1 + n % 3, middle=4 + n % 3, high=8 + n % 3)
        for n in range(COMPONENTS))
    (folder / "plan.yaml").write_text(text)
    people = [f"rep{n:04}" for n in range(PAYEES)]
    (folder / "people.csv").write_text("id,name,role\n" + "".join(f"{p},Rep {p[3:]},rep\n" for p in people))
    (folder / "quotas.csv").write_text(
        "person,day,amount\n" + "".join(f"{p},2026-01-15,{seed.randrange(50, 500) * 1000}\n" for p in people))
    with (folder / "deals.csv").open("w") as file:
        file.write("id,day,owner,product,amount\n")
        for n in range(rows):
            day = f"2026-{seed.randrange(12) + 1:02}-{seed.randrange(28) + 1:02}"
            file.write(f"D-{n:07},{day},{seed.choice(people)},p{seed.randrange(40)},{seed.randrange(100, 900000) / 100:.2f}\n")
    return folder, text


class Editor:
    def __init__(self, path, text):
        self.process = subprocess.Popen([INCENTIVE, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.id, self.version, self.uri = 0, 1, path.as_uri()
        self.request("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": {
            "general": {"positionEncodings": ["utf-8"]}, "workspace": {"inlayHint": {"refreshSupport": True}}}})
        self.note("initialized", {})
        self.note("textDocument/didOpen", {"textDocument": {
            "uri": self.uri, "languageId": "yaml", "version": 1, "text": text}})

    def send(self, message):
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def note(self, method, params):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length"):
                length = int(line.split(b":")[1])
        if not line:
            raise EOFError
        message = json.loads(self.process.stdout.read(length))
        if "method" in message and "id" in message:
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
        return message

    def until(self, fits):
        while not fits(message := self.receive()):
            pass
        return message

    def request(self, method, params):
        self.id += 1
        mine = self.id
        self.send({"jsonrpc": "2.0", "id": mine, "method": method, "params": params})
        return self.until(lambda m: m.get("id") == mine and "method" not in m).get("result")

    def label(self, line):
        """The hint at a line."""
        hints = self.request("textDocument/inlayHint", {"textDocument": {"uri": self.uri}, "range": {
            "start": {"line": line, "character": 0}, "end": {"line": line, "character": 999}}})
        return next((h["label"] for h in hints if h["position"]["line"] == line), None)

    def put(self, line, start, end, text):
        self.version += 1
        change = {"range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}},
                  "text": text}
        self.note("textDocument/didChange", {
            "textDocument": {"uri": self.uri, "version": self.version}, "contentChanges": [change]})

    def close(self):
        self.request("shutdown", None)
        self.note("exit", None)
        self.process.wait(10)


def spread(times):
    times = sorted(times)
    return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]


def edits(editor, lines, name):
    """The times of edits of one component's rate, in milliseconds: to new diagnostics, and to its new total."""
    component = next(i for i, l in enumerate(lines) if l.startswith(f"  {name}:"))
    rate = next(i for i in range(component, len(lines)) if "- {rate: " in lines[i])
    at = lines[rate].index("rate: ") + 6
    last = editor.label(component)
    diagnostics, totals = [], []
    for edit in range(EDITS):
        start = time.perf_counter()
        editor.put(rate, at, at + 1, str(4 + edit % 4))
        editor.until(lambda m: m.get("method") == "textDocument/publishDiagnostics")
        diagnostics.append((time.perf_counter() - start) * 1e3)
        while (label := editor.label(component)) == last:
            editor.until(lambda m: m.get("method") == "workspace/inlayHint/refresh")
        last = label
        totals.append((time.perf_counter() - start) * 1e3)
        time.sleep(0.1)
    return spread(diagnostics), spread(totals)


def measure(rows):
    folder, text = make(rows)
    lines = text.split("\n")
    start = time.perf_counter()
    subprocess.run([INCENTIVE, "run", str(folder / "plan.yaml"), "--out", str(folder / "out")], check=True,
                   stdout=subprocess.DEVNULL)
    full = time.perf_counter() - start
    editor = Editor(folder / "plan.yaml", text)
    start = time.perf_counter()
    component = next(i for i, l in enumerate(lines) if l.startswith("  part_0:"))
    while not editor.label(component):
        time.sleep(0.01)
    first = time.perf_counter() - start
    time.sleep(4)
    print(f"{rows:,} rows, {len(lines) - 1:,} lines of plan: opened to first totals {first * 1e3:.0f} ms, "
          f"a full run {full * 1e3:.0f} ms")
    for what, name in [("one product's deals", "part_7"), ("all deals", "part_0")]:
        (d50, d99), (t50, t99) = edits(editor, lines, name)
        print(f"  a rate on {what}: diagnostics p50 {d50:.1f} p99 {d99:.1f} ms, totals p50 {t50:.1f} p99 {t99:.1f} ms")
    editor.close()


def peer():
    """What the bench for any language server finds of ours, and of ruff's over a file of as many lines."""
    bench = ROOT.parent / "shared/clients/lsp_bench.py"
    ruff = shutil.which("ruff", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if not bench.exists() or not ruff:
        return print("skipped: ../shared/clients/lsp_bench.py or ruff is not there")
    folder, text = make(10_000)
    lines = text.split("\n")
    rate = next(i for i, l in enumerate(lines) if "- {rate: " in l)
    python = folder / "module.py"
    python.write_text("".join(f"def rate_{n}(amount):\n    return amount * {n % 9} / 100\n\n\n" for n in range(len(lines) // 4)))
    for name, file, language, edit, server in [
            ("incentive", folder / "plan.yaml", "yaml", f"{rate}:{lines[rate].index('rate: ') + 6}:0:1", [INCENTIVE, "lsp"]),
            ("ruff", python, "python", "1:22:0:1", [ruff, "server"])]:
        words = [sys.executable, str(bench), "--file", str(file), "--lang", language, "--edit", edit, "--methods", "hover"]
        done = subprocess.run([*words, "--", *server], capture_output=True, text=True, check=True, timeout=120)
        found = json.loads(done.stdout.splitlines()[-1])
        edited = found["edit_to_diag"]
        print(f"lsp_bench.py, {name} over {len(lines):,} lines: edit to diagnostics p50 {edited['p50_ms']:.1f} "
              f"p99 {edited['p99_ms']:.1f} ms ({edited['via']})")


if __name__ == "__main__":
    for rows in [int(word) for word in sys.argv[1:]] or [10_000, 100_000, 1_000_000]:
        measure(rows)
    peer()
