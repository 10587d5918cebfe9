#!/usr/bin/env python3
"""The commission module in Python: shows that module protocol 1 has nothing of Swift in it.

Everything is exact: columns are integers, arithmetic is in fractions, and one rounding stands where the terms say.
"""
import json
import sys
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
        ways = [w for w in ("rate", "per_unit", "tiers") if w in config]
        if len(ways) != 1:
            self.fault("", "state exactly one of rate, per_unit, tiers")
        self.tiers = config.get("tiers")
        if "rate" in config:
            self.need_line("amount", "number", "/rate")
            self.check_rate(config["rate"], "/rate")
        if "per_unit" in config:
            self.need_line(config["per_unit"]["units"], "quantity", "/per_unit/units")
            self.check_rate(config["per_unit"]["amount"], "/per_unit/amount")
        if self.tiers is not None:
            self.check_tiers(self.tiers)
        for index, lookup in enumerate(config.get("multipliers", [])):
            self.check_rate(lookup, f"/multipliers/{index}")
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

    def need_period(self, name, pointer):
        self.needs_periods.setdefault(name, {"name": name, "kind": "number", "pointer": pointer})

    def state(self, terms, pointer, *keys):
        for key in keys:
            if key not in terms:
                self.fault(pointer, f"the plan must state `{key}`", unstated=True)

    def check_rate(self, rate, pointer):
        if not isinstance(rate, dict):
            return
        if "column" in rate:
            self.need_line(rate["column"], "number", pointer + "/column")
            return
        self.need_line(rate["by"], "key", pointer + "/by", table=pointer + "/table")
        self.state(rate, pointer, "otherwise")

    def check_tiers(self, tiers):
        self.need_line("amount", "number", "/tiers")
        self.state(tiers, "/tiers", "by", "method", "over")
        if tiers.get("method") == "whole-amount":
            self.state(tiers, "/tiers", "edge", *(["earlier"] if tiers.get("over") == "to-date" else []))
        if tiers.get("by") == "attainment":
            self.figure = {"period": "in_period", "to-date": "value"}.get(tiers.get("over"))
            if tiers.get("method") == "whole-amount" and self.figure:
                self.need_period(self.figure, "/tiers/by")
            self.need_period("quota", "/tiers/by")
            if not self.has_quota:
                self.fault("/tiers/by", "attainment needs a measure with a quota")
            elif not self.sums_lines and tiers.get("over") == "deal":
                self.fault("/tiers/over", "the bands set the amount of each deal against shares of the quota of something else")
            elif not self.sums_lines and tiers.get("method") == "marginal":
                self.fault("/tiers/method", "the bands cut the amounts of the lines at shares of the quota of something else")
        self.check_counted(tiers)
        if tiers.get("over") == "to-date":
            self.need_period("window", "/tiers/over")
            if not self.has_measure:
                self.fault("/tiers/over", "to-date needs a measure")
        before = None
        for index, band in enumerate(tiers["bands"]):
            last, at = index == len(tiers["bands"]) - 1, f"/tiers/bands/{index}"
            if last and "to" in band:
                self.fault(at + "/to", "the last band must be open")
            if not last and "to" not in band:
                self.fault(at, "only the last band may be open")
            if "to" in band and before is not None and band["to"] <= before:
                self.fault(at + "/to", "the edges of the bands must ascend")
            before = band.get("to", before)

    def check_counted(self, tiers):
        """Whether what the measure holds beyond the lines takes up the bands."""
        by, over, counted = tiers.get("by"), tiers.get("over"), tiers.get("counted")
        if by == "amount" and over in ("period", "to-date") and self.sums_lines and self.holds_more:
            self.state(tiers, "/tiers", "counted")
        if counted == "paid" and by == "attainment":
            self.fault("/tiers/counted", "attainment counts all that the measure holds")
        if counted == "measured" and (over == "deal" or not self.sums_lines):
            self.fault("/tiers/counted", "nothing else is counted")
        self.counts_more = self.holds_more and (counted == "measured" or by == "attainment" and counted is None)
        if self.counts_more and tiers.get("method") == "marginal":
            self.standing = {"period": "measure.before_in_period", "to-date": "measure.before"}.get(over)
            if self.standing:
                self.need_line(self.standing, "number", "/tiers/over")
        if self.counts_more and tiers.get("method") == "whole-amount" and by == "amount":
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

    def check_bounds(self):
        tiers = self.tiers or {}
        window = tiers.get("over") == "to-date" or self.config.get("cap", {}).get("per") == "window"
        gate = self.config.get("gate", {})
        if "measure" in gate and gate.get("missed") == "later" and window:
            self.fault("/gate/missed", "later lasts as long as the window of another measure")
        bounds = [self.config[key] for key in ("cap", "floor") if key in self.config]
        spans = ["line", "period", "window"]
        if len(bounds) == 2 and all(bound.get("per") in spans for bound in bounds):
            (cap, least) = bounds
            if least["amount"] > cap["amount"] and spans.index(least["per"]) <= spans.index(cap["per"]):
                self.fault("/floor/amount", "the floor is above the cap")
        for key in ("cap", "floor"):
            bound = self.config.get(key)
            if bound is None:
                continue
            self.state(bound, "/" + key, "per")
            if Fraction(bound["amount"]) * 10 ** self.places % 1:
                self.fault(f"/{key}/amount", "the amount has more places than pay is rounded to")
            if bound.get("per") == "line" and tiers.get("method") == "whole-amount" and tiers.get("earlier") == "true-up":
                self.fault("/" + key, "a true-up would undo it")
            if bound.get("per") == "window":
                if key == "floor" or not self.has_measure:
                    self.fault(f"/{key}/per", "a window does not fit here")
                self.need_period("window", f"/{key}/per")

    def check_round(self, terms, places):
        if terms is None:
            self.fault("", "the plan must state `round`", unstated=True)
            terms = {"at": "line"}
        self.state(terms, "/round", "at")
        self.places, self.mode, self.point = terms.get("places", places), terms.get("mode", "half-even"), terms.get("at")

    @property
    def is_marginal(self):
        return self.tiers is not None and self.tiers["method"] == "marginal"

    def answer(self):
        gifts = [{"name": f"portion_{i + 1}", "places": 6} for i in range(len(self.tiers["bands"]))] if self.is_marginal else []
        return {"diagnostics": [], "needs": {"lines": list(self.needs_lines.values()), "periods": list(self.needs_periods.values())},
                "gives": {"places": self.places, "lines": gifts}}

    # -- figures

    def rates(self, rate, lines):
        """The rate of each line."""
        if not isinstance(rate, dict):
            return [Fraction(rate)] * lines["count"]
        if "column" in rate:
            return [value or Fraction(0) for value in column(lines, rate["column"])]
        kind, table = kind_of(lines, rate["by"]), {}
        for key, value in rate["table"].items():
            cell = key_value(key, kind)
            if cell in table:
                raise ValueError(f"two keys are the same {kind} as `{key}`")
            table[cell] = Fraction(value)
        return [table.get(cell, Fraction(rate["otherwise"])) for cell in column(lines, rate["by"])]

    def band(self, figure, edges):
        upper = self.tiers.get("edge", "upper") == "upper"
        return sum(figure >= edge if upper else figure > edge for edge in edges)

    def edges(self, quota):
        edges = [Fraction(band["to"]) for band in self.tiers["bands"][:-1]]
        if self.tiers["by"] == "amount":
            return edges
        if quota == 0:  # passed by everything, returns too: there is only the last band
            return [Fraction(-10**60)] * len(edges)
        return [] if quota is None else [edge * quota for edge in edges]

    def run(self, lines, periods):
        """Earnings, adjustments, portions, and the steps of both."""
        unit, count = Fraction(10) ** self.places, lines["count"]
        config, tiers = self.config, self.tiers
        base = column(lines, config["per_unit"]["units"] if "per_unit" in config else "amount")
        rates = None if tiers else self.rates(config.get("rate", config.get("per_unit", {}).get("amount")), lines)
        factors = [Fraction(1)] * count
        for lookup in config.get("multipliers", []):
            factors = [a * b for a, b in zip(factors, self.rates(lookup, lines))]
        rows = list(zip(column(periods, "payee"), column(periods, self.window_column(periods)) or range(periods["count"])))
        quota = column(periods, "quota")
        standing = column(lines, getattr(self, "standing", None)) or None
        earned, adjustment, portions = [0] * count, [0] * periods["count"], [[] for _ in range(count)]
        line_steps, period_steps = [[] for _ in range(count)], [[] for _ in range(periods["count"])]
        whole = lambda amount: rounded(amount * unit, self.mode)
        limit = lambda key, per: int(Fraction(config[key]["amount"]) * unit) if config.get(key, {}).get("per") == per else None
        state = None
        of_row = {}
        for line, row in enumerate(column(lines, "period_row")):
            of_row.setdefault(row, []).append(line)
        for row, key in enumerate(rows):
            if row == 0 or key != rows[row - 1]:
                state = {"position": Fraction(0), "weighted": Fraction(0), "due": 0, "withheld": 0, "uncapped": 0, "paid": 0}
            mine = of_row.get(row, [])
            position = state["position"] if tiers and tiers["over"] == "to-date" else Fraction(0)
            edges, reached = [], None
            if tiers:
                edges = self.edges(quota[row] if quota else None)
                if not self.is_marginal and tiers["over"] != "deal":
                    measured = column(periods, self.figure) if tiers["by"] == "attainment" or self.counts_more else None
                    figure = measured[row] if measured else position + sum(base[line] for line in mine)
                    reached = self.band(figure, edges)
            running, shown = Fraction(0), 0
            for line in mine:
                if tiers:
                    # A negative deal walks back to zero, and so takes back what the positive one pays.
                    start = max(Fraction(0), -base[line]) if tiers["over"] == "deal" else standing[line] if standing else position
                    end = position = start + base[line]
                    parts = self.parts(start, end, edges, reached)
                else:
                    parts = [(base[line], rates[line])]
                portions[line] = [part for part, _ in parts]
                exact = sum(part * rate for part, rate in parts) * factors[line]
                state["weighted"] += base[line] * factors[line]
                running += exact
                line_steps[line] = [(f"{part} x {rate} x {factors[line]}", part * rate * factors[line]) for part, rate in parts if part]
                target = whole(running if self.point == "period" else exact)
                pay = target - shown if self.point == "period" else target
                shown += pay
                if limit("cap", "line") is not None:
                    pay = min(pay, limit("cap", "line"))
                if limit("floor", "line") is not None:
                    pay = max(pay, limit("floor", "line"))
                earned[line] = pay
                line_steps[line].append(("rounding and bounds of a line", Fraction(pay) / unit - exact))
            state["position"] = position
            extra = []
            total = lambda: sum(earned[line] for line in mine) + sum(amount for _, amount in extra)
            if tiers and reached is not None and tiers["over"] == "to-date" and tiers["earlier"] == "true-up":
                due = whole(state["weighted"] * Fraction(tiers["bands"][reached]["rate"]))
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
            if limit("floor", "period") is not None:
                extra.append(("floor", max(limit("floor", "period"), total()) - total()))
            if limit("cap", "period") is not None:
                extra.append(("cap", min(limit("cap", "period"), total()) - total()))
            if limit("cap", "window") is not None:
                state["uncapped"] += total()
                paid = min(state["uncapped"], limit("cap", "window"))
                extra.append(("cap", paid - state["paid"] - total()))
                state["paid"] = paid
            adjustment[row] = sum(amount for _, amount in extra)
            period_steps[row] = [(text, Fraction(amount) / unit) for text, amount in extra if amount]
        return earned, adjustment, portions, line_steps, period_steps

    def parts(self, start, end, edges, reached):
        """The part of a line in each band, with the band's rate."""
        rates = [Fraction(band["rate"]) for band in self.tiers["bands"]]
        if not self.is_marginal:
            band = self.band(max(start, end), edges) if reached is None else reached
            return [(end - start if index == band else Fraction(0), rate) for index, rate in enumerate(rates)]
        parts = []
        for index, rate in enumerate(rates):
            low = edges[index - 1] if 0 < index <= len(edges) else None
            high = edges[index] if index < len(edges) else None
            clamp = lambda x: min(max(x, low) if low is not None else x, high) if high is not None else max(x, low) if low is not None else x
            parts.append((clamp(end) - clamp(start) if index <= len(edges) else Fraction(0), rate))
        return parts

    def window_column(self, periods):
        prefix = getattr(self, "gate_prefix", "")
        return next((name for name in ("window", prefix + "window") if has(periods, name)), "")

    def is_open(self, gate, periods, row):
        value, quota = column(periods, self.gate_prefix + "value")[row], column(periods, self.gate_prefix + "quota")[row]
        if quota is None:
            return gate["at_least"] <= 0
        return quota == 0 or value >= Fraction(gate["at_least"]) * quota


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
            cells = [rounded(row[index] * 10 ** 6, "half-even") for row in portions]
            lines.append(decimals(gift["name"], 6, cells))
        frames = {"lines": {"count": len(earned), "columns": lines},
                  "periods": {"count": len(adjustment), "columns": [decimals("adjustment", component.places, adjustment)]}}
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
