"""The program whose writes the power-cut model records: ``python -m proofs.durability.power_writer``."""

import os
import sys
from pathlib import Path

from django.db import connections

from keqiao.web.config.database import base, connection
from proofs.durability import ledger

ALIAS = "default"
FRAMES = 40  # shipped: 1000; short logs bring many checkpoints and resets into a short record
COMMITS_PER_CONNECTION = 61  # then it is the last to close, and the log is deleted


def main(path: Path, commits: int, synchronous: int) -> None:
    """Write ``commits`` entries and say of each to /dev/null that it was acknowledged."""
    connection.CHECKPOINT_FRAMES = FRAMES
    base.REQUIRED["synchronous"] = synchronous
    ledger.configure({ALIAS: path})
    ledger.create(ALIAS)
    receipts = os.open("/dev/null", os.O_WRONLY)
    os.write(receipts, b"ACK00000000")
    for number in range(1, commits + 1):
        ledger.write(ALIAS, number, 0, number % 4)
        os.write(receipts, b"ACK%08d" % number)
        if number % COMMITS_PER_CONNECTION == 0:
            connections[ALIAS].close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
