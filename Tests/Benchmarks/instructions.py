"""Instructions that the reference job takes, counted by valgrind's callgrind in host and modules."""

import re
import resource
import shutil
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import setting
import symbols
from measuring import ROOT, WORK, table

ROWS = 100_000
HOST_FUNCTIONS, MODULE_FUNCTIONS = 14, 7
# The modules' limit of open files: valgrind refuses to lower a limit to another number than it was started with.
OPEN_FILES = 256


def programs():
    """Copies of the programs without what valgrind cannot read (DWARF 5); names of functions stay."""
    folder = WORK / "stripped"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    beside = Path(setting.INCENTIVE).parent
    for program in beside.glob("incentive*"):
        if program.is_file() and not program.suffix and program.stat().st_mode & 0o100:
            subprocess.run(["strip", "--strip-debug", "-o", str(folder / program.name), str(program)], check=True)
    return folder


def counted():
    """The instructions of each function by process: {program: Counter}; raises CalledProcessError if it fails."""
    folder, out = programs(), WORK / "callgrind"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()

    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))

    job = setting.product(options=["--module-timeout", "3600"])
    words = [str(folder / "incentive"), *job.words(setting.tables(ROWS), WORK / "out/counted")[1:]]
    subprocess.run(
        ["valgrind", "-q", "--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={out}/%p", *words],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL, preexec_fn=limit,
    )
    counts = defaultdict(Counter)
    for file in out.iterdir():
        program, functions = read(file)
        counts[program] += functions
    return counts


def read(file):
    """The program and the instructions of each function of a file of callgrind's."""
    names, functions = {}, Counter()
    program, current, is_call = "", "", False
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("cmd:"):
                program = Path(line.split()[1]).name
            elif line.startswith(("fn=", "cfn=")):
                number, name = re.match(r"c?fn=\((\d+)\)(?: (.*))?", line).groups()
                if name:
                    # A recursive function is told apart by its depth; here it counts as one.
                    names[number] = re.sub(r"'\d+$", "", name)
                if line.startswith("fn="):
                    current = names[number]
            elif line.startswith("calls="):
                # The next line tells what was called, which counts where it was called.
                is_call = True
            elif line[0].isdigit() or line[0] in "+-*":
                if not is_call:
                    functions[current] += int(line.split()[1])
                is_call = False
    return program, functions


def section():
    if not shutil.which("valgrind"):
        return "## Instructions\n\nNot counted: there is no valgrind on this machine.\n", [], {}
    try:
        counts = counted()
    except subprocess.CalledProcessError:
        return "## Instructions\n\nNot counted: the job did not run under valgrind.\n", [], {}
    totals = {program: sum(functions.values()) for program, functions in counts.items()}
    order = sorted(totals, key=lambda program: (program != "incentive", -totals[program]))
    rows = []
    for program in order:
        top = counts[program].most_common(HOST_FUNCTIONS if program == "incentive" else MODULE_FUNCTIONS)
        names = symbols.demangled(symbol for symbol, _ in top)
        for symbol, count in top:
            owner = symbols.target(symbol) or ""
            name = names[symbol].replace("|", "\\|")
            rows.append([f"`{program}`", owner, f"`{name}`", f"{count / ROWS:,.0f}", f"{count / totals[program]:.1%}"])
    figures = {program: totals[program] / ROWS for program in order}
    figures["all"] = sum(totals.values()) / ROWS
    text = f"""## Instructions

The reference job with {ROWS:,} transactions, counted by callgrind: instructions a transaction, all of a process and its
most expensive functions, each without what it calls. Work of the kernel is not in it.

""" + "@BEFORE@\n" + table(["Process", "Target", "Function", "Instructions a row", "Share"], rows)
    return text, [], figures
