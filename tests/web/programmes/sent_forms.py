"""What a browser would send for the form of a statement on a page."""

from html.parser import HTMLParser


class Fields(HTMLParser):
    """What a browser would send for the form of a statement on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = self.area = None
        self.inside = False

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.inside = "data-guard" in said
        if not self.inside:
            return
        name, value = said.get("name"), said.get("value") or ""
        if tag == "input" and name:
            if said.get("type") not in ("checkbox", "radio") or "checked" in said:
                self.add(name, value or ("on" if said.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in said:
            self.add(self.select, value)
        elif tag == "textarea":
            self.area, self.text = name, ""

    def handle_data(self, data):
        if self.area:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.add(self.area, self.text.removeprefix("\n"))
            self.area = None
        if tag == "form":
            self.inside = False

    def add(self, name, value):
        self.sent.setdefault(name, []).append(value)


def sent_by(page) -> dict[str, list[str]]:
    reader = Fields()
    reader.feed(page.content.decode())
    return reader.sent
