"""Whose code a symbol is, and what people call it."""

import functools
import re
import subprocess

from measuring import ROOT

TARGETS = {path.name for folder in ("Sources", "Plugins") for path in (ROOT / folder).iterdir() if path.is_dir()}


@functools.cache
def target(symbol):
    """The target of ours that a mangled name belongs to; None for the library's, the system's and mere thunks."""
    if re.search(r"TR(TA)?(\.\d+)?(TA)?$", symbol):
        return None
    # A name begins with its module: its length and its letters; an extension of a type of the library says it later.
    start = re.match(r"\$s(?:S\w+?)??(\d+)", symbol)
    if not start:
        return None
    name = symbol[start.end() : start.end() + int(start[1])]
    return name if name in TARGETS else None


def descriptions():
    """What each target is, as the architecture page says it."""
    rows = re.findall(
        r"^\| `(\w+)` \| [^|]*\| ([^|]*) \|$", (ROOT / "Docs/Architecture.md").read_text(encoding="utf-8"), re.M
    )
    return dict(rows)


def demangled(symbols):
    """The short name of each symbol."""
    symbols = list(symbols)
    if not symbols:
        return {}
    done = subprocess.run(
        ["swift", "demangle", "-compact", "-simplified"], input="\n".join(symbols), capture_output=True, text=True,
        check=True,
    )
    return {symbol: short(name) for symbol, name in zip(symbols, done.stdout.splitlines())}


def short(name):
    """A name without what only the compiler wants to know."""
    if " in conformance " in name:
        name = name.split(" in conformance ")[0]
    name = re.sub(r"^(?:partial apply for |specialized |merged |protocol witness for |static )+", "", name)
    name = re.sub(r"(?:implicit )?closure #\d+ (?:\([^()]*\) )?in ", "closure in ", name)
    name = re.sub(r"(?:closure in )+", "closure in ", name)
    name = re.sub(r"\((?:anonymous namespace|inlined)\)::", "", name)
    # Types within types: from the innermost out.
    while "<" in name and (bare := re.sub(r"<[^<>]*>", "", name)) != name:
        name = bare
    name = re.sub(r"@\w+ |\b(?:specialized|static) ", "", name)
    return name if len(name) <= 72 else name[:69] + "…"
