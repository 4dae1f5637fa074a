"""The summary table (汇总表) that an endorser files its list with: as .xlsx, .docx and PDF, from one value."""

from keqiao.writers.summary.portable import set_summary
from keqiao.writers.summary.value import Kind, Summary, SummaryColumn
from keqiao.writers.summary.word import write_summary
from keqiao.writers.summary.workbook import summary_workbook

__all__ = ["Kind", "Summary", "SummaryColumn", "set_summary", "summary_workbook", "write_summary"]
