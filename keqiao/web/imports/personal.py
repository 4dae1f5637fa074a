"""What the room keeps of people while their rows are on the way into a register."""

from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.models import ImportRow
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable, Sensitivity

TABLES = (
    PersonalTable(
        ImportRow,
        _("导入名册中的个人"),
        (
            PersonalField(
                "content",
                _("核对名册各行，改正后导入"),
                Basis.DUTY,
                _("导入结束 180 天后清除，只留行号和记录编号；上传的表格随业务档案保存"),
                sensitivity=Sensitivity.SENSITIVE,
                correction=Correction.NEVER,
                cleared_by_room=True,  # clearing.clear_old_contents
            ),
        ),
    ),
)

EXCUSED: dict[str, str] = {}
