"""How totals are made, in plain words: exactly those of each demonstration, in both languages, on the public page."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from keqiao.core.programme.selection import Scorecard
from keqiao.readers import programmes
from keqiao.web.programmes.wording.scorecards import bands_said, totals_said
from tests.web import make
from tests.web.applications.pages import words_of

LEFT = "仍然相同、名额不够的，由受理单位决定。"
FRAUD = "专家先答“是否发现弄虚作假”：答“是”的，这位专家所给各项均为 0 分，由受理单位核查。"
MEAN_OF_3 = "每份申报由 3 位专家各自评分；总分是各位专家所给总分的平均值。"
TRIMMED_5 = (
    "每份申报由 5 位专家各自评分；评分满 5 份的，去掉一个最高总分和一个最低总分，"
    "取其余的平均值；不满的，取全部的平均值。"
)
WHOLE = "各项打整数分；总分四舍五入到 2 位小数，排序以此为准。"
PASS = "总分低于 60 分的，不能入选。"
PLAN, EFFECT = "“方案与进度”得分高的在前", "“预期成效”得分高的在前"
PREFERRED, RECOMMENDED, VOTE = "符合通知优先条件的在前", "推荐的专家多的在前", "受理单位组织投票"


def equals(*steps: str) -> str:
    return f"总分相同的，依次看：{'；'.join(steps)}。{LEFT}"


SAID = {
    "sanmenxia-2023": [
        MEAN_OF_3,
        WHOLE,
        PASS,
        FRAUD,
        "有 1 位专家认定下列情形之一的，一票否决，不论总分：申报内容与所报类别不符。",
        equals(PLAN, PREFERRED, VOTE),
    ],
    "henan-2023": [TRIMMED_5, WHOLE, PASS, FRAUD, equals(PREFERRED, EFFECT, RECOMMENDED, VOTE)],
    "hunan-2022": [
        TRIMMED_5,
        "各项打整数分；总分取 2 位小数，其余舍去，排序以此为准。",
        PASS,
        FRAUD,
        "有 2 位专家认定下列情形之一的，予以否决，不论总分：拟将项目整体转包。",
        equals(PLAN, EFFECT, PREFERRED, VOTE),
        "结果公布后，专家评语随告知书告知申报单位，不写专家姓名。",
    ],
    "jining-2023": [
        MEAN_OF_3,
        "各项最多打到 1 位小数；总分四舍五入到 2 位小数，排序以取舍前的准确分数为准。",
        PASS,
        FRAUD,
        equals(PREFERRED, RECOMMENDED, "“承办条件”得分高的在前"),
    ],
    "yinchuan-2022": [
        MEAN_OF_3,
        "各项打整数分；总分四舍五入到 1 位小数，排序以此为准。",
        PASS,
        equals(EFFECT, VOTE),
    ],
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_each_demonstration_says_how_its_totals_are_made(name):
    card = programmes.demonstration(name).scorecard

    assert list(totals_said(card)) == SAID[name]


def test_the_same_in_english():
    card = programmes.demonstration("hunan-2022").scorecard

    with override("en"):
        said = totals_said(card)

    assert said[0] == (
        "Each application is scored by 5 experts on their own; with 5 sheets or more, one highest and one lowest total "
        "are left out and the mean of the rest is taken; with fewer, the mean of all."
    )
    assert said[1] == (
        "Points are given in whole numbers; totals are cut to 2 decimals, and these decide the order."
    )
    assert said[4].startswith(
        "Where 2 experts find one of these, the application is out, whatever its total: "
    )
    assert all(any(each.isascii() for each in sentence.split()) for sentence in said)


def test_a_card_that_states_the_least_says_what_holds_then():
    card = Scorecard.model_validate({"criteria": [{"id": "a", "name": "质量", "points": 100}], "decimals": 0})

    assert totals_said(card) == (
        "总分是各位专家所给总分的平均值。",
        "各项打整数分；总分四舍五入到整数，排序以此为准。",
        "总分相同、名额不够的，由受理单位决定。",
    )


CRITERION = {
    "id": "plan",
    "name": "方案与进度",
    "points": 100,
    "bands": [{"name": "优", "least": 86, "most": 100}, {"name": "差", "least": 0, "most": 85}],
}


@pytest.mark.django_db
def test_the_public_page_and_its_paper_say_it(client):
    card = {"criteria": [CRITERION], "experts": 3, "pass_mark": 60}
    call = make.published_call(programme=make.definition(scorecard=card))

    page = client.get(reverse("portal:category", args=[call.slug, "c1"]))

    words = words_of(page)
    assert "优 86 至 100 分、差 0 至 85 分" in words
    for sentence in (MEAN_OF_3, WHOLE, PASS, "总分相同、名额不够的，由受理单位决定。"):
        assert sentence in words


def test_grades_are_said_with_their_points():
    card = Scorecard.model_validate({"criteria": [CRITERION]})

    assert bands_said(card.criteria[0]) == "优 86 至 100 分、差 0 至 85 分"
