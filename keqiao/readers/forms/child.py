"""The reading child of forms: ``python -m keqiao.readers.forms.child PATH SECONDS MEMORY_MB``.

Sets its own limits first; writes ``{"pieces": …}`` or ``{"unreadable": code, "values": {…}}`` to standard output.
"""

import sys
from pathlib import Path

from keqiao.confined import limit
from keqiao.readers.child import answered
from keqiao.readers.forms.pieces import to_values
from keqiao.readers.forms.taking import take


def main(arguments: list[str]) -> int:
    """Run the child; the exit status is 0 whenever there is an answer."""
    path, seconds, memory_mb = arguments
    limit(int(seconds), int(memory_mb))
    sys.stdout.buffer.write(answered(lambda: {"form": to_values(take(Path(path)))}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
