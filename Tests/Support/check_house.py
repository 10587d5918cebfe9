#!/usr/bin/env python3
"""Holds the project to its own rules: layers, file lengths, what the engine may not use, pages for diagnostics."""
import json, re, subprocess, sys
from pathlib import Path

root = Path(__file__).resolve().parents[2]
faults = []

# Layers: the table in Docs/Architecture.md is the table of the package.
package = json.loads(subprocess.run(
    ["swift", "package", "--scratch-path", str(root / ".build-dump"), "dump-package"],
    cwd=root, check=True, capture_output=True, text=True).stdout)
actual = {}
for target in package["targets"]:
    if target["type"] == "test" or (target.get("path") or "").startswith("Tests/"):
        continue
    names = [(d.get("byName") or d.get("target") or d.get("product"))[0] for d in target["dependencies"]]
    actual[target["name"]] = sorted(names)
documented = {}
for line in (root / "Docs/Architecture.md").read_text(encoding="utf-8").splitlines():
    row = re.match(r"\| `(\w+)` \| ([^|]*) \| [^|]*\|$", line)
    if row:
        documented[row[1]] = sorted(re.findall(r"`(\w+)`", row[2]))
for name in sorted(actual.keys() | documented.keys()):
    if actual.get(name) != documented.get(name):
        faults.append(f"Docs/Architecture.md: {name} imports {actual.get(name)}, the table says {documented.get(name)}")
order = list(documented)
for name, imports in documented.items():
    for other in imports:
        if other in order and order.index(other) >= order.index(name):
            faults.append(f"Docs/Architecture.md: {name} imports {other}, which stands below it")
for name, imports in actual.items():
    if any((t.get("path") or "").startswith("Plugins/") for t in package["targets"] if t["name"] == name):
        if imports != ["ModuleKit"]:
            faults.append(f"{name}: a reward module imports ModuleKit only, not {imports}")

# Imports in the sources are those of the table: nothing reaches round it.
allowed = {"Glibc", "Dispatch", "Synchronization", "Crypto", "ArgumentParser", "CLibYAML", "CSQLite", "CSystem", "CBytes"}
reach = {"ModuleKit": {"ModuleProtocol", "JSONCore", "JSONRPC", "Money", "PlanCalendar"}}
for name, imports in actual.items():
    folder = root / ("Plugins" if (root / "Plugins" / name).is_dir() else "Sources") / name
    permitted = set(imports) | allowed | set().union(*(reach.get(i, set()) for i in imports))
    for file in folder.rglob("*.swift"):
        for used in re.findall(r"^(?:\w+ )?import (\w+)", file.read_text(encoding="utf-8"), re.M):
            if used not in permitted:
                faults.append(f"{file.relative_to(root)}: imports {used}, which is not in its layer's table")

# Lengths, and what the engine may not use.
lengths = []
for file in sorted([*root.glob("Sources/**/*.swift"), *root.glob("Plugins/**/*.swift"), *root.glob("Tests/**/*.swift")]):
    text = file.read_text(encoding="utf-8")
    lines, name = text.count("\n"), file.relative_to(root)
    is_test = str(name).startswith("Tests/")
    if not is_test:
        lengths.append(lines)
    if lines > (800 if is_test else 500):
        faults.append(f"{name}: {lines} lines")
    if is_test:
        continue
    code = re.sub(r"//.*", "", text)
    for pattern, why in [(r"\bimport Foundation", "Foundation"), (r"\bDate\(\)", "Date()"), (r"\btry!", "try!"),
                         (r"\bas!", "as!"), (r"\bfatalError\(", "fatalError"), (r"(?<!\.)\bprint\(", "print"),
                         (r"\bTODO\b|\bFIXME\b", "TODO")]:
        if re.search(pattern, code):
            faults.append(f"{name}: {why} does not belong in the sources")
    clock = any(part in str(name) for part in ("SystemIO", "JSONRPC", "ModuleHost", "Sessions", "CommandLine"))
    if re.search(r"\bDouble\b", code) and not clock:
        faults.append(f"{name}: Double is for deadlines, never for money")
lengths.sort()
if lengths[len(lengths) // 2] > 130:
    faults.append(f"the median source file has {lengths[len(lengths) // 2]} lines")

# Every diagnostic has a page, every page a diagnostic, and every code is used.
codes = dict(re.findall(r'case (\w+) = "([a-z-]+)"', (root / "Sources/Diagnostics/DiagnosticCode.swift").read_text()))
pages = {p.stem for p in (root / "Docs/Diagnostics").glob("*.md")} - {"README"}
for code in sorted(set(codes.values()) ^ pages):
    faults.append(f"Docs/Diagnostics/{code}.md and the code `{code}` do not both exist")
sources = "".join(f.read_text() for f in root.glob("Sources/**/*.swift") if f.name != "DiagnosticCode.swift")
for case in codes:
    if not re.search(rf"\.{case}\b", sources):
        faults.append(f"diagnostic code {case} is used nowhere")
listed = (root / "Docs/Diagnostics/README.md").read_text(encoding="utf-8") if pages else ""
for code in pages:
    if f"({code}.md)" not in listed:
        faults.append(f"Docs/Diagnostics/README.md does not list {code}")

for fault in faults:
    print(fault)
print(f"{len(actual)} targets, {len(lengths)} files, median {lengths[len(lengths) // 2]} lines, "
      f"longest {lengths[-1]}, {len(codes)} diagnostics")
sys.exit(1 if faults else 0)
