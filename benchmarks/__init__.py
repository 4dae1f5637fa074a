"""Benchmarks, each against a named alternative in the same run: ``make bench``, ``make bench ONLY=name``.

A benchmark is a module of this package with ``main(argv) -> int`` (0 done, 1 the answers were wrong, 2 could
not be run). It checks that the answers are right before it measures, and prints its lines with ``line``.
"""


def line(name: str, *, ours: str, peer: str, ratio: float, about: str) -> str:
    """One comparison. ``ratio`` says how many times better ours is, above 1 = ours better.

    ``about`` says what is compared, and the peer with its version.
    """
    return f"{name}: ours={ours} peer={peer} ratio={ratio:.2f} ({about})"
