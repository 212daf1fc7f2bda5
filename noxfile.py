"""Everything a developer runs: `nox -l` lists it, `nox -s NAME` runs one."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["tests", "lint", "types", "check"]

EXTRAS = nox.project.load_toml("pyproject.toml")["project"]["optional-dependencies"]
RUFF = next(pin for pin in EXTRAS["regenerate"] if pin.startswith("ruff=="))  # lint needs nothing else of the extra
UNASYNC = next(pin for pin in EXTRAS["dev"] if pin.startswith("unasync"))
PYRIGHT = "basedpyright>=1.31"  # brings its own node; pyright downloads one


@nox.session
def demo(session: nox.Session) -> None:
    """The whole path once: simulator, documentation page, regenerated client, a call dialled and listed."""
    session.install("-q", "-e", ".[simulator,regenerate,cli]")
    session.run("python", "-m", "scripts.demo", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """All tests, over real sockets against the simulator, without the network."""
    session.install("-q", "-e", ".[dev]")
    session.run("python", "-m", "pytest", "-n", "3", *session.posargs)  # on two cores: many wait for a process


@nox.session
def portable(session: nox.Session) -> None:
    """Facade, CLI and regenerate with the POSIX parts hidden, as on Windows; and 25 kills of an update there."""
    session.install("-q", "-e", ".[dev]")
    hidden = str(Path("tests/helpers/without_posix").resolve())
    suites = session.posargs or ["tests/facade", "tests/cli", "tests/explore", "tests/scripts"]
    session.run("python", "-m", "pytest", "-p", "hidden_posix", "-n", "2", *suites, env={"PYTHONPATH": hidden})
    session.run("python", "-m", "tests.long.kill_update", "--kills", "25", "--full-disks", "0", "--without-posix")


DEAD = "http://127.0.0.1:9"  # a port that nobody listens on
ODD = {
    **dict.fromkeys(("LANG", "LC_ALL"), "C"),
    "PYTHONUTF8": "0",
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"), DEAD),
}
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


@nox.session
def odd(session: nox.Session) -> None:
    """All tests in the C locale, without HOME, behind a dead proxy, and as another user than root."""
    session.install("-q", "uv")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    python = "/usr/bin/python3" if as_root else sys.executable  # root's own may lie where others can't read
    with tempfile.TemporaryDirectory() as name:
        place = Path(name).resolve()
        copy, own = place / "copy", place / "own"
        for file in subprocess.check_output(["git", "ls-files"], encoding="utf-8").splitlines():
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy / file)
        session.run("uv", "venv", "-q", "--python", python, str(copy / ".venv"))
        into = ["--link-mode", "copy", "--python", str(copy / ".venv")]
        session.run("uv", "pip", "install", "-q", *into, "-e", f"{copy}[dev]")
        own.mkdir()
        if as_root:
            session.run("chmod", "-R", "a+rX", str(place), external=True, silent=True)
            os.chown(own, 65534, 65534)
        environment = {**ODD, "PATH": f"{copy}/.venv/bin:/usr/bin:/bin", "TMPDIR": str(own)}
        tests = [".venv/bin/python", "-m", "pytest", "-o", f"cache_dir={own}/cache", *(session.posargs or ["-n", "2"])]
        command = [*(NOBODY if as_root else []), *tests]
        with session.chdir(copy):
            session.run(*command, env=environment, include_outer_env=False, external=True)


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def warnings(session: nox.Session) -> None:
    """All tests with each warning an error, in the processes they start too, on each Python there is."""
    session.install("-q", "-e", ".[dev]")
    command = ["python", "-W", "error", "-m", "pytest", "-W", "error", *(session.posargs or ["-n", "2"])]
    session.run(*command, env={"PYTHONWARNINGS": "error"})


@nox.session
def package(session: nox.Session) -> None:
    """Build what would go to an index, into dist/, and check it: all that users need is in it, and nothing else."""
    session.install("-q", "uv", "twine>=6", "check-wheel-contents>=0.6")
    place = Path("dist")
    shutil.rmtree(place, ignore_errors=True)
    session.run("uv", "build", "-q", "--out-dir", str(place))
    (wheel,), (sdist,) = (list(map(str, place.glob(pattern))) for pattern in ("*.whl", "*.tar.gz"))
    session.run("twine", "check", "--strict", wheel, sdist)
    session.run("check-wheel-contents", wheel)
    session.run("python", "-m", "tools.check_package", wheel, sdist, *session.posargs)


@nox.session(python="3.11", reuse_venv=False)  # what is there already would be kept, though it is not the lowest
def lowest(session: nox.Session) -> None:
    """All tests with the lowest version that each dependency may have, and the lowest Python."""
    session.install("-q", "uv")  # pip has no such resolution, and nox may have made the environment without uv
    where = session.virtualenv.location
    session.run("uv", "pip", "install", "-q", "--python", where, "--resolution", "lowest-direct", "-e", ".[dev]")
    session.run("python", "-m", "pytest", "-n", "2", *session.posargs)


# What moving to the successors of httpx and httpcore takes: `_ground.py`, the generated client (its templates), what a
# generated client may import, the dependencies, and what tests import.
SUCCESSORS = [
    (r"(?m)^(\s*)import (httpx|httpcore) as \2\b", r"\1import \g<2>2 as \2"),
    (r"(?m)^(\s*)import (httpx|httpcore)\s*$", r"\1import \g<2>2 as \2"),
    (r"(?m)^(\s*)from (httpx|httpcore) import", r"\1from \g<2>2 import"),
    (r'"httpx(\._main)?"', r'"httpx2\1"'),
    (r'"httpcore\.', r'"httpcore2.'),
    (r'"httpx>=0[^"]*"', r'"httpx2>=2.16"'),
    (r'"httpcore>=1[^"]*"', r'"httpcore2>=2.16"'),
    (r"httpx\[socks\]", r"httpx2[socks]"),
    (r"\bHTTPXClientInstrumentor\b", r"HTTPX2ClientInstrumentor"),
]


def moved(text: str) -> str:
    for pattern, replacement in SUCCESSORS:
        text = re.sub(pattern, replacement, text)
    return text


@nox.session
def next(session: nox.Session) -> None:
    """Would it hold on the successors of httpx and httpcore? The tests, in a copy that was moved to them."""
    copy = Path(session.virtualenv.location) / "moved"
    shutil.rmtree(copy, ignore_errors=True)
    for name in subprocess.check_output(["git", "ls-files"], text=True).splitlines():
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = Path(name).read_bytes()
        if name.endswith((".py", ".toml", ".jinja")):
            content = moved(content.decode()).encode()
        target.write_bytes(content)
    session.install("-q", "-e", f"{copy}[dev]")
    # The generator's own, which its next version will write itself.
    (template,) = Path(session.virtualenv.location).rglob("openapi_python_client/templates/client.py.jinja")
    (copy / "openapi" / "templates" / template.name).write_text(moved(template.read_text()))
    session.chdir(copy)
    by_name = "respx or pytest_httpx"  # these two patch httpx by its name: with httpx2's alias only
    wanted = session.posargs or ["-n", "2", "tests/facade", "tests/cli", "tests/simulator"]
    session.run("python", "-m", "pytest", "-k", f"not ({by_name})", *wanted)
    (copy / "as_httpx.py").write_text("import httpx2\n\nhttpx2.alias_httpx()\n")
    aliased = ["-p", "as_httpx", "-k", by_name, "tests/facade/test_ground.py"]
    session.run("python", "-m", "pytest", *aliased, env={"PYTHONPATH": str(copy)})


@nox.session
def lint(session: nox.Session) -> None:
    """Format and lint of hand-written code."""
    session.install("-q", RUFF)
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """mypy --strict on hand-written code; pyright, too, on what users write with it."""
    session.install("-q", "-e", ".[dev]", PYRIGHT)
    session.run("mypy")
    python = str(Path(session.bin) / "python")  # else it takes the packages of a .venv beside it
    session.run("basedpyright", "--level", "error", "--pythonpath", python, "tests/consumer")


@nox.session
def check(session: nox.Session) -> None:
    """Is what is made still what it is made from: generated/ by openapi/, the sync facade by the async one?"""
    session.install("-q", "-e", ".[regenerate]", UNASYNC)
    session.run("python", "-m", "scripts.unasync", "--check")
    session.run("python", "-m", "scripts.regenerate", "check", "--full", *session.posargs)


@nox.session
def regenerate(session: nox.Session) -> None:
    """After a pascom upgrade: nox -s regenerate -- SERVER INSTANCE."""
    session.install("-q", "-e", ".[regenerate]")
    session.run("python", "-m", "scripts.regenerate", "update", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """The speed table, side by side with others: nox -s bench -- [ROW …] [--quick] [--peers]."""
    session.install("-q", "-e", ".[bench]")
    session.run("python", "-m", "bench", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """The reference site, into site/: built strictly, then looked at in headless Chromium where there is one."""
    session.install("-q", "-e", ".[docs,cli]")
    session.run("python", "-m", "tools.services_pages", "docs")
    session.run("zensical", "build", "--clean", "--strict")
    session.run("python", "-m", "tools.check_site", "site", *session.posargs)
