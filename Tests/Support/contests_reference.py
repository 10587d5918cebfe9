#!/usr/bin/env python3
"""Random contests, worked out a second time in fractions, against the contests module.

    contests_reference.py COUNT -- PROGRAM

Each contest has a field of payees with many equal scores, prizes, a rule for ties, ranking, unclaimed prizes and a budget.
What must hold whatever the terms: nobody gets less than nothing, the budget is kept, and by sharing the prizes are paid
out to the cent, as far as there are winners.
"""
import hashlib
import json
import random
import subprocess
import sys
from fractions import Fraction


class Module:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.call("module/initialize", {"protocol": 1, "host": "reference", "features": []})

    def call(self, method, params):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["result"]


def numbers(seed, label):
    counter = 0
    while True:
        counter += 1
        yield int.from_bytes(hashlib.sha256(f"{seed}\n{label}\n{counter}".encode()).digest()[:8], "big")


def below(draws, count):
    return next(n % count for n in draws if n < 2**64 - 2**64 % count)


def equal_parts(amount, count):
    return [amount // count + (place < amount % count) for place in range(count)]


def in_proportion(amount, weights):
    if not sum(weights):
        return equal_parts(amount, len(weights))
    exact = [Fraction(amount * weight, sum(weights)) for weight in weights]
    parts = [int(share) for share in exact]
    for place in sorted(range(len(exact)), key=lambda p: (parts[p] - exact[p], p))[:amount - sum(parts)]:
        parts[place] += 1
    return parts


def contest(terms, scores):
    """What each payee gets, in cents."""
    draws, finishers = numbers(terms["seed"], "March"), [p for p in range(len(scores)) if scores[p] >= terms["at_least"]]
    order = sorted(finishers, key=lambda p: (-scores[p], p))
    prizes, awards = terms["prizes"], []
    if terms["kind"] == "raffle":
        tickets = {p: scores[p] // terms["ticket"] for p in finishers}
        while len(awards) < len(prizes) and sum(tickets.values()):
            ticket = below(draws, sum(tickets.values()))
            for person in sorted(tickets):
                if ticket < tickets[person]:
                    break
                ticket -= tickets[person]
            awards.append((person, prizes[len(awards)]))
            tickets[person] = 0 if terms["wins"] == "once" else tickets[person] - 1
        left = sum(prizes[len(awards):])
    else:
        groups = [[p for p in order if scores[p] == score] for score in sorted({scores[p] for p in order}, reverse=True)]
        if terms["ties"] == "draw":
            drawn = []
            for group in groups:
                rest = list(group)
                while len(group) > 1 and rest:
                    drawn.append([rest.pop(below(draws, len(rest)))])
                if len(group) == 1:
                    drawn.append(group)
            groups = drawn
        place = 0
        for group in groups:
            width = 1 if terms["ranking"] == "dense" else len(group)
            won = prizes[place:place + width]
            if won and len(group) > 1 and terms["ties"] == "share":
                awards += list(zip(group, equal_parts(sum(won), len(group))))
            elif won and (len(group) == 1 or terms["ties"] != "nobody"):
                awards += [(person, won[0]) for person in group]
            place += width
        left = sum(prizes[place:])
    if left and awards and terms["unclaimed"] != "keep":
        amounts = [amount for _, amount in awards]
        parts = equal_parts(left, len(awards)) if terms["unclaimed"] == "equally" else in_proportion(left, amounts)
        awards += [(person, part) for (person, _), part in zip(awards, parts)]
    if terms["budget"] is not None and sum(amount for _, amount in awards) > terms["budget"]:
        if terms["over"] == "scale":
            awards = list(zip([p for p, _ in awards], in_proportion(terms["budget"], [a for _, a in awards])))
        else:
            awards = cut_in_order(terms, awards, scores, order)
    paid = [0] * len(scores)
    for person, amount in awards:
        paid[person] += amount
    return paid


def cut_in_order(terms, awards, scores, order):
    """The awards of the best ranks first, of equal ranks by id."""
    def rank(person):
        if terms["kind"] == "places" and terms["ties"] == "draw":
            return [p for p, _ in awards].index(person)
        better = {scores[p] for p in order if scores[p] > scores[person]}
        return len(better) if terms["ranking"] == "dense" else sum(scores[p] > scores[person] for p in order)

    left, kept = terms["budget"], []
    for place in sorted(range(len(awards)), key=lambda p: (rank(awards[p][0]), awards[p][0], p)):
        amount = min(awards[place][1], left)
        kept.append((awards[place][0], amount))
        left -= amount
    return kept


def random_terms(rng):
    kind = rng.choice(["places", "places", "places", "raffle"])
    return {
        "kind": kind, "at_least": rng.randint(0, 3), "ranking": rng.choice(["standard", "dense"]),
        "ties": rng.choice(["share", "duplicate", "draw", "nobody"]), "unclaimed": rng.choice(["keep", "equally", "pro-rata"]),
        "prizes": sorted((rng.randint(1, 50000) for _ in range(rng.randint(1, 7))), reverse=True),
        "budget": rng.choice([None, rng.randint(0, 60000)]), "over": rng.choice(["scale", "in-order"]),
        "ticket": rng.randint(1, 3), "wins": rng.choice(["once", "per-ticket"]), "seed": f"seed {rng.randint(0, 999)}",
    }


def config(terms):
    money = lambda cents: f"{cents // 100}.{cents % 100:02}"
    literal = lambda text: json.loads(text, parse_float=Exact)
    prizes = [literal(money(p)) for p in terms["prizes"]]
    result = {"pays": "cash", "rounds": "period", "score": {"count": "lines"}, "at_least": terms["at_least"],
              "unclaimed": terms["unclaimed"]}
    if terms["kind"] == "raffle":
        result |= {"winners": {"raffle": {"ticket": terms["ticket"], "wins": terms["wins"]}, "prizes": prizes}}
        result |= {"seed": terms["seed"], "ranking": terms["ranking"]}
    else:
        result |= {"winners": {"places": prizes}, "ties": terms["ties"], "ranking": terms["ranking"]}
        if terms["ties"] == "draw":
            result["seed"] = terms["seed"]
    if terms["budget"] is not None:
        result["budget"] = {"amount": literal(money(terms["budget"])), "per": "round", "over": terms["over"]}
    return result


class Exact(float):
    """A number that is written with the digits that it was read with."""
    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __repr__(self):
        return self.text


def batch(scores):
    column = lambda name, values, kind="integer", **more: {"name": name, "type": kind, "values": values, **more}
    count, lines = len(scores), [p for p, score in enumerate(scores) for _ in range(score)]
    day = (20513, 20543)
    return {
        "component": "c",
        "lines": {"count": len(lines), "columns": [column("period_row", lines), column("date", [day[0]] * len(lines), "date")]},
        "periods": {"count": count, "columns": [
            column("payee", list(range(count))), column("period", [0] * count),
            column("period.from", [day[0]] * count, "date"), column("period.to", [day[1]] * count, "date"),
            column("period.label", [0] * count, "text", dictionary=["March"])]},
    }


def main():
    module, rng, faults, count = Module(sys.argv[3:]), random.Random(7), 0, int(sys.argv[1])
    for number in range(count):
        terms, scores = random_terms(rng), [rng.randint(0, 6) for _ in range(rng.randint(0, 9))]
        answer = module.call("module/configure", {"component": "c", "config": config(terms), "currency": "USD", "places": 2})
        assert not answer["diagnostics"], answer
        result = module.call("module/calculate", batch(scores))
        paid = next(c["values"] for c in result["periods"]["columns"] if c["name"] == "adjustment")
        wanted, prizes = contest(terms, scores), sum(terms["prizes"])
        wrong = [f"{paid} is paid, not {wanted}"] if paid != wanted else []
        if any(amount < 0 for amount in paid):
            wrong.append("somebody gets less than nothing")
        if terms["budget"] is not None and sum(paid) > terms["budget"]:
            wrong.append("the budget is exceeded")
        if terms["budget"] is None and (terms["kind"] == "raffle" or terms["ties"] in ("share", "draw")):
            if sum(paid) > prizes or (sum(paid) != prizes and any(paid) and terms["unclaimed"] != "keep"):
                wrong.append(f"{sum(paid)} of {prizes} is paid out")
        faults += bool(wrong)
        for words in wrong[:3]:
            print(f"contest {number}: {words}: {terms}, scores {scores}")
    print(f"{count} contests, {faults} differ")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
