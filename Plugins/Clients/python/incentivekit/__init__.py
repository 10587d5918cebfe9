"""Drives the IncentiveKit host, `incentive rpc`, as a subprocess. Amounts are strings: make decimals of them."""

from .client import Host, HostError, Plan, Run

__all__ = ["Host", "HostError", "Plan", "Run"]
