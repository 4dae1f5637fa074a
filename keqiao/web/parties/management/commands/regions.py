"""``keqiao regions``: bring region codes into the tree and add local nodes to it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from keqiao.web.parties.models import Region, RegionLevel
from keqiao.web.parties.region_data import BEGINNING, add_local_region, import_areas, read_areas

MODULE = Path("@vant/area-data/dist/index.js")


class Command(BaseCommand):
    help = "Import region codes (GB/T 2260) or add a local node under one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        importing = verbs.add_parser("import", help="make the tree that of @vant/area-data")
        importing.add_argument("--file", type=Path, help="its dist/index.js, if it is elsewhere")
        importing.add_argument("--day", type=date.fromisoformat, help="since when these codes hold")
        adding = verbs.add_parser("add", help="add a zone the standard does not know")
        adding.add_argument("code", help="code of the region above, a dash, a letter, a number: 411200-G1")
        adding.add_argument("name")
        adding.add_argument("--level", choices=RegionLevel.values, default=RegionLevel.COUNTY.value)
        adding.add_argument("--day", type=date.fromisoformat, required=True, help="since when it exists")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        try:
            line = self._import(**options) if verb == "import" else self._add(**options)
        except ValidationError as wrong:
            raise CommandError("; ".join(wrong.messages), returncode=2) from wrong
        self.stdout.write(line)

    @staticmethod
    def _import(*, file: Path | None, day: date | None, **_options: Any) -> str:
        path = file or settings.REPOSITORY / "node_modules" / MODULE
        if not path.is_file():
            raise CommandError(
                f"{path}: no region data there. Run `make setup`, or give the file with --file.", returncode=2
            )
        source = f"@vant/area-data {version_of(path)}".strip()
        since = day or (
            BEGINNING if not Region.objects.exclude(source__in=[source, "local"]).exists() else None
        )
        if since is None:
            raise CommandError("There are regions already: say with --day since when these codes hold.")
        try:
            areas = read_areas(path.read_text(encoding="utf-8"))
        except ValueError as wrong:
            raise CommandError(f"{path}: {wrong}", returncode=2) from wrong
        change = import_areas(areas, day=since, source=source)
        return (
            f"{change.added} added, {change.renamed} renamed, "
            f"{change.ended} ended, {change.unchanged} unchanged"
        )

    @staticmethod
    def _add(*, code: str, name: str, level: str, day: date, **_options: Any) -> str:
        region = add_local_region(code, name, level=RegionLevel(level), day=day)
        return f"{region.code} {region.name} under {region.parent}"


def version_of(path: Path) -> str:
    """Return the version of the package that ``path`` belongs to, or nothing for a loose file."""
    package = path.parents[1] / "package.json"
    return json.loads(package.read_text(encoding="utf-8"))["version"] if package.is_file() else ""
