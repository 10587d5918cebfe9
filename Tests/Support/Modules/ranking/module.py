#!/usr/bin/env python3
"""A reward module without lines: all payees in one batch, a table of the plan, points for pay, a rank beside it."""
import json
import sys


def cells(frame, name):
    return next(column["values"] for column in frame["columns"] if column["name"] == name)


def configure(config):
    table = {"name": "badges", "person": "holder", "pointer": "/badges", "columns": [
        {"name": "worth", "kind": "number", "pointer": "/badges"}, {"name": "day", "kind": "date", "pointer": "/badges"}]}
    days = [{"name": f"period.{end}", "kind": "date"} for end in ("from", "to")]
    return {"diagnostics": [], "needs": {"lines": [], "periods": days, "tables": [table]},
            "gives": {"places": 0, "unit": config.get("unit"), "scope": "component", "lines": [],
                      "periods": [{"name": "rank", "places": 0, "summary": "among all who hold a badge"}]}}


def points(params):
    """What each period row earned, and its rank; None for who earned nothing."""
    periods, badges = params["periods"], params["tables"]["badges"]
    earned = []
    for payee, first, last in zip(*(cells(periods, name) for name in ("payee", "period.from", "period.to"))):
        rows = zip(*(cells(badges, name) for name in ("payee", "worth", "day")))
        earned.append(sum(worth for owner, worth, day in rows if owner == payee and first <= day <= last))
    ranks = []
    for row, period in enumerate(cells(periods, "period")):
        others = [e for e, p in zip(earned, cells(periods, "period")) if p == period]
        ranks.append(1 + sum(other > earned[row] for other in others) if earned[row] else None)
    return earned, ranks


def answer(method, params):
    if method == "module/initialize":
        return {"protocol": 1, "id": "ranking", "version": "1.0.0", "features": [], "configSchema": True}
    if method == "module/configure":
        return configure(params["config"])
    if method == "module/explain":
        return {"lines": [], "periods": [[{"text": "badges", "amount": str(e)}] if e else [] for e in points(params)[0]]}
    if method != "module/calculate":
        return {}
    earned, ranks = points(params)
    column = lambda name, values: {"name": name, "type": "decimal", "places": 0, "values": values}
    return {"lines": {"count": 0, "columns": [column("earned", [])]},
            "periods": {"count": len(earned), "columns": [column("adjustment", earned), column("rank", ranks)]}}


for line in sys.stdin:
    request = json.loads(line)
    result = answer(request["method"], request.get("params") or {})
    print(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}), flush=True)
    if request["method"] == "shutdown":
        break
