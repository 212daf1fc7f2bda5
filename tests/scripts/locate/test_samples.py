"""Locate on the sample pages, judged by their own scorer; skipped where the samples are not there."""

from __future__ import annotations

import importlib
import os
import socketserver
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from scripts.regenerate import main

SAMPLES = Path(os.environ.get("PASCOM_SAMPLES") or Path(__file__).parents[4] / "shared" / "samples") / "pages"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample pages at {SAMPLES} (PASCOM_SAMPLES)")
@pytest.mark.parametrize("login", [True, False], ids=["with login", "without"])
def test_all_sample_pages_in_full(
    login: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(SAMPLES))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(socketserver.StreamRequestHandler, "disable_nagle_algorithm", True)  # else 40 ms an answer
    serve_forever = socketserver.BaseServer.serve_forever
    monkeypatch.setattr(socketserver.BaseServer, "serve_forever", lambda server, **_: serve_forever(server, 0.2))
    serve: Any = importlib.import_module("serve")
    score: Any = importlib.import_module("score")
    monkeypatch.setenv("PASCOM_USER", score.USER)
    monkeypatch.setenv("PASCOM_PASSWORD", score.PASSWORD if login else "")
    cases = serve.load(SAMPLES / "cases")
    corpus = serve.Corpus(cases, 0, f"{score.USER}:{score.PASSWORD}" if login else None).start()
    results = {}
    try:
        for name, case in cases.items():
            status = main(["locate", corpus.entry(case)])
            results[name] = score.judge(corpus, case, status, capsys.readouterr().out.encode(), corpus.entry(case))
    finally:
        with ThreadPoolExecutor(len(corpus.servers)) as pool:  # each looks for its end now and then
            list(pool.map(lambda server: server.shutdown(), corpus.servers))
        for server in corpus.servers:
            server.server_close()
    assert {name: result for name, result in results.items() if result[0] != "full"} == {}
    assert sum(corpus.leaks.values()) == 0
