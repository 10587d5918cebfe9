#!/usr/bin/env python3
"""A reward module that misbehaves in the way that its config names: {"mode": "crash"} and so on."""
import json, os, struct, sys, time

modes = {}
files = []


def send(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def earnings(params, lines=None, places=2, pays=100):
    count = params["lines"]["count"] if lines is None else lines
    periods = params["periods"]["count"]
    column = lambda name, n: {"name": name, "type": "decimal", "places": places, "values": [pays] * n}
    return {"lines": {"count": count, "columns": [column("earned", count)]},
            "periods": {"count": periods, "columns": [dict(column("adjustment", periods), values=[0] * periods)]}}


def given(mode, params):
    """Earnings with a further column of the periods, `rank`, false in the way that the mode names."""
    answer, count = earnings(params), params["periods"]["count"]
    rank = {"name": "rank", "type": "decimal", "places": 0, "values": [None] + [7] * (count - 1)}
    if mode == "gives-too-few":
        rank["values"].pop()
    elif mode == "gives-other-places":
        rank["places"] = 3
    elif mode == "gives-texts":
        rank.update(type="text", dictionary=["first"], values=[0] * count)
    elif mode == "gives-empty-adjustment":
        answer["periods"]["columns"][0]["values"][0] = None
    if mode != "gives-nothing":
        answer["periods"]["columns"].append(rank)
    return answer


def configured(mode):
    """What the component needs and gives, false in the way that the mode names."""
    needs, gives = {"lines": [], "periods": []}, {"places": 2, "lines": []}
    if mode.startswith("gives-"):
        gives["periods"] = [{"name": "rank", "places": 0}]
    elif mode == "promises-earned":
        gives["periods"] = [{"name": "adjustment", "places": 0}]
    elif mode == "promises-other-scope":
        gives["scope"] = "everything"
    elif mode == "wants-table-twice":
        needs["tables"] = [{"name": "deals", "columns": []}] * 2
    elif mode == "wants-payee-twice":
        needs["tables"] = [{"name": "deals", "person": "owner", "columns": [{"name": "payee"}]}]
    return {"diagnostics": [], "needs": needs, "gives": gives}


def memory_file(cells, kind="<i8", count=None):
    """The path of a memory file with a list of cells: bytes, or whole numbers of 64 bits."""
    data = cells if isinstance(cells, bytes) else struct.pack(f"<{len(cells)}q", *cells)
    head = "{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }" % (kind, len(cells) if count is None else count)
    head = head.ljust(117) + "\n"
    files.append(os.memfd_create("answer"))
    os.write(files[-1], b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + data)
    return f"/proc/{os.getpid()}/fd/{files[-1]}"


def change(path):
    """What comes of every attempt to change a file of the host: the sum of the errors, EPERM being 1."""
    errors = 0
    descriptor = os.open(path, os.O_RDWR)
    for attempt in (lambda: os.pwrite(descriptor, b"x" * 8, 128), lambda: os.ftruncate(descriptor, 0),
                    lambda: os.ftruncate(descriptor, 1 << 20)):
        try:
            attempt()
            errors += 1000
        except OSError as error:
            errors += error.errno
    os.close(descriptor)
    return errors


def mapped(mode, params):
    """Earnings of 1.00 a line in memory files, false in the way that the mode names."""
    count, answer = params["lines"]["count"], earnings(params)
    column = answer["lines"]["columns"][0]
    column.pop("values")
    column["npy"] = memory_file([100] * count)
    if mode == "mapped-wrong-kind":
        column["npy"] = memory_file(struct.pack(f"<{count}d", *[100.0] * count), "<f8", count)
    elif mode == "mapped-narrow":
        column["npy"] = memory_file(bytes(4 * count), "<i4", count)
    elif mode == "mapped-wrong-length":
        column["npy"] = memory_file([100] * (count + 1))
    elif mode == "mapped-truncated":
        column["npy"] = memory_file([100] * (count - 1), count=count)
    elif mode == "mapped-vast":
        column["npy"] = memory_file([100] * count, count=1 << 61)
    elif mode == "mapped-no-list":
        column["npy"] = memory_file([100] * count, kind="<i8', 'x': '")
    elif mode == "mapped-other-path":
        column["npy"] = "/etc/passwd"
    elif mode == "mapped-other-process":
        column["npy"] = f"/proc/{os.getppid()}/fd/0"
    elif mode == "mapped-plain-file":
        files.append(os.open(__file__, os.O_RDONLY))
        column["npy"] = f"/proc/{os.getpid()}/fd/{files[-1]}"
    elif mode == "mapped-both-ways":
        column["values"] = [100] * count
    elif mode == "mapped-outside-dictionary":
        column.update(type="text", dictionary=["a"], npy=memory_file(struct.pack(f"<{count}i", *range(count)), "<i4", count))
    elif mode == "mapped-wild-flags":
        column["missing"] = memory_file(bytes([7] * count), "|b1", count)
    elif mode == "mapped-changes-inputs":
        named = next(c for c in params["lines"]["columns"] if c["name"] == "amount")
        column["npy"] = memory_file([change(named["npy"])] * count)
    return answer


def leave_sleeper(mode):
    """Leaves a process behind that holds both pipes, in a group of its own where the mode says so."""
    read, write = os.pipe()
    if os.fork() == 0:
        if "own-group" in mode:
            os.setsid()
        if "MISBEHAVING_MARKER" in os.environ:
            with open(os.environ["MISBEHAVING_MARKER"], "a") as marker:
                marker.write(f"{os.getpid()}\n")
        os.write(write, b"x")
        time.sleep(20)
        os._exit(0)
    os.read(read, 1)
    if "exits" in mode:
        os._exit(3)
    time.sleep(20)


def calculate(mode, request):
    params, rid = request["params"], request["id"]
    ok = lambda result: send(json.dumps({"jsonrpc": "2.0", "id": rid, "result": result}))
    if mode == "slow":
        time.sleep(30)
    elif mode.startswith("sleeper"):
        leave_sleeper(mode)
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
    elif mode.startswith("gives-"):
        ok(given(mode, params))
    elif mode == "process-id":
        time.sleep(0.02)
        ok(earnings(params, pays=os.getpid()))
    elif mode == "no-columns":
        ok({"lines": {"count": params["lines"]["count"], "columns": []},
            "periods": {"count": params["periods"]["count"], "columns": []}})
    elif mode.startswith("mapped"):
        ok(mapped(mode, params))
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
        result = {"protocol": 1, "id": "misbehaving", "version": "1.0.0", "features": ["time-travel", "columns.mapped"], "configSchema": True}
    elif method == "module/configure":
        modes[params["component"]] = params["config"]["mode"]
        result = configured(modes[params["component"]])
    elif method == "shutdown" and "ignores-shutdown" in modes.values():
        while True:
            time.sleep(1)
    send(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}))
    if method == "shutdown":
        break
