"""The wordings of correction and extension notices: verbs of change, words for what is changed.

To teach a new wording, add it here and a line to ``tests/core/guides/amendments/wordings.py``.
"""

import re

from keqiao.core.programme.amending.asked import Subject

QUOTED = r"“(?:[^“”]|“[^“”]{0,80}”){1,400}”"
_CHANGE = "更正|修改|修订|调整|变更|更改|更换|替换|订正|纠正|改"
_LATER = "延长|顺延|推迟|延期|延后|延迟|延|推"
_OTHER = "提前|缩短|提高|增加|降低|减少|扩大|压减|放宽"

REPLACES = re.compile(
    rf"(?:统一|相应|一并|均|现)?(?:(?P<later>{_LATER})|(?P<change>{_CHANGE}|{_OTHER}))(?:为|至|到|成):?"
    r"|(?P<should>,?(?:实)?应(?:当)?(?:为|是|改为|更正为)):?"
)
"""A verb behind which the new value stands."""

LENGTHENS = re.compile(
    r"(?P<later>延长|顺延|推迟|延期|延后|延迟)(?P<n>(?=[半一二两三四五六七八九十\d])[^,;。]{1,12}?(?:周|星期|天|日|月))(?!前)"
)
"""A verb behind which a length of time stands: 延长一周."""

LEAVES_OPEN = re.compile(r"(?:另行|再行|适时)(?:通知|公布|公告|确定)|待定|视[^,;。]{1,16}(?:情况|而定)")
"""The new value is not stated."""

REMOVES = re.compile(r"取消|删除|删去|删掉|撤销|不再(?:设立|设置|受理|接受|支持|开展)")
ADDS = re.compile(r"新增|增加|增设|增补|补充(?:增加)?(?=[:“《]|以下|如下)|增列")
EXCHANGES = re.compile(
    r"附件\s*\d{0,2}[^。;]{0,60}?(?:更换|替换|重新(?:发布|上传|印发|下载|修订)|以(?:本|此|新|修订|更新)[^。;]{0,20}为准)"
    r"|(?:更换|替换|重新发布|更新)(?:了|原)?(?:的)?附件"
)
KEEPS = re.compile(
    r"(?:不变|不作(?:调整|变动|变更|修改)|(?:仍|继续)(?:按|执行|有效)|(?:按|以)原(?:通知|公告|要求|文件)[^,;。]{0,20}(?:执行|为准|规定))"
)
"""Words that say that the rest stays."""

SUBJECTS: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    (Subject.PHONE, re.compile(r"电话|手机|联系方式|座机|热线")),
    (Subject.EMAIL, re.compile(r"邮箱|信箱|邮件地址|[Ee]-?mail")),
    (Subject.PERSON, re.compile(r"联系人|经办人|负责人")),
    (Subject.ADDRESS, re.compile(r"地址|地点|寄送至|邮寄至|报送至|送至")),
    (Subject.COPIES, re.compile(r"份数|一式|套数")),
    (
        Subject.COMPLETION,
        re.compile(
            r"完成(?:时间|时限|日期|期限)?|结项|结题|实施(?:期|周期|时间|期限)|项目(?:周期|期限)|执行期|验收(?:时间|日期)|周期"
        ),
    ),
    (Subject.OPENS, re.compile(r"(?:开始|启动|开放|起始)(?:申报|受理|时间|日期)?")),
    (
        Subject.DEADLINE,
        re.compile(
            r"截止|截至|(?:申报|报送|受理|征集|报名|填报|提交|推荐|上报|寄送|填写|注册)(?:材料)?(?:的)?(?:时间|日期|期限|时限|工作|通道)|期限|时限"
        ),
    ),
    (
        Subject.TOTAL,
        re.compile(
            r"(?:总经费|总额|总预算|经费总额|资金总额|总金额|总资金|资金总量|合计|项目预算|经费安排|总计)"
        ),
    ),
    (
        Subject.LIMIT,
        re.compile(
            r"限报|限额|限申报|申报(?:的)?(?:数量|项目数|限额|上限)|每(?:个|家)?(?:申报)?(?:单位|学会)|申报项目数|推荐(?:数量|名额|限额)|可申报|不超过申报"
        ),
    ),
    (
        Subject.PLACES,
        re.compile(
            r"(?:项目|立项|资助|支持|拟立项|拟资助|拟支持|课题|评选|遴选|奖励)(?:的)?(?:数量|个数|项数|数目|名额|数)|名额|立项数"
        ),
    ),
    (
        Subject.FUNDING,
        re.compile(r"经费|资金|资助(?:标准|金额|额度|强度)?|支持(?:标准|额度|金额)|补助|奖补|额度|金额|标准"),
    ),
    (Subject.MATERIAL, re.compile(r"(?:申报|报送|提交|上报|附件)材料|材料(?:清单|中)|证明材料|佐证材料")),
)
"""What is changed, by the words for it. The words nearest to the verb decide."""

OLD_IN_QUOTES = re.compile(
    rf"(?P<quoted>{QUOTED})(?:的?(?:内容|表述|字样|文字|部分|一句|规定|要求))?(?:有误|错误|表述有误|系笔误)?,?(?:现|应|统一|均)?$"
)
OLD_BY_FROM = re.compile(
    r"由(?!于|各|市|省|县|区|推荐|单位|申报|所在)(?:原(?:来|定|先|计划|通知)?的?|目前的?|之前的?)?(?P<old>[^,;。由]{1,60}?)(?:,)?(?:现|统一|均|相应)?$"
)
OLD_BEFORE = re.compile(
    r"原(?:定|为|计划|通知|申报|要求|规定)?(?:于|的|为|是|截止(?:时间|日期)为?)?(?P<old>[^,;。]{0,40})$"
)
ITEM = re.compile(rf"(?P<quoted>{QUOTED})|《(?P<title>[^《》]{{2,120}})》")
CODE = re.compile(
    r"(?<![A-Za-z0-9])(?P<code>(?=[A-Za-z0-9-]{0,23}[A-Za-z])(?=[A-Za-z0-9-]{0,23}\d)[A-Za-z0-9][A-Za-z0-9-]{5,23})(?![A-Za-z0-9@.])"
)
CODES_RUN = re.compile(
    r"(?<![A-Za-z0-9])(?P<head>\d{0,8}[A-Za-z][A-Za-z-]{0,12})(?P<first>\d{2,4})(?:-|至|到)(?P=head)?(?P<last>\d{2,4})(?![A-Za-z0-9])"
)
"""``2022KCZG001至2022KCZG003``, ``2022KCZG001-003``."""
MOST_CODES = 60
CONTRAST = re.compile(r"^(?:其他|其它|其余|另外|除此|余下)")
EXCEPTS = re.compile(
    r"除[^,;。]{2,40}(?:外|之外|以外)|不(?:含|包括)|(?:其他|其它|其余)(?:的)?(?:项目|类别|课题|各类|专项|单位)"
)
"""Words that leave parts out: which ones are meant is for a person to say."""
