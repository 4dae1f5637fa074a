"""The reading child: ``python -m keqiao.readers.child PATH NAME KIND SECONDS MEMORY_MB``.

Sets its own limits first, then reads the file and writes one JSON object to standard output:
``{"document": …}`` or ``{"unreadable": code, "values": {…}}``.
"""

import json
import resource
import sys
from pathlib import Path

from keqiao.core.guides.blocks import SourceDocument
from keqiao.readers.document import read_kind
from keqiao.readers.transfer import to_values
from keqiao.readers.unreadable import Unreadable

OUTPUT_MAX = 64 << 20  # bytes of any file the child or its converter writes
OPEN_FILES_MAX = 256


def limit(seconds: int, memory_mb: int) -> None:
    """Bound processor time, address space, file size and open files; no core dumps."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_MAX, OUTPUT_MAX))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES_MAX, OPEN_FILES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(path: Path, name: str, kind: str) -> bytes:
    """Read the file and return the JSON answer; every failure becomes an ``unreadable`` answer."""
    try:
        document: SourceDocument = read_kind(path, kind, name)
        return json.dumps({"document": to_values(document)}, ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        )
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
