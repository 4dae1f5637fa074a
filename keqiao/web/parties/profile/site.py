"""What public pages and mails say of the association that keeps the site."""

import re
from dataclasses import dataclass

from django.conf import settings

from keqiao.web.parties.models import Association

ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="
DIGITS = re.compile(r"[0-9]{14}")


@dataclass(frozen=True)
class Site:
    """The lines at the foot of public pages, and the logo. An empty one is left out.

    The registers ask that each number links to them. Sources: 非经营性互联网信息服务备案管理办法 (2005) art. 13,
    计算机信息网络国际联网安全保护管理办法 art. 12 with the practice of the public security register.
    """

    name: str
    complaints: str
    icp_number: str
    police_number: str
    logo_of: str

    @property
    def icp_address(self) -> str:
        """Return where the filing number is looked up."""
        return ICP_REGISTER

    @property
    def police_address(self) -> str:
        """Return where the public security filing is looked up."""
        digits = DIGITS.search(self.police_number)
        return f"{POLICE_REGISTER}{digits[0]}" if digits else POLICE_REGISTER


def site_keeper() -> Association | None:
    """Return the association that keeps the site; none before ``keqiao init`` and in a demonstration."""
    return Association.objects.select_related("organisation").filter(keeps_the_site=True).first()


def site_shown() -> Site | None:
    """Return what public pages say of the site's keeper. One query."""
    keeper = site_keeper()
    if keeper is None:
        return None
    return Site(
        keeper.organisation.name,
        keeper.complaints,
        keeper.icp_number,
        keeper.police_number,
        keeper.slug if keeper.logo_id else "",
    )


def mail_sender() -> tuple[str, str]:
    """Return the name that mails come from, and the address that answers go to ("": to the sending address)."""
    keeper = site_keeper()
    if keeper is None:
        return settings.SITE_NAME, ""
    return keeper.mail_sender or keeper.site_name, keeper.reply_to
