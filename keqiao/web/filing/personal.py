"""What the room keeps of people: who signed a PDF, as the certificates in it say."""

from django.utils.translation import gettext_lazy as _

from keqiao.web.filing.models import Scan
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable

TABLES = (
    PersonalTable(
        Scan,
        _("盖章文件上的签名人"),
        (
            PersonalField(
                "signatures",
                _("核对文件由谁签名"),
                Basis.CONTRACT,
                _("随项目档案保存，期满销毁"),
                correction=Correction.NEVER,
                held=_("申报材料是项目评审的依据，按档案法留存"),
            ),
        ),
    ),
)

EXCUSED: dict[str, str] = {}
