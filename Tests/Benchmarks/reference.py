"""The reference job against the same job written by hand in other languages: run_peers.py, and what it found."""

import json
import os
import statistics
import subprocess
import sys

import setting
from measuring import ROOT, WORK, Target, memory_of_all, table

NAMES = {
    "product": "**IncentiveKit**", "rust-2t": "Rust by hand, 2 threads", "duckdb": "DuckDB", "polars": "Polars",
    "pandas": "pandas", "python-decimal": "plain Python, decimals",
}
PYTHON_PEERS = ["duckdb", "polars", "pandas", "python-decimal"]
# For each number of transactions: the most times Rust, and the least times that DuckDB and Polars take.
TIMES_RUST = {10_000_000: 2.0, 1_000_000: 3.0}
TIMES_FASTER = {10_000_000: 5.0}


def measured(size):
    """What one run of run_peers.py found: seconds, MiB and check of each program."""
    names = ["product", "rust-2t", "duckdb", "polars"] + (["pandas", "python-decimal"] if size <= 100_000 else [])
    if setting.rust() is None:
        names.remove("rust-2t")
    found = WORK / "out/results.jsonl"
    found.unlink(missing_ok=True)
    out = WORK / "out/run"
    out.mkdir(parents=True, exist_ok=True)
    product = " ".join(setting.product().words("{I}", "{O}"))
    subprocess.run(
        [
            sys.executable, str(setting.BENCH / "run_peers.py"), "--sizes", str(size), "--impls", ",".join(names),
            "--runs", str(setting.ROUNDS), "--check",
        ],
        cwd=ROOT, check=True,
        env=os.environ
        | {
            "BENCH_DATA": str(setting.tables(size).parent), "BENCH_OUT": str(out), "BENCH_BIN": str(WORK),
            "BENCH_PYTHON": sys.executable, "BENCH_PRODUCT": product,
        },
    )
    rows = {}
    for line in found.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["impl"]] = (
            statistics.median(run[0] for run in row["runs"]), max(run[2] for run in row["runs"]), row["check"],
        )
    return rows


def targets(size, rows, together):
    """What is aimed at for this number of transactions, beside what was found."""
    ours = rows["product"][0]
    found = []
    if "rust-2t" in rows:
        times, most = ours / rows["rust-2t"][0], TIMES_RUST.get(size)
        if most:
            found.append(Target(f"{size:,}: times Rust by hand", f"at most {most}", f"{times:.2f}", times <= most))
    for peer in ["duckdb", "polars"]:
        times, least = rows[peer][0] / ours, TIMES_FASTER.get(size)
        if least:
            found.append(
                Target(f"{size:,}: {NAMES[peer]} takes times ours", f"at least {least}", f"{times:.2f}", times >= least)
            )
    if size == 10_000_000:
        memory = max(rows["product"][1], together or 0)
        found.append(
            Target(f"{size:,}: memory, all processes", "under 2,048 MiB", f"{memory:,.0f} MiB", memory < 2048)
        )
    if size == 100_000:
        fastest = min(rows[peer][0] for peer in PYTHON_PEERS if peer in rows)
        found += [
            Target(f"{size:,}: time", "under 150 ms", f"{ours * 1000:.0f} ms", ours < 0.15),
            Target(
                f"{size:,}: the fastest Python peer takes times ours", "more than 1", f"{fastest / ours:.2f}",
                fastest > ours,
            ),
        ]
    found.append(
        Target(f"{size:,}: both files equal the expected ones", "yes", rows["product"][2], rows["product"][2] == "ok")
    )
    return found


def section():
    lines, ratios, aims = [], [], []
    for size in setting.REFERENCE_SIZES:
        rows = measured(size)
        together = memory_of_all(setting.product(), setting.tables(size))
        ours = rows["product"][0]
        for name, (seconds, memory, check) in rows.items():
            total = (f"{together:,.0f}" if together else "untold") if name == "product" else f"{memory:,.0f}"
            lines.append(
                [f"{size:,}", NAMES[name], f"{seconds:.3f}", f"{seconds / ours:.2f}", f"{memory:,.0f}", total, check]
            )
        rust = rows.get("rust-2t")
        ratios.append(
            [
                f"{size:,}", f"{ours / rust[0]:.2f}" if rust else "not built",
                f"at most {TIMES_RUST[size]}" if size in TIMES_RUST else "",
                f"{rows['duckdb'][0] / ours:.2f}", f"{rows['polars'][0] / ours:.2f}",
                f"at least {TIMES_FASTER[size]}" if size in TIMES_FASTER else "more than 1",
            ]
        )
        aims += targets(size, rows, together)
    text = (
        f"""## The reference job

A plan year of 10,000 payees: conversion by day, splits, year-to-date tiers, manager override, quarterly bonus
(`{setting.YEAR_PLAN}`), through the general engine and the modules as processes of their own; the same job
written for it alone in other languages. Seconds are medians of {setting.ROUNDS} runs in turns. Memory is that of the
largest process, and of host and modules together with shared pages counted once. The last column tells whether both
result files equal the expected ones.

"""
        + table(
            ["Transactions", "Program", "s", "Times ours", "Largest process, MiB", "All together, MiB", "Files"], lines
        )
        + "\n"
        + table(["Transactions", "Ours / Rust", "aim", "DuckDB / ours", "Polars / ours", "aim"], ratios)
    )
    return text, aims
