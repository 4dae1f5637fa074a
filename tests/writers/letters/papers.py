"""One of each paper, for the tests and the proof."""

from datetime import UTC, date, datetime

from keqiao.core.workdays import Closing, DayKind, Noticed, Period, Term
from keqiao.writers.letters import (
    Agreement,
    Award,
    Budgeted,
    Field,
    Head,
    Letter,
    Listed,
    ObjectionAnswer,
    ObjectionsTo,
    Party,
    Payment,
    Promise,
    PublicList,
    Result,
    agreement,
    award_notice,
    closing_statement,
    letter,
    objection_answer,
    public_notice,
    result_letter,
)

WAN = 1_000_000
AT = datetime(2023, 5, 9, 2, 0, tzinfo=UTC)
PERIOD = Period(date(2022, 9, 28), date(2022, 10, 9))
FIELDS = (Field.NUMBER, Field.TITLE, Field.CATEGORY, Field.UNIT, Field.LEADER, Field.AMOUNT)
ITEMS = (
    Listed(
        "青年科学家论坛", "江州市农学会", "学术交流", leader="王某某", amount_fen=10 * WAN, note="内部备注"
    ),
    Listed("科技小院服务行动", "江州市畜牧学会", "科技服务", leader="李某某", amount_fen=7_500_000),
    Listed("数字学会平台建设", "江州市计算机学会", "学会建设", leader="赵某某", amount_fen=8 * WAN),
)


def head(title, **more):
    """The head of a paper of two offices with a number."""
    about = {
        "issuers": ("江州市科学技术协会", "江州市财政局"),
        "number": "江科协发〔2023〕9号",
        "issued": date(2023, 5, 9),
    }
    return Head(title=title, at=AT, **(about | more))


def plain(title, **more):
    """The head of a letter of one office without a number."""
    return head(title, **({"issuers": ("江州市科学技术协会",), "number": ""} | more))


def notice(items=ITEMS, fields=FIELDS):
    """A public notice of five working days."""
    to = ObjectionsTo(
        "江州市科协学会部", "0395-1234567", "0395-7654321", "江州市人民路1号", "xuehui@example.org"
    )
    about = PublicList(
        "《关于申报2023年度学会能力提升项目的通知》",
        ("形式审查", "专家评审"),
        tuple(items),
        fields,
        PERIOD,
        to,
        Term(5, DayKind.WORKING),
    )
    return public_notice(head("关于2023年度学会能力提升项目拟立项名单的公示"), about)


def award(items=ITEMS):
    """An award notice with everything in it."""
    about = Award(
        "江科协发〔2023〕3号",
        ("形式审查", "专家评审", "公示"),
        tuple(items),
        FIELDS,
        agreement_by=date(2023, 6, 1),
        regulation="《江州市科普专项资金管理办法》",
        mark="江州市科协资助项目",
        finish_by=date(2023, 12, 31),
        reports="每半年报送一次进展",
        contacts=("学会部　王某某　0395-1234567",),
    )
    return award_notice(
        head("关于公布2023年度学会能力提升项目立项名单的通知", addressees=("各市级学会",)), about
    )


BUDGET = (Budgeted("专家咨询费", 3 * WAN), Budgeted("场地费", 2 * WAN, WAN, "2天×1万元"))


def task(budget=BUDGET):
    """An agreement of three parties."""
    about = Agreement(
        "青年科学家论坛",
        "JZ2023-001",
        "江科协发〔2023〕3号",
        (
            Party("主管单位", "江州市科学技术协会"),
            Party("承担单位", "江州市农学会", "王某某", "0395-1234567"),
            Party("推荐单位", "江州市农业农村局"),
        ),
        ("举办青年科学家论坛，邀请专家作主题报告，形成研究成果。",),
        (Promise("主题报告", "不少于6场次", "签到表"), Promise("参与人数", "不少于200人次")),
        date(2023, 6, 1),
        date(2023, 12, 31),
        ("6月完成方案；", "9月举办论坛；"),
        tuple(budget),
        (Payment("首款", 3 * WAN), Payment("尾款", 2 * WAN, "结项验收通过")),
        "江州市科协资助项目",
    )
    return agreement(plain("江州市学会能力提升项目任务书"), about)


def closed():
    """The statement on the end of a notice with one objection of each kind."""
    standings = {"甲": Noticed.UPHELD, "乙": Noticed.CLEAR, "丙": Noticed.SUSPENDED}
    said = Closing(PERIOD, 5, ("5",), ("3",), ("1",), ("2",), ("4",), standings)
    return closing_statement(plain("关于拟立项名单公示情况的说明"), "2023年度学会能力提升项目", said)


def result(selected=False):
    """The letter to who was not selected, or was."""
    about = Result(
        "2023年度学会能力提升项目",
        "数字学会平台建设",
        selected,
        8 * WAN,
        "列第6位，名额5个",
        ("预算依据不足。", "目标应量化。"),
        "如有疑问，可在收到本函后5个工作日内向学会部提出",
    )
    return result_letter(plain("关于申报结果的函", addressees=("江州市计算机学会",)), about)


def answer():
    """The answer to an objection."""
    about = ObjectionAnswer(
        "2023年度学会能力提升项目",
        "青年科学家论坛",
        "2022年9月29日",
        "异议成立，该项目不予立项",
        "该单位存在未结项项目",
    )
    return objection_answer(plain("关于异议处理结果的函", addressees=("某某同志",)), about)


def reminder():
    """A letter of the office's own words with a table of facts."""
    words = Letter(
        ("请于5月31日前补报项目进展材料。",), (("项目名称", "青年科学家论坛"), ("缺少材料", "签到表、照片"))
    )
    return letter(plain("催报通知", addressees=("江州市农学会",)), words)


PAPERS = {
    "notice": notice,
    "award": award,
    "task": task,
    "closed": closed,
    "result": result,
    "answer": answer,
    "reminder": reminder,
}
