"""The unified social credit code in forms and tables: checked by ``core.identifiers``, said in the shell's words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.core.identifiers import Malformed, is_usual_for
from keqiao.core.identifiers import clean_credit_code as clean
from keqiao.readers.organisation_kinds import organisation_kinds


def clean_credit_code(text: str) -> str | None:
    """Return the code in capitals without spaces, or None for an empty text.

    Raises:
        ValidationError: length, characters or check digit are wrong.
    """
    try:
        return clean(text) or None
    except Malformed as wrong:
        raise ValidationError(
            _("统一社会信用代码 %(code)s 有误：应为 18 位，且末位校验码须相符。"),
            code="credit_code.wrong",
            params={"code": text.strip()},
        ) from wrong


def fits_kind(code: str, kind: str) -> bool:
    """Do the first two characters suit the declared kind? An unusual pair is a doubt, not a fault."""
    return is_usual_for(code, organisation_kinds()[kind].credit_codes)
