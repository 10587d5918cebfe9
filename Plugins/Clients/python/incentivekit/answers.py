"""What the host answers, as types. Amounts are strings in plain digits, None where a component failed."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, TypedDict, Union

JSON = Any
Row = Dict[str, Optional[str]]
# Rows of a table, or its columns.
Table = Union[Sequence[Mapping[str, JSON]], Mapping[str, Sequence[JSON]]]


class Location(TypedDict, total=False):
    file: str
    line: int
    column: int
    endLine: int
    endColumn: int
    field: str


class Related(TypedDict):
    message: str
    location: Location


class _DiagnosticMust(TypedDict):
    code: str
    severity: str
    message: str


class Diagnostic(_DiagnosticMust, total=False):
    location: Location
    help: str
    related: List[Related]


class _NoteMust(TypedDict):
    text: str


class Note(_NoteMust, total=False):
    location: Location


class _DerivationMust(TypedDict):
    title: str
    amount: Optional[str]


class Derivation(_DerivationMust, total=False):
    """A figure and its parts, which add up to it."""

    unit: str
    location: Location
    notes: List[Note]
    children: List[Derivation]
    childrenLeftOut: int
    childrenCursor: str


class Change(TypedDict):
    payee: str
    name: str
    before: Optional[str]
    after: Optional[str]
    difference: Optional[str]


class _PagedMust(TypedDict):
    count: int


class _Paged(_PagedMust, total=False):
    cursor: str


class Comparison(_Paged):
    state: str
    currency: str
    before: Optional[str]
    after: Optional[str]
    difference: Optional[str]
    better: int
    worse: int
    same: int
    changes: List[Change]


class Share(Change):
    credited: bool
    explanation: List[Derivation]


class Estimate(_Paged):
    state: str
    currency: str
    deals: int
    adds: Optional[str]
    payees: List[Share]


class ComponentTotal(TypedDict):
    name: str
    unit: str
    total: Optional[str]


class Preview(_Paged):
    plan: str
    state: str
    currency: str
    period: Optional[str]
    components: List[ComponentTotal]
    totals: Dict[str, Optional[str]]
    total: Optional[str]
    statements: List[Row]


class PlanChange(TypedDict):
    """One thing that two plans say otherwise: what, and what each says of it."""

    subject: str
    before: Optional[str]
    after: Optional[str]
    places: List[str]


class _ModuleMust(TypedDict):
    id: str
    version: str
    summary: str
    health: str


class Module(_ModuleMust, total=False):
    folder: str


class Template(TypedDict):
    name: str
    summary: str
    files: List[str]


class PayChange(TypedDict):
    currency: str
    before: Optional[str]
    after: Optional[str]
    difference: Optional[str]
    better: int
    worse: int
    same: int
    payees: List[Change]


class Switched(TypedDict):
    """The file that the switch was written to; `change` where nothing was to be written."""

    file: str
    change: Optional[PayChange]


class Failure(TypedDict):
    payee: str
    period: str
    figure: str
    expected: str
    found: Optional[str]
    diagnostic: Diagnostic
    derivations: List[Derivation]


class Test(TypedDict):
    name: str
    source: Optional[str]
    line: int
    passed: bool
    diagnostics: List[Diagnostic]
    failures: List[Failure]


class TestFile(TypedDict):
    file: str
    plan: Optional[str]
    diagnostics: List[Diagnostic]
    tests: List[Test]


class TestResults(NamedTuple):
    passed: bool
    counts: Dict[str, int]
    files: List[TestFile]
