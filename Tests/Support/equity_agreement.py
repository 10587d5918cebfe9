#!/usr/bin/env python3
"""Grants, terms and events drawn from a seed come to the same in the equity module and in a model of fractions.

    equity_agreement.py [--cases N] [--seed S] PROGRAM

The model keeps a list of parts of each grant and goes through what happens day by day; it is written from the module's page
alone. Each case is run as a conformance case, so that explanations are added up and payees computed one by one too.
"""
import argparse
import calendar
import json
import random
import sys
from datetime import date, timedelta
from fractions import Fraction as F
from math import ceil, floor
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "Docs/Examples/commission-python"
sys.path.insert(0, str(EXAMPLE))
import run_conformance as conformance  # noqa: E402

BRACKETS = [(0, 3), (36000, 10), (144000, 20), (300000, 25)]
YEARS = range(2024, 2033)
ALLOCATIONS = ["CUMULATIVE_ROUNDING", "CUMULATIVE_ROUND_DOWN", "FRONT_LOADED", "BACK_LOADED",
               "FRONT_LOADED_TO_SINGLE_TRANCHE", "BACK_LOADED_TO_SINGLE_TRANCHE"]


def later(start, months):
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def months(start, end):
    count = (end.year - start.year) * 12 + end.month - start.month
    return count if later(start, count) <= end else count - 1


def passed(by, start, day, end):
    if day >= end:
        return F(1)
    if day <= start:
        return F(0)
    if by == "days":
        return F((day - start).days, (end - start).days)
    whole = months(start, end)
    return min(F(1), F(months(start, day), whole)) if whole else F(0)


def even(value, places=2):
    value *= 10 ** places
    low = floor(value)
    return F(low + (value - low > F(1, 2) or (value - low == F(1, 2) and low % 2)), 10 ** places)


class Part:
    def __init__(self, day, units):
        self.day, self.units, self.vested, self.lost = day, units, None, None

    def split(self, units):
        part = Part(self.day, units)
        self.units -= units
        return part

    @property
    def is_open(self):
        return self.vested is None and self.lost is None


def allotted(kind, amounts):
    exact = [sum(amounts[:n + 1]) for n in range(len(amounts))]
    if kind.startswith("CUMULATIVE"):
        sums = [floor(e + F(1, 2)) if kind == "CUMULATIVE_ROUNDING" else floor(e) for e in exact]
        return [b - a for a, b in zip([0] + sums, sums)]
    whole = [floor(a) for a in amounts]
    left = floor(exact[-1]) - sum(whole)
    if kind.endswith("SINGLE_TRANCHE"):
        whole[0 if kind.startswith("FRONT") else -1] += left
    else:
        for n in range(left):
            whole[n if kind.startswith("FRONT") else len(whole) - 1 - n] += 1
    return whole


class Model:
    """What becomes of a grant."""

    def __init__(self, drawn, grant):
        self.drawn, self.grant = drawn, grant
        moment, days = 0, []
        for length, times, _ in drawn.segments:
            for _ in range(times):
                moment += length
                days.append(later(grant["granted"], moment))
        portions = [share for _, times, share in drawn.segments for _ in range(times)]
        units = allotted(drawn.allocation, [p * grant["units"] for p in portions])
        self.parts = [Part(d, u) for d, u in zip(days, units) if u]
        for first, last in drawn.leaves.get(grant["payee"], []):
            length = (last - first).days + 1
            if length > drawn.longer_than:
                for part in self.parts:
                    if part.day >= first and part.day > grant["granted"]:
                        part.day += timedelta(length if drawn.counted == "all" else length - drawn.longer_than)
        self.left = drawn.leavers.get(grant["payee"])
        changes = []
        if drawn.sale and drawn.sale >= grant["granted"] and (not self.left or self.left >= drawn.sale or drawn.rule == "keep"):
            changes.append((drawn.sale, 0, self.accelerate))
        if self.left:
            changes.append((self.left, 1, self.leave))
        for day, _, change in sorted(changes, key=lambda c: c[:2]):
            change(day)
        for part in self.parts:
            if part.is_open:
                part.vested = part.day

    def opened(self, day):
        return [p for p in self.parts if p.is_open and p.day > day]

    def accelerate(self, day):
        opened, share = self.opened(day), self.drawn.share
        left, before, taken = floor(sum(p.units for p in opened) * share), 0, 0
        for part in reversed(opened) if self.drawn.order == "last" else opened:
            count = min(part.units, left)
            if self.drawn.order == "each" and share < 1:
                before += part.units
                count = floor(before * share) - taken
                taken += count
            left -= count
            if count:
                early = part.split(count)
                early.vested = day
                self.parts.append(early)
        self.parts = [p for p in self.parts if p.units]

    def leave(self, day):
        rule, opened, earned = self.drawn.rule, self.opened(day), 0
        if rule == "keep":
            return
        if rule == "vest":
            earned = sum(p.units for p in opened)
        elif rule == "service-credit":
            for part in opened:
                if part.day <= later(day, self.drawn.credit):
                    part.vested = day
                else:
                    part.lost = day
            return
        elif rule == "pro-rata":
            timed, start = sorted(p.day for p in self.parts), self.grant["granted"]
            if self.drawn.of == "grant":
                due = floor(self.grant["units"] * passed(self.drawn.by, start, day, timed[-1] if timed else start))
                had = sum(p.units for p in self.parts if (p.vested and p.vested <= day) or (p.is_open and p.day <= day))
                earned = max(0, due - had)
            else:
                coming = [d for d in timed if d > day]
                if coming:
                    base = max([d for d in timed if d <= day], default=start)
                    units = sum(p.units for p in opened if p.day == coming[0])
                    earned = floor(units * passed(self.drawn.by, base, day, coming[0]))
        for part in opened:
            count = min(earned, part.units)
            earned -= count
            if count:
                early = part.split(count)
                early.vested = day
                self.parts.append(early)
            part.lost = day
        self.parts = [p for p in self.parts if p.units]

    def vested_to(self, day):
        return sum(p.units for p in self.parts if p.vested and p.vested <= day)

    def unvested(self, day):
        if self.grant["granted"] > day:
            return 0
        return sum(p.units for p in self.parts if not (p.vested and p.vested <= day) and not (p.lost and p.lost <= day))

    def cost(self, day):
        start, value, drawn = self.grant["granted"], F(self.grant["value"]), self.drawn
        if start > day:
            return F(0)
        awaited = [p for p in self.parts if not (p.vested and p.vested <= day) and not (p.lost and p.lost <= day)]
        done, kept, tomorrow = self.vested_to(day), 1 - drawn.leaving, day + timedelta(1)
        if drawn.method == "straight-line":
            last = max([p.vested for p in self.parts if p.vested and p.vested <= day] + [p.day for p in awaited] + [start])
            whole = done + sum(p.units * kept for p in awaited)
            return even(value * max(done, whole * passed(drawn.time, start, tomorrow, last)))
        return done * value + sum(even(p.units * kept * value * passed(drawn.time, start, tomorrow, p.day)) for p in awaited)


class Drawn:
    """Terms, grants and events, and what they must come to."""

    def __init__(self, lottery):
        one, number = lottery.choice, lottery.randint
        self.is_option = number(0, 1)
        shares = [(number(1, 14), number(1, 13), number(1, 9)) for _ in range(number(1, 3))]
        whole = sum(s for *_, s in shares)
        self.segments = [(length, times, F(s, whole * times)) for length, times, s in shares]
        self.allocation = one(ALLOCATIONS)

        def day(first, last):
            return date(number(first, last), number(1, 12), number(1, 28))
        self.grants = [{"payee": payee, "grant": f"G-{payee}-{n}", "granted": one([day(2024, 2026), date(2024, 1, 31)]),
                        "units": number(1, 9000), "price": f"{number(1, 90)}.{number(10, 99)}", "value": f"{number(1, 90)}.{number(10, 99)}"}
                       for payee in range(number(1, 2)) for n in range(number(1, 3))]
        self.payees = sorted({g["payee"] for g in self.grants})
        self.rule = one(["forfeit", "keep", "vest", "pro-rata", "service-credit"])
        self.of, self.by, self.credit = one(["grant", "tranche"]), one(["days", "months"]), number(1, 18)
        self.leavers = {p: day(2024, 2029) for p in self.payees if number(0, 1)}
        self.longer_than, self.counted = one([0, 30]), one(["all", "excess"])
        self.leaves = {p: [(d, d + timedelta(number(0, 90)))] for p in self.payees for d in [day(2024, 2027)] if number(0, 2) == 0}
        self.sale = day(2024, 2028) if number(0, 1) else None
        self.share, self.order = one([F(1, 4), F(1, 2), F(1)]), one(["each", "next", "last"])
        self.prices = sorted((date(2023, 1, 1) + timedelta(60 * n), f"{number(1, 120)}.{number(10, 99)}") for n in range(60))
        self.method, self.time = one(["straight-line", "graded"]), one(["days", "months"])
        self.leaving = one([F(0), F(7, 100)])
        self.how, self.fraction = one(["pay", "net", "sell-to-cover", "cash"]), one(["up", "down"])
        self.tax = one(["rate", "brackets"])
        self.limit = one([None, 100000])
        self.models = [Model(self, g) for g in sorted(self.grants, key=lambda g: (g["payee"], g["granted"], g["grant"]))]
        self.exercises = self.drawn_exercises(lottery) if self.is_option else []

    def drawn_exercises(self, lottery):
        exercises = []
        for model in self.models:
            when = date(2025, 1, 1)
            for _ in range(lottery.randint(0, 3)):
                when += timedelta(lottery.randint(1, 500))
                held = model.vested_to(when) - sum(e["units"] for e in exercises if e["grant"] == model.grant["grant"])
                if held > 0 and when.year < 2032 and not (model.left and when > later(model.left, 3)):
                    exercises.append({"payee": model.grant["payee"], "grant": model.grant["grant"], "day": when, "units": lottery.randint(1, held)})
        return exercises

    def price(self, day):
        return F([p for d, p in self.prices if d <= day][-1])

    # What they must come to.
    def tax_on(self, income):
        return even(sum((min(income, top) - low) * F(rate, 100) for (low, rate), (top, _) in
                        zip(BRACKETS, BRACKETS[1:] + [(max(income, 300001), 0)]) if income > low))

    def gone(self, model, day):
        """Units exercised, and those that lapse three months after leaving."""
        out = sum(e["units"] for e in self.exercises if e["grant"] == model.grant["grant"] and e["day"] <= day)
        lapsed = 0
        if self.is_option and model.left:
            end = later(model.left, 3) + timedelta(1)
            if end <= day:
                lapsed = model.vested_to(end) - sum(e["units"] for e in self.exercises if e["grant"] == model.grant["grant"] and e["day"] <= end)
        return out, lapsed

    def isos(self, models):
        """The incentive stock options of each part, in the order of the grants."""
        used, found = {}, {}
        for model in models:
            value, rows = F(model.grant["price"]), []
            for place, part in enumerate(model.parts):
                first = part.vested or (part.day if part.lost and part.lost.year == part.day.year else None)
                if first:
                    rows.append((first, place, part))
            for first, _, part in sorted(rows, key=lambda r: (r[0], r[2].day, r[1])):
                free = max(F(0), self.limit - used.get(first.year, F(0)))
                used[first.year] = used.get(first.year, F(0)) + part.units * value
                if part.vested:
                    found.setdefault(model.grant["grant"], []).append((first, min(part.units, floor(free / value)), part.units))
        return found

    def settled(self, payee, models, isos):
        years, used, rows = {}, {}, []
        order = {m.grant["grant"]: n for n, m in enumerate(models)}
        for e in sorted((e for e in self.exercises if e["payee"] == payee), key=lambda e: (e["day"], order[e["grant"]], e["units"])):
            model = models[order[e["grant"]]]
            strike, price, units = F(model.grant["price"]), self.price(e["day"]), e["units"]
            part = 0
            if self.limit:
                ready = sum(i for d, i, _ in isos.get(e["grant"], []) if d <= e["day"])
                part = min(units, max(0, ready - used.get(e["grant"], 0)))
                used[e["grant"]] = used.get(e["grant"], 0) + part
            gain = max(F(0), price - strike)
            income = (units - part) * gain
            if self.tax == "rate":
                tax = even(income * F(37, 100))
            else:
                sum_, withheld = years.get(e["day"].year, (F(0), F(0)))
                tax = self.tax_on(sum_ + income) - withheld
                years[e["day"].year] = (sum_ + income, withheld + tax)
            due = units * strike + tax
            row = {"day": e["day"], "spread": units * gain, "iso_spread": part * gain, "tax": tax}
            if self.how == "pay":
                row.update(delivered=units, cash=-due)
            elif self.how == "cash":
                row.update(withheld=units, cash=units * price - due)
            else:
                taken = min(units, (ceil if self.fraction == "up" else floor)(due / price)) if due else 0
                row.update(withheld=taken, delivered=units - taken, cash=taken * price - due)
            rows.append(row)
        return rows

    def expected(self):
        adjustment, columns = [], {}

        def add(name, value):
            cents = int(abs(value) * 100)
            money = f"{'-' if value < 0 else ''}{cents // 100}.{cents % 100:02d}"
            columns.setdefault(name, []).append(str(value) if isinstance(value, int) else money)
        for payee in self.payees:
            models = [m for m in self.models if m.grant["payee"] == payee]
            isos = self.isos(models) if self.is_option and self.limit else {}
            rows = self.settled(payee, models, isos) if self.is_option else []
            for year in YEARS:
                first, last = date(year, 1, 1), date(year, 12, 31)
                before = first - timedelta(1)
                vested = sum(m.vested_to(last) - m.vested_to(before) for m in models)
                adjustment.append(str(vested))
                add("vested_to_date", sum(m.vested_to(last) for m in models))
                add("forfeited", sum(p.units for m in models for p in m.parts if p.lost and first <= p.lost <= last))
                gone = [self.gone(m, last) for m in models]
                add("outstanding", sum(m.unvested(last) + (m.vested_to(last) - sum(g) if self.is_option else 0) for m, g in zip(models, gone)))
                add("expense", sum((m.cost(last) - m.cost(before) for m in models), F(0)))
                if not self.is_option:
                    continue
                earlier = [self.gone(m, before) for m in models]
                add("exercisable", sum(m.vested_to(last) - sum(g) for m, g in zip(models, gone)))
                add("exercised", sum(g[0] - b[0] for g, b in zip(gone, earlier)))
                add("lapsed", sum(g[1] - b[1] for g, b in zip(gone, earlier)))
                if self.limit:
                    own = [r for m in models for r in isos.get(m.grant["grant"], []) if first <= r[0] <= last]
                    add("iso", sum(i for _, i, _ in own))
                    add("nso", sum(u - i for _, i, u in own))
                own = [r for r in rows if first <= r["day"] <= last]
                for name in ["spread", "tax", "cash"] + (["iso_spread"] if self.limit else []):
                    add(name, sum((r[name] for r in own), F(0)))
                for name in {"pay": ["delivered"], "cash": ["withheld"]}.get(self.how, ["withheld", "delivered"]):
                    add(name, sum(r[name] for r in own))
        return {"adjustment": adjustment, "periods": columns}

    def case(self, lottery):
        table = {"person": "person", "grant": "grant", "date": "day", "units": "units"}
        config = {
            "instrument": "option" if self.is_option else "rsu",
            "grants": {"table": "grants", "person": "person", "id": "grant", "date": "granted", "units": "units", "price": "price",
                       "fair_value": "value", "market_value": "price"},
            "vesting": {"v": {"allocation_type": self.allocation, "segments": [
                {"months": length, "times": times, "portion": f"{p.numerator}/{p.denominator}"} for length, times, p in self.segments]}},
            "events": {"table": "events", "event": "event", "date": "day"},
            "acceleration": [{"event": "sale", "share": float(self.share), **({"from": self.order} if self.share < 1 else {})}],
            "leavers": {"table": "leavers", "person": "person", "date": "day", "reason": "reason", "reasons": {"left": {
                "unvested": self.rule, "vested": "keep", **({"of": self.of, "by": self.by} if self.rule == "pro-rata" else {}),
                **({"credit": {"months": self.credit}} if self.rule == "service-credit" else {}),
                **({"exercise": {"months": 3}} if self.is_option else {})}}},
            "leaves": {"table": "leaves", "person": "person", "from": "first", "to": "last", "longer_than": self.longer_than,
                       "counted": self.counted, "by": "days"},
            "expense": {"method": self.method, "by": self.time, "service_from": "grant",
                        "forfeitures": {"estimate": float(self.leaving), "per": "grant"} if self.leaving else "as-they-occur"},
        }
        if self.is_option:
            config["prices"] = {"table": "prices", "date": "day", "price": "price"}
            tax = 0.37 if self.tax == "rate" else {"over": "year", "brackets": [{"above": a, "rate": r / 100} for a, r in BRACKETS]}
            config["exercises"] = {"table": "exercises", **table, "settlement": {"how": self.how, "tax": tax, "fraction": self.fraction}}
            if self.limit:
                config["iso_limit"] = self.limit
        tables = {
            "grants": self.grants, "exercises": self.exercises, "prices": [{"day": d, "price": p} for d, p in self.prices],
            "events": [{"event": "sale", "day": self.sale}] if self.sale else [],
            "leavers": [{"payee": p, "day": d, "reason": "left"} for p, d in self.leavers.items()],
            "leaves": [{"payee": p, "first": f, "last": l} for p, own in self.leaves.items() for f, l in own],
        }
        for rows in tables.values():
            lottery.shuffle(rows)
        return {"name": "drawn", "config": config, "lines": [], "tables": tables, "expect": self.expected(), "periods": [
            {"payee": p, "period": n, "period.from": date(y, 1, 1), "period.to": date(y, 12, 31)} for p in self.payees for n, y in enumerate(YEARS)]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("program")
    options = parser.parse_args()
    module = conformance.Module([options.program], False)
    module.call("module/initialize", {"protocol": 1, "host": "agreement", "features": []})
    lottery, bad = random.Random(options.seed), 0
    for number in range(options.cases):
        case = Drawn(lottery).case(lottery)
        faults = conformance.run(module, case)
        bad += bool(faults)
        for fault in faults:
            print(f"{number}: {fault}\n  {json.dumps(case, default=str, ensure_ascii=False)}")
    module.call("shutdown", {})
    print(f"{options.cases} drawn, {bad} differ")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
