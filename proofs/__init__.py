"""Long proofs: ``make prove``, ``make prove ONLY=name``, ``python -m proofs name``.

A proof is a module of this package with

- ``FULL`` and ``SMALL``: how much is proved, counted in what the proof repeats (rounds, worlds, files);
  ``make test`` runs SMALL, about a twentieth of FULL;
- ``PIECE`` (may be left out: FULL): how much one call does, so that a call stays under 10 minutes;
- ``FAULTS`` (may be left out: none): names of planted faults, each of which the proof must notice;
- ``ALONE`` (may be left out: no): whether nothing else may run beside it, because it looks at the clock;
- ``main(argv) -> int``: takes ``--size N --seed S`` and, for a planted fault, ``--fault NAME``; prints its
  figures; 0 it holds, 1 it is broken, 2 it could not be run.
"""
