"""A page's form as a browser would send it, read out of the HTML."""

from html.parser import HTMLParser

from django.http.response import HttpResponseBase

Sent = dict[str, list[str]]


class _FormReader(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.sent: Sent = {}
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []
        self.textarea: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {key: value or "" for key, value in attrs}
        if tag == "form" and (held.get("id") == self.form_id or (not self.form_id and held.get("method") == "post")):
            self.inside = True
        if not self.inside:
            return
        if tag == "input" and held.get("name") and not ("checked" not in held and held.get("type") in _PICKED):
            self._add(held["name"], held.get("value", "on" if held.get("type") in _PICKED else ""))
        elif tag == "select":
            self.select, self.options = held.get("name"), []
        elif tag == "option":
            self.options.append((held.get("value", ""), "selected" in held))
        elif tag == "textarea":
            self.textarea, self.text = held.get("name"), ""

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea:
            self._add(self.textarea, self.text.removeprefix("\n").replace("\n", "\r\n"))
            self.textarea = None
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [v for v, _ in self.options[:1]]
            if chosen:
                self._add(self.select, chosen[-1])
            self.select = None
        elif tag == "form":
            self.inside = False

    def _add(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


_PICKED = {"checkbox", "radio"}


def form_of(answer: HttpResponseBase, form_id: str = "part-form") -> Sent:
    """What the form on the page would send if nothing in it were touched."""
    reader = _FormReader(form_id)
    reader.feed(answer.content.decode())
    sent = {name: values for name, values in reader.sent.items() if name != "csrfmiddlewaretoken"}
    assert sent, "there is no such form on the page"
    return sent
