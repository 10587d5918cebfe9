"""How long a program waits for a trivial answer of `incentive rpc`, beside pygls and node echo servers.

A part of the page (`run round_trips`), or alone: `round_trips.py [PATH-OF-INCENTIVE]`, which exits 1 when an aim is
missed. The clients and echo servers are in ../shared/clients. Each program is measured in every round, in turn, and its
best median counts: other work on the machine only ever makes it slower. Peers that are not there are named, and left out.
"""

import json
import os
import shutil
import subprocess
import sys

import setting
from measuring import ROOT, Target, table

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
    yield "**incentive rpc**, a message a line", ("ndjson", [incentive, "rpc"], "initialize", "{}")
    yield "**incentive rpc**, headers", ("lsp", [incentive, "rpc"], "initialize", "{}")
    if shutil.which("node"):
        yield "peer: node that echoes, headers", ("lsp", ["node", str(CLIENTS / "echo_node.js"), "lsp"], "bench/echo", '{"x":1}')
    else:
        print("node is not there", file=sys.stderr)
    if subprocess.run([sys.executable, "-c", "import pygls"], capture_output=True).returncode == 0:
        yield "peer: pygls that echoes, headers", (
            "lsp", [sys.executable, str(CLIENTS / "tiny_pygls_server.py")], "bench/echo", '{"x":1}', "lsp")
    else:
        print("pygls is not there", file=sys.stderr)
    yield "Python that echoes, by hand, headers", (
        "lsp", [sys.executable, str(CLIENTS / "echo_python.py"), "lsp"], "bench/echo", '{"x":1}')


def section(incentive=setting.INCENTIVE):
    known = dict(programs(incentive))
    results = {name: [] for name in known}
    for _ in range(ROUNDS):
        for name, program in known.items():
            results[name].append(measured(*program))
    best = {name: min(runs, key=lambda run: run["rtt_us"]["p50"]) for name, runs in results.items()}
    own = max(run["rtt_us"]["p50"] for name, run in best.items() if name.startswith("**"))
    peers = [run["rtt_us"]["p50"] for name, run in best.items() if name.startswith("peer")]
    targets = [Target("a trivial request of `incentive rpc`, median", f"at most {LIMIT} µs", f"{own} µs", own <= LIMIT)]
    if peers:
        times = min(peers) / own
        targets.append(Target("its peers' least median takes times ours", "more than 1", f"{times:.2f}", times > 1))
    rows = [
        [name, str(run["rtt_us"]["p50"]), str(run["rtt_us"]["p99"]), f"{run['pipelined_req_per_s']:,}"] for name, run in best.items()
    ]
    text = f"""## Round trips

A trivial request (`initialize`) of a program to `incentive rpc`, 2,000 one after the other and then 2,000 sent at once,
with echo servers that do nothing else; the best of {ROUNDS} rounds in turns.

{table(["Program", "Median, µs", "99th of 100, µs", "Sent at once, requests a second"], rows)}"""
    return text, targets


def main():
    text, targets = section(sys.argv[1] if len(sys.argv) > 1 else setting.INCENTIVE)
    print(text)
    for target in targets:
        print(f"{target.what}: {target.limit}, found {target.found}")
    return 0 if all(target.is_met for target in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
