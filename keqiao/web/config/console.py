"""What commands say on a terminal: Chinese first, English behind it, on one line."""

from keqiao.core.findings import Value
from keqiao.readers.messages import sentence


def in_both(code: str, **values: Value) -> str:
    """Return the sentence of ``code`` in both languages."""
    return " ".join(f"{sentence(code, values, 'zh')} / {sentence(code, values, 'en')}".split())
