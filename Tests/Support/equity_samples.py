#!/usr/bin/env python3
"""The figures of the equity samples, worked out again from their data alone, with fractions and the standard library.

    equity_samples.py options|a-share FOLDER

Prints a row a person and period. It shares nothing with the module: schedules are written out as lists of days.
"""
import calendar
import csv
import sys
from datetime import date, timedelta
from fractions import Fraction as F
from math import floor
from pathlib import Path


def rows(folder, name):
    with open(Path(folder) / "data" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return date.fromisoformat(text)


def later(start, months):
    """The same day of a later month, or its last one."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def half_up(value):
    return floor(value + F(1, 2))


def cents(value):
    """Half-even to two digits."""
    low = floor(value * 100)
    rest = value * 100 - low
    up = rest > F(1, 2) or (rest == F(1, 2) and low % 2)
    return F(low + up, 100)


def money(value):
    return f"{'-' if value < 0 else ''}{abs(value) // 1}.{int(abs(value) * 100) % 100:02d}"


def write(table):
    writer = csv.DictWriter(sys.stdout, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)


def options(folder):
    quarters = [(date(2026, q * 3 + 1, 1), later(date(2026, q * 3 + 1, 1), 3) - timedelta(1)) for q in range(4)]
    left = {r["person"]: day(r["last_day"]) for r in rows(folder, "leavers.csv")}
    prices = sorted((day(r["date"]), F(r["price"])) for r in rows(folder, "valuations.csv"))
    exercises = rows(folder, "exercises.csv")
    table = []
    for person in sorted(rows(folder, "people.csv"), key=lambda r: r["id"]):
        last = left.get(person["id"], date.max)
        grants = [r for r in rows(folder, "grants.csv") if r["person"] == person["id"]]
        grants.sort(key=lambda r: (r["granted"], r["grant"]))
        holdings = []
        for grant in grants:
            granted, start, count = day(grant["granted"]), day(grant["start"]), int(grant["options"])
            tranches, before = [], 0
            for month in range(12, 49):
                upto = half_up(F(count * month, 48))
                tranches.append((max(later(start, month), granted), upto - before))
                before = upto
            assert before == count
            holdings.append((grant, granted, tranches))
        # The limit: years one by one, grants in their order, tranches as they come.
        iso, used = {}, {}
        for grant, _, tranches in holdings:
            value = F(grant["market_value"])
            for place, (when, count) in enumerate(tranches):
                if when > last and when.year != last.year:
                    continue
                free = max(F(0), 100000 - used.get(when.year, F(0)))
                used[when.year] = used.get(when.year, F(0)) + count * value
                if when <= last:
                    iso[grant["grant"], place] = min(count, floor(free / value))
        # What is exercised: incentive stock options of a grant first, while they are any, and within three months of leaving.
        settled, used_iso = [], {}
        for e in sorted(exercises, key=lambda e: e["date"]):
            for grant, _, tranches in holdings:
                if grant["grant"] != e["grant"]:
                    continue
                when, count = day(e["date"]), int(e["options"])
                ready = sum(iso[grant["grant"], p] for p, (w, _) in enumerate(tranches) if w <= min(when, last))
                part = min(count, ready - used_iso.get(grant["grant"], 0))
                if last < date.max and when > later(last, 3):
                    part = 0
                used_iso[grant["grant"]] = used_iso.get(grant["grant"], 0) + part
                gain = max(F(0), [p for d, p in prices if d <= when][-1] - F(grant["price"]))
                tax = cents((count - part) * gain * F(person["withholding"].rstrip("%")) / 100)
                settled.append((when, count, count * gain, part * gain, tax, -count * F(grant["price"]) - tax))
        for first, end in quarters:
            vested = todate = within = above = open_ = held = 0
            worth = cost = F(0)
            price = [p for d, p in prices if d <= end][-1]
            for grant, granted, tranches in holdings:
                for place, (when, count) in enumerate(tranches):
                    if when <= last and when <= end:
                        todate += count
                        if when >= first:
                            vested += count
                            within += iso[grant["grant"], place]
                            above += count - iso[grant["grant"], place]
                own = sum(c for w, c in tranches if w <= min(last, end))
                own -= sum(int(e["options"]) for e in exercises if e["grant"] == grant["grant"] and day(e["date"]) <= end)
                if last < date.max and end > later(last, 3):
                    own = 0
                still = sum(c for w, c in tranches if w > end) if last > end and granted <= end else 0
                held += own
                open_ += own + still
                worth += (own + still) * max(F(0), price - F(grant["price"]))

                def spent(upto):
                    total = F(0)
                    for when, count in tranches:
                        if granted > upto or (when > last and upto >= last):
                            continue
                        served = F((upto + timedelta(1) - granted).days, max(1, (when - granted).days))
                        total += cents(count * F(grant["fair_value"]) * min(F(1), served if when > granted else F(1)))
                    return total
                cost += spent(end) - spent(first - timedelta(1))
            own = [x for x in settled if first <= x[0] <= end]
            deals = [r for r in rows(folder, "deals.csv") if r["owner"] == person["id"] and first <= day(r["date"]) <= end]
            table.append({
                "payee": person["name"], "period": f"2026-Q{first.month // 3 + 1}",
                "commission": money(sum((cents(F(r["amount"]) * 6 / 100) for r in deals), F(0))),
                "vested": vested, "vested to date": todate, "exercisable": held, "outstanding": open_,
                "ISO": within, "NSO": above, "exercised": sum(x[1] for x in own),
                **{name: money(sum((x[i] for x in own), F(0))) for i, name in ((2, "spread"), (3, "AMT"), (4, "tax"), (5, "paid in"))},
                "worth": money(cents(worth)), "expense": money(cost),
                "total": money(sum((cents(F(r["amount"]) * 6 / 100) for r in deals), F(0)))})
    write(table)


def floor_holds(folder):
    """Half of the higher of two averages before the announcement, each to the cent, is no more than the price."""
    for grant in rows(folder, "grants.csv"):
        days = sorted((day(r["交易日"]), F(r["成交额"]), F(r["成交量"])) for r in rows(folder, "trading.csv"))
        before = [d for d in days if d[0] < day(grant["公布日"])]
        averages = [sum(d[1] for d in before[-n:]) / sum(d[2] for d in before[-n:]) for n in (1, 20)]
        assert F(grant["授予价"]) >= max(F(floor(a * 100 + F(1, 2)), 100) for a in averages) / 2


def a_share(folder):
    grades = {"优秀": F(1), "良好": F(1), "合格": F(8, 10), "不合格": F(0)}
    left = {r["工号"]: (day(r["离职日"]), r["原因"]) for r in rows(folder, "leavers.csv")}
    prices = sorted((day(r["日期"]), F(r["收盘价"])) for r in rows(folder, "prices.csv"))
    company = {}
    for r in rows(folder, "company.csv"):
        growth = F(r["净利润增长率"].rstrip("%"))
        company[int(r["批次"])] = F(1) if growth >= F("25.08") else F("0.9") if growth >= F("20.64") else F("0.8") if growth >= F("16.21") else F(0)
    personal = {(r["工号"], int(r["批次"])): grades[r["等级"]] for r in rows(folder, "personal.csv")}
    floor_holds(folder)
    brackets = [(0, 3), (36000, 10), (144000, 20), (300000, 25), (420000, 30), (660000, 35), (960000, 45)]

    def tax_on(income):
        return cents(sum((min(income, top) - low) * F(rate, 100) for (low, rate), (top, _) in
                         zip(brackets, brackets[1:] + [(income, 0)]) if income > low))
    table = []
    for person in rows(folder, "people.csv"):
        movements = []  # day, vested, taken back, paid for it
        batches = []  # day of vesting, units, vested, day lost
        for grant in (r for r in rows(folder, "grants.csv") if r["工号"] == person["工号"]):
            granted, count, price = day(grant["授予日"]), int(grant["股数"]), F(grant["授予价"])
            before = 0
            for batch, upto in enumerate((F(4, 10), F(7, 10), F(1)), 1):
                units = half_up(count * upto) - before
                before += units
                when = later(granted, 12 * batch)
                gone = left.get(person["工号"])
                if gone and gone[1] == "辞职" and when > gone[0]:
                    movements.append((gone[0], 0, units, cents(units * price)))
                    batches.append((when, units, 0, gone[0]))
                    continue
                vested = floor(units * company[batch] * personal[person["工号"], batch])
                interest = price * F(15, 1000) * F((when - granted).days, 365)
                movements.append((when, vested, units - vested, cents((units - vested) * (price + interest))))
                batches.append((when, units, vested, None))
            value = F(grant["公允价值"])

        def spent(end):
            total = F(0)
            for when, units, vested, lost in batches:
                if end < granted:
                    continue
                if when <= end and lost is None:
                    total += cents(vested * value)
                elif lost is None or lost > end:
                    upto = end + timedelta(1)
                    served = (upto.year - granted.year) * 12 + upto.month - granted.month - (upto.day < granted.day)
                    whole = (when.year - granted.year) * 12
                    total += cents(units * value * F(served, whole))
            return total
        for year in range(2024, 2028):
            first, end = date(year, 1, 1), date(year, 12, 31)
            own = [m for m in movements if first <= m[0] <= end]
            done = [m for m in movements if m[0] <= end]
            deals = [r for r in rows(folder, "deals.csv") if r["销售"] == person["工号"] and first <= day(r["日期"]) <= end]
            market = income = F(0)
            for when, vested, _, _ in own:
                if vested:
                    close = [p for d, p in prices if d <= when][-1]
                    market += cents(vested * max(F(0), close - price))
                    income += cents(vested * max(F(0), (close + F("24.74")) / 2 - price))
            table.append({
                "姓名": person["姓名"], "年度": year, "提成": money(sum((cents(F(r["金额"]) * 15 / 1000) for r in deals), F(0))),
                "解除限售": sum(m[1] for m in own), "累计解除": sum(m[1] for m in done),
                "尚未解除": count - sum(m[1] + m[2] for m in done), "回购注销": sum(m[2] for m in own),
                "回购款": money(sum((m[3] for m in own), F(0))), "解除市值": money(market),
                "个人所得税": money(tax_on(income)),
                "股份支付费用": money(spent(end) - spent(first - timedelta(1))),
                "total": money(sum((cents(F(r["金额"]) * 15 / 1000) for r in deals), F(0)))})
    write(table)


if __name__ == "__main__":
    {"options": options, "a-share": a_share}[sys.argv[1]](sys.argv[2])
