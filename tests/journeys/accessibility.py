"""Every page that a journey visits is checked by axe, light and dark."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core"
FORGIVEN = {"minor", None}
RUN = """
async () => {
  const report = await axe.run(document, { resultTypes: ["violations"] });
  const place = (node) => `${node.target.join(" ")}: ${node.failureSummary}`;
  return report.violations.map((found) => ({
    id: found.id, impact: found.impact, help: found.help, places: found.nodes.map(place),
  }));
}
"""


def expect_accessible(page: Page) -> None:
    """Fail with axe's words on every violation that is not minor, in the light and in the dark colours."""
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # a colour in motion has no contrast
        faults += [f"{scheme}: {_in_words(found)}" for found in violations(page)]
    page.emulate_media(color_scheme="light")
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page as it stands; one that was just being left is looked at once the next one stands."""
    try:
        found = _looked_at(page)
    except Error:  # a link was pressed, and the page that axe had begun with is gone
        page.wait_for_load_state()
        found = _looked_at(page)
    return [violation for violation in found if violation["impact"] not in FORGIVEN]


def _looked_at(page: Page) -> list[dict[str, Any]]:
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return found


@cache
def _axe() -> str:
    """axe with its Chinese words, as one expression that a strict content policy lets a debugger evaluate."""
    locale = json.loads((AXE / "locales" / "zh_CN.json").read_text(encoding="utf-8"))
    source = (AXE / "axe.min.js").read_text(encoding="utf-8")
    return f"(() => {{ {source}; axe.configure({json.dumps({'locale': locale})}); }})()"


def _in_words(violation: dict[str, Any]) -> str:
    head = f"{violation['id']} ({violation['impact']}): {violation['help']}"
    return "\n  ".join([head, *violation["places"]])
