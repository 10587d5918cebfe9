#!/usr/bin/env python3
"""Works out Plans/small-company a second time, in fractions, from the rows of the plan alone; writes expected.csv.

Points are kept one by one; the tax is found by halving until what is left of gift and gross-up is the gift's value.
"""
import csv
import datetime
import io
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

import yaml

plan = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
rows = {name: list(csv.DictReader(io.StringIO(table["csv"]))) for name, table in plan["data"].items()}
people = {p["工号"]: p for p in rows["员工"]}
months = [f"2026-{month:02}" for month in range(1, 7)]
BRACKETS = [(36000, 3), (144000, 10), (300000, 20), (420000, 25), (660000, 30), (960000, 35), (None, 45)]
STEPS = [0, 1000, 3000]
items = {i["物品"]: i for i in rows["目录"]}


def cents(value):
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def sold(person, month):
    return sum(Fraction(s["金额"]) for s in rows["回款"] if s["业务员"] == person and s["日期"].startswith(month))


def quota(person, month):
    return sum(Fraction(q["金额"]) for q in rows["目标"] if (q["业务员"], q["月份"]) == (person, month))


def last_day(month):
    year, number = map(int, month.split("-"))
    return datetime.date(year + number // 12, number % 12 + 1, 1) - datetime.timedelta(1)


def gone(day):
    """Three months later, with the end of the month."""
    month = day.month + 4
    return datetime.date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def whole(points):
    return floor(abs(points)) * (1 if points > 0 else -1)


points, owed, ever, out = {p: [] for p in people}, dict.fromkeys(people, 0), dict.fromkeys(people, 0), {}
stock = {name: int(i["库存"]) if i["库存"] else None for name, i in items.items()}
for month in months:
    for p in people:
        out[p, month] = dict(earned=0, redeemed=0, refused=0, expired=0)
day = datetime.date(2026, 1, 1)
while day <= datetime.date(2026, 6, 30):
    month = str(day)[:7]
    for p in people:
        out[p, month]["expired"] += sum(g <= day for g, _ in points[p])
        points[p] = [point for point in points[p] if point[0] > day]
    come = [(s["业务员"], whole(Fraction(s["金额"]) / 100)) for s in rows["回款"] if s["日期"] == str(day)]
    if day == last_day(month):
        come += [(p, 200) for p in people if quota(p, month) and sold(p, month) >= quota(p, month)]
    for p, amount in sorted(come, key=lambda c: c[1] < 0):
        out[p, month]["earned"] += amount
        ever[p] += amount
        for _ in range(amount):
            if owed[p]:
                owed[p] -= 1
            else:
                points[p].append((gone(day), day))
        for _ in range(-amount):
            if points[p]:
                points[p].remove(max(points[p], key=lambda point: point[1]))
            else:
                owed[p] += 1
    for c in sorted((c for c in rows["兑换"] if c["日期"] == str(day) and c["状态"] != "cancelled"), key=lambda c: c["工号"]):
        p, item, count = c["工号"], items[c["物品"]], int(c["数量"])
        price = int(item["积分"]) * count
        level = sum(step <= ever[p] for step in STEPS)
        may = item["岗位"] in ("", people[p]["岗位"]) and (not item["等级"] or level > "铜银金".index(item["等级"]))
        left = stock[c["物品"]]
        if may and (left is None or left >= count) and price <= len(points[p]):
            points[p] = sorted(points[p])[price:]
            out[p, month]["redeemed"] += price
            if left is not None:
                stock[c["物品"]] -= count
        else:
            out[p, month]["refused"] += price
    if day == last_day(month):
        for p in people:
            out[p, month] |= dict(balance=len(points[p]), owed=owed[p], level=sum(step <= ever[p] for step in STEPS))
    day += datetime.timedelta(1)


def tax(amount):
    total, below = Fraction(0), Fraction(0)
    for edge, percent in BRACKETS:
        top = amount if edge is None else min(amount, Fraction(edge))
        total, below = total + max(top - below, 0) * percent / 100, Fraction(edge or 0)
    return total


def gross_up(value, base):
    low, high = Fraction(0), value
    for _ in range(80):
        middle = (low + high) / 2
        left = value + middle - (tax(base + value + middle) - tax(base))
        low, high = (middle, high) if left < value else (low, middle)
    return Fraction(cents(high))


boxes, given, before = int(items["礼盒"]["库存"]), {}, dict.fromkeys(people, Fraction(0))
for month in months:
    values = dict.fromkeys(people, Fraction(0))
    for p in sorted(people):
        if quota(p, month) and sold(p, month) >= quota(p, month) * Fraction(120, 100) and boxes:
            boxes -= 1
            values[p] += Fraction(items["礼盒"]["价值"])
    for team in ("一组", "二组"):
        members = sorted(p for p in people if people[p]["团队"] == team)
        wanted = sum(quota(p, month) for p in members)
        if wanted and sum(sold(p, month) for p in members) >= wanted:
            for p in members:
                values[p] += Fraction(items["团队聚餐"]["价值"]) / len(members)
    for p in people:
        extra = gross_up(values[p], Fraction(people[p]["全年收入"]) + before[p]) if values[p] else Fraction(0)
        given[p, month] = values[p], extra
        before[p] += values[p] + extra

print("工号,姓名,月份,提成,积分,兑换,未兑,过期,余额,欠分,等级,积分负债,礼品价值,代缴个税,total")
for p in sorted(people):
    for month in months:
        commission = sum(Fraction(cents(abs(Fraction(s["金额"])) * 3 / 100)) * (1 if Fraction(s["金额"]) > 0 else -1)
                         for s in rows["回款"] if s["业务员"] == p and s["日期"].startswith(month))
        o, (value, extra) = out[p, month], given[p, month]
        print(",".join([p, people[p]["姓名"], month, str(cents(Fraction(commission))), *(str(o[n]) for n in (
            "earned", "redeemed", "refused", "expired", "balance", "owed", "level")), str(cents(Fraction(o["balance"], 5))),
            str(cents(value)), str(cents(extra)), str(cents(Fraction(commission) + extra))]))
