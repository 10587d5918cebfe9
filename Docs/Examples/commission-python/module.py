#!/usr/bin/env python3
"""The commission module in Python: shows that module protocol 1 has nothing of Swift in it.

Everything is exact: columns are integers, arithmetic is in fractions, and one rounding stands where the terms say.
"""
import json
import sys
from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import columns

SCHEMA = json.loads((Path(__file__).parent / "config.schema.json").read_text(encoding="utf-8"))
MODES = ["half-even", "half-up", "half-down", "down", "up", "floor", "ceiling"]


def rounded(value, mode):
    """A fraction as a whole number."""
    low, away = floor(value), ceil(abs(value)) * (1 if value > 0 else -1)
    toward = floor(abs(value)) * (1 if value > 0 else -1)
    if mode in ("floor", "ceiling", "down", "up"):
        return {"floor": low, "ceiling": ceil(value), "down": toward, "up": away}[mode]
    rest = abs(value) - abs(toward)
    if rest != Fraction(1, 2):
        return away if rest > Fraction(1, 2) else toward
    if mode == "half-even":
        return toward if toward % 2 == 0 else away
    return away if mode == "half-up" else toward


class Refused(Exception):
    """The terms have faults: (pointer, message, whether something is unstated)."""


class Component:
    def __init__(self, config, params):
        self.config, self.faults = config, []
        measure = params.get("measure")
        self.has_measure, self.has_quota = measure is not None, bool(measure and measure.get("quota"))
        self.sums_lines = bool(measure) and measure.get("sumsLines", True)
        self.holds_more = bool(measure) and measure.get("holdsMore", False)
        self.needs_lines, self.needs_periods = {}, {}
        ways = [w for w in ("rate", "per_unit", "tiers", "amount") if w in config]
        if len(ways) != 1:
            self.fault("", "state exactly one of rate, per_unit, tiers, amount")
        self.per_period = self.rows_are_periods = config.get("amount", {}).get("per") in ("period", "window")
        self.tiers = config.get("tiers")
        if "rate" in config:
            self.need_line("amount", "number", "/rate")
            self.check_rate(config["rate"], "/rate", "rate")
        if "per_unit" in config:
            self.need_line("part." + config["per_unit"]["units"], "number", "/per_unit/units")
            self.check_rate(config["per_unit"]["amount"], "/per_unit/amount", "amount")
        if "amount" in config:
            self.state(config["amount"], "/amount", "per")
            if not self.per_period:
                self.need_line("amount", "number", "/amount")
            if config["amount"].get("per") == "window":
                self.need_period("window", "/amount/per")
                if not self.has_measure:
                    self.fault("/amount/per", "there is no measure")
            self.check_rate(config["amount"]["pays"], "/amount/pays", "amount")
        if self.tiers is not None:
            self.check_tiers(self.tiers)
        for index, lookup in enumerate(config.get("multipliers", [])):
            self.check_rate(lookup, f"/multipliers/{index}", "factor")
        self.check_gate(config.get("gate"))
        self.check_round(config.get("round"), params["places"])
        self.check_bounds()
        if self.faults:
            raise Refused(self.faults)

    # -- terms

    def fault(self, pointer, message, unstated=False):
        self.faults.append({"pointer": pointer, "message": message, "unstated": unstated})

    def need_line(self, name, kind, pointer, **more):
        self.needs_lines.setdefault((name, more.get("table")), {"name": name, "kind": kind, "pointer": pointer, **more})

    def need_period(self, name, pointer, kind="number", **more):
        self.needs_periods.setdefault((name, more.get("table")), {"name": name, "kind": kind, "pointer": pointer, **more})

    def need_row(self, name, kind, pointer, **more):
        """A column of what has the rate: lines, or periods where the amount is theirs."""
        if self.rows_are_periods:
            self.need_period(name, pointer, kind, **more)
        else:
            self.need_line(name, kind, pointer, **more)

    def state(self, terms, pointer, *keys):
        for key in keys:
            if key not in terms:
                self.fault(pointer, f"the plan must state `{key}`", unstated=True)

    def check_rate(self, rate, pointer, word):
        """A number: plain, in a column, or looked up in a table, in bands, on a curve; their entries are numbers too."""
        if not isinstance(rate, dict):
            return
        if "column" in rate:
            self.need_row(rate["column"], "number", pointer + "/column")
        elif "bands" in rate:
            self.state(rate, pointer, "edge")
            self.check_figure(rate, pointer)
            self.check_bands(rate["bands"], pointer + "/bands")
            for index, band in enumerate(rate["bands"]):
                self.check_rate(band[word], f"{pointer}/bands/{index}/{word}", word)
        elif "points" in rate:
            self.state(rate, pointer, "below", "above", "places")
            self.check_figure(rate, pointer)
            points, places = rate["points"], rate.get("places", 12)
            if len(points) < 2:
                self.fault(pointer + "/points", "at least two points are wanted")
            for index, point in enumerate(points):
                if index and point["at"] <= points[index - 1]["at"]:
                    self.fault(f"{pointer}/points/{index}/at", "the points of a curve must ascend")
                if Fraction(point[word]) * 10 ** places % 1:
                    self.fault(f"{pointer}/points/{index}/{word}", "more places than the curve has")
            for key in ("below", "above"):
                if not isinstance(rate.get(key, ""), str) and Fraction(rate[key]) * 10 ** places % 1:
                    self.fault(f"{pointer}/{key}", "more places than the curve has")
        else:
            self.need_row(rate["by"], "key", pointer + "/by", table=pointer + "/table")
            self.state(rate, pointer, "otherwise")
            for key, entry in rate["table"].items():
                self.check_rate(entry, f"{pointer}/table/{key}", word)
            self.check_rate(rate.get("otherwise"), pointer + "/otherwise", word)

    def check_figure(self, rate, pointer):
        by, measure = rate["by"], rate.get("measure")
        if isinstance(by, dict) and "earned" in by:
            self.need_period(by["earned"] + ".earned", pointer + "/by/earned")
        elif isinstance(by, dict):
            self.need_row(by["months_since"], "date", pointer + "/by/months_since")
            self.need_row("date", "date", pointer + "/by")
        elif by in ("attainment", "value"):
            if measure is None and not (self.has_quota if by == "attainment" else self.has_measure):
                self.fault(pointer + "/by", f"{by} needs a measure")
            prefix = f"{measure}." if measure else ""
            self.need_period(prefix + "value", pointer + "/by")
            if by == "attainment":
                self.need_period(prefix + "quota", pointer + "/by")
        else:
            if measure is not None:
                self.fault(pointer + "/measure", "a column is no figure of a measure")
            days = isinstance(rate.get("bands", [{}])[0].get("to"), str)
            self.need_row(by, "date" if days else "number", pointer + "/by")

    def check_bands(self, bands, pointer):
        before = None
        for index, band in enumerate(bands):
            last, at = index == len(bands) - 1, f"{pointer}/{index}"
            if last and "to" in band:
                self.fault(at + "/to", "the last band must be open")
            if not last and "to" not in band:
                self.fault(at, "only the last band may be open")
            if "to" in band and before is not None and band["to"] <= before:
                self.fault(at + "/to", "the edges of the bands must ascend")
            before = band.get("to", before)

    def check_tiers(self, tiers):
        self.word = "amount" if tiers.get("by") == "quantity" else "rate"
        self.need_line("part." + tiers["units"] if "units" in tiers else "amount", "number", "/tiers/units" if "units" in tiers else "/tiers")
        self.state(tiers, "/tiers", "by", "method", "over")
        self.check_units(tiers)
        if tiers.get("method") in ("whole-amount", "overage"):
            self.state(tiers, "/tiers", "edge", *(["earlier"] if tiers.get("over") == "to-date" else []))
        if tiers.get("by") == "attainment":
            self.figure = {"period": "in_period", "to-date": "value"}.get(tiers.get("over"))
            if tiers.get("method") in ("whole-amount", "overage") and self.figure:
                self.need_period(self.figure, "/tiers/by")
            self.need_period("quota", "/tiers/by")
            if not self.has_quota:
                self.fault("/tiers/by", "attainment needs a measure with a quota")
            elif not self.sums_lines and tiers.get("over") == "deal":
                self.fault("/tiers/over", "the bands set the amount of each deal against shares of the quota of something else")
            elif not self.sums_lines and tiers.get("method") != "whole-amount":
                self.fault("/tiers/method", "the bands cut the amounts of the lines at shares of the quota of something else")
        self.check_counted(tiers)
        if tiers.get("over") == "to-date":
            self.need_period("window", "/tiers/over")
            if not self.has_measure:
                self.fault("/tiers/over", "to-date needs a measure")
        self.check_bands(tiers["bands"], "/tiers/bands")
        for index, band in enumerate(tiers["bands"]):
            if self.word in band:
                self.check_rate(band[self.word], f"/tiers/bands/{index}/{self.word}", self.word)

    def check_units(self, tiers):
        by, edges = tiers.get("by"), [band["to"] for band in tiers["bands"] if "to" in band]
        if (by == "quantity") != ("units" in tiers):
            self.fault("/tiers/units", "units are counted by quantity only, and then must be")
        other = "rate" if by == "quantity" else "amount"
        for index, band in enumerate(tiers["bands"]):
            if other in band:
                self.fault(f"/tiers/bands/{index}/{other}", "a rate by amount and attainment, an amount by quantity")
        if (tiers.get("method") == "overage") != ("beyond" in tiers) or "beyond" in tiers and tiers["beyond"] not in edges:
            self.fault("/tiers/beyond", "overage begins at an edge")
        self.first_beyond = edges.index(tiers["beyond"]) + 1 if tiers.get("beyond") in edges else len(edges) + 1

    def check_counted(self, tiers):
        """Whether what the measure holds beyond the lines takes up the bands."""
        by, over, counted = tiers.get("by"), tiers.get("over"), tiers.get("counted")
        if by == "amount" and over in ("period", "to-date") and self.sums_lines and self.holds_more:
            self.state(tiers, "/tiers", "counted")
        if counted == "paid" and by == "attainment":
            self.fault("/tiers/counted", "attainment counts all that the measure holds")
        if counted == "measured" and (over == "deal" or not self.sums_lines or by == "quantity"):
            self.fault("/tiers/counted", "nothing else is counted")
        self.counts_more = self.holds_more and (counted == "measured" or by == "attainment" and counted is None)
        if self.counts_more and tiers.get("method") != "whole-amount":
            self.standing = {"period": "measure.before_in_period", "to-date": "measure.before"}.get(over)
            if self.standing:
                self.need_line(self.standing, "number", "/tiers/over")
        if self.counts_more and tiers.get("method") != "marginal" and by == "amount":
            self.figure = {"period": "in_period", "to-date": "value"}.get(over)
            if self.figure:
                self.need_period(self.figure, "/tiers/by")

    def check_gate(self, gate):
        if gate is None:
            return
        self.state(gate, "/gate", "missed")
        self.gate_prefix = gate["measure"] + "." if "measure" in gate else ""
        if not self.gate_prefix and not self.has_quota:
            self.fault("/gate", "a gate needs a measure with a quota")
        self.need_period(self.gate_prefix + "value", "/gate/measure")
        self.need_period(self.gate_prefix + "quota", "/gate/measure")
        if gate.get("missed") == "later":
            self.need_period(self.gate_prefix + "window", "/gate/missed")

    def bounds(self, key):
        """The caps or floors, each with where it stands."""
        stated = self.config.get(key, [])
        return [(bound, f"/{key}/{index}") for index, bound in enumerate(stated)] if isinstance(stated, list) else [(stated, "/" + key)]

    def check_bounds(self):
        tiers, spans = self.tiers or {}, ["line", "period", "window", "year"]
        caps, floors = self.bounds("cap"), self.bounds("floor")
        window = tiers.get("over") == "to-date" or any(bound.get("per") == "window" for bound, _ in caps + floors)
        gate = self.config.get("gate", {})
        if "measure" in gate and gate.get("missed") == "later" and window:
            self.fault("/gate/missed", "later lasts as long as the window of another measure")
        for least, at in floors:
            if any("per" in least and "per" in cap and not isinstance(least["amount"], dict) and not isinstance(cap["amount"], dict)
                   and least["amount"] > cap["amount"] and spans.index(least["per"]) <= spans.index(cap["per"]) for cap, _ in caps):
                self.fault(at + "/amount", "the floor is above the cap")
        true_up = tiers.get("method") != "marginal" and tiers.get("earlier") == "true-up"
        for bounds in (caps, floors):
            for index, (bound, at) in enumerate(bounds):
                self.state(bound, at, "per")
                per = bound.get("per")
                if any(other.get("per") == per for other, _ in bounds[:index]):
                    self.fault(at + "/per", "there is one already")
                self.rows_are_periods = per != "line"
                self.check_rate(bound["amount"], at + "/amount", "amount")
                if not isinstance(bound["amount"], dict) and (Fraction(bound["amount"]) * 10 ** self.places % 1 or bound["amount"] < 0):
                    self.fault(at + "/amount", "the amount has more places than pay is rounded to, or is below 0")
                if per == "line" and (self.per_period or true_up):
                    self.fault(at, "no line earns anything, or a true-up would undo it")
                if per == "window":
                    if not self.has_measure:
                        self.fault(at + "/per", "there is no measure")
                    self.need_period("window", at + "/per")
                if per == "year":
                    self.need_period("period.year", at + "/per")
                if bounds is floors and per in ("window", "year"):
                    self.need_period({"window": "periods_left", "year": "period.year_left"}[per], at + "/per")
        if "review" in self.config:
            if true_up:
                self.fault("/review", "a true-up would pay what is held")
            self.need_line("amount", "number", "/review/above")
            if "approved" in self.config["review"]:
                self.need_line(self.config["review"]["approved"], "boolean", "/review/approved")
        parts = self.config.get("payable", [])
        if parts and sum(Fraction(part["share"]) for part in parts) != 1:
            self.fault("/payable", "the shares do not add up to 100%")
        for index, part in enumerate(parts):
            self.need_line(part["day"], "date", f"/payable/{index}/day")
            self.need_period("period.to", "/payable", "date")
            if part["share"] <= 0:
                self.fault(f"/payable/{index}/share", "a share must be above 0%")

    def check_round(self, terms, places):
        if terms is None:
            self.fault("", "the plan must state `round`", unstated=True)
            terms = {"at": "line"}
        self.state(terms, "/round", "at")
        self.places, self.mode, self.point = terms.get("places", places), terms.get("mode", "half-even"), terms.get("at")

    @property
    def is_walked(self):
        return self.tiers is not None and self.tiers["method"] != "whole-amount"

    def answer(self):
        gifts = [{"name": f"portion_{i + 1}", "places": 6} for i in range(len(self.tiers["bands"]))] if self.is_walked else []
        if "review" in self.config:
            gifts.append({"name": "held", "places": self.places, "summary": "would be earned, but is under review"})
        return {"diagnostics": [], "needs": {"lines": list(self.needs_lines.values()), "periods": list(self.needs_periods.values())},
                "gives": {"places": self.places, "lines": gifts, "periods": [gift for gift in gifts if gift["name"] == "held"]}}

    # -- figures

    def rates(self, rate, rows, periods, word):
        """The number of each row: of the lines, or of the periods themselves."""
        count = rows["count"]
        if not isinstance(rate, dict):
            return [Fraction(rate)] * count
        if "column" in rate:
            return [value or Fraction(0) for value in column(rows, rate["column"])]
        if "points" in rate:
            return [curve(rate, figure, word) for figure in self.figures(rate, rows, periods)]
        if "bands" in rate:
            edges = [day_number(band["to"]) for band in rate["bands"][:-1]]
            branches = [self.rates(band[word], rows, periods, word) for band in rate["bands"]]
            places = [reached(figure, edges, rate["edge"]) for figure in self.figures(rate, rows, periods)]
            return [branches[place][row] for row, place in enumerate(places)]
        kind, table = kind_of(rows, rate["by"]), {}
        for key, entry in rate["table"].items():
            cell = key_value(key, kind)
            if cell in table:
                raise ValueError(f"two keys are the same {kind} as `{key}`")
            table[cell] = self.rates(entry, rows, periods, word)
        otherwise = self.rates(rate["otherwise"], rows, periods, word)
        return [table.get(cell, otherwise)[row] for row, cell in enumerate(column(rows, rate["by"]))]

    def figures(self, rate, rows, periods):
        """What bands and curves go by, for each row; None where a quota of zero is passed by everything."""
        by, prefix = rate["by"], rate["measure"] + "." if "measure" in rate else ""
        if isinstance(by, dict) and "months_since" in by:
            return [months(start, day) for start, day in zip(column(rows, by["months_since"]), column(rows, "date"))]
        if by not in ("attainment", "value") and not isinstance(by, dict):
            return [Fraction(cell) for cell in column(rows, by)]
        figures = column(periods, by["earned"] + ".earned" if isinstance(by, dict) else prefix + "value")
        if by == "attainment":
            quotas = column(periods, prefix + "quota")
            figures = [Fraction(0) if q is None else None if q == 0 else v / q for v, q in zip(figures, quotas)]
        return [figures[row] for row in (range(periods["count"]) if rows is periods else column(rows, "period_row"))]

    def edges(self, quota):
        edges = [Fraction(band["to"]) for band in self.tiers["bands"][:-1]]
        if self.tiers["by"] != "attainment":
            return edges
        if quota == 0:  # passed by everything, returns too: there is only the last band
            return [Fraction(-10**60)] * len(edges)
        return [] if quota is None else [edge * quota for edge in edges]

    def run(self, lines, periods):
        """Earnings, adjustments, portions, and the steps of both."""
        unit, count = Fraction(10) ** self.places, lines["count"]
        config, tiers = self.config, self.tiers
        units = config.get("per_unit", tiers or {}).get("units")
        units = "part." + units if units else "amount"
        base = [Fraction(cell) for cell in column(lines, units)] or [Fraction(0)] * count
        if "amount" in config:
            base = [Fraction(0 if self.per_period else -1 if cell < 0 else 1) for cell in base]
        rates, bands = [Fraction(0)] * count, []
        if tiers:
            bands = [self.rates(band[self.word], lines, periods, self.word) for band in tiers["bands"]]
        elif not self.per_period:
            rates = self.rates(config["rate"], lines, periods, "rate") if "rate" in config else self.rates(
                config["amount"]["pays"] if "amount" in config else config["per_unit"]["amount"], lines, periods, "amount")
        rows = periods if self.per_period else lines
        factors = [Fraction(1)] * rows["count"]
        for lookup in config.get("multipliers", []):
            factors = [a * b for a, b in zip(factors, self.rates(lookup, rows, periods, "factor"))]
        amounts = self.rates(config["amount"]["pays"], periods, periods, "amount") if self.per_period else None
        rows = list(zip(column(periods, "payee"), column(periods, self.window_column(periods)) or range(periods["count"])))
        quota = column(periods, "quota")
        standing = column(lines, getattr(self, "standing", None)) or None
        earned, adjustment, portions = [0] * count, [0] * periods["count"], [[] for _ in range(count)]
        line_steps, period_steps = [[] for _ in range(count)], [[] for _ in range(periods["count"])]
        whole = lambda amount: rounded(amount * unit, self.mode)
        limits = {(key, bound["per"]): self.rates(bound["amount"], lines if bound["per"] == "line" else periods, periods, "amount")
                  for key in ("cap", "floor") for bound, _ in self.bounds(key)}
        limit = lambda key, per, row: whole(limits[key, per][row]) if (key, per) in limits else None
        years, lefts = column(periods, "period.year"), {"window": column(periods, "periods_left"), "year": column(periods, "period.year_left")}
        review, self.held = config.get("review"), [0] * count
        approved = column(lines, review["approved"]) if review and "approved" in review else [None] * count
        amount_of = column(lines, "amount") if review else None
        state, year, payees = None, None, column(periods, "payee")
        of_row = {}
        for line, row in enumerate(column(lines, "period_row")):
            of_row.setdefault(row, []).append(line)
        for row, key in enumerate(rows):
            if row == 0 or key != rows[row - 1]:
                state = {"position": Fraction(0), "owed": [Fraction(0)] * len(bands), "due": 0, "withheld": 0, "amount": 0, "window": [0, 0]}
            if row == 0 or years and (payees[row], years[row]) != (payees[row - 1], years[row - 1]):
                year = [0, 0]
            mine = of_row.get(row, [])
            position = state["position"] if tiers and tiers["over"] == "to-date" else Fraction(0)
            edges, band = [], None
            if tiers:
                edges = self.edges(quota[row] if quota else None)
                if tiers["method"] != "marginal" and tiers["over"] != "deal":
                    measured = column(periods, self.figure) if tiers["by"] == "attainment" or self.counts_more else None
                    figure = measured[row] if measured else position + sum(base[line] for line in mine)
                    band = reached(figure, edges, tiers["edge"])
            running, shown = Fraction(0), 0
            for line in mine:
                if tiers:
                    # A negative deal walks back to zero, and so takes back what the positive one pays.
                    start = max(Fraction(0), -base[line]) if tiers["over"] == "deal" else standing[line] if standing else position
                    end = position = start + base[line]
                    portions[line] = self.portions(start, end, edges)
                    if tiers["method"] != "marginal" and tiers["over"] == "deal":
                        band = reached(max(start, end), edges, tiers["edge"])
                    paid_by = [self.paid_by(index, band) for index in range(len(bands))]
                    parts = [(part, bands[paid_by[index]][line]) for index, part in enumerate(portions[line])]
                    for other in range(len(bands)):
                        state["owed"][other] += factors[line] * sum(
                            part * bands[self.paid_by(index, other)][line] for index, part in enumerate(portions[line]))
                else:
                    parts = [(base[line], rates[line])]
                factor = Fraction(1) if self.per_period else factors[line]
                exact = sum(part * rate for part, rate in parts) * factor
                running += exact
                line_steps[line] = [(f"{part} x {rate} x {factor}", part * rate * factor) for part, rate in parts if part]
                target = whole(running if self.point == "period" else exact)
                pay = target - shown if self.point == "period" else target
                shown += pay
                sign, pay = (-1, -pay) if pay < 0 else (1, pay)
                if limit("floor", "line", line) is not None:
                    pay = max(pay, limit("floor", "line", line))
                if limit("cap", "line", line) is not None:
                    pay = min(pay, limit("cap", "line", line))
                pay *= sign
                line_steps[line].append(("rounding and bounds of a line", Fraction(pay) / unit - exact))
                if review and abs(amount_of[line]) > Fraction(review["above"]) and approved[line] not in ("true", True):
                    line_steps[line].append(("held for review", -Fraction(pay) / unit))
                    self.held[line], pay = pay, 0
                earned[line] = pay
            state["position"] = position
            extra = []
            total = lambda: sum(earned[line] for line in mine) + sum(amount for _, amount in extra)
            if amounts:
                due = whole(amounts[row] * factors[row])
                extra.append(("for the period", due - state["amount"]))
                state["amount"] = due if config["amount"]["per"] == "window" else 0
            if tiers and band is not None and tiers["over"] == "to-date" and tiers["earlier"] == "true-up":
                due = whole(state["owed"][band])
                extra.append(("due to date", due - state["due"] - total()))
                state["due"] = due
            gate = config.get("gate")
            if gate and not self.is_open(gate, periods, row):
                state["withheld"] += total()
                extra = []
                for line in mine:
                    line_steps[line].append(("gate closed", -Fraction(earned[line]) / unit))
                    earned[line] = 0
            elif gate and gate["missed"] == "later":
                extra.append(("earned behind the gate", state["withheld"]))
                state["withheld"] = 0
            if limit("floor", "period", row) is not None:
                extra.append(("floor", max(limit("floor", "period", row), total()) - total()))
            if limit("cap", "period", row) is not None:
                extra.append(("cap", min(limit("cap", "period", row), total()) - total()))
            for span, totals in (("window", state["window"]), ("year", year)):
                cap, least = limit("cap", span, row), limit("floor", span, row)
                if cap is None and least is None:
                    continue
                totals[0] += total()
                due = max(totals[0], least) if least is not None and lefts[span][row] == 0 else totals[0]
                due = due if cap is None else min(due, cap)
                extra.append((f"bounds of the {span}", due - totals[1] - total()))
                totals[1] = due
            adjustment[row] = sum(amount for _, amount in extra)
            period_steps[row] = [(text, Fraction(amount) / unit) for text, amount in extra if amount]
        if config.get("payable"):
            self.release(lines, periods, earned, adjustment, period_steps)
        return earned, adjustment, portions, line_steps, period_steps

    def release(self, lines, periods, earned, adjustment, steps):
        """Moves parts of what lines earned into the periods in which they can be paid."""
        unit, payees, ends = Fraction(10) ** self.places, column(periods, "payee"), column(periods, "period.to")
        parts = self.config["payable"]
        days = [column(lines, part["day"]) for part in parts]
        for line, row in enumerate(column(lines, "period_row")):
            left = earned[line]
            for place, part in enumerate(parts):
                amount = left if place == len(parts) - 1 else rounded(earned[line] * Fraction(part["share"]), self.mode)
                left -= amount
                day = days[place][line]
                later = [] if day is None else [r for r in range(row, len(payees)) if payees[r] == payees[row] and day <= ends[r]]
                if later[:1] == [row]:
                    continue
                for place_of, moved in [(row, -amount)] + [(target, amount) for target in later[:1]]:
                    adjustment[place_of] += moved
                    steps[place_of].append(("held back or released", Fraction(moved) / unit))

    def portions(self, start, end, edges):
        """The part of a line in each band."""
        portions = []
        for index in range(len(self.tiers["bands"])):
            low = edges[index - 1] if 0 < index <= len(edges) else None
            high = edges[index] if index < len(edges) else None
            clamp = lambda x: min(max(x, low) if low is not None else x, high) if high is not None else max(x, low) if low is not None else x
            portions.append(clamp(end) - clamp(start) if index <= len(edges) else Fraction(0))
        return portions

    def paid_by(self, band, reached):
        """The band at whose rate the part in a band is paid."""
        if self.tiers["method"] == "marginal" or self.tiers["method"] == "overage" and band < self.first_beyond:
            return band
        return reached if self.tiers["method"] == "whole-amount" else max(reached, self.first_beyond)

    def window_column(self, periods):
        prefix = getattr(self, "gate_prefix", "")
        return next((name for name in ("window", prefix + "window") if has(periods, name)), "")

    def is_open(self, gate, periods, row):
        value, quota = column(periods, self.gate_prefix + "value")[row], column(periods, self.gate_prefix + "quota")[row]
        if quota is None:
            return gate["at_least"] <= 0
        return quota == 0 or value >= Fraction(gate["at_least"]) * quota


# -- numbers

def reached(figure, edges, edge):
    """The band that a figure reached; None is beyond all."""
    return sum(figure is None or (figure >= to if edge == "upper" else figure > to) for to in edges)


def curve(rate, x, word):
    """The number on the straight line between two points, rounded."""
    points = [(Fraction(point["at"]), Fraction(point[word])) for point in rate["points"]]
    if x is None:
        return points[-1][1] if isinstance(rate["above"], str) else Fraction(rate["above"])
    for key, is_outside, nearest in (("below", x < points[0][0], points[0]), ("above", x > points[-1][0], points[-1])):
        if is_outside and rate[key] != "extend":
            return nearest[1] if rate[key] == "hold" else Fraction(rate[key])
    place = max([index for index, point in enumerate(points[:-1]) if point[0] <= x], default=0)
    (x0, y0), (x1, y1) = points[place], points[place + 1]
    unit = 10 ** rate["places"]
    return Fraction(rounded((y0 + (x - x0) * (y1 - y0) / (x1 - x0)) * unit, "half-even"), unit)


def months(start, day):
    """The whole months from one day to another, each over on its day or the last one of a shorter month."""
    a, b = (date.fromordinal(date(1970, 1, 1).toordinal() + cell) for cell in (start, day))
    last = monthrange(b.year, b.month)[1]
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < min(a.day, last))


def day_number(edge):
    return Fraction(key_value(edge, "date")) if isinstance(edge, str) else Fraction(edge)


# -- frames

def has(frame, name):
    return any(column["name"] == name for column in frame["columns"])


def column(frame, name):
    """The cells of a column: fractions, texts, whole numbers; None for an empty cell, [] for no column."""
    for item in frame["columns"]:
        if item["name"] == name:
            kind, cells = item["type"], item["values"]
            if kind == "decimal":
                return [None if c is None else Fraction(c, 10 ** item["places"]) for c in cells]
            if kind == "text":
                return [None if c is None else item["dictionary"][c] for c in cells]
            if kind == "boolean":
                return [None if c is None else str(c).lower() for c in cells]
            return cells
    return []


def kind_of(frame, name):
    kind = next(item["type"] for item in frame["columns"] if item["name"] == name)
    return "number" if kind in ("decimal", "integer") else kind


def key_value(key, kind):
    """The cell that a key of a table stands for."""
    if kind == "number":
        text, percent = key.replace(",", "").split(" ")[0], key.endswith("%")
        return Fraction(Decimal(text.rstrip("%"))) / (100 if percent else 1)
    if kind == "date":
        return date.fromisoformat(key).toordinal() - date(1970, 1, 1).toordinal()
    if kind == "boolean" and key not in ("true", "false"):
        raise ValueError(f"`{key}` is no truth value")
    return key


def decimals(name, places, cells):
    return {"name": name, "type": "decimal", "places": places, "values": cells}


def steps(rows):
    return [[{"text": text, "amount": digits(amount)} for text, amount in row if amount] for row in rows]


def digits(amount):
    """An exact fraction of a power of ten in plain digits."""
    places = 0
    while (amount * 10 ** places).denominator != 1:
        places += 1
    return format(Decimal(int(amount * 10 ** places)).scaleb(-places), "f")


# -- the protocol

components = {}
# The memory files of the last answer: the host reads them until it sends the next message.
files = []


def answer(method, params):
    files.clear()
    if method == "module/initialize":
        return {"protocol": 1, "id": "commission", "version": "0.1.0-python", "summary": "pays a share of what was sold",
                "features": columns.FEATURES, "configSchema": SCHEMA}
    if method == "module/configure":
        try:
            components[params["component"]] = Component(params["config"], params)
        except Refused as refused:
            return {"diagnostics": refused.args[0]}
        return components[params["component"]].answer()
    if method in ("module/calculate", "module/explain"):
        component = components[params["component"]]
        earned, adjustment, portions, line_steps, period_steps = component.run(
            columns.unshare(params["lines"]), columns.unshare(params["periods"]))
        if method == "module/explain":
            return {"lines": steps(line_steps), "periods": steps(period_steps)}
        lines = [decimals("earned", component.places, earned)]
        for index, gift in enumerate(component.answer()["gives"]["lines"]):
            cells = component.held if gift["name"] == "held" else [rounded(row[index] * 10 ** 6, "half-even") for row in portions]
            lines.append(decimals(gift["name"], gift["places"], cells))
        frames = {"lines": {"count": len(earned), "columns": lines},
                  "periods": {"count": len(adjustment), "columns": [decimals("adjustment", component.places, adjustment)]}}
        if "review" in component.config:
            held = [0] * len(adjustment)
            for row, cell in zip(columns.unshare(params["lines"])["columns"][0]["values"], component.held):
                held[row] += cell
            frames["periods"]["columns"].append(decimals("held", component.places, [cell or None for cell in held]))
        if columns.is_shared(params["lines"]):
            frames = {name: columns.share(frame, files) for name, frame in frames.items()}
        return frames
    if method in ("module/ping", "shutdown"):
        return {}
    raise LookupError(method)


def main():
    for line in sys.stdin:
        request = json.loads(line, parse_float=Decimal)
        reply = {"jsonrpc": "2.0", "id": request.get("id")}
        try:
            reply["result"] = answer(request["method"], request.get("params") or {})
        except LookupError as error:
            reply["error"] = {"code": -32601, "message": f"there is no method {error}"}
        except Exception as error:  # a batch that cannot be computed is an error answer, not a crash
            reply["error"] = {"code": -32603, "message": str(error)}
        if "id" in request:
            sys.stdout.write(json.dumps(reply, ensure_ascii=False, separators=(",", ":")) + "\n")
            sys.stdout.flush()
        if request["method"] == "shutdown":
            break


if __name__ == "__main__":
    main()
