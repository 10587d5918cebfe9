"""Start-up and `check`: short commands, beside a Python that does the least a peer could do."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import setting
from measuring import ROOT, WORK, Target, table

RUNS = 41


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
        method: whole-amount
        edge: upper
        over: period
        bands:
          - {{to: {number * 5}%, rate: 1%}}
          - {{to: {number * 5 + 50}%, rate: 2%}}
          - {{rate: 3%}}
      round: {{at: line}}
"""
        number += 1
    return text


def milliseconds(commands):
    """Milliseconds of each run of each command, in turns; the first two rounds do not count."""
    times = {name: [] for name in commands}
    for turn in range(RUNS + 2):
        for name, command in commands.items():
            begin = time.perf_counter()
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
            took = (time.perf_counter() - begin) * 1000
            if done.returncode != 0:
                sys.exit(f"{name} failed: {done.stderr.decode()}")
            if turn >= 2:
                times[name].append(took)
    return times


def section():
    incentive = setting.INCENTIVE
    plan = WORK / "large-plan.yaml"
    plan.write_text(large_plan(300), encoding="utf-8")
    lines = plan.read_text(encoding="utf-8").count("\n")
    load = "import yaml, sys; yaml.safe_load(open(sys.argv[1]))"
    start, check = "`incentive --version`", f"`incentive check`, {lines} lines, the module asked"
    commands = {
        start: [incentive, "--version"],
        check: [incentive, "check", str(plan)],
        "`incentive run Plans/quickstart/plan.yaml`": [incentive, "run", "Plans/quickstart/plan.yaml"],
        "peer: `python3 -c pass`": [sys.executable, "-c", "pass"],
        f"peer: Python that only loads the {lines} lines (PyYAML)": [sys.executable, "-c", load, str(plan)],
    }
    data = ROOT.parent / "shared/data/adventureworks"
    if data.exists():
        commands["`incentive run Plans/adventureworks/plan.yaml`, 31,465 orders"] = [
            incentive, "run", "Plans/adventureworks/plan.yaml", "--data", str(data), "--out", str(WORK / "out/orders"),
        ]
    rows, found = [], {}
    for name, taken in milliseconds(commands).items():
        low, middle, high = statistics.quantiles(taken, n=4)
        found[name] = middle
        rows.append([name, f"{middle:.1f}", f"{low:.1f} to {high:.1f}"])
    size = Path(incentive).stat().st_size / 1e6
    text = (
        "## Start-up and check\n\n"
        f"{RUNS} runs each in turns after two that do not count; the release build with a static Swift library "
        f"({size:.0f} MB).\n\n" + table(["Command", "Median, ms", "Middle half"], rows)
    )
    return text, [
        Target("start-up", "under 10 ms", f"{found[start]:.1f} ms", found[start] < 10),
        Target(
            "`check` of a plan of 300 lines, starting and asking the commission module included", "under 30 ms",
            f"{found[check]:.1f} ms", found[check] < 30,
        ),
    ]
