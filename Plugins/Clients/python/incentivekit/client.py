from __future__ import annotations

import json
import subprocess
import threading
from decimal import Decimal
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Union, cast

from .answers import (
    JSON,
    Comparison,
    Derivation,
    Diagnostic,
    Estimate,
    Module,
    PlanChange,
    Preview,
    Row,
    Switched,
    Table,
    Template,
    TestResults,
)


class HostError(Exception):
    """An error that the host answered: its code, and the diagnostics of the plan or data where there are any."""

    def __init__(self, code: int, message: str, data: JSON = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data

    @property
    def diagnostics(self) -> List[Diagnostic]:
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

    def check(
        self, path: Optional[str] = None, *, text: Optional[str] = None, data: Optional[str] = None
    ) -> List[Diagnostic]:
        """The diagnostics of a plan, given by its path or its text; with `data`, a folder, of its files too."""
        return list(self.pages(self.call("plan/check", path=path, text=text, data=data), "diagnostics"))

    def open(self, path: Optional[str] = None, *, text: Optional[str] = None) -> "Plan":
        """Opens a plan, given by its path or its text; a payee's or manager's host opens the one it was given."""
        return Plan(self, self.call("plan/open", path=path, text=text))

    def new(self, folder: str, template: Optional[str] = None) -> List[str]:
        """Makes a folder with a plan that works, its data and its tests; their paths."""
        return cast(List[str], self.call("plan/new", folder=folder, template=template)["files"])

    def templates(self) -> List[Template]:
        """What `new` can begin with."""
        return cast(List[Template], self.call("templates/list")["templates"])

    def format(self, path: Optional[str] = None, *, text: Optional[str] = None, write: bool = False) -> str:
        """A plan's text in the one form; with `write` put into the file too."""
        return cast(str, self.call("plan/format", path=path, text=text, write=write or None)["text"])

    def test(self, path: str, *, text: Optional[str] = None, data: Optional[str] = None) -> TestResults:
        """Runs the plan tests of a file, a plan or a folder."""
        answer = self.call("plan/test", path=path, text=text, data=data)
        return TestResults(answer["passed"], answer["counts"], list(self.pages(answer, "files")))

    def modules(self) -> List[Module]:
        return cast(List[Module], self.call("modules/list")["modules"])

    def switch(
        self,
        module: str,
        enabled: bool,
        *,
        from_day: str,
        reason: str,
        path: Optional[str] = None,
        team: Optional[str] = None,
        to_day: Optional[str] = None,
        by: Optional[str] = None,
        dry_run: bool = False,
        data: Optional[str] = None,
    ) -> Switched:
        """Switches a module for a team, in the plan's file; with `dry_run` only tells who would get what."""
        return cast(
            Switched,
            self.call(
                "modules/set",
                **{"from": from_day, "to": to_day},
                module=module,
                enabled=enabled,
                path=path,
                team=team,
                reason=reason,
                by=by,
                dryRun=dry_run or None,
                data=data,
            ),
        )

    def schema(self, module: str) -> Dict[str, JSON]:
        """The JSON Schema of a module's terms, as the module is handed them."""
        return cast(Dict[str, JSON], self.call("schema/get", module=module)["schema"])

    def plan_schema(self, module: Optional[str] = None) -> Dict[str, JSON]:
        """The JSON Schema of a plan, or of one module's terms as a plan writes them."""
        return cast(Dict[str, JSON], self.call("plan/schema", module=module)["schema"])


class Run:
    """What a run answered: its facts as in `run.json`, and its statements."""

    def __init__(self, host: Host, answer: Dict[str, JSON]) -> None:
        self._host = host
        self.answer = answer
        self.facts: Dict[str, JSON] = answer["run"]

    @property
    def is_complete(self) -> bool:
        return bool(self.facts["state"] == "complete")

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

    def data(self, *, folder: Optional[str] = None, **tables: Table) -> str:
        """An id of data for `run` and the others: lists of rows, or dictionaries of columns, by the table's name."""
        given = {
            name: {"columns": rows} if isinstance(rows, Mapping) else {"rows": list(rows)}
            for name, rows in tables.items()
        }
        return cast(str, self._host.call("data/open", plan=self.id, folder=folder, tables=given)["data"])

    def run(
        self,
        *,
        data: Optional[str] = None,
        as_of: Optional[str] = None,
        payee: Optional[str] = None,
        period: Optional[str] = None,
        out: Optional[str] = None,
        trace: bool = False,
        limit: Optional[int] = None,
    ) -> Run:
        """Runs the plan; with `out` its files are written to that folder, with `trace` also `trace.jsonl`."""
        answer = self._host.call(
            "plan/run",
            plan=self.id,
            data=data,
            asOf=as_of,
            payee=payee,
            period=period,
            out=out,
            trace=trace or None,
            limit=limit,
        )
        return Run(self._host, answer)

    def preview(self, **options: JSON) -> Preview:
        """What the plan pays in a period; options are `period`, `payee`, `data`, `asOf`, `limit`."""
        return cast(Preview, self._host.call("plan/preview", plan=self.id, **options))

    def explain(self, payee: str, **options: JSON) -> List[Derivation]:
        """Trees of amounts that add up, whole; options are `period` or `transaction`, `data`, `asOf`."""
        answer = self._host.call("plan/explain", plan=self.id, payee=payee, **options)
        return [self._whole(tree) for tree in self._host.pages(answer, "derivations")]

    def _whole(self, tree: Derivation) -> Derivation:
        children: List[Derivation] = list(tree.get("children", []))
        cursor = tree.pop("childrenCursor", None)
        tree.pop("childrenLeftOut", None)
        if cursor:
            children += self._host.pages(self._host.call("page/next", cursor=cursor), "children")
        if children:
            tree["children"] = [self._whole(child) for child in children]
        return tree

    def estimate(
        self, *deals: Mapping[str, JSON], table: Optional[str] = None, data: Optional[str] = None
    ) -> Estimate:
        """What deals that are not in the data yet add for everybody whom they touch."""
        return cast(
            Estimate, self._host.call("deal/estimate", plan=self.id, rows=list(deals), table=table, data=data)
        )

    def compare(self, other: Union[Plan, str], **options: JSON) -> Comparison:
        """Who gets more and who less under another open plan, or under this text of the plan."""
        return cast(Comparison, self._host.call("plan/compare", plan=self.id, **self._other(other), **options))

    def diff(self, other: Union[Plan, str]) -> List[PlanChange]:
        """What another open plan, or this text of the plan, says otherwise, by meaning."""
        return list(self._host.pages(self._host.call("plan/diff", plan=self.id, **self._other(other)), "changes"))

    @staticmethod
    def _other(other: Union[Plan, str]) -> Dict[str, str]:
        return {"text": other} if isinstance(other, str) else {"with": other.id}

    def close(self) -> None:
        self._host.call("session/close", id=self.id)
