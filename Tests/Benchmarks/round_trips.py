"""How long a program waits for a trivial answer of `incentive rpc`, beside pygls and node echo servers.

`round_trips.py [PATH-OF-INCENTIVE]`; the clients and echo servers are in ../shared/clients. Each program is measured in
every round, in turn, and its best median counts: other work on the machine only ever makes it slower. Exits 1 when the
host's is over 100 µs, or behind a peer's. Peers that are not there are named, and left out.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = ROOT.parent / "shared" / "clients"
if not CLIENTS.is_dir():
    CLIENTS = ROOT.parent.parent / "shared" / "clients"
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "5"))
LIMIT = 100


def measured(framing, command, method, params, begin="none"):
    out = subprocess.run(
        [sys.executable, str(CLIENTS / "rpc_latency.py"), "--framing", framing, "--init", begin, "--method", method, "--params",
         params, "--rows", "0", "--json", "--", *command],
        check=True, capture_output=True, text=True, timeout=120)
    if out.stderr.strip():
        raise SystemExit(f"{command}: {out.stderr.strip()}")
    return json.loads(out.stdout)


def programs(incentive):
    yield "incentive rpc, a message a line", ("ndjson", [incentive, "rpc"], "initialize", "{}")
    yield "incentive rpc, headers", ("lsp", [incentive, "rpc"], "initialize", "{}")
    if shutil.which("node"):
        yield "node, headers", ("lsp", ["node", str(CLIENTS / "echo_node.js"), "lsp"], "bench/echo", '{"x":1}')
    else:
        print("node is not there")
    if subprocess.run([sys.executable, "-c", "import pygls"], capture_output=True).returncode == 0:
        yield "pygls, headers", (
            "lsp", [sys.executable, str(CLIENTS / "tiny_pygls_server.py")], "bench/echo", '{"x":1}', "lsp")
    else:
        print("pygls is not there")
    yield "python, headers, no library", (
        "lsp", [sys.executable, str(CLIENTS / "echo_python.py"), "lsp"], "bench/echo", '{"x":1}')


def main():
    incentive = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".build/release/incentive")
    table = dict(programs(incentive))
    results = {name: [] for name in table}
    for _ in range(ROUNDS):
        for name, program in table.items():
            results[name].append(measured(*program))
    best = {name: min(runs, key=lambda run: run["rtt_us"]["p50"]) for name, runs in results.items()}
    print(f"{'':34} {'p50 µs':>8} {'p99 µs':>8} {'in a row, req/s':>16}")
    for name, run in best.items():
        print(f"{name:34} {run['rtt_us']['p50']:8} {run['rtt_us']['p99']:8} {run['pipelined_req_per_s']:16,}")
    own = [run["rtt_us"]["p50"] for name, run in best.items() if name.startswith("incentive")]
    peers = [run["rtt_us"]["p50"] for name, run in best.items() if name.startswith(("node", "pygls"))]
    if max(own) > LIMIT or peers and max(own) > min(peers):
        print(f"too slow: over {LIMIT} µs, or behind a peer")
        return 1
    return 0


sys.exit(main())
