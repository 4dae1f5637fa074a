"""Sets values in type as PDF: a Typst template of ours, values as data, fonts that are given. No template in values."""

from keqiao.writers.pdf.fonts import FOLDERS, type_missing_for
from keqiao.writers.pdf.setting import NotSet, Paper, typeset

__all__ = ["FOLDERS", "NotSet", "Paper", "type_missing_for", "typeset"]
