#!/usr/bin/env python3
"""Works out Plans/saas-team a second time, in fractions, from the rows of the plan alone; writes expected.csv."""
import csv
import datetime
import io
import sys
from fractions import Fraction

import yaml

plan = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
rows = {name: list(csv.DictReader(io.StringIO(table["csv"]))) for name, table in plan["data"].items()}
day = datetime.date.fromisoformat
quarters = [(f"2026-Q{q}", datetime.date(2026, 3 * q - 2, 1), datetime.date(2026 + q // 4, 3 * q % 12 + 1, 1) - datetime.timedelta(1))
            for q in range(1, 5)]


def cents(exact):
    """Half-even, as a number of cents."""
    return round(exact * 100)


def text(number):
    return f"{'-' if number < 0 else ''}{abs(number) // 100}.{abs(number) % 100:02}"


def role_quota(role, quarter):
    return sum(Fraction(q["amount"]) for q in rows["quotas"] if (q["role"], q["quarter"]) == (role, quarter))


def year_quota(person):
    """Of the whole year, in cents: each quarter's by active days and ramp, rounded once."""
    hired, total = day(person["hired"]), 0
    for label, first, last in quarters:
        active = max(0, (last - max(first, hired)).days + 1)
        months = max(0, first.year * 12 + first.month - hired.year * 12 - hired.month)
        ramp = Fraction(0) if hired > last else [Fraction(1, 2), Fraction(1, 2), Fraction(3, 4), Fraction(3, 4)][months] if months < 4 else 1
        total += cents(role_quota(person["role"], label) * active / ((last - first).days + 1) * ramp)
    return total


def inside(contract, first, last):
    return first <= day(contract["date"]) <= last


def walked(start, amount, quota):
    """What an amount earns that begins so far into the bands."""
    edges = [(Fraction(0), Fraction(quota, 100), Fraction(10, 100)), (Fraction(quota, 100), Fraction(quota, 100) * Fraction(120, 100), Fraction(13, 100)),
             (Fraction(quota, 100) * Fraction(120, 100), None, Fraction(16, 100))]
    return sum((max(Fraction(0), (min(start + amount, high) if high is not None else start + amount) - max(start, low)) * rate)
               for low, high, rate in edges)


names = "payee,period,quota,commission,long_terms,engineering,override,team_bonus,total,cancelled,owed,guarantee,paid"
print(names)
for person in sorted(rows["people"], key=lambda p: p["id"]):
    mine = sorted((c for c in rows["contracts"] if c["owner"] == person["id"]), key=lambda c: (c["date"], c["id"]))
    quota, so_far, earned, owed = year_quota(person), Fraction(0), {}, 0
    for contract in mine:
        amount = Fraction(contract["acv"])
        earned[contract["id"]] = (cents(walked(so_far, amount, quota)), cents(amount * {"2": 1, "3": 2}.get(contract["years"], 0) / 100))
        so_far += amount
    for label, first, last in quarters:
        commission = long_terms = engineering = override = bonus = 0
        if person["role"] == "AE":
            commission = sum(earned[c["id"]][0] for c in mine if inside(c, first, last))
            long_terms = sum(earned[c["id"]][1] for c in mine if inside(c, first, last))
        shares = [(c, Fraction(e["percent"].rstrip("%")) / 100) for c in rows["contracts"] for e in rows["engineers"]
                  if e["contract"] == c["id"] and e["person"] == person["id"] and inside(c, first, last)]
        credited = [Fraction(cents(Fraction(c["acv"]) * share), 100) for c, share in shares]
        if credited:
            reached = sum(credited) / role_quota(person["role"], label)
            rate = Fraction(2 if reached >= 1 else Fraction(3, 2) if reached >= Fraction(4, 5) else 1) / 100
            engineering = sum(cents(amount * rate) for amount in credited)
        reports = [p["id"] for p in rows["people"] if p["manager"] == person["id"]]
        team = sum(Fraction(c["acv"]) for c in rows["contracts"] if c["owner"] in reports and inside(c, first, last))
        override = cents(team / 100)
        if person["role"] == "manager":
            reached = team / role_quota("manager", label)
            points = [(Fraction(4, 5), Fraction(1, 2)), (Fraction(1), Fraction(1)), (Fraction(5, 4), Fraction(2))]
            pays = Fraction(0)
            for (low, at), (high, to) in zip(points, points[1:]):
                if low <= reached < high:
                    pays = at + (to - at) * (reached - low) / (high - low)
            bonus = cents(Fraction(person["target"]) * (points[-1][1] if reached >= points[-1][0] else pays))
        total = commission + long_terms + engineering + override + bonus
        for row in rows["cancellations"]:
            if row["person"] == person["id"] and first <= day(row["date"]) <= last:
                sold = day(next(c["date"] for c in mine if c["id"] == row["contract"]))
                left = max(0, 365 - (day(row["date"]) - sold).days)
                owed += cents(Fraction(sum(earned[row["contract"]]), 100) * Fraction(row["share"].rstrip("%")) / 100 * left / 365)
        taken = min(owed, total, round(Fraction(total, 2)))
        owed -= taken
        pay = total - taken
        extra = max(0, cents(Fraction(person["guarantee"])) - pay) if person["guarantee"] and last <= day("2026-06-30") else 0
        print(",".join([person["id"], label] + [text(n) for n in (
            quota, commission, long_terms, engineering, override, bonus, total, -taken, owed, extra, pay + extra)]))
