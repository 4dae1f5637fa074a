"""What of the registers is not only its association's: public registers, and debarments by policy."""

from keqiao.core.lifecycle.recognition import NEVER_HELD
from keqiao.web.walls import PARTIES, Opening

MINE = "COALESCE(NULLIF(current_setting('keqiao.associations', true), ''), '{}')::uuid[]"
"""SQL for the ids of the associations that the viewer works for."""

NOT_SHOWN = ", ".join(f"'{state.value}'" for state in sorted(NEVER_HELD))
IN_PUBLIC_REGISTER = (
    "EXISTS (SELECT 1 FROM registers_recognitionscheme s WHERE s.id = scheme_id AND s.public)"
)
OWNERS_POLICY = "FROM registers_sharingpolicy p WHERE p.association_id = registers_debarment.association_id"
OWNER_SHARES = f"EXISTS (SELECT 1 {OWNERS_POLICY} AND p.shares_debarments)"
OWNER_PUBLISHES = f"EXISTS (SELECT 1 {OWNERS_POLICY} AND p.publishes_debarments)"
OF_A_UNIT = "EXISTS (SELECT 1 FROM parties_organisation o WHERE o.party_ptr_id = party_id)"
VIEWER_HEEDS = (
    "EXISTS (SELECT 1 FROM registers_sharingpolicy m"  # noqa: S608  all words are ours
    f" WHERE m.association_id = ANY ({MINE}) AND m.heeds_debarments)"
)

OWN = f"party_id = ANY ({PARTIES})"
OWN_LINES = (
    *(
        Opening(
            f"registers.{table}",
            "own",
            f"{OWN} AND taken_back_at IS NULL",
            "a unit sees what counts when it applies",
        )
        for table in ("TrackRecord", "Holding", "SocietyAffair", "PlatformAccount", "Incident")
    ),
    Opening(
        "registers.Recognition",
        "own",
        f"{OWN} AND state NOT IN ({NOT_SHOWN})",
        "a unit sees what it holds or held; not what is only proposed",
    ),
    Opening("registers.Debarment", "own", OWN, "a unit sees what it is barred from, why, and until when"),
)
"""What a unit or person sees of itself."""

OPENINGS = (
    *OWN_LINES,
    Opening(
        "registers.RecognitionScheme",
        "public_register",
        "public",
        "a public register answers the look-up of everybody",
    ),
    Opening(
        "registers.Recognition",
        "line_of_public_register",
        f"state NOT IN ({NOT_SHOWN}) AND {IN_PUBLIC_REGISTER}",
        "what was held in a public register answers the look-up by number",
    ),
    Opening(
        "registers.SharingPolicy",
        "what_is_shared",
        "shares_debarments OR publishes_debarments",
        "others must know whose debarments they may see",
    ),
    Opening(
        "registers.Debarment",
        "published",
        f"{OWNER_PUBLISHES} AND {OF_A_UNIT}",
        "debarments of units, where the association publishes them; never those of people",
    ),
    Opening(
        "registers.Debarment",
        "shared",
        f"{OWNER_SHARES} AND {VIEWER_HEEDS}",
        "debarments that one association shares, for those that go by them",
    ),
)
