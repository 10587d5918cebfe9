#!/usr/bin/env python3
"""A reward module that misbehaves in the way that its config names: {"mode": "crash"} and so on."""
import json, os, sys, time

modes = {}


def send(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def earnings(params, lines=None, places=2, pays=100):
    count = params["lines"]["count"] if lines is None else lines
    periods = params["periods"]["count"]
    column = lambda name, n: {"name": name, "type": "decimal", "places": places, "values": [pays] * n}
    return {"lines": {"count": count, "columns": [column("earned", count)]},
            "periods": {"count": periods, "columns": [dict(column("adjustment", periods), values=[0] * periods)]}}


def calculate(mode, request):
    params, rid = request["params"], request["id"]
    ok = lambda result: send(json.dumps({"jsonrpc": "2.0", "id": rid, "result": result}))
    if mode == "slow":
        time.sleep(30)
    elif mode == "crash":
        os.abort()
    elif mode == "exit":
        sys.exit(3)
    elif mode == "garbage":
        send("Traceback (most recent call last): this is no JSON")
    elif mode == "wrong-id":
        send(json.dumps({"jsonrpc": "2.0", "id": 987654, "result": earnings(params)}))
    elif mode == "huge":
        sys.stdout.write('{"jsonrpc":"2.0","id":%d,"result":"' % rid)
        chunk = "x" * (1 << 20)
        for _ in range(400):
            sys.stdout.write(chunk)
        send('"}')
    elif mode == "lies-about-counts":
        ok(earnings(params, lines=params["lines"]["count"] + 1))
    elif mode == "lies-about-places":
        ok(earnings(params, places=4))
    elif mode == "process-id":
        time.sleep(0.02)
        ok(earnings(params, pays=os.getpid()))
    elif mode == "no-columns":
        ok({"lines": {"count": params["lines"]["count"], "columns": []},
            "periods": {"count": params["periods"]["count"], "columns": []}})
    elif mode == "crash-once":
        marker = os.environ["MISBEHAVING_MARKER"]
        if not os.path.exists(marker):
            open(marker, "w").close()
            os.abort()
        ok(earnings(params))
    else:
        ok(earnings(params))


def explain(mode, request):
    steps = "90.00" if mode == "lies-when-explaining" else "1.00"
    lines = [[{"text": "one each", "amount": steps}] for _ in range(request["params"]["lines"]["count"])]
    result = {"lines": lines, "periods": [[] for _ in range(request["params"]["periods"]["count"])]}
    send(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}))


for line in sys.stdin:
    request = json.loads(line)
    method, params = request["method"], request.get("params") or {}
    mode = modes.get(params.get("component"))
    if method == "module/calculate":
        calculate(mode, request)
        continue
    if method == "module/explain":
        explain(mode, request)
        continue
    result = {}
    if method == "module/initialize":
        result = {"protocol": 1, "id": "misbehaving", "version": "1.0.0", "features": ["time-travel"], "configSchema": True}
    elif method == "module/configure":
        modes[params["component"]] = params["config"]["mode"]
        result = {"diagnostics": [], "needs": {"lines": [], "periods": []}, "gives": {"places": 2, "lines": []}}
    elif method == "shutdown" and "ignores-shutdown" in modes.values():
        while True:
            time.sleep(1)
    send(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}))
    if method == "shutdown":
        break
