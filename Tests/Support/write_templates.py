#!/usr/bin/env python3
"""Writes the templates of `incentive new` from the sample plans, so that they go with the program."""
from pathlib import Path

root = Path(__file__).resolve().parents[2]
templates = [
    ("OneSalesperson", "oneSalesperson", "one-salesperson", "one-salesperson",
     "one salesperson, 10% to quota and 15% above, rows in the plan itself", ["plan.yaml", "plan.test.yaml"]),
    ("Team", "team", "team", "quickstart",
     "a small team: splits, currencies, tiers over the year, an override for the manager; data in CSV files",
     ["plan.yaml", "plan.test.yaml", "data/people.csv", "data/deals.csv", "data/splits.csv", "data/quotas.csv",
      "data/fx.csv"]),
]
for file, variable, name, sample, summary, files in templates:
    out = f"// The files of Plans/{sample}, written by Tests/Support/write_templates.py; the tests hold both against each other.\n\n"
    out += f"extension Template {{\n  static let {variable} = Template(\n    name: \"{name}\",\n"
    out += f"    summary:\n      \"{summary}\",\n    files: [\n"
    for path in files:
        text = (root / "Plans" / sample / path).read_text(encoding="utf-8")
        text = text.replace(f"incentive test Plans/{sample}", "incentive test").replace(f"Plans/{sample}/", "")
        lines = "".join(f"        {line}\n" if line else "\n" for line in text.split("\n")[:-1])
        out += f"      (\n        \"{path}\",\n        #\"\"\"\n{lines}\n        \"\"\"#\n      ),\n"
    out += "    ])\n}\n"
    (root / "Sources/PlanAuthoring/Starting" / f"Template+{file}.swift").write_text(out, encoding="utf-8")
