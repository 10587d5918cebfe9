"""How time and memory grow with rows at fixed payees, and with payees at fixed rows."""

import setting
from growth_picture import picture
from measuring import WORK, Target, in_turns, median, memory_of_all, results_of, shown, table

ROWS = [rows for rows in (10_000, 100_000, 1_000_000, 10_000_000) if rows <= max(setting.SIZES)]
PAYEES = [100, 1_000, 10_000, 100_000]
# Goes to Docs/Pictures with the page.
PICTURE = WORK / "growth.svg"
ROUNDS = max(3, setting.ROUNDS // 2)


def point(rows, payees):
    """What ours and Rust by hand need for so many rows and payees: {name: (seconds, MiB)}, and whether they agree."""
    data = setting.tables(rows, payees)
    jobs = [setting.product()] + ([setting.rust()] if setting.rust() else [])
    runs = in_turns(jobs, data, ROUNDS)
    figures = {job.name: (median(runs[job.name]), median(runs[job.name], "memory")) for job in jobs}
    together = memory_of_all(jobs[0], data)
    if together:
        figures[jobs[0].name] = (figures[jobs[0].name][0], together)
    return figures, len({results_of(job, data) for job in jobs}) == 1


def curve(points):
    """The points of a curve, {x: (figures, agree)}, as series of seconds and of MiB by program."""
    names = list(next(iter(points.values()))[0])
    return [
        {name: [(x, figures[name][which]) for x, (figures, _) in points.items()] for name in names} for which in (0, 1)
    ]


def section():
    by_rows = {rows: point(rows, setting.PAYEES) for rows in ROWS}
    by_payees = {payees: point(setting.GROWTH_ROWS, payees) for payees in PAYEES}
    time_by_rows, memory_by_rows = curve(by_rows)
    time_by_payees, memory_by_payees = curve(by_payees)
    PICTURE.write_text(
        picture(
            [
                (f"Time by transactions, {setting.PAYEES:,} payees", "transactions", time_by_rows, shown, True),
                (f"Time by payees, {setting.GROWTH_ROWS:,} transactions", "payees", time_by_payees, shown, False),
                (
                    f"Memory by transactions, {setting.PAYEES:,} payees", "transactions", memory_by_rows, memory_shown,
                    True,
                ),
                (
                    f"Memory by payees, {setting.GROWTH_ROWS:,} transactions", "payees", memory_by_payees, memory_shown,
                    False,
                ),
            ]
        ),
        encoding="utf-8",
    )
    rows = []
    for points, label in [(by_rows, "rows"), (by_payees, "payees")]:
        for x, (figures, agree) in points.items():
            sizes = (x, setting.PAYEES) if label == "rows" else (setting.GROWTH_ROWS, x)
            cells = [f"{sizes[0]:,}", f"{sizes[1]:,}"]
            for seconds, memory in figures.values():
                cells += [shown(seconds), f"{memory:,.0f}"]
            rows.append(cells + ["equal" if agree else "DIFFERENT"])
    headings = ["Transactions", "Payees"]
    for name in next(iter(by_rows.values()))[0]:
        headings += [name, "MiB"]
    text = f"""## How it grows

![Time and memory by transactions and by payees](Pictures/growth.svg)

The reference job; medians of {ROUNDS} runs in turns. Memory is that of host and modules together. The last column
tells whether both programs wrote the same rows.

""" + table(headings + ["Results"], rows)
    return text, targets(time_by_rows, memory_by_rows, time_by_payees, memory_by_payees, by_rows, by_payees)


def targets(time_by_rows, memory_by_rows, time_by_payees, memory_by_payees, by_rows, by_payees):
    ours = setting.product().name
    found = []
    for what, series in [("time", time_by_rows), ("memory", memory_by_rows)]:
        steps = [later[1] / earlier[1] for earlier, later in zip(series[ours], series[ours][1:])]
        if steps:
            most = max(steps)
            name = f"10 times the transactions, times the {what}"
            found.append(Target(name, "at most 11", f"{most:.2f}", most <= 11))
    span = f"{PAYEES[0]:,} to {PAYEES[-1]:,} payees at {setting.GROWTH_ROWS:,} transactions"
    for what, series in [("time", time_by_payees), ("memory", memory_by_payees)]:
        most = spread(series[ours])
        others = [f"; {name} {spread(points):.2f}" for name, points in series.items() if name != ours]
        found.append(
            Target(f"{span}, most by least {what}", "at most 1.5", f"{most:.2f}" + "".join(others), most <= 1.5)
        )
    agree = all(agree for _, agree in [*by_rows.values(), *by_payees.values()])
    equal = "results at all these sizes equal to those of Rust by hand"
    found.append(Target(equal, "yes", "yes" if agree else "no", agree))
    return found


def spread(points):
    figures = [figure for _, figure in points]
    return max(figures) / min(figures)


def memory_shown(mebibytes):
    return f"{mebibytes:,.0f} MiB"
