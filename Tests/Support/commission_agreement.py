#!/usr/bin/env python3
"""Draws terms and batches from a seed, and has two commission modules compute them: they must agree to the last digit.

    commission_agreement.py --cases N PROGRAM

PROGRAM is one module; the other is the Python example, whose arithmetic is in fractions. The first one's steps must add
up to its figures. Prints what differs, and how many cases were computed.
"""
import argparse
import datetime
import json
import random
import sys
from decimal import Decimal
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "Docs/Examples/commission-python"
sys.path.insert(0, str(EXAMPLE))
import run_conformance as conformance  # noqa: E402

EDGES = {"attainment": [0.25, 0.5, 1], "amount": [10000.5, 50000, 120000], "quantity": [5, 12.5, 30]}
MEASURE = {"name": "m", "quota": True, "sumsLines": True}


class Lottery(random.Random):
    def one(self, *items):
        return self.choice(items)

    def number(self, word):
        return {"rate": round(self.random() / 5, 3), "amount": round(self.random() * 50, 2), "factor": round(self.random() * 2, 2)}[word]

    def rate(self, word, depth=0, of_periods=False):
        """A number: plain, in a table, in bands, on a curve; of periods only what is known of a period."""
        kind = "flat" if depth == 2 else self.one("flat", "flat", "table", "bands", "columns", "curve")
        if kind == "table":
            by = "payee.team" if of_periods else self.one("product", "level")
            keys = {"payee.team": ["East"], "product": ["core", "platform"], "level": ["1%", "0.020"]}[by]
            inner = lambda: self.rate(word, depth + 1, of_periods)
            return {"by": by, "table": {key: inner() for key in keys}, "otherwise": inner()}
        if kind == "bands":
            bands = self.bands(word, self.sample([0.2, 0.5, 0.8, 1, 1.2, 1.5], self.randint(1, 3)), depth, of_periods)
            return {"by": "attainment", **({"measure": "other"} if self.random() < 0.4 else {}), **bands}
        if kind == "columns" and not of_periods:
            if self.random() < 0.4:
                return {"by": {"months_since": "start"}, **self.bands(word, self.sample([1, 6, 12, 24], 2), depth)}
            return {"by": "seats", **self.bands(word, self.sample([0, 5, 10, 15], 2), depth)}
        if kind == "curve":
            places = sorted(self.sample([0, 0.3, 0.5, 0.8, 1, 1.2, 1.7], self.randint(2, 4)))
            return {"by": "attainment", "points": [{"at": at, word: self.number(word)} for at in places], "places": self.randint(3, 6),
                    "below": self.one("hold", "extend", 0.5), "above": self.one("hold", "extend", 0.25)}
        return self.number(word)

    def bands(self, word, edges, depth, of_periods=False):
        inner = lambda: self.rate(word, depth + 1, of_periods)
        return {"edge": self.one("lower", "upper"), "bands": [{"to": to, word: inner()} for to in sorted(edges)] + [{word: inner()}]}

    def tiers(self, holds_more):
        by, word = self.one(("attainment", "rate"), ("amount", "rate"), ("quantity", "amount"))
        tiers = {"by": by, "over": self.one("deal", "period", "to-date"), "method": self.one("marginal", "whole-amount", "overage")}
        if by == "quantity":
            tiers["units"] = "seats"
        if tiers["method"] != "marginal":
            tiers["edge"] = self.one("lower", "upper")
            if tiers["over"] == "to-date":
                tiers["earlier"] = self.one("keep", "true-up")
        if tiers["method"] == "overage":
            tiers["beyond"] = self.choice(EDGES[by])
        if by == "amount" and holds_more and tiers["over"] != "deal":
            tiers["counted"] = self.one("measured", "paid")
        bands = [{"to": to, word: self.rate(word, 1)} for to in EDGES[by]] + [{word: self.rate(word, 1)}]
        return {**tiers, "bands": bands}

    def bound(self, span, least, most):
        amount = lambda: self.randint(least, most)
        by = {"by": "attainment", "edge": "upper", "bands": [{"to": 1, "amount": amount()}, {"amount": amount()}]}
        return {"amount": amount() if self.random() < 0.6 else by, "per": span}

    def terms(self, holds_more):
        way = self.one("rate", "per_unit", "tiers", "tiers", "tiers", "deal", "period", "window")
        pay = {
            "rate": lambda: {"rate": self.rate("rate")},
            "per_unit": lambda: {"per_unit": {"units": "seats", "amount": self.rate("amount")}},
            "tiers": lambda: {"tiers": self.tiers(holds_more)},
            "deal": lambda: {"amount": {"per": "deal", "pays": self.rate("amount")}},
            "period": lambda: {"amount": {"per": "period", "pays": self.rate("amount", 0, True)}},
            "window": lambda: {"amount": {"per": "window", "pays": self.rate("amount", 0, True)}},
        }[way]()
        true_up = pay.get("tiers", {}).get("earlier") == "true-up"
        spans = ["period", "window", "year"] + ([] if true_up or way in ("period", "window") else ["line"])
        if self.random() < 0.5:
            pay["multipliers"] = [self.rate("factor", 0, way in ("period", "window")) for _ in range(self.randint(1, 2))]
        if self.random() < 0.4:
            pay["gate"] = {"at_least": round(self.random(), 2), "missed": self.one("lost", "later")}
        if self.random() < 0.5:
            pay["cap"] = [self.bound(span, 3000, 9000) for span in self.sample(spans, self.randint(1, 2))]
        if self.random() < 0.4:
            pay["floor"] = [self.bound(span, 0, 2000) for span in self.sample(spans, self.randint(1, 2))]
        if self.random() < 0.3 and not true_up:
            pay["review"] = {"above": self.randint(1000, 60000), **self.one({}, {"approved": "seen"})}
        if self.random() < 0.3:
            pay["payable"] = [{"day": "date", "share": 0.3333}, {"day": "collected", "share": 0.6667}]
        mode = self.one("half-even", "half-up", "half-down", "floor", "ceiling", "up", "down")
        pay["round"] = {"at": self.one("line", "period"), "places": self.one(2, 2, 0, 3), "mode": mode}
        return pay

    def cents(self, least, most):
        return format(Decimal(self.randint(least, most)).scaleb(-2), "f")

    def day(self, year, months):
        return datetime.date(year, self.randint(*months), self.randint(1, 28))

    def batch(self):
        """Lines and periods of a few payees over four months, two to a window and a year."""
        lines, periods = [], []
        for payee in range(self.randint(1, 4)):
            for period in range(4):
                if self.random() < 0.1:
                    continue
                some = lambda cell: None if self.random() < 0.1 else cell
                periods.append({
                    "payee": payee, "period": period, "window": period // 2, "periods_left": 1 - period % 2,
                    "value": self.cents(-2000000, 30000000), "in_period": self.cents(-1000000, 15000000),
                    "quota": some(self.cents(0, 20000000) if self.random() < 0.9 else "0.00"), "other.value": str(self.randint(0, 150)),
                    "other.quota": some(str(self.randint(0, 120))), "payee.team": self.one("East", "West"),
                    "period.year": period // 2, "period.year_left": 1 - period % 2, "period.to": datetime.date(2026, period + 1, 28)})
                for _ in range(self.randint(0, 6)):
                    seats = self.randint(-3, 20)
                    lines.append({
                        "period_row": len(periods) - 1, "amount": self.cents(-1000000, 6000000), "seats": seats,
                        "part.seats": format(Decimal(seats * self.one(100, 67, 33)).scaleb(-2), "f"), "product": self.one("core", "platform", "x"),
                        "level": self.one("0.010", "0.020", "0.030"), "start": self.day(self.one(2024, 2025), (1, 12)),
                        "date": self.day(2026, (period + 1, period + 1)), "collected": self.one(None, *[self.day(2026, (1, 6))] * 2),
                        "seen": self.one(True, False), "measure.before": self.cents(-1000000, 15000000),
                        "measure.before_in_period": self.cents(-1000000, 9000000)})
        return lines, periods


def differences(modules, lottery):
    """What two modules disagree on, for terms and a batch that are drawn."""
    holds_more = lottery.random() < 0.4
    terms = lottery.terms(holds_more)
    config = {"component": "c", "config": terms, "currency": "USD", "places": 2, "measure": {**MEASURE, "holdsMore": holds_more}}
    answers = [module.call("module/configure", config) for module in modules]
    if any(answer["diagnostics"] for answer in answers):
        return [f"refused: {[answer['diagnostics'] for answer in answers]}"], terms
    needs = [{(kind, need["name"], need["kind"]) for kind in ("lines", "periods") for need in answer["needs"][kind]} for answer in answers]
    if needs[0] != needs[1]:
        return [f"needs: {sorted(needs[0] ^ needs[1])}"], terms
    lines, periods = lottery.batch()
    if not lines:  # columns without cells do not show their kind
        return [], terms
    names = {kind: list(dict.fromkeys(first + [need["name"] for need in answers[0]["needs"][kind]]))
             for kind, first in (("lines", ["period_row"]), ("periods", ["payee", "period"]))}
    frames = {kind: conformance.frame(rows, names[kind], rows, answers[0]["needs"][kind])
              for kind, rows in (("lines", lines), ("periods", periods))}
    batch = {"component": "c", "tables": {}, **frames}
    results = [module.batch("module/calculate", batch) for module in modules]
    faults = []
    for kind, name in [("lines", "earned"), ("periods", "adjustment")] + [("lines", gift["name"]) for gift in answers[0]["gives"]["lines"]]:
        one, other = (conformance.figures(result[kind], name) for result in results)
        if one != other:
            faults.append(f"{name}: {[(str(a), str(b)) for a, b in zip(one, other) if a != b][:3]}")
    steps = modules[0].batch("module/explain", batch)
    for kind, name in (("lines", "earned"), ("periods", "adjustment")):
        for row, figure in enumerate(conformance.figures(results[0][kind], name)):
            if sum((Decimal(step["amount"]) for step in steps[kind][row]), Decimal(0)) != figure:
                faults.append(f"the steps of {kind} {row} do not add up to {figure}")
    return faults, terms


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("program")
    options = parser.parse_args()
    modules = [conformance.Module([options.program], False), conformance.Module([sys.executable, str(EXAMPLE / "module.py")], False)]
    for module in modules:
        module.call("module/initialize", {"protocol": 1, "host": "agreement", "features": []})
    lottery, bad = Lottery(options.seed), 0
    for _ in range(options.cases):
        faults, terms = differences(modules, lottery)
        bad += bool(faults)
        for fault in faults:
            print(f"{fault}\n  {json.dumps(terms)}")
    for module in modules:
        module.call("shutdown", {})
    print(f"{options.cases} drawn, {bad} differ")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
