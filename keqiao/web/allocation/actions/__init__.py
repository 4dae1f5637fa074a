"""Decide what becomes of applications."""

from keqiao.web.allocation.actions.moving import move

__all__ = ["move"]
