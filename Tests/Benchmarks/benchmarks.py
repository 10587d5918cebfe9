"""Times whole processes and writes Docs/Benchmarks.md: `benchmarks.py INCENTIVE [RUNS]`.

Every command is run in turn, round by round, beside a Python that does the least a peer could do, so that a slow
moment of the machine falls on all of them. Medians are told, with the quartiles.
"""

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def large_plan(lines):
    """A plan of this many lines or a few more: the one-salesperson plan with more and more components."""
    text = (ROOT / "Plans/one-salesperson/plan.yaml").read_text(encoding="utf-8")
    number = 2
    while text.count("\n") < lines:
        text += f"""  component_{number}:
    module: commission
    credits: sales
    measure: bookings
    where: amount > {number}000 && date >= date("2026-01-01")
    config:
      tiers:
        by: attainment
        method: marginal
        over: period
        bands:
          - {{to: {number * 5}%, rate: 1%}}
          - {{to: {number * 5 + 50}%, rate: 2%}}
          - {{rate: 3%}}
      round: {{at: line}}
"""
        number += 1
    return text


def measure(commands, runs):
    """Milliseconds of each run of each command."""
    times = {name: [] for name in commands}
    for turn in range(runs + 2):
        for name, command in commands.items():
            begin = time.perf_counter()
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
            took = (time.perf_counter() - begin) * 1000
            if done.returncode != 0:
                sys.exit(f"{name} failed: {done.stderr.decode()}")
            if turn >= 2:
                times[name].append(took)
    return times


def processor():
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def reference_job():
    """The table of the reference job, from what run_peers.py printed; empty when it was not run."""
    printed = ROOT / ".build-benchmark/reference-job.txt"
    if not printed.exists():
        return ""
    pattern = r" *(\d+) (\S+) +runs=(\d+) wall= *([\d.]+) .* rss= *(\d+)MiB .* (ok|MISMATCH)$"
    found = [re.match(pattern, line) for line in printed.read_text(encoding="utf-8").splitlines()]
    found = [match.groups() for match in found if match]
    names = {"product": "**IncentiveKit**", "rust-2t": "Rust by hand, 2 threads", "polars": "Polars", "duckdb": "DuckDB"}
    ours = {size: float(wall) for size, name, _, wall, _, _ in found if name == "product"}
    rows = [
        f"| {int(size):,} | {names.get(name, name)} | {float(wall):.2f} | {float(wall) / ours[size]:.2f} | {memory} | {check} |"
        for size, name, _, wall, memory, check in found
    ]
    return (
        """
## The reference job

A plan year of 10,000 payees: conversion by day, splits, year-to-date tiers, manager override, quarterly bonus
(`Plans/benchmark/plan.yaml`), through the general engine and the modules as processes of their own; the same job
written for it alone in other languages. Seconds are medians of 5 runs in turns; the last column tells whether both
result files equal the expected ones.

| Transactions | Program | s | Times ours | Memory, MiB | Files |
|---|---|---|---|---|---|
"""
        + "\n".join(rows)
        + "\n"
    )


def main():
    incentive, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 41
    folder = tempfile.mkdtemp(prefix="incentive-benchmark-")
    plan = Path(folder, "plan.yaml")
    plan.write_text(large_plan(300), encoding="utf-8")
    lines = plan.read_text(encoding="utf-8").count("\n")
    load = "import yaml, sys; yaml.safe_load(open(sys.argv[1]))"
    commands = {
        "`incentive --version`": [incentive, "--version"],
        f"`incentive check`, {lines} lines, the module asked": [incentive, "check", str(plan)],
        "`incentive run Plans/quickstart/plan.yaml`": [incentive, "run", "Plans/quickstart/plan.yaml"],
        "peer: `python3 -c pass`": [sys.executable, "-c", "pass"],
        f"peer: Python that only loads the {lines} lines (PyYAML)": [sys.executable, "-c", load, str(plan)],
    }
    data = ROOT.parent / "shared/data/adventureworks"
    if data.exists():
        commands["`incentive run Plans/adventureworks/plan.yaml`, 31,465 orders"] = [
            incentive, "run", "Plans/adventureworks/plan.yaml", "--data", str(data), "--out", folder + "/out",
        ]
    times = measure(commands, runs)
    rows = []
    for name, taken in times.items():
        low, median, high = statistics.quantiles(taken, n=4)
        rows.append(f"| {name} | {median:.1f} | {low:.1f} to {high:.1f} |")
    size = os.path.getsize(incentive) / 1e6
    text = f"""# Benchmarks

`Tests/Benchmarks/run` builds the release, measures, and writes this page.

Machine: {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}. Method: whole processes from
outside, {runs} runs each in turns after two that do not count; the release build with a static Swift library
({size:.0f} MB). Only figures of one run of this page can be compared; machines differ.

| Command | Median, ms | Middle half |
|---|---|---|
""" + "\n".join(rows) + """

The aim for start-up is under 10 ms, for `check` of a 300-line plan, starting and asking the commission module
included, under 30 ms.
""" + reference_job()
    (ROOT / "Docs/Benchmarks.md").write_text(text, encoding="utf-8")
    print(text)


main()
