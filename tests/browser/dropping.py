"""Drops files on a page or pastes them, which Playwright cannot do."""

import base64

from playwright.sync_api import Page

Deed = str | tuple[str | None, bytes, str]  # a selector that is clicked, or a file: where to (pasted if nowhere)

AT_ONCE = """(deeds) => {
  for (const deed of deeds) {
    if (typeof deed === "string") {
      document.querySelector(deed).click();
      continue;
    }
    const [selector, name, type, data] = deed;
    const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type }));
    const options = { dataTransfer: transfer, clipboardData: transfer, bubbles: true, cancelable: true };
    const event = selector ? new DragEvent("drop", options) : new ClipboardEvent("paste", options);
    (selector ? document.querySelector(selector) : document).dispatchEvent(event);
  }
}"""


def drop(page: Page, selector: str, content: bytes, name: str = "dropped.png", kind: str = "image/png") -> None:
    """Drops a file on what `selector` finds."""
    page.evaluate(AT_ONCE, [[selector, name, kind, base64.b64encode(content).decode()]])


def paste(page: Page, content: bytes, name: str = "pasted.png") -> None:
    """Pastes a PNG."""
    page.evaluate(AT_ONCE, [[None, name, "image/png", base64.b64encode(content).decode()]])


def at_once(page: Page, *deeds: Deed) -> None:
    """Does things in one turn of JavaScript, so that what the first one starts has not ended when the last is done."""
    page.evaluate(AT_ONCE, [each if isinstance(each, str) else _file(*each) for each in deeds])


def _file(selector: str | None, content: bytes, name: str) -> list[str | None]:
    return [selector, name, "image/png", base64.b64encode(content).decode()]
