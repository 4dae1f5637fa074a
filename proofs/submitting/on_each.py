"""The way into a proof that runs on a fresh database of each engine: what it is asked, where, and how it ends."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from proofs.submitting.databases import environments
from scripts.workshop import Stopped

Prove = Callable[[str, dict[str, str], argparse.Namespace], int]
"""Proves on one database, named first, in the environment of its processes; the exit status."""


def prove_on_each(name: str, argv: list[str], sees: Mapping[str, Sequence[str]], prove: Prove) -> int:
    """Prove on each database; the worst exit status, 2 where no proof came about.

    ``sees`` are the faults that can be planted, each with the databases on which it shows.
    """
    parser = argparse.ArgumentParser(prog=f"proofs.{name}")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=tuple(sees))
    asked = parser.parse_args(argv)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="keqiao-proof-") as folder,
            environments(Path(folder)) as known,
        ):
            wanted = sees[asked.fault] if asked.fault else tuple(known)
            return max(prove(database, known[database], asked) for database in wanted)
    except (Stopped, OSError) as stopped:  # a server that does not begin proves nothing
        print(f"{name}: {stopped}", file=sys.stderr)
        return 2
