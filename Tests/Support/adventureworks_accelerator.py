#!/usr/bin/env python3
"""The accelerator of Plans/adventureworks, computed apart from the engine: Decimal, no code shared.

Half of each quota is the goal. The part of a period's sales between 100 % and 150 % of the goal pays 0.5 %, the
part above 0.8 %; the period's sum is rounded half up to cents. Prints a row a quota period.
"""
import csv, sys
from decimal import Decimal, ROUND_HALF_UP, getcontext

getcontext().prec = 50
folder = sys.argv[1]
rows = lambda name: csv.DictReader(open(f"{folder}/{name}", encoding="utf-8"))
quotas = {(q["business_entity_id"], q["quota_date"]): Decimal(q["sales_quota"]) for q in rows("sales_person_quota_history.csv")}
starts = sorted({day for _, day in quotas})
sales = dict.fromkeys(quotas, Decimal(0))
for order in rows("sales_order_header.csv"):
    if order["sales_person_id"]:
        start = max(s for s in starts if s <= order["order_date"])
        key = (order["sales_person_id"], start)
        sales[key] = sales.get(key, Decimal(0)) + Decimal(order["sub_total"])
print("business_entity_id,period_start,accelerator")
for (person, start), quota in sorted(quotas.items()):
    goal, sold = quota / 2, sales[(person, start)]
    middle = max(Decimal(0), min(sold, goal * Decimal("1.5")) - goal)
    above = max(Decimal(0), sold - goal * Decimal("1.5"))
    pay = middle * Decimal("0.005") + above * Decimal("0.008")
    print(f"{person},{start},{pay.quantize(Decimal('0.01'), ROUND_HALF_UP)}")
