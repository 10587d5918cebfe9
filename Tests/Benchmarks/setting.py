"""What is measured over what: the programs, the folders of tables, the sizes asked for."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from measuring import ROOT, WORK, Job

INCENTIVE = os.environ.get("BENCHMARK_INCENTIVE", str(ROOT / ".build/release/incentive"))
BENCH = ROOT.parent / "shared/bench"
SIZES = [int(size) for size in os.environ.get("BENCHMARK_SIZES", "100000 1000000").split()]
# The sizes of the table against the peers, where it is to have larger ones than the rest of the page.
REFERENCE_SIZES = [int(size) for size in os.environ.get("BENCHMARK_REFERENCE_SIZES", "").split()] or SIZES
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "5"))
# Transactions of the curve by payees. Each payee has twelve statements whatever is sold, so that few transactions
# would show the cost of statements only.
GROWTH_ROWS = int(os.environ.get("BENCHMARK_GROWTH_ROWS", str(max(SIZES))))
PAYEES = 10_000
YEAR_PLAN, MONTHS_PLAN = "Plans/benchmark/plan.yaml", "Plans/benchmark/monthly.yaml"


def product(plan=YEAR_PLAN, name="IncentiveKit", options=(), environment=None):
    return Job(name, [INCENTIVE, "run", plan, "--data", "{I}", "--out", "{O}", *options], environment or {})


def rust():
    """The job by hand in Rust on two threads; None when it is not built."""
    program = WORK / "near_limit"
    return Job("Rust by hand", [str(program), "{I}", "{O}", "2"]) if program.exists() else None


def months_peer():
    return Job("DuckDB", [sys.executable, str(ROOT / "Tests/Benchmarks/monthly_peer.py"), "{I}", "{O}"])


def tables(rows, payees=PAYEES):
    """The folder with the tables of so many transactions and payees; they are made when they are not there yet."""
    folder = WORK / "data" / (str(rows) if payees == PAYEES else f"{rows}-{payees}")
    if not (folder / "quotas.csv").exists():
        generate = [sys.executable, str(generator(payees)), "--payees", str(payees), "--transactions", str(rows)]
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([*generate, "--out", str(folder)], check=True, timeout=1800)
    return folder


def generator(payees):
    """The program that makes the tables.

    With few payees its search for a second person can go round and round in one place: then a copy is used whose
    search moves on. The tables of 10,000 payees, whose results are known, are always made by the original.
    """
    original = BENCH / "generate.py"
    if payees == PAYEES:
        return original
    text = original.read_text(encoding="utf-8")
    search = "while b == ow: b = allreps[(b * 31 + 7 + i) % nr]; i_ = 0"
    if text.count(search) != 1:
        sys.exit(f"{original} is not as it was: see whether its search for a second person ends with few payees")
    copy = WORK / "generate.py"
    moving = "i_ = i\n        while b == ow: b = allreps[(b * 31 + 7 + i_) % nr]; i_ += 1"
    copy.write_text(text.replace(search, moving), encoding="utf-8")
    return copy


def commit():
    """The last commit of the sources that are measured, with a star when files differ from it."""
    sources = ["--", "Package.swift", "Sources", "Plugins"]

    def git(*words):
        done = subprocess.run(["git", *words, *sources], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    return git("log", "-1", "--format=%h", "--abbrev=10") + ("*" if git("status", "--porcelain") else "")


def machine():
    """The machine in words."""
    model = platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release().split('-')[0]}"
