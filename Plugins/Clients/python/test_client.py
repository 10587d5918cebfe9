"""Drives a real host: `python test_client.py PATH-OF-INCENTIVE FOLDER`, a folder with the plan of two teams."""

import sys
import threading
from decimal import Decimal
from pathlib import Path

from incentivekit import Host, HostError


def refused(code, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except HostError as error:
        assert error.code == code, (error.code, str(error))
        return error
    raise AssertionError(f"{call} was not refused")


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    path, text = str(folder / "plan.yaml"), (folder / "plan.yaml").read_text()
    steps = []
    with Host([program], on_progress=steps.append) as host:
        assert host.facts["role"] == "admin" and host.check(path) == []
        plan = host.open(path)
        run = plan.run(limit=3)
        assert run.is_complete and run.total == Decimal("1650.00")
        rows = list(run.statements())
        assert len(rows) == 10 and sum(Decimal(row["total"]) for row in rows) == run.total
        assert steps and steps[0]["stage"] == "reading"
        estimate = plan.estimate({"id": "D-9", "date": "2026-06-01", "owner": "ben", "amount": Decimal("500.00")})
        assert [(p["payee"], p["difference"]) for p in estimate["payees"]] == [("ben", "50.00"), ("raj", "5.00")]
        assert plan.compare(text.replace("rate: 10%", "rate: 12%"))["difference"] == "300.00"
        other = host.open(text=text.replace("rate: 10%", "rate: 12%"))
        assert plan.explain("ben", period="2026-Q2")[0]["amount"] == "400.00"
        deals = {"id": ["X"], "date": ["2026-01-05"], "owner": ["ann"], "amount": ["100"]}
        assert plan.run(data=plan.data(deals=deals)).total == Decimal("11.00")
        assert plan.run(data=plan.data(deals=[{k: v[0] for k, v in deals.items()}])).total == Decimal("11.00")
        plan.edit(text.replace("rate: 10%", "rate: 12%"))
        assert plan.run().total == Decimal("1950.00")
        begin = "tests: [{name: ann, expect: [{payee: ann, period: 2026-Q1, total: %s}]}]"
        assert host.test(str(folder / "plan.test.yaml"), text=begin % 120).counts["failed"] == 1
        results = host.test(str(folder / "plan.test.yaml"), text=begin % 100)
        assert results.passed and results.files[0]["tests"][0]["name"] == "ann"
        assert [change["after"] for change in plan.diff(text)] == ["10%"]
        assert host.format(text="plan:   x\n") == "plan: x\n"
        assert [template["name"] for template in host.templates()] == ["one-salesperson", "team"]
        made = host.new(str(folder / "mine"), "one-salesperson")
        assert host.test(str(folder / "mine")).passed and made[0].endswith("plan.yaml")
        own = host.open(path).run(out=str(folder / "out"), trace=True)
        assert own.is_complete and len((folder / "out" / "trace.jsonl").read_text().splitlines()) == 10
        switch = dict(path=path, from_day="2026-04-01", reason="a trial")
        switched = host.switch("commission", False, dry_run=True, **switch)
        assert switched["change"]["difference"] == "-1320.00" and (folder / "plan.yaml").read_text() == text
        assert host.plan_schema("commission")["$schema"] and host.plan_schema()["$defs"]
        assert host.schema("commission")["type"] == "object" and "commission" in [m["id"] for m in host.modules()]
        error = refused(-32010, host.open, text="plan: x\n")
        assert error.diagnostics[0]["code"]
        refused(-32602, plan.run, payee="bem")
        other.close()
        refused(-32602, other.run)
        totals = []
        threads = [threading.Thread(target=lambda: totals.append(plan.run().total)) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        assert totals == [Decimal("1950.00")] * 4
    refused(-32603, host.modules)
    with Host([program], role="payee:ben", plans=[path]) as host:
        plan = host.open()
        assert plan.run().total == Decimal("600.00")
        refused(-32013, plan.explain, "ann")
    print("all is well")


main()
