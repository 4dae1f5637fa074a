"""How a number or name that cannot be right is refused."""

from keqiao.core.findings import Finding, Value, Weight


class Malformed(ValueError):
    """What was typed cannot be such a number or name; ``finding`` says why.

    Its values never hold personal numbers: sentences travel to logs and mails.
    """

    def __init__(self, fault: str, /, **values: Value) -> None:
        super().__init__(fault)
        self.finding = Finding(fault, Weight.REFUSE, values)
