"""The last hour before a deadline: durable submissions per second, on SQLite and PostgreSQL.

Ours is the product as ``keqiao serve`` runs it: log-in, form token, second factor, roles, rules, limits, receipt. The
peer is a bare Django on the same tables, which writes the same rows and asks nothing (``rushing.reference``), under the
same server, in the same run, in turns. Both databases commit to the disk. Checked before a figure is printed: that what
both wrote is whole (``rushing.whole``). Bounds: at least as many a second as the reference through its models; the act
alone, in process, at least 0.8 of the submissions a second of the reference by hand (``hand-sql``). The same by
processor time is a line of its own with a floor of its own: the disk hides nothing there, and the rules, limits and
debarments, which the reference does not ask, weigh in full.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import line
from benchmarks.rushing import UNITS
from benchmarks.rushing.clients import Rush, Speed, served
from proofs.submitting.databases import environments, run, run_whole

CONNECTIONS = 16
SECONDS = 2.5
ROUNDS = 3
RATIO_MIN, HAND_MIN, PROCESSOR_MIN = 1.0, 0.8, 0.6
OURS, PEER = "keqiao.web.config.wsgi:application", "benchmarks.rushing.reference.wsgi:application"


def main(argv: list[str]) -> int:
    """Run; 0 the bounds hold, 1 an answer is wrong or a bound is broken, 2 it could not be filled."""
    assert not argv, "no arguments"
    broken: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="keqiao-rush-") as name,
        environments(Path(name), durable=True) as known,
    ):
        for database, environment in known.items():
            folder = Path(name) / database
            done = run("benchmarks.rushing.filled", environment, str(folder))
            if done.returncode:
                sys.stderr.write(done.stderr[-4000:])
                return 2
            broken += _over_http(database, folder, environment)
            broken += _in_process(database, folder, environment)
    for fault in broken:
        print(f"rush: bound broken: {fault}", file=sys.stderr)
    return 1 if broken else 0


def _over_http(database: str, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """The product against the reference through its models, in turns; the best round of each counts."""
    waiting = json.loads((folder / "drafts.json").read_text())
    ours, peer = [], []
    answers: dict[str, dict[str, str]] = {"ours": {}, "models": {}}
    for _ in range(ROUNDS):
        run_whole("benchmarks.rushing.seen", environment)
        with served(OURS, environment) as server:
            ours.append(_measured(Rush(server, waiting, "/applications/{}/submit/"), answers["ours"]))
        bare = environment | {"DJANGO_SETTINGS_MODULE": "benchmarks.rushing.reference.settings"}
        with served(PEER, bare) as server:
            peer.append(_measured(Rush(server, waiting, "/models/{}/"), answers["models"]))
    (folder / "drafts.json").write_text(json.dumps(waiting))
    (folder / "over_http.json").write_text(json.dumps(answers))
    if wrong := _wrong(database, folder, environment, "over_http.json"):
        yield from wrong
        return
    best, other = max(ours, key=lambda s: s.rate), max(peer, key=lambda s: s.rate)
    ratio = best.rate / other.rate
    about = f"{CONNECTIONS} connections, {UNITS} units; submissions per second, durable, ours with all checks"
    print(line(f"rush-{database}", ours=f"{best.rate:.0f}/s", peer=f"{other.rate:.0f}/s", ratio=ratio,
               about=f"{about}; p50/p99 ours {_tail(best)}, peer {_tail(other)}"))  # fmt: skip
    yield from (f"{database}: {each.errors} errors" for each in (*ours, *peer) if each.errors)
    if ratio < RATIO_MIN:
        yield f"{database}: {ratio:.2f} of the reference through its models, not {RATIO_MIN}"


def _measured(rush: Rush, answers: dict[str, str]) -> Speed:
    speed = rush.measure(CONNECTIONS, SECONDS)
    answers |= rush.answers
    return speed


def _wrong(database: str, folder: Path, environment: dict[str, str], *answered: str) -> list[str]:
    """What is not whole of what was written up to now, by the files of what was answered."""
    answers: dict[str, dict[str, str]] = {}
    for name in answered:
        for side, said in json.loads((folder / name).read_text()).items():
            answers[side] = answers.get(side, {}) | said
    everything = folder / "answers.json"
    everything.write_text(json.dumps(answers))
    done = run("benchmarks.rushing.whole", environment, str(everything))
    if done.returncode:
        return [f"{database}: {done.stderr[-2000:]}"]
    *faults, looked_at = done.stdout.splitlines()
    print(f"rush: {database}: whole: {looked_at}", file=sys.stderr)
    return [f"{database}: {fault}" for fault in faults]


def _tail(speed: Speed) -> str:
    return f"{speed.median * 1000:.0f}/{speed.slowest * 1000:.0f} ms, {speed.errors} errors"


def _in_process(database: str, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """The act alone against the reference by hand."""
    done = run("benchmarks.rushing.in_process", environment, str(folder))
    if done.returncode:
        yield f"{database}: {done.stderr[-2000:]}"
        return
    if wrong := _wrong(database, folder, environment, "over_http.json", "in_process.json"):
        yield from wrong
        return
    found = json.loads(done.stdout.splitlines()[-1])
    for name, unit, least in (
        ("", "submissions per second", HAND_MIN),
        ("-processor", "by processor time", PROCESSOR_MIN),
    ):
        ours, peer = found[f"ours{name}"], found[f"hand{name}"]
        print(line(f"hand-sql{name}-{database}", ours=f"{ours:.0f}/s", peer=f"{peer:.0f}/s", ratio=ours / peer,
                   about=f"in process, {unit}, against the same rows by hand"))  # fmt: skip
        if ours / peer < least:
            yield f"{database}: {ours / peer:.2f} of the reference by hand, not {least} ({unit})"
