"""The keys of an invented list, for tests of the search language."""

from keqiao.core.query import Choice, Field, Fields, Kind

NAME = Field("name", ("名称", "名字"))
KIND = Field(
    "kind",
    ("类别", "单位类别"),
    Kind.CHOICE,
    (
        Choice("society", ("学会（协会、研究会）", "学会", "协会")),
        Choice("university", ("高等院校", "高校")),
        Choice("university_association", ("高校科协",)),
    ),
)
COUNT = Field("members", ("会员数",), Kind.NUMBER, optional=True)
MONEY = Field("amount", ("经费", "金额"), Kind.MONEY)
DAY = Field("since", ("登记日期", "登记"), Kind.DAY, optional=True)
LEGAL = Field("legal", ("法人",), Kind.TRUTH)

MEMBERS = Fields((NAME, KIND, COUNT, MONEY, DAY, LEGAL))
