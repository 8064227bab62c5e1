// Tells people who look elsewhere that a render is over, if they asked for it.

const NAME = "notify";
const button = document.querySelector("[data-notify]");
const isPossible = "Notification" in window && isSecureContext && Notification.permission !== "denied";
const isWanted = () => isPossible && Notification.permission === "granted" && localStorage.getItem(NAME) === "yes";
const show = () => button?.setAttribute("aria-pressed", isWanted());

button?.addEventListener("click", async () => {
  const wanted = !isWanted() && (await Notification.requestPermission()) === "granted";
  localStorage.setItem(NAME, wanted ? "yes" : "no");
  if (Notification.permission === "denied") button.textContent = "This browser blocks notifications from here";
  show();
});
if (button) button.hidden = !isPossible;
show();

export function notify(title, body, icon) {
  if (!isWanted()) return;
  const shown = new Notification(title, { body, icon, tag: location.pathname });
  shown.addEventListener("click", () => (window.focus(), shown.close()));
}
