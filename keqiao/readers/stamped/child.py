"""The reading child of signature pages: ``python -m keqiao.readers.stamped.child PATH KIND SECONDS MEMORY_MB``.

Sets its own limits first; writes ``{"pages": …}`` or ``{"unreadable": code, "values": {…}}`` to standard output.
"""

import sys
from pathlib import Path

from keqiao.confined import limit
from keqiao.readers.child import answered
from keqiao.readers.stamped.looking import pages_in
from keqiao.readers.stamped.seen import to_values


def main(arguments: list[str]) -> int:
    """Run the child; the exit status is 0 whenever there is an answer."""
    path, kind, seconds, memory_mb = arguments
    limit(int(seconds), int(memory_mb))
    sys.stdout.buffer.write(answered(lambda: {"pages": to_values(pages_in(Path(path), kind))}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
