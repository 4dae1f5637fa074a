"""The text people agree to when they register a unit: that of room ``privacy``, in its version in force."""

from datetime import datetime

from keqiao.readers.consents import shipped_consents
from keqiao.web.privacy.actions import ConsentKind, ConsentText, publish_shipped_texts
from keqiao.web.privacy.queries import text_in_force

KIND = ConsentKind.REGISTRATION.value


def words_to_agree_to(language: str, at: datetime) -> str:
    """Return the words in the language of the page; before any is published, those that come with the program."""
    text = text_in_force(KIND, at)
    if text is None:
        return shipped_consents()[KIND]["en" if language.startswith("en") else "zh"]
    return text.text_en if language.startswith("en") and text.text_en else text.text_zh


def text_agreed_to(at: datetime) -> ConsentText:
    """Return the text in force, published now if it was not: what somebody agrees to has a version from then on."""
    text = text_in_force(KIND, at)
    if text is None:
        publish_shipped_texts(at)
        text = text_in_force(KIND, at)
    assert text is not None  # noqa: S101  published in the line above
    return text
