"""Plans in the clients that pytest-lsp knows: what they can do is taken from recordings of the real editors."""
import asyncio, os, pathlib, time
import pytest, pytest_lsp
from lsprotocol import types as t
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PLAN = pathlib.Path(os.environ["PLAN"])
LINES = PLAN.read_text(encoding="utf-8").split("\n")
LINE = next(i for i, line in enumerate(LINES) if "rate: 10%" in line)
URI = PLAN.as_uri()
DOCUMENT = t.TextDocumentIdentifier(URI)


@pytest_lsp.fixture(
    params=["neovim", "visual_studio_code", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["INCENTIVE"], "lsp"]))
async def client(request, lsp_client: LanguageClient):
    # What an editor answers, and pytest-lsp's client does not know.
    for method in [t.WORKSPACE_INLAY_HINT_REFRESH, t.WORKSPACE_CODE_LENS_REFRESH, t.WORKSPACE_DIAGNOSTIC_REFRESH,
                   t.CLIENT_REGISTER_CAPABILITY]:
        try:
            lsp_client.feature(method)(lambda *_: None)
        except Exception:
            pass  # pytest-lsp has its own
    await lsp_client.initialize_session(
        t.InitializeParams(capabilities=client_capabilities(request.param), root_uri=PLAN.parent.as_uri()))
    lsp_client.text_document_did_open(
        t.DidOpenTextDocumentParams(t.TextDocumentItem(URI, "yaml", 1, "\n".join(LINES))))
    yield
    await lsp_client.shutdown_session()


async def hint(client, wanted):
    """The label at the line of the rate, once it is the wanted one."""
    everywhere = t.Range(t.Position(0, 0), t.Position(9999, 0))
    end = time.monotonic() + 15
    while True:
        hints = await client.text_document_inlay_hint_async(t.InlayHintParams(DOCUMENT, everywhere)) or []
        labels = {h.position.line: h.label for h in hints}
        if labels.get(LINE) == wanted or time.monotonic() > end:
            return labels
        await asyncio.sleep(0.02)


@pytest.mark.asyncio
async def test_payouts_move_with_a_typed_rate(client: LanguageClient):
    before = await hint(client, "ann · 10,000.00")
    assert before[0] == "2026: 14,500.00" and before[LINE] == "ann · 10,000.00"
    at = LINES[LINE].index("10%")
    change = t.TextDocumentContentChangePartial(
        range=t.Range(t.Position(LINE, at), t.Position(LINE, at + 2)), text="12")
    client.text_document_did_change(
        t.DidChangeTextDocumentParams(t.VersionedTextDocumentIdentifier(2, URI), [change]))
    after = await hint(client, "ann · 12,000.00")
    assert after[0] == "2026: 16,500.00 (+2,000.00)"


@pytest.mark.asyncio
async def test_hover_and_completion(client: LanguageClient):
    line = next(i for i, text in enumerate(LINES) if "method:" in text)
    at = t.Position(line, LINES[line].index("method") + 2)
    hover = await client.text_document_hover_async(t.HoverParams(DOCUMENT, at))
    assert "whole-amount" in hover.contents.value
    value = t.Position(line, LINES[line].index("marginal"))
    found = await client.text_document_completion_async(t.CompletionParams(DOCUMENT, value))
    assert sorted(item.label for item in found.items) == ["marginal", "overage", "whole-amount"]
