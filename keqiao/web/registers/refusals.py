"""Why a line is not written, in words of the office. The life cycle itself raises ``core.lifecycle.NotAllowed``."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle import NotAllowed


def not_now(refused: NotAllowed) -> ValidationError:
    """Return in words that the state of a line does not allow an act."""
    if refused.wrong_state:
        return ValidationError(_("这条登记的状态已经变化，不能再办理此事项。"), code="line.wrong_state")
    return ValidationError(_("您的账号没有这项权限。"), code="line.not_yours")


def before_last_step(on: date) -> ValidationError:
    """A step cannot count from a day before the one that was taken last."""
    return ValidationError(
        _("生效日期不能早于上一事项的日期（%(on)s）。"),
        code="step.before_last",
        params={"on": on.isoformat()},
    )


def reason_missing() -> ValidationError:
    """An act against somebody says why."""
    return ValidationError(_("请说明理由。"), code="step.reason_missing")
