"""Why an objection is not taken up."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CAUSES: dict[str, str | Promise] = {
    "anonymous": _("没有真实姓名或有效联系方式"),
    "late": _("超过公示期限提出"),
    "no_grounds": _("没有具体事实和理由"),
    "not_listed": _("与公示项目无关"),
}
"""By the code that is kept. Source: domain.md C3 (in writing, with name, contact, grounds and proof)."""
