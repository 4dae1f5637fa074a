"""What the parts of blocks and the columns of targets and budgets are called on paper. The paper is in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from keqiao.core.programme.forms.fields import PersonField, UnitField

PERSON: Mapping[str, str] = MappingProxyType(
    {
        "name": "姓名", "gender": "性别", "birth_date": "出生日期", "id_number": "身份证号", "nation": "民族",
        "political_status": "政治面貌", "degree": "学历学位", "title": "职称", "post": "职务", "employer": "单位",
        "field": "学科领域", "phone": "手机", "email": "邮箱", "member_number": "会员号", "part": "分工",
        "signature": "签字",
    }
)  # fmt: skip
UNIT: Mapping[str, str] = MappingProxyType(
    {
        "name": "单位名称", "credit_code": "统一社会信用代码", "kind": "单位性质", "legal_person": "法定代表人",
        "address": "通讯地址", "postcode": "邮编", "phone": "联系电话", "email": "邮箱", "founded_on": "成立时间",
        "supervisor": "业务主管单位", "bank": "开户银行", "account_name": "账户名称", "account_number": "银行账号",
        "staff": "人员规模",
    }
)  # fmt: skip
TARGET: Mapping[str, str] = MappingProxyType(
    {"metric": "指标内容", "op": "要求", "value": "目标值", "unit": "计量单位", "basis": "说明"}
)
BUDGET: Mapping[str, str] = MappingProxyType(
    {"item": "支出内容", "grant": "申请资助", "own": "自筹经费", "other": "其他经费", "basis": "测算依据"}
)
NUMBER, SUM, KEPT_BY_OFFICE = "序号", "合计", "（由受理单位填写）"
DAY = "年　　月　　日"


def parts_in_words(field: PersonField | UnitField) -> Mapping[str, str]:
    """What the parts of this block are called."""
    return PERSON if isinstance(field, PersonField) else UNIT
