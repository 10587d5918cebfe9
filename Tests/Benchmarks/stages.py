"""Where the processor's time goes, by stage and by target: samples of stacks by perf."""

import re
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

import setting
import symbols
from measuring import ROOT, WORK, shown, table

SAMPLES_A_SECOND = 999
NOBODY = "loader, runtime, start and end"
REWARD = "reward: batches to modules and back"
# The stages of the host, found by the outermost target on a stack that has one; what only leads there is passed by.
STAGES = {
    "read the plan": {"YAMLSource", "PlanReading", "PlanChecking", "PlanModel"},
    "read the tables": {"Tables"},
    "credit and measure": {"Engine", "Expressions"},
    REWARD: {"ModuleHost", "ModuleProtocol", "JSONRPC", "JSONCore"},
    "write the results": {"Reports"},
}
BETWEEN = "files read, fingerprinted and written; start and end"
LEADS_THERE = {"incentive", "CommandLine", "Sessions", "SystemIO", "Engine, Run"}


def sampled(size):
    """Samples by (process, part), those of them in the kernel, samples by stage, and the seconds that the run took."""
    data, out = WORK / "perf.data", WORK / "out/sampled"
    tables = setting.tables(size)
    for file in tables.iterdir():
        file.read_bytes()
    shutil.rmtree(out, ignore_errors=True)
    command = setting.product().words(tables, out)
    begin = time.perf_counter()
    subprocess.run(
        ["perf", "record", "-q", "-o", str(data), "-e", "cpu-clock", "-F", str(SAMPLES_A_SECOND), "--call-graph", "fp",
         *command],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    seconds = time.perf_counter() - begin
    script = subprocess.run(
        ["perf", "script", "-i", str(data), "-F", "comm,pid,ip,sym,dso"], capture_output=True, text=True, check=True,
        errors="replace",
    ).stdout
    everywhere, kernel, stages, programs = Counter(), Counter(), Counter(), {}
    blocks = [block.splitlines() for block in script.strip().split("\n\n")]
    for head, *frames in blocks:
        found = re.findall(r"\(\S*/(incentive[\w-]*)\)", "\n".join(frames))
        if found:
            programs.setdefault(head.split()[-1], found[0])
    for head, *frames in blocks:
        program = programs.get(head.split()[-1], "incentive")
        parts = [part for part in map(own, frames) if part]
        part = parts[0] if parts else NOBODY
        stages[stage(parts) if program == "incentive" else f"the module `{program}`"] += 1
        everywhere[program, part] += 1
        if frames and "[kernel" in frames[0]:
            kernel[program, part] += 1
    return everywhere, kernel, stages, seconds


def own(frame):
    """The part of ours that a frame of a stack belongs to: its target, and in the engine its type."""
    symbol = frame.split()[1] if len(frame.split()) > 1 else ""
    target = symbols.target(symbol)
    if target != "Engine":
        return target
    # Engine, then the type's name: its length and its letters, where words that came before are only numbered.
    kind = re.match(r"\$s6Engine(\d+)", symbol)
    name = symbol[kind.end() : kind.end() + int(kind[1])] if kind and not kind[1].startswith("0") else ""
    return f"Engine, {name}" if name.isalnum() and name[:1].isupper() else "Engine"


def stage(parts):
    """The stage of the host that a stack belongs to, given its parts of ours from the innermost out."""
    for part in reversed(parts):
        if part in LEADS_THERE:
            continue
        if re.match("Engine, (Reward|Batch|Component)", part):
            return REWARD
        for name, targets in STAGES.items():
            if part.split(",")[0] in targets:
                return name
    return BETWEEN


def section():
    size = max(setting.SIZES)
    if not shutil.which("perf"):
        return "## Profile\n\nNot taken: there is no perf on this machine.\n", [], {}
    try:
        everywhere, kernel, stages, seconds = sampled(size)
    except subprocess.CalledProcessError:
        return "## Profile\n\nNot taken: perf may not look at processes here.\n", [], {}
    total = sum(everywhere.values())
    what = symbols.descriptions()
    rows = []
    small = Counter()
    for program, part in sorted(everywhere, key=lambda pair: (pair[0] != "incentive", pair[0], -everywhere[pair])):
        count = everywhere[program, part]
        if count / total < 0.01:
            small[program] += count
            continue
        inside = kernel[program, part] / count
        rows.append(
            [f"`{program}`", part, what.get(part, what["Engine"] if part.startswith("Engine") else ""),
             shown(count / SAMPLES_A_SECOND), f"{count / total:.1%}", f"{inside:.0%}"]
        )
    for program, count in small.items():
        rows.append([f"`{program}`", "all else", "", shown(count / SAMPLES_A_SECOND), f"{count / total:.1%}", ""])
    order = [*STAGES, BETWEEN]
    by_stage = sorted(stages, key=lambda name: (order.index(name) if name in order else len(order), name))
    figures = {
        "transactions": size,
        "seconds": {"all": total / SAMPLES_A_SECOND} | {name: stages[name] / SAMPLES_A_SECOND for name in by_stage},
    }
    stage_rows = [[name, shown(stages[name] / SAMPLES_A_SECOND), f"{stages[name] / total:.1%}"] for name in by_stage]
    text = f"""## Profile

Where the processor's time goes in the reference job with {size:,} transactions: {SAMPLES_A_SECOND} samples of stacks a
second by perf. In the second table each is given to the innermost function of ours: what the library, the system and
the kernel do is done for it. The run took {shown(seconds)} and {shown(total / SAMPLES_A_SECOND)} of processor time.

"""
    text += table(["Stage of the host, or module", "Time", "Share"], stage_rows) + "\n@BEFORE@\n"
    text += table(["Process", "Part", "What it is", "Time", "Share", "Of it in the kernel"], rows)
    return text, [], figures
