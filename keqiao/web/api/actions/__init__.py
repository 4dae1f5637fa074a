"""Make and revoke tokens."""

from keqiao.web.api.actions.tokens import Made, Wanted, make_token, revoke_token

__all__ = ["Made", "Wanted", "make_token", "revoke_token"]
