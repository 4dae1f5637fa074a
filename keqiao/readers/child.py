"""The reading child: ``python -m keqiao.readers.child PATH NAME KIND SECONDS MEMORY_MB``.

Sets its own limits first, then reads the file and writes one JSON object to standard output:
``{"document": …}`` or ``{"unreadable": code, "values": {…}}``.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from keqiao.confined import limit
from keqiao.core.guides.blocks import SourceDocument
from keqiao.readers.document import read_kind
from keqiao.readers.transfer import to_values
from keqiao.readers.unreadable import Unreadable


def answer(path: Path, name: str, kind: str) -> bytes:
    """Read the file and return the JSON answer; every failure becomes an ``unreadable`` answer."""

    def read() -> dict[str, Any]:
        document: SourceDocument = read_kind(path, kind, name)
        return {"document": to_values(document)}

    return answered(read)


def answered(read: Callable[[], dict[str, Any]]) -> bytes:
    """Return what ``read`` gives as JSON; every failure becomes an ``unreadable`` answer."""
    try:
        return json.dumps(read(), ensure_ascii=False).encode("utf-8", "surrogatepass")
    except Unreadable as refusal:
        code, values = refusal.code, refusal.values
    except MemoryError:
        code, values = "unreadable.too_much_memory", {}
    except BaseException as error:  # noqa: BLE001 - parsers raise anything on damaged files (U13); Rust ones even panic
        code, values = "unreadable.damaged", {"detail": f"{type(error).__name__}: {error}"[:200]}
    return json.dumps({"unreadable": code, "values": values}).encode()


def main(arguments: list[str]) -> int:
    """Run the child; the exit status is 0 whenever there is an answer."""
    path, name, kind, seconds, memory_mb = arguments
    limit(int(seconds), int(memory_mb))
    sys.stdout.buffer.write(answer(Path(path), name, kind))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
