#!/usr/bin/env python3
"""Random accounts of points and random gross-ups, worked out a second time, against the noncash module.

    noncash_reference.py COUNT -- PROGRAM

Accounts are kept day by day, point by point: every point is a thing of its own with a day on which it is gone. What must
hold whatever the terms: no balance is below zero, and what came in is what went out and what is there. A gross-up is
taxed forward through the brackets: what is left must be the value, to half a cent.
"""
import datetime
import json
import random
import subprocess
import sys
from fractions import Fraction

EPOCH, FIRST = datetime.date(1970, 1, 1), datetime.date(2026, 1, 1)
MONTHS = [(datetime.date(2026, m, 1), datetime.date(2026 + m // 12, m % 12 + 1, 1) - datetime.timedelta(1)) for m in range(1, 7)]


class Module:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.call("module/initialize", {"protocol": 1, "host": "reference", "features": []})

    def call(self, method, params):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}) + "\n")
        self.process.stdin.flush()
        reply = json.loads(self.process.stdout.readline())
        assert "result" in reply, reply
        return reply["result"]

    def run(self, config, lines, periods, tables):
        answer = self.call("module/configure", {"component": "c", "config": config, "currency": "USD", "places": 2})
        assert not answer["diagnostics"], answer
        result = self.call("module/calculate", {"component": "c", "lines": lines, "periods": periods, "tables": tables})
        return {c["name"]: c["values"] for c in result["periods"]["columns"]}


def frame(*columns):
    return {"count": len(columns[0]["values"]), "columns": list(columns)}


def column(name, values, kind="integer", **more):
    return {"name": name, "type": kind, "values": values, **more}


def texts(name, values):
    words = sorted(set(values))
    return column(name, [words.index(v) for v in values], "text", dictionary=words)


def dates(name, days):
    return column(name, [(day - EPOCH).days for day in days], "date")


def later(day, months, counted):
    """The first day on which points of a day are gone."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    start = datetime.date(year, month + 1, 1)
    after = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return after if counted == "month-end" else min(start + datetime.timedelta(day.day - 1), after - datetime.timedelta(1))


def keep(terms, earned, choices, payees):
    """What each account comes to in each month."""
    points, owed, stock = {p: [] for p in payees}, dict.fromkeys(payees, 0), terms["stock"]
    out = {(p, m): dict(redeemed=0, expired=0, refused=0, forgiven=0) for p in payees for m in range(6)}
    day = FIRST
    while day <= MONTHS[-1][1]:
        month = day.month - 1
        for p in payees:
            gone = [point for point in points[p] if point[0] <= day]
            out[p, month]["expired"] += len(gone)
            points[p] = [point for point in points[p] if point[0] > day]
        for sign in (1, -1):
            for p, when, amount in earned:
                if when != day or amount * sign <= 0:
                    continue
                for _ in range(amount):
                    if owed[p]:
                        owed[p] -= 1
                    else:
                        points[p].append((later(day, terms["months"], terms["counted"]), day))
                for _ in range(-amount):
                    if points[p]:
                        points[p].remove(max(points[p], key=lambda point: (point[1], point[0])))
                    elif terms["short"] == "forgive":
                        out[p, month]["forgiven"] += 1
                    else:
                        owed[p] += 1
        for p in payees:
            for who, when, count in choices:
                if (who, when) == (p, day):
                    price = 7 * count
                    if price <= len(points[p]) and count <= stock:
                        points[p] = sorted(points[p])[price:]
                        stock -= count
                        out[p, month]["redeemed"] += price
                    else:
                        out[p, month]["refused"] += price
        if day == MONTHS[month][1]:
            for p in payees:
                out[p, month] |= {"balance": len(points[p]), "owed": owed[p]}
        day += datetime.timedelta(1)
    return out


def account(rng, module):
    payees = list(range(rng.randint(1, 3)))
    some_day = lambda: FIRST + datetime.timedelta(rng.randint(0, 180))
    terms = {"months": rng.randint(1, 4), "counted": rng.choice(["day", "month-end"]), "short": rng.choice(["forgive", "owe"]),
             "stock": rng.randint(0, 6)}
    earned = sorted((p, some_day(), rng.choice([-12, -5, 3, 8, 15, 20])) for p in payees for _ in range(rng.randint(0, 8)))
    choices = sorted((p, some_day(), rng.randint(1, 2)) for p in payees for _ in range(rng.randint(0, 4)))
    config = {"account": {
        "earn": [{"points": 1, "per": 1, "of": "amount", "round": "down"}],
        "expire": {"months": terms["months"], "counted": terms["counted"]}, "short": terms["short"],
        "redeem": {"table": "choices", "person": "who", "item": "item", "date": "day", "quantity": "number"},
        "catalogue": {"table": "items", "item": "item", "kind": "kind", "points": "points", "stock": "stock"}}}
    lines = frame(column("period_row", [p * 6 + d.month - 1 for p, d, _ in earned]), dates("date", [d for _, d, _ in earned]),
                  column("amount", [a for _, _, a in earned]))
    rows = [(p, m) for p in payees for m in range(6)]
    periods = frame(column("payee", [p for p, _ in rows]), column("period", [m for _, m in rows]),
                    dates("period.from", [MONTHS[m][0] for _, m in rows]), dates("period.to", [MONTHS[m][1] for _, m in rows]))
    tables = {
        "choices": frame(column("payee", [p for p, _, _ in choices]), texts("item", ["mug" for _ in choices]),
                         dates("day", [d for _, d, _ in choices]), column("number", [n for _, _, n in choices])),
        "items": frame(texts("item", ["mug"]), texts("kind", ["physical"]), column("points", [7]), column("stock", [terms["stock"]]))}
    got = module.run(config, lines, periods, tables)
    wanted, wrong = keep(terms, earned, choices, payees), []
    for name in ("redeemed", "expired", "refused", "forgiven", "balance", "owed"):
        if got[name] != [wanted[row][name] for row in rows]:
            wrong.append(f"{name} is {got[name]}, not {[wanted[row][name] for row in rows]}")
    if min(got["balance"]) < 0:
        wrong.append("a balance is below zero")
    for p in payees:
        mine = [place for place, row in enumerate(rows) if row[0] == p]
        came = sum(a for who, _, a in earned if who == p) + sum(got["forgiven"][place] for place in mine)
        went = sum(got["redeemed"][place] + got["expired"][place] for place in mine)
        if came - went != got["balance"][mine[-1]] - got["owed"][mine[-1]]:
            wrong.append(f"of payee {p} {came} came in, {went} went out, and {got['balance'][mine[-1]]} are there")
    return [f"{words}: {terms}, earned {earned}, choices {choices}" for words in wrong]


def gross_up(rng, module):
    edges = sorted(rng.sample(range(1000, 90000, 500), 3))
    percents = sorted(rng.sample(range(0, 60), 4))
    brackets = [{"to": edge, "rate": percent / 100} for edge, percent in zip(edges, percents)] + [{"rate": percents[3] / 100}]
    income, value = rng.randint(0, 100000) * 100 // 3, rng.randint(1, 4000000)

    def tax(amount):
        total, below = Fraction(0), Fraction(0)
        for edge, percent in zip([*map(Fraction, edges), None], percents):
            top = amount if edge is None else min(amount, edge)
            total += max(top - below, 0) * percent / 100
            below = below if edge is None else edge
        return total

    config = {"gifts": {
        "catalogue": {"table": "items", "item": "item", "kind": "kind", "value": "value"},
        "give": [{"item": "car", "when": {"measure": "m", "at_least": 1}}],
        "gross_up": {"method": "brackets", "income": "payee.income", "brackets": brackets}}}
    periods = frame(column("payee", [0]), column("period", [0]), dates("period.from", [FIRST]), dates("period.to", [MONTHS[0][1]]),
                    column("m.in_period", [1]), column("payee.income", [income], "decimal", places=2))
    tables = {"items": frame(texts("item", ["car"]), texts("kind", ["physical"]), column("value", [value], "decimal", places=2))}
    got = module.run(config, frame(column("period_row", [])), periods, tables)["adjustment"][0]
    base, whole = Fraction(income, 100), Fraction(value + got, 100)
    left = whole - (tax(base + whole) - tax(base))
    if abs(left - Fraction(value, 100)) <= Fraction(1, 200):
        return []
    return [f"{value} cents above {income} with {got} leave {float(left)}: {brackets}"]


def main():
    module, rng, count, faults = Module(sys.argv[3:]), random.Random(11), int(sys.argv[1]), 0
    for number in range(count):
        wrong = account(rng, module) + gross_up(rng, module)
        faults += bool(wrong)
        for words in wrong[:3]:
            print(f"{number}: {words}")
    print(f"{count} accounts and gross-ups, {faults} differ")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
