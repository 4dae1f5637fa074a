"""A child that stands ready for the tests: each order is a word that says what it should do."""

import json
import os
import sys
import time

from keqiao import standing

asked: list[bytes] = []


def answer(order: bytes) -> bytes:
    """Do as told; the answer tells the process and how many orders came before."""
    asked.append(order)
    match order.partition(b" "):
        case b"crash", _, when if not when or len(asked) > 1:
            os._exit(3)
        case b"sleep", _, seconds:
            time.sleep(float(seconds))
        case b"spin", _, seconds:
            until = time.process_time() + float(seconds)
            while time.process_time() < until:
                pass
        case b"fill", _, megabytes:
            asked.append(b"x" * (int(megabytes) << 20))
        case b"rest", _, seconds:
            standing.IDLE_SECONDS = float(seconds)
    said = {"pid": os.getpid(), "before": len(asked) - 1, "names": sorted(os.environ), "length": len(order)}
    return json.dumps(said).encode()


if __name__ == "__main__":
    standing.serve(answer, *map(int, sys.argv[1:]))
