"""Drives the IncentiveKit host, `incentive rpc`, as a subprocess. Amounts are strings: make decimals of them."""

from .answers import (
    Change,
    Comparison,
    Derivation,
    Diagnostic,
    Estimate,
    Failure,
    Module,
    PlanChange,
    Preview,
    Row,
    Switched,
    Template,
    Test,
    TestFile,
    TestResults,
)
from .client import Host, HostError, Plan, Run

__all__ = [
    "Change",
    "Comparison",
    "Derivation",
    "Diagnostic",
    "Estimate",
    "Failure",
    "Host",
    "HostError",
    "Module",
    "Plan",
    "PlanChange",
    "Preview",
    "Row",
    "Run",
    "Switched",
    "Template",
    "Test",
    "TestFile",
    "TestResults",
]
