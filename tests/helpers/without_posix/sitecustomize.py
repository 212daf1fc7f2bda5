"""Python as where there is no POSIX: with this folder on PYTHONPATH, also in every process that is started.

What Windows has not is hidden: modules, functions of `os` and `signal`, `renameat2`, files in /dev. (Nothing here makes
file names or locks behave as they do there.)
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

MODULES = ("fcntl", "resource", "termios")
FUNCTIONS = ("fork", "forkpty", "register_at_fork", "setsid", "O_DIRECTORY", "O_NOFOLLOW", "mkfifo", "geteuid")
SIGNALS = ("SIGHUP", "SIGALRM", "SIGXCPU", "setitimer", "getitimer", "ITIMER_REAL", "pthread_sigmask")
DEVICES = ("/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/dev/tty")


def hide(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "ctypes.dlsym" and arguments[1] == "renameat2":
        raise AttributeError("renameat2 (hidden)")
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(DEVICES):
        raise FileNotFoundError(2, "No such file or directory (hidden)", arguments[0])


sys.addaudithook(hide)
hidden: dict[str, Any] = dict.fromkeys(MODULES)  # None: an import fails, and nothing is found
sys.modules.update(hidden)
for holder, names in ((os, FUNCTIONS), (signal, SIGNALS)):
    for name in names:
        if hasattr(holder, name):
            delattr(holder, name)
