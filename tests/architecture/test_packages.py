"""What comes from others comes from the registries by the locks, in exact versions, and is not in git."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.architecture.tree import ROOT, files, shown

EXACT = re.compile(r"\d+\.\d+\.\d+(?:-[\w.]+)?")
LARGEST = 400_000  # bytes; the locks are larger
LOCKS = {"uv.lock", "package-lock.json"}
FOREIGN_PATH = re.compile(r"(?:^|/)(?:node_modules|vendor|third_party|bower_components)/|\.min\.(?:js|css)$")
FOREIGN_WORDS = re.compile(r"/\*!|@license|sourceMappingURL=|Copyright \(c\)", re.IGNORECASE)
CODE = (".py", ".js", ".mjs", ".css", ".html")


def loose_versions(package: Mapping[str, Any]) -> Iterator[str]:
    """npm packages that are asked for by range."""
    for kind in ("dependencies", "devDependencies", "optionalDependencies"):
        for name, version in package.get(kind, {}).items():
            if not EXACT.fullmatch(version):
                yield f"{name}: {version}"


def unlocked(lock: Mapping[str, Any]) -> Iterator[str]:
    """npm packages without an exact version or without a digest."""
    for name, entry in lock["packages"].items():
        if name and not (EXACT.fullmatch(entry.get("version", "")) and entry.get("integrity")):
            yield name


def foreign_code(paths: Iterable[Path]) -> Iterator[str]:
    """Files that look as if somebody else wrote them."""
    for path in paths:
        if path.name in LOCKS:
            continue
        if FOREIGN_PATH.search(shown(path)):
            yield f"{shown(path)}: bears the name of foreign code"
        elif path.suffix in CODE and FOREIGN_WORDS.search(path.read_text(encoding="utf-8")):
            yield f"{shown(path)}: bears a foreign notice"
        elif path.stat().st_size > LARGEST:
            yield f"{shown(path)}: {path.stat().st_size} bytes"


def test_npm_packages_are_exact_and_locked():
    package, lock = (json.loads((ROOT / name).read_text()) for name in ("package.json", "package-lock.json"))

    assert [*loose_versions(package), *unlocked(lock)] == []
    asked = {**package["dependencies"], **package["devDependencies"]}
    assert {name: lock["packages"][f"node_modules/{name}"]["version"] for name in asked} == asked


def test_every_locked_python_package_comes_from_the_registry_or_is_this_one():
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]

    assert [package["name"] for package in packages if "registry" not in package["source"]] == ["keqiao"]


def test_no_foreign_code_is_in_git():
    ours = (path for path in files() if path not in {Path(__file__), ROOT / "scripts" / "vendor.py"})

    assert list(foreign_code(ours)) == []


def test_planted_faults_are_found(tmp_path):
    (tmp_path / "big.txt").write_bytes(b"x" * (LARGEST + 1))
    (tmp_path / "noted.js").write_text("/*! library 1.0 */")
    (tmp_path / "jquery.min.js").write_text("x")
    planted = sorted(tmp_path.iterdir())

    assert list(loose_versions({"dependencies": {"a": "^1.2.3", "b": "1.2.3"}})) == ["a: ^1.2.3"]
    assert list(unlocked({"packages": {"": {}, "a": {"version": "1.2.3"}}})) == ["a"]
    assert list(foreign_code(planted)) == [
        f"big.txt: {LARGEST + 1} bytes",
        "jquery.min.js: bears the name of foreign code",
        "noted.js: bears a foreign notice",
    ]
