"""A PostgreSQL server of this computer's own programs, for one test run; nobody else reaches it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_HOMES = "/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt"


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, on the PATH or where distributions put them."""
    found = [Path(path) for path in (shutil.which("pg_ctl"),) if path]
    for home in _HOMES:
        found += sorted(Path(home).glob("**/bin/pg_ctl"), reverse=True)
    return next((path.parent for path in found if (path.parent / "initdb").exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """Yields the address of an empty database; it listens on a socket in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    home = programs()
    assert home is not None
    as_other: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_other = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    data = folder / "data"

    def run(*command: object) -> None:
        subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_other)

    try:
        run(home / "initdb", "-D", data, "-U", "tester", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        options = f"-c listen_addresses= -c fsync=off -c max_connections=20 -k {folder}"
        run(home / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://tester@/postgres?host={folder}"
        finally:
            run(home / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
