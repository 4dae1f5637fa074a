"""Work done later by the worker. The one place that names the task library, whose API is Django 6's own.

A task may run again if its worker was killed in the middle: write it so that a second run does no harm.
"""

from django_tasks import TaskResultStatus, task

__all__ = ["TaskResultStatus", "task"]
