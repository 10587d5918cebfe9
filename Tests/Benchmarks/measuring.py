"""Runs programs from outside: how long, with how much memory, and whether two of them wrote the same rows."""

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".build-benchmark"


@dataclass
class Job:
    """A command over a folder of tables `{I}` that writes its results into a folder `{O}`."""

    name: str
    command: list
    environment: dict = field(default_factory=dict)

    def words(self, data, out):
        return [word.replace("{I}", str(data)).replace("{O}", str(out)) for word in self.command]


@dataclass
class Run:
    seconds: float
    cpu: float
    # MiB of the largest process, those included that it started and waited for.
    memory: float


@dataclass
class Target:
    """Something that the project has set itself, beside what was found."""

    what: str
    limit: str
    found: str
    is_met: bool


def once(job, data, out=WORK / "out/one"):
    """One run into an empty folder, the disk at rest."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    os.sync()
    begin = time.perf_counter()
    process = start(job, data, out)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{job.name} failed over {data}: exit code {process.returncode}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def start(job, data, out):
    return subprocess.Popen(
        job.words(data, out), cwd=ROOT, env=os.environ | job.environment, stdout=subprocess.DEVNULL
    )


def in_turns(jobs, data, rounds):
    """The runs of each job by its name, round by round, so that a slow moment of the machine falls on all of them.

    The tables are read before, and a first round does not count.
    """
    for file in Path(data).iterdir():
        file.read_bytes()
    runs = {job.name: [] for job in jobs}
    for turn in range(rounds + 1):
        for job in jobs:
            run = once(job, data)
            if turn > 0:
                runs[job.name].append(run)
    return runs


def median(runs, figure="seconds"):
    return statistics.median(getattr(run, figure) for run in runs)


def memory_of_all(job, data, out=WORK / "out/one"):
    """The most memory in MiB that a run's processes held together, shared pages counted once; None if untold.

    Looked at again and again from outside, in a run of its own that is not timed: a short peak may be missed.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    process = start(job, data, out)
    most = 0
    while process.poll() is None:
        most = max(most, sum(share_of(pid) for pid in [process.pid, *descendants(process.pid)]))
        time.sleep(0.004)
    return most / 1024 if most else None


def share_of(pid):
    """KiB of a process, pages shared with others in parts; 0 when it has ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except (OSError, ValueError):
        pass
    return 0


def descendants(pid):
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                found += [int(child), *descendants(int(child))]
    except OSError:
        pass
    return found


def fingerprint(folder):
    """What the statements and lines in a folder hold, whatever the order of their rows."""
    digest = hashlib.md5()
    for name in ["statements.csv", "lines.csv"]:
        sort = subprocess.Popen(
            ["sh", "-c", 'tail -n +2 "$1" | sort', "sort", str(Path(folder) / name)],
            env=os.environ | {"LC_ALL": "C"}, stdout=subprocess.PIPE,
        )
        while block := sort.stdout.read(1 << 20):
            digest.update(block)
        if sort.wait() != 0:
            sys.exit(f"there is no {name} in {folder}")
    return digest.hexdigest()


def results_of(job, data):
    """The fingerprint of what a job writes."""
    once(job, data)
    return fingerprint(WORK / "out/one")


def table(headings, rows):
    """A table in Markdown."""
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def shown(seconds):
    """Seconds in as many digits as tell something."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"
