"""Kinds of duties about the rooms that stand below this one."""

from keqiao.web.duties.kinds import Kind

KINDS: list[Kind] = []
