"""Measures and writes Docs/Benchmarks.md: `benchmarks.py [PART...]`.

With parts named (startup, round_trips, reference, growth, settings, months, instructions, profile) only these are measured and
shown, and the page stays as it is; `keep-before` keeps the figures of instructions and profile as those of before.
"""

import datetime
import shutil
import subprocess
import sys

import before
import comparisons
import growth
import instructions
import reference
import round_trips
import setting
import stages
import startup
from measuring import ROOT, WORK, table

PARTS = {
    "startup": startup.section,
    "round_trips": round_trips.section,
    "reference": reference.section,
    "growth": growth.section,
    "settings": comparisons.other_settings,
    "months": comparisons.second_plan,
    "instructions": instructions.section,
    "profile": stages.section,
}
# What needs ../shared: its data, or its clients.
NEEDS_DATA = PARTS.keys() - {"startup"}


def head(targets):
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True).stdout
    swift = swift.split("\n")[0].split(" (")[0]
    met = sum(target.is_met for target in targets)
    rows = [[target.what, target.limit, target.found, "yes" if target.is_met else "**no**"] for target in targets]
    return f"""# Benchmarks

`Tests/Benchmarks/run` builds the release, measures, and writes this page.

Machine: {setting.machine()}; {swift}; sources of commit {setting.commit()}; {datetime.date.today().isoformat()}.
Method: whole processes from outside, in turns, medians; the tables are in the page cache, results go to the local disk.
Only figures of one run of this page can be compared; machines differ.

## Aims

{met} of {len(targets)} are met.

{table(["What", "Aim", "Found", "Met"], rows)}"""


def main():
    wanted = [word for word in sys.argv[1:] if word in PARTS]
    unknown = set(sys.argv[1:]) - PARTS.keys() - {"keep-before"}
    if unknown:
        sys.exit(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    (WORK / "out").mkdir(parents=True, exist_ok=True)
    texts, targets, figures = [], [], {}
    for name in wanted or PARTS:
        if name in NEEDS_DATA and not setting.BENCH.exists():
            continue
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        text, found, *more = PARTS[name]()
        figures[name] = more[0] if more else {}
        texts.append(text)
        targets += found
    if "keep-before" in sys.argv:
        before.keep(figures.get("instructions"), figures.get("profile"))
    compared = {"instructions": before.instructions, "profile": before.profile}
    for place, name in enumerate(figures):
        if name in compared:
            texts[place] = texts[place].replace("@BEFORE@\n", compared[name](figures[name]))
    page = "\n".join([head(targets), *texts])
    if not wanted:
        (ROOT / "Docs/Benchmarks.md").write_text(page, encoding="utf-8")
        if "growth" in figures:
            shutil.copy(growth.PICTURE, ROOT / "Docs/Pictures/growth.svg")
    print(page)


main()
