"""One piece of a proof in a process of its own: ``python -m proofs._piece NAME --size N --seed N [--fault NAME]``.

A proof that breaks off with an error has shown nothing: it counts as one that could not be run, never as a planted
fault that was noticed, whose exit status 1 Python would give it.
"""

import importlib
import sys
import traceback


def main(name: str, arguments: list[str]) -> int:
    """Run a piece; 0 holds, 1 broken, 2 could not be run."""
    try:
        return int(importlib.import_module(f"proofs.{name}").main(arguments))
    except Exception:  # noqa: BLE001  whatever it was, it is shown whole and is no answer of the proof
        traceback.print_exc()
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
