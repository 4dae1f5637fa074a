"""The reading child of mails: ``python -m keqiao.readers.mail.child PATH FOLDER SECONDS MEMORY_MB``.

Sets its own limits first; writes ``{"mail": …}`` or ``{"unreadable": code, "values": {…}}`` to standard output, and
the attachments into the folder.
"""

import sys
from pathlib import Path

from keqiao.confined import limit
from keqiao.readers.child import answered
from keqiao.readers.mail.parsed import to_values
from keqiao.readers.mail.taking import take


def main(arguments: list[str]) -> int:
    """Run the child; the exit status is 0 whenever there is an answer."""
    path, folder, seconds, memory_mb = arguments
    limit(int(seconds), int(memory_mb))
    sys.stdout.buffer.write(answered(lambda: {"mail": to_values(take(Path(path), Path(folder)))}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
