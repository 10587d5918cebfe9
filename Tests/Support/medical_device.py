#!/usr/bin/env python3
"""Works out Plans/medical-device a second time, in fractions, from the rows of the plan alone; writes expected.csv."""
import csv
import datetime
import hashlib
import io
import sys
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import yaml

plan = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
rows = {name: list(csv.DictReader(io.StringIO(table["csv"]))) for name, table in plan["data"].items()}
people, orders = [p["id"] for p in rows["people"]], rows["orders"]
base = {p["id"]: Fraction(p["last_year"]) for p in rows["people"]}
months = [f"2026-{month:02}" for month in range(1, 7)]


def money(value):
    return str((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_EVEN))


def of(person, first, last, column="amount"):
    return sum(Fraction(o[column]) for o in orders if o["owner"] == person and first <= o["date"] <= last)


def last_day(month):
    year, number = map(int, month.split("-"))
    return str(datetime.date(year + number // 12, number % 12 + 1, 1) - datetime.timedelta(1))


def growth(person, first, last):
    return (of(person, first, last) - base[person]) / base[person]


contest, shown, left = {}, {}, Fraction(9000)
for first, last in (("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")):
    for month in months:
        if first <= month + "-01" <= last:
            upto = last_day(month)
            scores = {p: (growth(p, first, upto), of(p, first, upto, "units")) for p in people}
            ranked = sorted((p for p in people if scores[p][0] >= 0), key=lambda p: (-scores[p][0], -scores[p][1]))
            assert len({scores[p] for p in ranked}) == len(ranked), "no ties are left"
            for p in people:
                shown[p, month] = (scores[p][0], ranked.index(p) + 1 if p in ranked else None)
    for p, prize in zip(ranked, (3000, 1500, 500)):
        paid = min(Fraction(prize), left)
        contest[p, last[:7]], left = paid, left - paid

sold = {p: sum(int(o["units"]) for o in orders if o["owner"] == p and o["product"] == "pump" and int(o["units"]) > 0
               and "2026-04-01" <= o["date"] <= "2026-05-31") for p in people}
tickets, points, counter = dict(sorted(sold.items())), {}, 0
for prize in (2000, 1000):
    while True:
        counter += 1
        number = int.from_bytes(hashlib.sha256(f"published on 2026-03-27\nspring raffle\n{counter}".encode()).digest()[:8], "big")
        total = sum(tickets.values())
        if number < 2**64 - 2**64 % total:
            break
    number %= total
    for p in tickets:
        if number < tickets[p]:
            break
        number -= tickets[p]
    points[p, "2026-05"], tickets[p] = prize, 0

print("payee,period,commission,spiff,growth,rank,contest,points,total")
for p in sorted(people):
    for month in months:
        mine = [o for o in orders if o["owner"] == p and o["date"].startswith(month)]
        commission = sum((Fraction(o["amount"]) * Fraction(4, 100) for o in mine), Fraction(0))
        spiff = sum(Fraction(o["units"]) * 250 for o in mine if o["product"] == "pump" and "2026-05-01" <= o["date"] <= "2026-05-14")
        score, rank = shown[p, month]
        won = contest.get((p, month), Fraction(0))
        ratio = Decimal(score.numerator) / Decimal(score.denominator)
        print(",".join([p, month, money(commission), money(Fraction(spiff)), str(ratio.quantize(Decimal("0.000001"), ROUND_HALF_EVEN)),
                        str(rank or ""), money(Fraction(won)), str(points.get((p, month), 0)), money(commission + spiff + won)]))
