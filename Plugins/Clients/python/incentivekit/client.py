from __future__ import annotations

import json
import subprocess
import threading
from decimal import Decimal
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence

JSON = Any
Row = Dict[str, Optional[str]]


class HostError(Exception):
    """An error that the host answered: its code, and the diagnostics of the plan or data where there are any."""

    def __init__(self, code: int, message: str, data: JSON = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data

    @property
    def diagnostics(self) -> List[Dict[str, JSON]]:
        return self.data if self.code == -32010 and isinstance(self.data, list) else []


class Host:
    """A host that runs for as long as the value is used: `with Host() as host: ...`.

    Calls may come from several threads; they are answered one after the other.
    """

    def __init__(
        self,
        command: Sequence[str] = ("incentive",),
        *,
        role: str = "admin",
        plans: Sequence[str] = (),
        data: Optional[str] = None,
        on_progress: Optional[Callable[[Mapping[str, JSON]], None]] = None,
    ) -> None:
        arguments = [*command, "rpc", "--as", role]
        for plan in plans:
            arguments += ["--plan", plan]
        if data is not None:
            arguments += ["--data", data]
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._next_id = 0
        self._process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            self.facts: Dict[str, JSON] = self.call("initialize", client="incentivekit-python")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Host":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the host."""
        if self._process.stdin:
            try:
                self._process.stdin.close()
            except OSError:
                pass
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def call(self, method: str, **params: JSON) -> JSON:
        """The result of a method; parameters that are None are left out. Raises HostError."""
        with self._lock:
            self._next_id += 1
            own = self._next_id
            given = {name: value for name, value in params.items() if value is not None}
            self._send({"jsonrpc": "2.0", "id": own, "method": method, "params": given})
            while True:
                line = self._process.stdout.readline() if self._process.stdout else b""
                if not line:
                    raise HostError(-32603, f"the host ended while it answered `{method}`")
                message = json.loads(line, parse_float=Decimal)
                if message.get("method") == "$/progress" and self._on_progress:
                    self._on_progress(message["params"])
                if message.get("id") != own or "method" in message:
                    continue
                if "error" in message:
                    error = message["error"]
                    raise HostError(error["code"], error["message"], error.get("data"))
                return message["result"]

    def cancel(self) -> None:
        """Takes back the call that another thread waits for; that call raises HostError with code -32800."""
        self._send({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": self._next_id}})

    def _send(self, message: JSON) -> None:
        text = json.dumps(message, default=str, separators=(",", ":")) + "\n"
        with self._writing:
            try:
                assert self._process.stdin is not None
                self._process.stdin.write(text.encode())
                self._process.stdin.flush()
            except (OSError, ValueError) as error:
                raise HostError(-32603, "the host is not running") from error

    def pages(self, answer: Mapping[str, JSON], name: str) -> Iterator[JSON]:
        """All items of a list of an answer, the later pages fetched when they are reached."""
        page: Mapping[str, JSON] = answer
        while True:
            yield from page[name]
            if "cursor" not in page:
                return
            page = self.call("page/next", cursor=page["cursor"])

    def check(self, path: Optional[str] = None, *, text: Optional[str] = None, data: Optional[str] = None) -> List[JSON]:
        """The diagnostics of a plan, given by its path or its text."""
        return self.call("plan/check", path=path, text=text, data=data)

    def open(self, path: Optional[str] = None, *, text: Optional[str] = None) -> "Plan":
        """Opens a plan, given by its path or its text; a payee's or manager's host opens the one it was given."""
        return Plan(self, self.call("plan/open", path=path, text=text))

    def modules(self) -> List[Dict[str, str]]:
        return self.call("modules/list")

    def schema(self, module: str) -> Dict[str, JSON]:
        """The JSON Schema of a module's terms."""
        return self.call("schema/get", module=module)["schema"]


class Run:
    """What a run answered: its facts as in `run.json`, and its statements."""

    def __init__(self, host: Host, answer: Dict[str, JSON]) -> None:
        self._host = host
        self.answer = answer
        self.facts: Dict[str, JSON] = answer["run"]

    @property
    def is_complete(self) -> bool:
        return self.facts["state"] == "complete"

    @property
    def total(self) -> Optional[Decimal]:
        """The money of all payees; None when a component failed."""
        return None if self.facts["total"] is None else Decimal(self.facts["total"])

    def statements(self) -> Iterator[Row]:
        return self._host.pages(self.answer, "statements")


class Plan:
    """An open plan."""

    def __init__(self, host: Host, facts: Dict[str, JSON]) -> None:
        self._host = host
        self.id: str = facts["plan"]
        self.facts = facts

    def edit(self, text: str) -> None:
        """Puts an edited text in the plan's place; the next run computes what the edit touches."""
        self.facts = self._host.call("plan/edit", plan=self.id, text=text)

    def data(self, *, folder: Optional[str] = None, **tables: JSON) -> str:
        """An id of data for `run` and the others: lists of rows, or dictionaries of columns, by the table's name."""
        given = {
            name: {"columns": rows} if isinstance(rows, Mapping) else {"rows": list(rows)}
            for name, rows in tables.items()
        }
        return self._host.call("data/open", plan=self.id, folder=folder, tables=given)["data"]

    def run(
        self,
        *,
        data: Optional[str] = None,
        as_of: Optional[str] = None,
        payee: Optional[str] = None,
        period: Optional[str] = None,
        out: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> Run:
        answer = self._host.call(
            "plan/run", plan=self.id, data=data, asOf=as_of, payee=payee, period=period, out=out, limit=limit
        )
        return Run(self._host, answer)

    def preview(self, **options: JSON) -> Dict[str, JSON]:
        return self._host.call("plan/preview", plan=self.id, **options)

    def explain(self, payee: str, **options: JSON) -> List[JSON]:
        """Trees of amounts that add up; options are `period` or `transaction`, `data`, `asOf`."""
        return self._host.call("plan/explain", plan=self.id, payee=payee, **options)

    def estimate(self, *deals: Mapping[str, JSON], table: Optional[str] = None, data: Optional[str] = None) -> Dict[str, JSON]:
        """What deals that are not in the data yet add for everybody whom they touch."""
        return self._host.call("deal/estimate", plan=self.id, rows=list(deals), table=table, data=data)

    def compare(self, other: "Plan | str", **options: JSON) -> Dict[str, JSON]:
        """Who gets more and who less under another open plan, or under this text of the plan."""
        target = {"text": other} if isinstance(other, str) else {"with": other.id}
        return self._host.call("plan/compare", plan=self.id, **target, **options)

    def close(self) -> None:
        self._host.call("session/close", id=self.id)
