"""The files of the repository as git sees them: known ones and new ones, without what it ignores."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*suffixes: str, under: str = "") -> Iterator[Path]:
    """Give the files below ``under`` that end with one of ``suffixes``; all where none is given."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", under or "."]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in sorted(set(listed.split("\0")) - {""}):
        path = ROOT / name
        if name.endswith(suffixes or ("",)) and path.is_file():
            yield path


def shown(path: Path) -> str:
    """The path as people write it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
