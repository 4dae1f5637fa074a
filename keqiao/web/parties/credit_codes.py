"""The unified social credit code (GB 32100-2015) as it is stored and checked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as Wrong

from keqiao.readers.organisation_kinds import organisation_kinds


def clean_credit_code(text: str) -> str | None:
    """Return the code in capitals without spaces, or None for an empty text.

    Raises:
        ValidationError: length, characters or check digit are wrong.
    """
    code = uscc.compact(text).upper()
    if not code:
        return None
    try:
        return uscc.validate(code)
    except Wrong as wrong:
        raise ValidationError(
            _("统一社会信用代码 %(code)s 有误：应为 18 位，且末位校验码须相符。"),
            code="credit_code.wrong",
            params={"code": code},
        ) from wrong


def fits_kind(code: str, kind: str) -> bool:
    """Do the first two characters suit the declared kind? An unusual pair is a doubt, not a fault."""
    usual = organisation_kinds()[kind].credit_codes
    return not usual or code[:2] in usual
