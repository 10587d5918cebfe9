#!/usr/bin/env python3
"""Works out Plans/retail-store a second time, in fractions, from the rows of the plan alone; writes expected.csv."""
import csv
import datetime
import io
import sys
from fractions import Fraction

import yaml

plan = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
rows = {name: list(csv.DictReader(io.StringIO(table["csv"]))) for name, table in plan["data"].items()}
day = datetime.date.fromisoformat
months = [(f"2026-0{m}", datetime.date(2026, m, 1), datetime.date(2026, m + 1, 1) - datetime.timedelta(1)) for m in range(1, 5)]
RATES = {"家电": Fraction(15, 1000), "手机": Fraction(1, 100), "配件": Fraction(4, 100)}
clerks = [p["工号"] for p in rows["员工"] if p["岗位"] == "店员"]
hired = {p["工号"]: day(p["入职"]) for p in rows["员工"]}


def half_up(exact):
    """Cents of an amount that is not below zero."""
    return int(exact * 100 + Fraction(1, 2))


def text(number):
    return f"{'-' if number < 0 else ''}{abs(number) // 100}.{abs(number) % 100:02}"


def inside(row, first, last):
    return first <= day(row["日期"]) <= last


def sold(person, first, last):
    return sum((Fraction(r["金额"]) for r in rows["销售"] if r["店员"] == person and inside(r, first, last)), Fraction(0))


def commission(row):
    return half_up(Fraction(row["金额"]) * RATES[row["品类"]] / 2)


def shares(first, last):
    """The pool of 0.2 % of what the clerks sold, by sales and active days, to the cent."""
    pool = round(sum(sold(c, first, last) for c in clerks) * Fraction(2, 1000) * 100)
    weights = [sold(c, first, last) * max(0, (last - max(first, hired[c])).days + 1) for c in clerks]
    if not sum(weights):
        return dict.fromkeys(clerks, 0)
    exact = [pool * w / sum(weights) for w in weights]
    parts = [int(e) for e in exact]
    for place in sorted(range(len(clerks)), key=lambda p: (parts[p] - exact[p], p))[:pool - sum(parts)]:
        parts[place] += 1
    return dict(zip(clerks, parts))


def prize(reached):
    points = [(Fraction(9, 10), 80000), (Fraction(1), 200000), (Fraction(12, 10), 350000)]
    if reached < points[0][0]:
        return 0
    for (low, at), (high, to) in zip(points, points[1:]):
        if reached < high:
            return int(at + (to - at) * (reached - low) / (high - low) + Fraction(1, 2))
    return points[-1][1]


items = {i["物品"]: i for i in rows["礼品"]}
lots = {p["工号"]: [] for p in rows["员工"]}    # nothing expires within these months
points = {}
for label, first, last in months:
    events = [(r["日期"], 0, r["店员"], int(Fraction(r["金额"]) / 100)) for r in rows["回款"] if inside(r, first, last)]
    events += [(r["日期"], 1, r["店员"], -int(items[r["物品"]]["积分"])) for r in rows["兑换"] if inside(r, first, last)]
    for _, _, person, change in sorted(events):
        if change > 0 or sum(lots[person]) + change >= 0:
            lots[person].append(change)
    for person in lots:
        earned = sum(change for _, kind, who, change in events if who == person and kind == 0)
        points[person, label] = (earned, sum(lots[person]))

print("工号,月份,销售提成,回款提成,店长提成,达标奖,奖金池,名次,礼品价值,代缴个税,积分,余额,积分负债,total,扣回,待扣,保底,实发")
for person in rows["员工"]:
    me, owed = person["工号"], 0
    for label, first, last in months:
        own = sum(commission(r) for r in rows["销售"] if r["店员"] == me and inside(r, first, last))
        collected = sum(half_up(Fraction(r["金额"]) * Fraction(6, 1000)) for r in rows["回款"] if r["店员"] == me and inside(r, first, last))
        store = sum(sold(p["工号"], first, last) for p in rows["员工"] if p["店长"] == me)
        override = half_up(store * Fraction(3, 1000))
        target = sum(Fraction(t["金额"]) for t in rows["目标"] if (t["店长"], t["月份"]) == (me, label))
        bonus = prize(store / target) if target else 0
        pool = shares(first, last).get(me, 0)
        scores = {c: sold(c, first, last) for c in clerks}
        rank = 1 + sum(s > scores[me] for s in scores.values()) if me in clerks and scores[me] >= 50000 else None
        gift = round(Fraction(items["电饭煲"]["价值"]) * 100) if rank == 1 else 0
        tax = int(gift * Fraction(2, 10) / Fraction(8, 10) + Fraction(1, 2))
        earned, balance = points[me, label]
        total = pay = own + collected + override + bonus + pool + tax
        for row in rows["退货"]:
            if row["店员"] == me and inside(row, first, last):
                sale = next(r for r in rows["销售"] if r["单号"] == row["销售单"])
                if (day(row["日期"]) - day(sale["日期"])).days <= 90:
                    owed += round(commission(sale) * Fraction(row["比例"].rstrip("%")) / 100)
        taken = min(owed, 20000, pay)
        owed -= taken
        least = [round(Fraction(g["金额"]) * 100) for g in rows["保底"]
                 if g["店员"] == me and day(g["起"]) <= last and (not g["止"] or last <= day(g["止"]))]
        extra = max(0, least[0] - own - collected - pool) if least else 0
        print(",".join([me, label, text(own), text(collected), text(override), text(bonus), text(pool), str(rank or ""), text(gift), text(tax),
                        str(earned), str(balance), text(balance * 22), text(total), text(-taken), text(owed), text(extra), text(pay - taken + extra)]))
