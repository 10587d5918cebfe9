#!/usr/bin/env python3
"""The main cases of the equity module worked out again, with fractions and the standard library alone.

    equity_reference.py FOLDER

FOLDER holds the conformance cases. For each rule its case is named, and its figures are computed from the numbers that the
case's source states, written out here; they must be those that the case expects.
"""
import calendar
import sys
from datetime import date, timedelta
from fractions import Fraction as F
from math import ceil, floor
from pathlib import Path

import yaml

CASES = {}


def case(name):
    return lambda work: CASES.__setitem__(name, work)


def cents(value):
    """Half-even to two digits."""
    low = floor(value * 100)
    rest = value * 100 - low
    return F(low + (rest > F(1, 2) or (rest == F(1, 2) and low % 2)), 100)


def later(start, months):
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def differences(values):
    return [b - a for a, b in zip([0] + values, values)]


def bracketed(income, brackets):
    """The rate of the bracket that the income ends in, on all of it, less what that takes too much: the quick deduction."""
    quick, before = F(0), F(0)
    for above, rate in brackets:
        if income <= above:
            break
        quick += above * (F(rate, 100) - before)
        before = F(rate, 100)
    return cents(income * before - quick)


CHINA = [(0, 3), (36000, 10), (144000, 20), (300000, 25), (420000, 30), (660000, 35), (960000, 45)]


# Exercise and settlement.
def exercised(units, strike, price, rate, how="pay", up=True, iso=0):
    gain = max(F(0), F(price) - F(strike))
    spread, tax = cents(units * gain), cents((units - iso) * gain * F(rate))
    due = units * F(strike) + tax
    figures = {"spread": spread, "tax": tax}
    if how == "pay":
        return {**figures, "delivered": units, "cash": -due}
    if how == "cash":
        return {**figures, "withheld": units, "cash": units * F(price) - due}
    taken = (ceil if up else floor)(due / F(price))
    return {**figures, "withheld": taken, "delivered": units - taken, "cash": taken * F(price) - due}


def together(*payees):
    return {name: [payee[name] for payee in payees] for name in payees[0]}


@case("a nonqualified option, paid by a cheque")
def _():
    return together(exercised(50000, "0.05", "3.75", F("0.25") + F("0.0145")))


@case("just enough sold to cover the price and the tax")
def _():
    return together(exercised(1000, 10, 20, F(3, 10), "cover"))


@case("a net exercise, and a fraction of a share")
def _():
    return {k: v for k, v in together(*(exercised(1000, 10, 20, F(r), "net", up=False) for r in ("0.37", "0.33", "0.355"))).items() if k != "spread"}


@case("all sold the same day")
def _():
    return together(exercised(100, 30, 90, F(42, 100), "cash"))


@case("an incentive stock option has no tax withheld, and its spread is an adjustment for the alternative minimum tax")
def _():
    iso, nso = exercised(1000, 10, 25, F(4, 10), iso=1000), exercised(1000, 10, 25, F(4, 10))
    return {"spread": [iso["spread"] + nso["spread"]], "iso_spread": [iso["spread"]], "tax": [iso["tax"] + nso["tax"]], "cash": [iso["cash"] + nso["cash"]]}


@case("what is within the limit is exercised first")
def _():
    within = 100000 // 25
    return {"iso": [within], "nso": [5000 - within], "spread": [4500 * 10], "iso_spread": [within * 10], "tax": [(4500 - within) * 10 * F(3, 10)]}


@case("appreciation rights settled in shares")
def _():
    shares = [F(1000 * 15 * (1 - rate)) / 25 for rate in (0, F(1, 4))] + [F(0)]
    return {"delivered": shares, "withheld": [1000 - s for s in shares]}


@case("appreciation rights settled in cash when they are exercised")
def _():
    paid = F(1000 * (30 - 15))
    return {"adjustment": [0, paid], "tax": [0, paid * 22 / 100], "cash": [0, paid * 78 / 100]}


@case("股票期权行权，全额单独适用综合所得税率表")
def _():
    incomes = [F(30000 * (15 - 8)), 10000 * (F("12.6") - F("3.5"))]
    return {"spread": incomes, "tax": [bracketed(i, CHINA) for i in incomes]}


@case("一个纳税年度内两次以上的，合并计算")
def _():
    first, both = bracketed(F(91000), CHINA), bracketed(F(210000), CHINA)
    return {"tax": [0, both - first, bracketed(F(7000), CHINA)]}


@case("brackets over each payment")
def _():
    return {"tax": [bracketed(F(91000), CHINA[:3]) + bracketed(F(119000), CHINA[:3])]}


@case("限制性股票解禁，按登记日与解禁日股价的平均数计税")
def _():
    income = F(4 + 7, 2) * 30000 - 50000 * F(30000, 50000)
    assert income == 135000
    return {"tax": [bracketed(income, CHINA)], "adjustment": [30000]}


@case("restricted stock taxed on the market price of the day")
def _():
    return {"tax": [bracketed(F(30000 * (7 - 1)), CHINA)]}


@case("sell to cover, rounded up")
def _():
    taken = ceil(F(75 * 40) * F(3, 10) / 40)
    return {"withheld": [taken], "delivered": [75 - taken], "tax": [900], "cash": [taken * 40 - 900]}


# Changes.
@case("unvested options are cancelled first, the last of them before the others")
def _():
    return {"adjustment": [100, max(0, 300 - 250), 0], "forfeited": [250, 0, 0]}


@case("of each tranche")
def _():
    sums = [floor(F(20000 * n * 32458, 60000)) for n in (1, 2, 3)]
    left = [20000 - d for d in differences(sums)]
    return {"adjustment": [20000, 32458, left[0], left[1] + left[2]]}


@case("a single trigger vests half, taken from each tranche, from the next, from the last")
def _():
    left = [9 - d for d in differences([floor(F(9 * n, 2)) for n in (1, 2, 3)])]
    return {"adjustment": [9, 27 - sum(left)] + left}


@case("retirement pro rata of the grant, in whole months")
def _():
    served = (2027 - 2026) * 12 + 3 - 1
    return {"adjustment": [floor(F(3600 * served, 36))], "forfeited": [3600 - 3600 * served // 36]}


@case("retirement pro rata of the next tranche, in days")
def _():
    share = F((date(2027, 3, 15) - date(2027, 1, 1)).days, (date(2028, 1, 1) - date(2027, 1, 1)).days)
    return {"adjustment": [1200, floor(1200 * share)]}


@case("time away moves what comes after it")
def _():
    away = (date(2026, 4, 1) - date(2026, 2, 1)).days + 1
    moved = [later(date(2026, 1, 1), m) + timedelta(away - 30) for m in (3, 6)]
    assert moved == [date(2026, 5, 1), date(2026, 7, 31)]
    return {"adjustment": [0, 25, 25, 25]}


@case("points with interpolation between them, a cap above and nothing below")
def _():
    def pays(at):
        points = [(F("0.75"), F("0.333")), (F(1), F(1)), (F("1.25"), F(2))]
        if at < points[0][0]:
            return F(0)
        for (a, x), (b, y) in zip(points, points[1:]):
            if at < b:
                return x + (at - a) / (b - a) * (y - x)
        return points[-1][1]
    return {"adjustment": [floor(1000 * pays(F(a))) for a in ("0.875", "1.1", "1.3", "0.7499")]}


@case("company × personal coefficients, without carry-forward")
def _():
    vested = [0, 40000, 30000 * F(90, 100) * F(80, 100), 0]
    missed = [0, 0, 30000 - vested[2], 30000]
    return {"adjustment": vested, "forfeited": missed, "repurchase": [m * F("12.34") for m in missed]}


# Price floors.
def floor_of(name, table_name="trading"):
    def work(found):
        rows = [r for r in found["tables"][table_name] if r["volume"]]
        rows = sorted((r["day"], F(r["turnover"]), r["volume"]) for r in rows)
        grant = found["tables"]["grants"][0]
        rows = [r for r in rows if r[0] < grant["announced"]]
        share = F(str(found["config"]["price_floor"]["share"]))
        averages = [sum(r[1] for r in rows[-n:]) / sum(r[2] for r in rows[-n:]) for n in (1, 20)]
        least = share * max(averages)
        return averages, least, F(grant["price"]), "fault" in found["expect"]
    CASES[name] = work


for each in ("授予价格低于前 20 个交易日均价的 50 %", "等于下限的可以，停牌日不算交易日", "采用其他方法确定价格并说明依据的", "股票期权的行权价格不低于均价本身", "行权价格等于均价"):
    floor_of(each)


# Cost.
@case("a straight line, raised to what has vested")
def _():
    value = 12000
    return {"expense": differences([max(F(value * years, 3), value * vested) for years, vested in ((1, F(4, 10)), (2, F(7, 10)), (3, F(1)))])}


@case("tranche by tranche")
def _():
    tranches = [(4800, 1), (3600, 2), (3600, 3)]
    return {"expense": differences([sum(cents(c * min(F(1), F(y, n))) for c, n in tranches) for y in (1, 2, 3)])}


@case("5 % of each year's survivors are expected to leave")
def _():
    def cost(years, vested):
        return sum(F(10000) if n <= vested else cents(10000 * F(95, 100) ** n * F(years, n)) for n in (1, 2, 3, 4))
    # A tranche vests on the day after its last year.
    return {"expense": differences([cost(1, 0), cost(2, 1)])}


@case("a part of a grant cancelled, in a straight line")
def _():
    return {"expense": differences([F(9000, 3), 400 * 9 + F(600 * 9 * 2, 3)])}


@case("measured anew each year")
def _():
    return {"expense": differences([F(1000 * price * year, 4) for year, price in ((1, 15), (2, 30), (3, 35), (4, 25))])}


@case("rights of IFRS 2, estimated anew each year")
def _():
    return {"expense": differences([cents(50000 * F(81, 100) * F("14.40") / 3), cents(50000 * F(80, 100) * F("15.50") * 2 / 3)])}


@case("rights settled in cash as they are exercised, over five years")
def _():
    def year(holders, payee):
        before = [cents(holders * 100 * share * value * part) for share, value, part in
                  ((F(81, 100), F("14.40"), F(1, 3)), (F(80, 100), F("15.50"), F(2, 3)))]
        if payee:
            return differences(before + [F(0)] * 3)
        paid, worth = [150 * 1500, 140 * 2000, 113 * 2500], [253 * 1820, 113 * 2140, 0]
        to_date = [worth[n] + sum(paid[:n + 1]) for n in range(3)]
        return differences(before + to_date)
    stay, go = year(403, 0), year(97, 1)
    # The standard's own figures, in whole units of the currency.
    assert [round(a + b) for a, b in zip(stay, go)] == [194400, 218933, 272127, 61360, 40680]
    return {"expense": stay + go, "adjustment": [0, 0, 225000, 280000, 282500] + [0] * 5}


@case("above it, in the order of the grants whatever the day of the year")
def _():
    first = 2500
    second = floor((100000 - first * 25) / F(30))
    return {"iso": [second, first], "nso": [2500 - second, 0]}


@case("a share of profit among the holders")
def _():
    weights = [F(100) * 12 / 10, F(50), F(30)]
    first, second, third = [F(100000) * w / sum(weights) for w in weights]
    return {"adjustment": [first, 0, second, third, 0]}


@case("dividends in further units")
def _():
    first = 500 + F(500) * F("0.50") / 25
    return {"adjustment": [0, first, floor(first + first * F("0.50") / 20)]}


@case("a net settlement, rounded down")
def _():
    taken = floor(F(75 * 40) * F(3, 10) / 40)
    return {"withheld": [taken], "delivered": [75 - taken], "cash": [taken * 40 - 900]}


@case("restricted shares are bought back")
def _():
    return {"repurchase": [200 * 5, (200 + 200) * 4, 200 * 5 * (1 + F(3, 100) * F(365, 365))]}


def main():
    found = {}
    for file in sorted(Path(sys.argv[1]).glob("*.yaml")):
        for each in yaml.safe_load(file.read_text(encoding="utf-8")):
            found[each["name"]] = each
    agree, differ = 0, []
    for name, work in CASES.items():
        if name not in found:
            differ.append(f"{name}: there is no such case")
            continue
        expect = found[name]["expect"]
        if work.__code__.co_argcount:
            averages, least, price, refused = work(found[name])
            if (price < least) != refused:
                differ.append(f"{name}: {float(price)} against {float(least)}")
            agree += 1
            continue
        for column, values in work().items():
            wanted = expect.get(column) if column == "adjustment" else expect.get("periods", {}).get(column)
            if wanted is None or [F(str(w)) for w in wanted] != [F(v) for v in values]:
                differ.append(f"{name}: {column} is {[str(v) for v in values]}, and the case wants {wanted}")
        agree += 1
    for line in differ:
        print(line)
    print(f"{agree} cases worked out again, {len(differ)} differ")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
