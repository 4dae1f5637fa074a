"""What endorsers often write, in the language that is spoken now."""

from django.utils.translation import get_language

from keqiao.readers.endorsing_words import endorsing_words


def phrases_for(act: str) -> list[str]:
    """Return the phrases of an act (``recommend``, ``decline``, ``return``); none where nothing is ready."""
    return [said[_language()] for said in endorsing_words().opinions.get(act, ())]


def responsibility() -> str:
    """Return what whoever forwards a list answers for."""
    return endorsing_words().responsibility[_language()]


def _language() -> str:
    return "en" if (get_language() or "zh").startswith("en") else "zh"
