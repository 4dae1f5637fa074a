"""Roles are words of one place: no life of a case says them itself."""

import ast
from importlib.resources import files

from keqiao.core.lifecycle import roles

WORDS = {value for name, value in vars(roles).items() if name.isupper()}


def words_assigned(text: str) -> set[str]:
    """The words that a module gives names in capitals to."""
    assigned = (node for node in ast.parse(text).body if isinstance(node, ast.Assign))
    return {
        node.value.value
        for node in assigned
        if isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and all(isinstance(target, ast.Name) and target.id.isupper() for target in node.targets)
    }


def test_no_life_names_a_role_of_its_own():
    found = {
        module.name: sorted(words_assigned(module.read_text(encoding="utf-8")) & WORDS)
        for module in files("keqiao.core.lifecycle").iterdir()
        if module.name.endswith(".py") and module.name != "roles.py"
    }

    assert {name: words for name, words in found.items() if words} == {}


def test_a_role_that_is_repeated_is_noticed():
    assert words_assigned('OFFICER = "officer"\n') & WORDS == {"officer"}
