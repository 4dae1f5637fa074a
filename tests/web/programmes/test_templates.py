"""What templates say they need is there, under the name they give it."""

import re
from importlib import import_module
from pathlib import Path

import keqiao.web.programmes

TEMPLATES = Path(keqiao.web.programmes.__file__).parent / "templates"
NEEDED = re.compile(r"\(((?:[a-z_]+\.)+)([A-Z]\w+)")


def needed():
    for template in sorted(TEMPLATES.rglob("*.html")):
        for comment in re.findall(
            r"{% comment %}(.*?Needs:.*?){% endcomment %}", template.read_text(), re.DOTALL
        ):
            yield from NEEDED.findall(comment)


def test_every_class_that_a_template_names_stands_in_the_module_it_names():
    named = set(needed())
    missing = [
        f"{module}{name}"
        for module, name in named
        if not hasattr(import_module(f"keqiao.web.programmes.{module.rstrip('.')}"), name)
    ]

    assert len(named) > 10
    assert missing == []
