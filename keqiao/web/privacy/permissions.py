"""Who may do what with personal data beyond the own."""

SECURITY_ADMIN, AUDIT_ADMIN = "security_admin", "audit_admin"
OFFICER, LEADER, FINANCE = "officer", "leader", "finance"

MAY_REVEAL_SOMETHING = (OFFICER, LEADER, FINANCE, SECURITY_ADMIN, "applicant", "endorser")
"""Roles that some room lets reveal values of rows it names; the rooms decide which rows."""
