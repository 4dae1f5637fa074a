"""Who may do what with personal data beyond the own."""

SECURITY_ADMIN, AUDIT_ADMIN = "security_admin", "audit_admin"
OFFICER, FINANCE = "officer", "finance"

MAY_REVEAL_SOMETHING = (OFFICER, FINANCE, "unit_admin")
"""Roles that some room lets reveal values of rows it names; the rooms decide which rows."""
