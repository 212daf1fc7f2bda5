"""A lock on an open file, which ends with the process that holds it, however that ends.

Processes and threads that open the file each for itself exclude one another. Where a system has no such locks, there is
none.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Whether the lock is ours now; doesn't wait."""
        try:
            # Behind all that a file will hold: Windows lets nobody else read what is locked.
            import os

            at = os.lseek(descriptor, 0, os.SEEK_CUR)
            os.lseek(descriptor, 2**62, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(descriptor, at, os.SEEK_SET)
        except OSError:
            return False
        return True

else:
    try:
        import fcntl
    except ImportError:  # WebAssembly

        def try_lock(descriptor: int) -> bool:
            """No locks here: as if nobody else were writing."""
            return True

    else:

        def try_lock(descriptor: int) -> bool:
            """Whether the lock is ours now; doesn't wait."""
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:  # a file system without locks
                return True
            return True
