"""Copy the few files that the program uses from node_modules: front-end files to build/vendor, fonts to build/fonts.

Whole packages cannot be served: the manifest storage stops on source maps and pictures that they name but do
not ship. Which files are taken stands in package.json under ``vendor``, ``icons`` and ``fonts``. Fonts are for
PDF only and lie apart, so that no page serves them; their licences lie beside them.
"""

import json
import re
import shutil
from pathlib import Path

from scripts.node import LOCK, MODULES
from scripts.workshop import BUILD, ROOT, Stopped, digest_of, is_made, mark_made, say

MANIFEST = ROOT / "package.json"
VENDOR = BUILD / "vendor"
FONTS = BUILD / "fonts"
ICONS = MODULES / "@tabler" / "icons" / "icons" / "outline"
SOURCE_MAP = re.compile(r"(?m)^\s*(/\*#|//#) sourceMappingURL=.*$|/\*# sourceMappingURL=[^*]*\*/")


def copy_assets() -> None:
    """Make build/vendor and build/fonts anew if package.json or the lock changed."""
    digest = digest_of([MANIFEST, LOCK, Path(__file__)])
    if is_made(VENDOR, digest) and is_made(FONTS, digest):
        return
    say("setup: assets to build/vendor, fonts to build/fonts")
    wanted = json.loads(MANIFEST.read_text(encoding="utf-8"))
    files = {MODULES / source: VENDOR / target for source, target in wanted["vendor"].items()}
    files |= {ICONS / f"{name}.svg": VENDOR / "icons" / f"{name}.svg" for name in wanted["icons"]}
    fonts = {MODULES / source: FONTS / target for source, target in wanted["fonts"].items()}
    asked = (*files, *fonts)
    if missing := sorted(str(source.relative_to(ROOT)) for source in asked if not source.is_file()):
        raise Stopped(f"package.json asks for files that the packages do not have: {', '.join(missing)}")
    for made, copies in ((VENDOR, files), (FONTS, fonts)):
        shutil.rmtree(made, ignore_errors=True)
        for source, target in copies.items():
            _copy(source, target)
        mark_made(made, digest)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".ttf":
        shutil.copyfile(source, target)
    else:
        target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
