"""What crosses associations on PostgreSQL: what is posted and issued, and to a unit the letter it gets."""

from keqiao.web.walls import Opening

POSTED = "posted_at IS NOT NULL AND state <> 'taken_down'"
# Notices, awards and applications stand behind their own walls: only those that the reader may read count.
OF_A_NOTICE = "EXISTS (SELECT 1 FROM public_notice_notice n WHERE n.id = notice_id)"
OF_AN_AWARD = "EXISTS (SELECT 1 FROM public_notice_award a WHERE a.id = award_id)"
OF_APPLICATION = "EXISTS (SELECT 1 FROM applications_application a WHERE a.id = application_id)"

OPENINGS = (
    Opening("public_notice.Notice", "posted", POSTED, "a public notice is read by everybody while it stands"),
    Opening("public_notice.NoticeItem", "posted", OF_A_NOTICE, "with its list"),
    Opening("public_notice.Award", "issued", "issued_at IS NOT NULL", "an award is made known to everybody"),
    Opening("public_notice.AwardItem", "issued", OF_AN_AWARD, "with its list"),
    Opening(
        "public_notice.ResultLetter",
        "application",
        OF_APPLICATION,
        "whoever reads an application reads how it came out",
    ),
)
