"""The reading child of tables: ``python -m keqiao.readers.tables.child PATH KIND SECONDS MEMORY_MB``.

Sets its own limits first, then writes one JSON object: ``{"grids": …}`` or ``{"unreadable": code, "values": …}``.
"""

import sys
from pathlib import Path
from typing import Any

from keqiao.confined import limit
from keqiao.readers.child import answered
from keqiao.readers.tables.grids import Grid, to_values
from keqiao.readers.tables.separated import read_separated
from keqiao.readers.tables.workbook import read_workbook


def read_grids(path: Path, kind: str) -> tuple[Grid, ...]:
    """Read a table that has passed the gate as ``kind`` (xlsx, xls or txt), in this process."""
    return read_separated(path) if kind == "txt" else read_workbook(path, kind)


def main(arguments: list[str]) -> int:
    """Run the child; the exit status is 0 whenever there is an answer."""
    path, kind, seconds, memory_mb = arguments
    limit(int(seconds), int(memory_mb))

    def read() -> dict[str, Any]:
        return {"grids": to_values(read_grids(Path(path), kind))}

    sys.stdout.buffer.write(answered(read))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
