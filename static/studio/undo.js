// Undo for whatever a script removes or replaces: a notice with a button, and Ctrl+Z outside fields.

const STAYS = 12; // seconds, longer while somebody points at it or is in it
const MOST = 30;
const past = [];
let toast, timer;

function close() {
  clearTimeout(timer);
  if (toast?.matches(":hover, :focus-within")) timer = setTimeout(close, 1000 * STAYS);
  else toast?.replaceChildren();
}

function notice() {
  if (!toast?.isConnected) {
    toast = Object.assign(document.createElement("div"), { className: "toast", role: "status" });
    document.body.append(toast);
  }
  return toast;
}

export function tell(words, button) {
  const said = Object.assign(document.createElement("p"), { textContent: words });
  notice().replaceChildren(said, ...(button ? [button] : []));
  clearTimeout(timer);
  timer = setTimeout(close, 1000 * STAYS);
}

// Says what was done, and puts everything back by `back` if somebody wishes.
export function offer(words, back) {
  past.push(back);
  past.splice(0, past.length - MOST);
  const button = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: "Undo" });
  button.addEventListener("click", () => {
    undo();
    document.querySelector("main").focus({ preventScroll: true }); // the button is gone now
  });
  tell(words, button);
}

function undo() {
  past.pop()?.();
  tell("Undone.");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || !past.length) return;
  if (event.target.closest?.("textarea, select, dialog, .painter, input:not([type=range], [type=checkbox], [type=file])")) return;
  event.preventDefault();
  undo();
});
