"""Copy the few front-end files that the program serves from node_modules to build/vendor.

Whole packages cannot be served: the manifest storage stops on source maps and pictures that they name but do
not ship. Which files are taken stands in package.json under ``vendor`` and ``icons``.
"""

import json
import re
import shutil
from pathlib import Path

from scripts.node import LOCK, MODULES
from scripts.workshop import BUILD, ROOT, Stopped, digest_of, is_made, mark_made, say

MANIFEST = ROOT / "package.json"
VENDOR = BUILD / "vendor"
ICONS = MODULES / "@tabler" / "icons" / "icons" / "outline"
SOURCE_MAP = re.compile(r"(?m)^\s*(/\*#|//#) sourceMappingURL=.*$|/\*# sourceMappingURL=[^*]*\*/")


def copy_assets() -> None:
    """Make build/vendor anew if package.json or the lock changed."""
    digest = digest_of([MANIFEST, LOCK, Path(__file__)])
    if is_made(VENDOR, digest):
        return
    say("setup: assets to build/vendor")
    wanted = json.loads(MANIFEST.read_text(encoding="utf-8"))
    files = {MODULES / source: VENDOR / target for source, target in wanted["vendor"].items()}
    files |= {ICONS / f"{name}.svg": VENDOR / "icons" / f"{name}.svg" for name in wanted["icons"]}
    if missing := sorted(str(source.relative_to(ROOT)) for source in files if not source.is_file()):
        raise Stopped(f"package.json asks for files that the packages do not have: {', '.join(missing)}")
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    mark_made(VENDOR, digest)
