"""How collected static files are stored: compressed, each under a name that changes with its content."""

from typing import ClassVar

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesWithoutSpares(StaticFilesConfig):
    """Leaves out parts of packages that no page uses; some name files that they do not ship."""

    ignore_patterns: ClassVar[list[str]] = [*StaticFilesConfig.ignore_patterns, "ext", "htmax-*", "htmx-4*"]


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Also renames what scripts import from each other, so that no browser mixes two versions of them.

    A file that was not collected keeps its plain name and is served from where it lies: tests and a checkout
    work without collecting.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Return the name that changes with the content, where there is one."""
        clean = self.clean_name(name)
        return super().stored_name(name) if self.hash_key(clean) in self.hashed_files else clean
