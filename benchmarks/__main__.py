"""Run all benchmarks, or the one named, each in a process of its own; one that prints no line failed."""

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import benchmarks

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^[\w./-]+: ours=\S+ peer=\S+ ratio=[\d.]+ \(.+\)$", re.MULTILINE)
CALL = "import sys; from benchmarks.{name} import main; sys.exit(main(sys.argv[1:]))"


def run(name: str) -> bool:
    """Run one benchmark and show what it prints; did it end well, with at least one line of comparison?"""
    command = [sys.executable, "-c", CALL.format(name=name)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        printed = ""
        for text in process.stdout or ():
            print(text, end="", flush=True)
            printed += text
    if process.returncode == 0 and LINE.search(printed):
        return True
    print(
        f"{name}: FAILED (exit status {process.returncode}, {len(LINE.findall(printed))} lines of comparison)"
    )
    return False


def main(argv: list[str]) -> int:
    """Run the benchmarks named in ``argv``, or all."""
    packaged = (module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.ispkg)
    names = sorted(name for name in packaged if name != "__main__" and not name.startswith("_"))
    if unknown := set(argv) - set(names):
        print(
            f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names) or 'none'}",
            file=sys.stderr,
        )
        return 2
    results = [run(name) for name in argv or names]
    print(f"benchmarks: {results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
