"""The reading child of signature pages: ``python -m keqiao.readers.stamped.child PATH KIND SECONDS MEMORY_MB``.

Sets its own limits first; writes ``{"pages": …, "signatures": …}`` or ``{"unreadable": code, "values": {…}}``.
"""

import sys
from pathlib import Path
from typing import Any

from keqiao.confined import limit
from keqiao.readers.child import answered
from keqiao.readers.stamped.looking import pages_in
from keqiao.readers.stamped.seen import to_values
from keqiao.readers.stamped.signatures import as_values, signatures_in


def main(arguments: list[str]) -> int:
    """Run the child; the exit status is 0 whenever there is an answer."""
    path, kind, seconds, memory_mb = arguments
    limit(int(seconds), int(memory_mb))
    sys.stdout.buffer.write(answered(lambda: _seen(Path(path), kind)))
    return 0


def _seen(path: Path, kind: str) -> dict[str, Any]:
    signatures = signatures_in(path) if kind == "pdf" else []
    return {"pages": to_values(pages_in(path, kind)), "signatures": as_values(signatures)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
