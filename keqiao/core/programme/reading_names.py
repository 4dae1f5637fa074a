"""How the flat reading of a call names things, where its names differ from those of the definition.

The flat reading is an interface for other programs; some of its names are keywords here (``for``,
``from``).
"""

RULE_PARAMETERS: dict[str, dict[str, str]] = {
    "proxy": {"kinds": "for", "in_name_of": "as"},
    "recognition": {"register_name": "register"},
    "choice": {"options": "from", "options_count": "from_count"},
}
"""By rule type: our parameter → its name in the flat reading."""

DAY_KINDS = {"working": "工作日", "calendar": "天"}
"""What a public notice counts in."""

PREFERENCE_WORDS = (("同等条件", "tie_break"), ("重点支持", "key_support"))
"""Words that give a preference another strength than ``priority``."""
