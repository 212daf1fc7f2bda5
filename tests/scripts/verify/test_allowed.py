"""What generated code may contain: what the templates have, and nothing that reaches further."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest

from scripts.verify.allowed import forbidden, names_used
from scripts.worker.worker import Worker

GENERATED = Path(__file__).parents[3] / "generated"
PLANTED = [
    "class A(metaclass=f()): pass",
    "class A(x=f()): pass",
    "class A(f()): pass",
    "def g(a: f()): pass",
    "def g(*a: f()): pass",
    "def g() -> f(): pass",
    "x: f() = 2",
    "def g(a=f()): pass",
    "@f\ndef g(): pass",
    "@f\nclass A: pass",
    "@dataclass(f())\nclass A: pass",
    "class A:\n    @f\n    def g(self): pass",
    "class A:\n    x = f()",
    "from sys import modules",
    "from builtins import eval as e",
    "from typing import sys",
    "from json import codecs",
    "from httpx import os",
    "from datetime import sys",
    "from importlib import util",
    "import os",
    "import json.decoder",
    "import importlib",
    "import json as j\ndef g(): return j.codecs",
    "import json as ssl\ndef g(): return ssl.SSLContext",
    "import json as j\nimport ssl as j\ndef g(): return j.dumps",
    "import json\nx = json",
    "import json\ndef g(): return json.codecs.open('x')",
    "import ssl\ndef g(): return ssl.os.system('x')",
    "import httpx\ndef g(): return httpx._client.os",
    "import datetime\ndef g(): return datetime.sys",
    "from importlib import import_module\ndef g(): return import_module('os')",
    "from importlib import import_module\nx = import_module(__name__)",
    "def g(): return getattr(g, '__globals__')",
    "def g(): return getattr(g, '__glo' + 'bals__')",
    "def g(name): return getattr(g, name)",
    "def g(): return g.gi_frame",
    "def g(frame): return frame.f_builtins",
    "def g(frame): return getattr(frame, 'f_back')",
    "def g(): return ().__class__.__base__.__subclasses__()",
    "def g(): return '{0.__class__}'.format(g)",
    "def g(): return f'{g}'.format(g)",
    "def g(): global x",
    "x = [f()]",
    "x = f'{f()}'",
    "x.y = 1",
    "del x",
    "f()",
    "for i in f(): pass",
    "with f(): pass",
    "if f(): pass",
    "assert f()",
    "x = (y := f())",
]


@pytest.mark.parametrize("code", PLANTED)
@pytest.mark.parametrize("head", ["", "from __future__ import annotations\n"])
def test_what_reaches_further_is_found(head: str, code: str) -> None:
    tree = ast.parse(head + code)
    assert forbidden(tree, names_used(tree))


def test_what_the_templates_have_is_allowed() -> None:
    files = list(GENERATED.rglob("*.py"))
    assert len(files) > 20
    for file in files:
        tree = ast.parse(file.read_text("utf-8"))
        assert forbidden(tree, names_used(tree)) is None, file


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_process_that_imports_it_has_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASCOM_PASSWORD", "secret")
    with Worker() as worker:
        environment = Path(f"/proc/{worker._process.pid}/environ").read_bytes()
    assert b"PASCOM_" not in environment
    assert os.environ["PASCOM_PASSWORD"] == "secret"
