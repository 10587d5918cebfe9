#!/usr/bin/env python3
"""Runs conformance cases against a reward module in any language.

    run_conformance.py [--cases FOLDER] -- PROGRAM [ARGUMENTS…]

Each case is configured, calculated, explained (the steps must add up), and calculated again payee by payee (nothing may
change), unless the module says that its payees depend on each other. All of it is done with columns inline and, where
the module and numpy allow it, in shared memory. Needs PyYAML.

A case has `config`, `measure`?, `lines`, `periods`, `tables`? (rows of each by name; with a person, `payee` is the
number), and `expect`: `refused` (pointers of faults), or `unit`, `scope`, `earned`, `adjustment`, further columns of the
lines by name, those of the periods below `periods` (null is an empty cell), or `fault`: that the batch cannot be computed,
as `true` or with the row of the batch that is to mend, `{table: T, row: N, column: C}`.
"""
import argparse
import datetime
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import yaml

import columns

HERE = Path(__file__).resolve()
DECIMAL = re.compile(r"-?\d+(\.\d+)?")


class Refusal(RuntimeError):
    """An error that a module answered with, and the rows that it names."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.rows = (error.get("data") or {}).get("rows", [])


class Module:
    def __init__(self, command, is_mapped):
        self.is_mapped, self.files = is_mapped, []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.count = 0

    def call(self, method, params):
        self.count += 1
        request = {"jsonrpc": "2.0", "id": self.count, "method": method, "params": params}
        self.process.stdin.write(json.dumps(request, default=str) + "\n")
        self.process.stdin.flush()
        reply = json.loads(self.process.stdout.readline())
        assert reply["id"] == self.count, reply
        if "error" in reply:
            raise Refusal(reply["error"])
        return reply["result"]

    def batch(self, method, params):
        """Calls a method with a batch, whose columns cross as this module is tested; the answer's are inline."""
        if self.is_mapped:
            params = {**params, **{name: columns.share(params[name], self.files) for name in ("lines", "periods")},
                      "tables": {name: columns.share(frame, self.files) for name, frame in params["tables"].items()}}
        result = self.call(method, params)
        if method == "module/calculate":
            assert not self.is_mapped or columns.is_shared(result["periods"]), "the answer is not in shared memory"
            result = {name: columns.unshare(frame) for name, frame in result.items()}
        self.files.clear()
        return result


def column(name, cells, whole, kind):
    """A column of the protocol from cells: decimals are texts of digits, None is empty; the whole column tells the kind."""
    if kind == "date" and not any(whole):
        return {"name": name, "type": "date", "values": cells}
    known = [cell for cell in whole if cell is not None]
    if known and all(isinstance(cell, str) and DECIMAL.fullmatch(cell) for cell in known):
        places = max(len(cell.partition(".")[2]) for cell in known)
        values = [None if cell is None else int(Decimal(cell).scaleb(places)) for cell in cells]
        return {"name": name, "type": "decimal", "places": places, "values": values}
    if known and all(isinstance(cell, datetime.date) for cell in known):
        days = [None if cell is None else (cell - datetime.date(1970, 1, 1)).days for cell in cells]
        return {"name": name, "type": "date", "values": days}
    if known and all(isinstance(cell, bool) for cell in known):
        return {"name": name, "type": "boolean", "values": cells}
    if known and all(isinstance(cell, str) for cell in known):
        words = sorted(set(known))
        return {"name": name, "type": "text", "dictionary": words, "values": [None if c is None else words.index(c) for c in cells]}
    return {"name": name, "type": "integer", "values": cells}


def frame(rows, names, whole, needs):
    kinds = {need["name"]: need.get("kind") for need in needs}
    columns = [column(n, [row.get(n) for row in rows], [row.get(n) for row in whole], kinds.get(n)) for n in names]
    return {"count": len(rows), "columns": columns}


def figures(frame, name):
    found = next(c for c in frame["columns"] if c["name"] == name)
    return [None if v is None else Decimal(v).scaleb(-found["places"]) for v in found["values"]]


def differ(name, got, wanted):
    """What to say when figures are others than those wanted."""
    shown = [None if g is None else format(g, "f") for g in got]
    if shown == [None if w is None else format(Decimal(str(w)), "f") for w in wanted]:
        return []
    return [f"{name} is {shown}, not {wanted}"]


def run(module, case):
    config = {"component": "case", "config": case["config"], "currency": "USD", "places": 2}
    if "measure" in case:
        config["measure"] = {"name": "m", **case["measure"]}
    answer = module.call("module/configure", config)
    expect = case["expect"]
    if "refused" in expect:
        found = {d["pointer"] for d in answer["diagnostics"]}
        return [] if found == set(expect["refused"]) else [f"refused at {sorted(found)}, not {expect['refused']}"]
    if answer["diagnostics"]:
        return [f"refused: {answer['diagnostics']}"]
    def names(first, needs):
        return list(dict.fromkeys(first + [need["name"] for need in needs]))

    line_names = names(["period_row"], answer["needs"]["lines"])
    period_names = names(["payee", "period"], answer["needs"]["periods"])
    table_needs, gives = answer["needs"].get("tables", []), answer["gives"]

    def batch(lines, periods):
        """A batch; of the tables it has the rows of its payees, or all where no person is named."""
        payees, tables = {p["payee"] for p in periods}, {}
        for need in table_needs:
            names = (["payee"] if "person" in need else []) + [c["name"] for c in need["columns"]]
            rows = case.get("tables", {}).get(need["name"], [])
            own = [row for row in rows if "person" not in need or row["payee"] in payees]
            tables[need["name"]] = frame(own, names, rows, need["columns"])
        return {"component": "case", "tables": tables,
                "lines": frame(lines, line_names, case["lines"], answer["needs"]["lines"]),
                "periods": frame(periods, period_names, case["periods"], answer["needs"]["periods"])}

    lines, periods = case["lines"], case["periods"]
    params = batch(lines, periods)
    if expect.get("fault"):
        try:
            module.batch("module/calculate", params)
        except Refusal as refusal:
            wanted = expect["fault"]
            return [] if wanted is True or refusal.rows[:1] == [wanted] else [f"the fault is at {refusal.rows}, not {wanted}: {refusal}"]
        return ["the batch was computed"]
    result, faults = module.batch("module/calculate", params), []
    earned, adjustment = figures(result["lines"], "earned"), figures(result["periods"], "adjustment")
    for name, wanted in expect.items():
        if name in ("unit", "scope"):
            faults += [] if gives.get(name) == wanted else [f"{name} is {gives.get(name)}, not {wanted}"]
        elif name == "periods":
            for column, cells in wanted.items():
                faults += differ(column, figures(result["periods"], column), cells)
        else:
            faults += differ(name, adjustment if name == "adjustment" else figures(result["lines"], name), wanted)
    steps = module.batch("module/explain", params)
    for kind, amounts in (("lines", earned), ("periods", adjustment)):
        for row, amount in enumerate(amounts):
            total = sum((Decimal(s["amount"]) for s in steps[kind][row]), Decimal(0))
            if total != amount:
                faults.append(f"the steps of {kind} {row} add up to {total}, not {amount}")
    if gives.get("scope") == "component":
        return faults
    again = {name: [] for name in ["earned", "adjustment"] + [g["name"] for g in gives.get("periods", [])]}
    for payee in sorted({p["payee"] for p in periods}):
        rows = [i for i, p in enumerate(periods) if p["payee"] == payee]
        own = [dict(l, period_row=rows.index(l["period_row"])) for l in lines if l["period_row"] in rows]
        part = module.batch("module/calculate", batch(own, [periods[i] for i in rows]))
        for name, cells in again.items():
            cells += figures(part["lines" if name == "earned" else "periods"], name)
    whole = {name: earned if name == "earned" else figures(result["periods"], name) for name in again}
    return faults + (["payee by payee the figures are others"] if again != whole else [])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=Path, default=HERE.parents[3] / "Plugins/Commission/Conformance")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    wholly = [run_all(options, is_mapped) for is_mapped in ([False, True] if columns.FEATURES else [False])]
    sys.exit(0 if all(wholly) else 1)


def run_all(options, is_mapped):
    """Whether all cases pass, with columns crossing in one way."""
    module = Module(options.command, is_mapped)
    features = ["something-new"] + (columns.FEATURES if is_mapped else [])
    identity = module.call("module/initialize", {"protocol": 1, "host": "conformance", "features": features})
    if is_mapped and "columns.mapped" not in identity.get("features", []):
        return True
    passed = failed = 0
    for file in sorted(options.cases.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            try:
                faults = run(module, case)
            except (RuntimeError, AssertionError, KeyError, StopIteration) as error:
                faults = [f"{type(error).__name__}: {error}"]
            passed, failed = passed + (not faults), failed + bool(faults)
            for fault in faults:
                print(f"{file.name}: {case['name']}: {fault}")
    module.call("shutdown", {})
    print(f"{passed} passed, {failed} failed, columns {'in shared memory' if is_mapped else 'inline'}")
    return passed > 0 and not failed


if __name__ == "__main__":
    main()
