#!/usr/bin/env python3
"""Random pools, scorecards, quota bonuses and rankings, worked out a second time in fractions, against the bonus module.

    bonus_reference.py COUNT -- PROGRAM

A pool must be paid out to the last cent, and each part must be within a cent of the exact one.
"""
import datetime
import json
import random
import subprocess
import sys
from fractions import Fraction

FIRST, LAST = (datetime.date(2026, 6, day) - datetime.date(1970, 1, 1) for day in (1, 30))


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

    def run(self, config, periods, **more):
        answer = self.call("module/configure", {"component": "c", "config": config, "currency": "USD", "places": 2, **more})
        assert not answer["diagnostics"], answer
        lines = {"count": 0, "columns": [column("period_row", [])]}
        result = self.call("module/calculate", {"component": "c", "lines": lines, "periods": periods})
        return next(c["values"] for c in result["periods"]["columns"] if c["name"] == "adjustment")


def column(name, values, kind="integer", **more):
    return {"name": name, "type": kind, "values": values, **more}


def periods(count, *more):
    days = lambda name, day: column(name, [day.days] * count, "date")
    own = [column("payee", list(range(count))), column("period", [0] * count), days("period.from", FIRST), days("period.to", LAST)]
    return {"count": count, "columns": own + list(more)}


def cents(exact):
    """Half-even."""
    return round(exact)


def pool(rng, module):
    count, amount = rng.randint(1, 9), rng.randint(0, 1000000)
    weights = [rng.choice([0, rng.randint(1, 9), rng.randint(1, 10**9)]) for _ in range(count)]
    ratings = [rng.randint(0, 15) for _ in range(count)]
    hired = [FIRST.days + rng.randint(-5, 32) for _ in range(count)]
    config = {"pool": {"size": {"amount": amount // 100}, "by": {"column": "payee.w"}, "multiplier": "payee.r"},
              "prorate": {"from": "payee.hired", "first_day": "counted"}}
    got = module.run(config, periods(count, column("payee.w", weights, "decimal", places=2),
                                     column("payee.r", ratings, "decimal", places=1), column("payee.hired", hired, "date")))
    size = amount // 100 * 100
    shares = [w * r * max(0, min(30, LAST.days - h + 1)) for w, r, h in zip(weights, ratings, hired)]
    if not sum(shares):
        return [f"{got} without any weight"] if any(got) else []
    exact = [Fraction(size * share, sum(shares)) for share in shares]
    wrong = [f"{sum(got)} of {size} is paid out"] if sum(got) != size else []
    if any(abs(g - e) >= 1 for g, e in zip(got, exact)):
        wrong.append(f"{got} is not near {[float(e) for e in exact]}")
    return wrong


def scorecard(rng, module):
    split = sorted(rng.sample(range(1, 20), 2))
    weights = [split[0] * 5, (split[1] - split[0]) * 5, (20 - split[1]) * 5]
    target, guarantee, objectives, columns, total = rng.randint(0, 10**7), rng.choice([0, rng.randint(0, 10**4)]), [], [], 0
    hired = FIRST.days + rng.randint(-3, 29)
    active = min(30, LAST.days - hired + 1)
    for number, weight in enumerate(weights):
        at = sorted(rng.sample(range(10, 200, 10), 3))
        pays = [rng.randint(0, 200) for _ in at]
        between = rng.choice(["linear", "step"])
        value, quota = rng.randint(-1000, 30000), rng.choice([0, 10000, 12345])
        objectives.append({"name": f"o{number}", "weight": weight / 100, "attainment": f"m{number}", "between": between,
                           "curve": [{"at": a / 100, "pays": p / 100} for a, p in zip(at, pays)]})
        columns += [column(f"m{number}.value", [value], "decimal", places=2), column(f"m{number}.quota", [quota], "decimal", places=2)]
        paid = Fraction(0 if quota else pays[-1])  # a quota of zero that is handed over is passed
        if quota:
            reached = Fraction(value, quota) * 100
            for place, (a, p) in enumerate(zip(at, pays)):
                if reached >= a:
                    paid = Fraction(p)
                elif place and reached >= at[place - 1] and between == "linear":
                    low, rise = pays[place - 1], p - pays[place - 1]
                    paid = low + rise * (reached - at[place - 1]) / (a - at[place - 1])
        total += cents(Fraction(target * weight, 100) * paid / 100 * active / 30)
    least = cents(Fraction(guarantee * 100 * active, 30))
    config = {"scorecard": {"target": "payee.target", "objectives": objectives, "guarantee": guarantee},
              "prorate": {"from": "payee.hired", "first_day": "counted"}}
    got = module.run(config, periods(1, column("payee.target", [target], "decimal", places=2),
                                     column("payee.hired", [hired], "date"), *columns))
    return [] if got == [max(total, least)] else [f"{got} is paid, not {max(total, least)}: {config}"]


def quota(rng, module):
    """On steps or lines, paid at the end of a window of two months, by factors, a ramp and active days."""
    at = sorted(rng.sample(range(10, 200, 10), 3))
    pays = sorted(rng.randint(0, 300) for _ in at)
    between, above = rng.choice(["linear", "step"]), rng.choice(["hold", "extend"])
    value, base, target = rng.randint(0, 40000), rng.choice([0, 10000, 12345]), rng.randint(0, 10**7)
    hired, rating = FIRST.days + rng.randint(-70, 40), rng.choice([None, rng.randint(0, 20)])
    may = FIRST.days - 31
    days = max(0, min(61, LAST.days - hired + 1))
    reached = Fraction(value, base) * 100 if base else Fraction(at[-1])
    paid = Fraction(0)
    for place in range(3):
        if reached >= at[place]:
            paid = Fraction(pays[place])
            other = place + 1 if place < 2 else place - 1
            if between == "linear" and (place < 2 or above == "extend"):
                paid += Fraction(pays[other] - pays[place], at[other] - at[place]) * (reached - at[place])
    # The ramp has 50 % and 75 % for the month of the day and the next; June is paid, by its place after that month.
    first = datetime.date(1970, 1, 1) + datetime.timedelta(days=hired)
    months = max(0, 2026 * 12 + 6 - first.year * 12 - first.month)
    ramp = Fraction(0) if hired > LAST.days else [Fraction(1, 2), Fraction(3, 4), Fraction(1)][min(months, 2)]
    factor = Fraction(1, 2) if rating is None else Fraction(rating, 10)
    exact = Fraction(target) * paid / 100 * factor * ramp * days / 61
    config = {"target": "payee.target", "between": between, "paid": "window-end",
              "steps": [{"at_least": a / 100, "pays": p / 100} for a, p in zip(at, pays)],
              "multipliers": [{"column": "payee.r", "if_none": 0.5}], "ramp": {"since": "payee.hired", "shares": [0.5, 0.75]},
              "prorate": {"from": "payee.hired", "first_day": "counted"}, **({"above": above} if between == "linear" else {})}
    both = lambda name, cell, **more: column(name, [cell, cell], "decimal", **more)
    rows = {"count": 2, "columns": [
        column("payee", [0, 0]), column("period", [4, 5]), column("window", [0, 0]), column("periods_left", [1, 0]),
        column("period.from", [may, FIRST.days], "date"), column("period.to", [FIRST.days - 1, LAST.days], "date"),
        column("payee.hired", [hired, hired], "date"), both("value", value, places=2), both("quota", base, places=2),
        both("payee.target", target, places=2), both("payee.r", rating, places=1)]}
    got = module.run(config, rows, measure={"name": "m", "quota": True})
    return [] if got == [0, cents(exact)] else [f"{got} is paid, not {exact}: {config} {value}/{base}"]


def ranking(rng, module):
    count = rng.randint(1, 12)
    figures = [rng.randint(0, 6) for _ in range(count)]
    tops = sorted(rng.sample(range(5, 100, 5), 2))
    amounts, ties = [rng.randint(0, 1000) for _ in range(3)], rng.choice(["better", "worse"])
    mode = rng.choice(["up", "down", "nearest"])
    edges = [{"up": -(-top * count // 100), "down": top * count // 100, "nearest": (2 * top * count + 100) // 200}[mode] for top in tops]
    wanted = []
    for figure in figures:
        place = 1 + sum(f > figure for f in figures) if ties == "better" else sum(f >= figure for f in figures)
        band = 0 if place <= edges[0] else 1 if place <= edges[1] else 2
        wanted.append(amounts[band] * 100)
    bands = [{"top": top / 100, "amount": amount} for top, amount in zip(tops, amounts)] + [{"amount": amounts[2]}]
    config = {"ranking": {"by": {"column": "payee.f"}, "bands": bands, "edge": mode, "ties": ties}}
    got = module.run(config, periods(count, column("payee.f", figures)))
    return [] if got == wanted else [f"{got} is paid, not {wanted}: {figures} {config}"]


def main():
    module, rng, count, faults = Module(sys.argv[3:]), random.Random(13), int(sys.argv[1]), 0
    for number in range(count):
        wrong = [words for kind in (pool, scorecard, quota, ranking) for words in kind(rng, module)]
        faults += bool(wrong)
        for words in wrong:
            print(f"{number}: {words}")
    print(f"{count} of each kind of bonus, {faults} differ")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
