"""The figures of an earlier commit beside those of now: Tests/Benchmarks/before.json, written on request."""

import json
import sys

import setting
from measuring import ROOT, shown, table

FILE = ROOT / "Tests/Benchmarks/before.json"


def keep(instructions, profile):
    """Keeps the figures of this run as those that later ones are held against."""
    if not instructions or not profile:
        sys.exit("to keep figures, measure both parts: benchmarks.py instructions profile keep-before")
    figures = {
        "commit": setting.commit(), "machine": setting.machine(), "instructions": instructions, "profile": profile,
    }
    FILE.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def read():
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else None


def instructions(now):
    """Instructions a row, by process, before and now."""
    before = read()
    if not now or not before:
        return ""
    rows = []
    for program in sorted(before["instructions"].keys() | now.keys(), key=lambda name: (name == "all", name)):
        then, here = before["instructions"].get(program, 0), now.get(program, 0)
        name = program if program == "all" else f"`{program}`"
        rows.append([name, f"{then:,.0f}", f"{here:,.0f}", share(here, then)])
    return table(["Process", f"Instructions a row at commit {before['commit']}", "Now", "Now / then"], rows) + "\n"


def profile(now):
    """Processor time by stage, before and now."""
    before = read()
    if not now or not before or before["profile"]["transactions"] != now["transactions"]:
        return ""
    then, here = before["profile"]["seconds"], now["seconds"]
    note = "" if before["machine"] == setting.machine() else f" (on another machine: {before['machine']})"
    rows = [
        [name, shown(then.get(name, 0)), shown(here.get(name, 0)), share(here.get(name, 0), then.get(name, 0))]
        for name in then | here
    ]
    return table(["", f"At commit {before['commit']}{note}", "Now", "Now / then"], rows) + "\n"


def share(now, then):
    return f"{now / then:.2f}" if then else ""
