"""Our own program against itself in other settings, and the second plan against its peer."""

import setting
from measuring import WORK, Target, in_turns, median, memory_of_all, results_of, shown, table

# Other ways to run the reference job, and the most times that they may take; threads, shards and limits of memory
# belong here.
SETTINGS = [("columns as JSON in the messages", (), {"INCENTIVE_COLUMNS": "inline"}, 4.0)]


def other_settings():
    """The reference job as usual, and in each other setting: the same bytes, at what price."""
    rows, aims = [], []
    for size in setting.SIZES:
        data = setting.tables(size)
        usual = setting.product(name="as usual")
        others = [
            setting.product(name=name, options=options, environment=environment)
            for name, options, environment, _ in SETTINGS
        ]
        runs = in_turns([usual, *others], data, setting.ROUNDS)
        expected = results_of(usual, data)
        base = median(runs[usual.name])
        rows.append([f"{size:,}", usual.name, shown(base), "1.00", "", mebibytes(memory_of_all(usual, data)), ""])
        for job, (name, _, _, most) in zip(others, SETTINGS):
            times = median(runs[name]) / base
            is_same = results_of(job, data) == expected
            rows.append(
                [
                    f"{size:,}", name, shown(median(runs[name])), f"{times:.2f}", f"at most {most}",
                    mebibytes(memory_of_all(job, data)), "the same" if is_same else "DIFFERENT",
                ]
            )
            aims.append(
                Target(
                    f"{size:,}: {name}, times as usual, same results", f"at most {most}",
                    f"{times:.2f}" if is_same else "other results", is_same and times <= most,
                )
            )
    text = """## The same job in other settings

""" + table(["Transactions", "Setting", "Time", "Times as usual", "aim", "All processes, MiB", "Results"], rows)
    return text, aims


def mebibytes(memory):
    return f"{memory:,.0f}" if memory else "untold"


def second_plan():
    """The plan of months against DuckDB."""
    rows, aims = [], []
    for size in setting.SIZES:
        data = setting.tables(size)
        ours, peer = setting.product(setting.MONTHS_PLAN), setting.months_peer()
        runs = in_turns([ours, peer], data, setting.ROUNDS)
        is_same = results_of(ours, data) == results_of(peer, data)
        lines = (WORK / "out/one/lines.csv").read_bytes().count(b"\n") - 1
        seconds = {job.name: median(runs[job.name]) for job in (ours, peer)}
        memory = {ours.name: memory_of_all(ours, data), peer.name: median(runs[peer.name], "memory")}
        for job in (ours, peer):
            rows.append(
                [
                    f"{size:,}", f"{lines:,}", f"**{job.name}**" if job is ours else job.name, shown(seconds[job.name]),
                    f"{seconds[job.name] / seconds[ours.name]:.2f}", mebibytes(memory[job.name]),
                    "equal" if is_same else "DIFFERENT",
                ]
            )
        aims.append(
            Target(
                f"{size:,}: figures of the second plan equal to its peer's", "yes", "yes" if is_same else "no", is_same,
            )
        )
    text = f"""## A second plan

`{setting.MONTHS_PLAN}` over the same tables: whole-amount tiers by month, a rate by product with a cap, two levels of
managers, conditions on credits, measures and components. The peer is `Tests/Benchmarks/monthly_peer.py`, written from
the plan reference alone.

""" + table(["Transactions", "Lines", "Program", "Time", "Times ours", "Memory, MiB", "Figures"], rows)
    return text, aims
