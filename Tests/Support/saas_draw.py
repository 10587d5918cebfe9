"""What Plans/saas-draw must pay, worked out from its data alone: payee, period, earned, payable, paid, owed, held."""
import calendar
import csv
import datetime
import sys
from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")


def rows(name):
    with open(f"{sys.argv[1]}/{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def cents(amount):
    return amount.quantize(CENT, ROUND_HALF_EVEN)


def day(text):
    return datetime.date.fromisoformat(text)


for person in rows("people"):
    owed = {"cancelled": Decimal(0), "draw": Decimal(0), "below zero": Decimal(0)}
    held = []
    for month in range(1, 13):
        first = datetime.date(2026, month, 1)
        last = datetime.date(2026, month, calendar.monthrange(2026, month)[1])
        earned = sum(
            (cents(Decimal(deal["amount"]) / 10) for deal in rows("deals")
             if deal["owner"] == person["id"] and first <= day(deal["date"]) <= last), Decimal(0))
        pay = payable = earned

        for row in rows("cancellations"):
            if row["payee"] == person["id"] and first <= day(row["date"]) <= last:
                age = (day(row["date"]) - day(row["sold_on"])).days
                share = Decimal(1) if age <= 90 else Decimal("0.5") if age <= 180 else Decimal(0)
                owed["cancelled"] += cents(Decimal(row["paid"]) * share)
        back = min(owed["cancelled"], max(Decimal(0), pay))
        owed["cancelled"] -= back
        pay -= back
        payable -= back

        draw = Decimal(person["draw"])
        if month <= 3:
            extra = max(Decimal(0), draw - pay)
            owed["draw"] += extra
            pay += extra
            payable += extra
        else:
            back = min(owed["draw"], Decimal(500), max(Decimal(0), pay - 2500))
            owed["draw"] -= back
            pay -= back
            payable -= back

        kept = cents(earned / 10)
        if kept:
            held.append((last + datetime.timedelta(days=60), kept))
            pay -= kept
        pay += sum((amount for due, amount in held if due <= last), Decimal(0))
        held = [(due, amount) for due, amount in held if due > last]

        if pay < 0:
            owed["below zero"] -= pay
            payable -= pay
            pay = Decimal(0)
        else:
            back = min(owed["below zero"], pay)
            owed["below zero"] -= back
            pay -= back
            payable -= back
        print(",".join([
            person["id"], f"2026-{month:02}", f"{earned:.2f}", f"{payable:.2f}", f"{pay:.2f}",
            f"{sum(owed.values()):.2f}", f"{sum((amount for _, amount in held), Decimal(0)):.2f}"]))
