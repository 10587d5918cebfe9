"""Recomputes the worked examples of Tests/Published in exact fractions.

Each test there says where its example was published and how its figures are worked out: the first line of `source` is
the address, and each further line with a sign of equality is a figure and the arithmetic that makes it, like
`13,500 = 50,000 * 5% + 50,000 * 10% + 40,000 * 15%`, or `~` where the figure is rounded to cents. Other lines are words.
Prints what does not hold, and how many examples there are.
"""

import ast
import operator
import pathlib
import re
import sys
from fractions import Fraction

import yaml

SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
RULE = re.compile(r"^([\d,.]+%?) ([=~]) ([\d,.%+*/() -]+)$")


def exact(text):
    """The value of an arithmetic expression: numbers, percentages, + - * / and parentheses."""
    plain = re.sub(r"([\d.]+)%", r"(\1 / 100)", text.replace(",", ""))

    def value(node):
        if isinstance(node, ast.BinOp):
            return SIGNS[type(node.op)](value(node.left), value(node.right))
        return Fraction(ast.get_source_segment(plain, node))

    return value(ast.parse(plain, mode="eval").body)


def cents(value):
    """The nearest cent, of two equally near ones the even one."""
    return Fraction(round(value * 100), 100)


def expected(test):
    """The figures that a test expects, each also without its sign."""
    figures = set()
    for entry in test["expect"]:
        for key, figure in entry.items():
            if key not in ("payee", "period", "transaction", "credit"):
                figures.add(abs(exact(str(figure))))
    return figures


def faults(path):
    """What is wrong with the examples of a file, and how many it has."""
    text = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    found = []
    for test in text["tests"]:
        address, *lines = test["source"].strip().split("\n")
        rules = [rule for rule in map(RULE.match, lines) if rule]
        if not re.match(r"https?://\S+$", address):
            found.append(f"{path.name}: {test['name']}: no address")
        for rule in rules:
            left, right = exact(rule[1]), exact(rule[3])
            if left != (cents(right) if rule[2] == "~" else right):
                found.append(f"{path.name}: {test['name']}: {rule[0]} does not hold")
        if not expected(test) & {exact(rule[1]) for rule in rules}:
            found.append(f"{path.name}: {test['name']}: none of its figures is worked out")
    return found, len(text["tests"])


def main(folder):
    count, found = 0, []
    for path in sorted(pathlib.Path(folder).glob("*.test.yaml")):
        wrong, tests = faults(path)
        count, found = count + tests, found + wrong
    print("\n".join(found + [f"{count} examples, {len(found)} faults"]))


main(sys.argv[1])
