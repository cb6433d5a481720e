"""Files that hold a secret: made once, whole, and readable by their owner only."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def read_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of a file, which is made on first use; one of several that race makes it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # A temporary file has mode 0600; a link appears with all of its content or not at all.
        with NamedTemporaryFile(dir=path.parent) as fresh:
            fresh.write(make())
            fresh.flush()
            with suppress(FileExistsError):
                os.link(fresh.name, path)
    return path.read_bytes()
