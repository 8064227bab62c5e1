"""Drops files on a page or pastes them, which Playwright cannot do."""

import base64

from playwright.sync_api import Page

DISPATCH = """([selector, name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  const options = { dataTransfer: transfer, clipboardData: transfer, bubbles: true, cancelable: true };
  const event = selector ? new DragEvent("drop", options) : new ClipboardEvent("paste", options);
  (selector ? document.querySelector(selector) : document).dispatchEvent(event);
}"""


def drop(page: Page, selector: str, content: bytes, name: str = "dropped.png", kind: str = "image/png") -> None:
    """Drops a file on what `selector` finds."""
    page.evaluate(DISPATCH, [selector, name, kind, base64.b64encode(content).decode()])


def paste(page: Page, content: bytes, name: str = "pasted.png") -> None:
    """Pastes a PNG."""
    page.evaluate(DISPATCH, [None, name, "image/png", base64.b64encode(content).decode()])
