#!/usr/bin/env python3
"""Works out Plans/channel a second time, in fractions, from the rows of the plan alone; writes expected.csv."""
import csv
import datetime
import io
import sys
from fractions import Fraction

import yaml

plan = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
rows = {name: list(csv.DictReader(io.StringIO(table["csv"]))) for name, table in plan["data"].items()}
day = datetime.date.fromisoformat
quarters = [(f"2026-Q{q}", f"2026-{3 * q - 2:02}-01", f"2026-{3 * q:02}-{30 + (q in (1, 4))}") for q in range(1, 5)]
MARGIN = {"new": {"gold": 20, "silver": 15, "bronze": 10}, "renewal": {"gold": 8, "silver": 6, "bronze": 4}}
MDF = {"gold": 800000, "silver": 400000}


def cents(exact):
    return round(exact * 100)


def text(number):
    return f"{'-' if number < 0 else ''}{abs(number) // 100}.{abs(number) % 100:02}"


def tier(partner, date):
    return [t["tier"] for t in rows["tiers"] if t["partner"] == partner and t["from"] <= date][-1]


def margin(order):
    return cents(Fraction(order["amount"]) * MARGIN[order["kind"]].get(tier(order["partner"], order["date"]), 0) / 100)


def registration(order):
    if not order["registered"] or not 0 < (day(order["date"]) - day(order["registered"])).days <= 180:
        return 0
    return min(1000000, cents(Fraction(order["amount"]) * 5 / 100))


print("partner,quarter,tier,volume,margin,registration,rebate,mdf,certified,distribution,total,returned,paid")
for partner in sorted(rows["partners"], key=lambda p: p["id"]):
    me, claimed, funds, owed = partner["id"], 0, 0, 0
    for label, first, last in quarters:
        inside = lambda row: first <= row["date"] <= last
        orders = [o for o in rows["orders"] if o["partner"] == me and inside(o)]
        volume = sum((Fraction(o["amount"]) for o in orders), Fraction(0))
        rebate = cents(volume * (0 if volume < 100000 else Fraction(15, 1000) if volume < 250000 else Fraction(25, 1000)))
        spent = sum(cents(Fraction(c["spent"]) / 2) for c in rows["campaigns"] if c["partner"] == me and inside(c))
        # A cap of the year holds, by the tier of the quarter's last day, for all that was claimed so far.
        claimed += spent
        mdf = min(claimed, MDF.get(tier(me, last), 150000)) - funds
        funds += mdf
        certified = 0
        for name, amount, until in (("architect", 150000, "2026-12-31"), ("security", 100000, "2026-09-30")):
            dates = sorted(c["date"] for c in rows["certificates"] if c["partner"] == me and c["name"] == name)
            if dates and first <= dates[0] <= min(last, until):
                certified += amount
        mine = [p["id"] for p in rows["partners"] if p["distributor"] == me]
        below = sum((Fraction(o["amount"]) for o in rows["orders"] if o["partner"] in mine and inside(o)), Fraction(0))
        distribution = cents(below * Fraction(125, 10000))
        parts = [sum(margin(o) for o in orders), sum(registration(o) for o in orders), rebate, mdf, certified, distribution]
        total = pay = sum(parts)
        for row in rows["returns"]:
            if row["partner"] == me and inside(row):
                order = next(o for o in rows["orders"] if o["id"] == row["order"])
                if (day(row["date"]) - day(order["date"])).days <= 90:
                    owed += cents(Fraction(margin(order) + registration(order), 100) * Fraction(row["share"].rstrip("%")) / 100)
        taken = min(owed, max(0, pay))
        owed -= taken
        print(",".join([me, label, tier(me, last), text(cents(volume))] + [text(n) for n in parts + [total, -taken, pay - taken]]))
