// On every page: asks before a form does something that cannot be undone, dismisses notices, and changes the theme.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".dismiss")) event.target.closest(".notice").remove();
});

const THEMES = ["system", "light", "dark"];
const YEAR = 365 * 24 * 3600;
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".theme")) return;
  event.preventDefault();
  const button = event.target.querySelector("button");
  const now = button.value;
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  document.cookie = `stylesite_theme=${now}; path=/; max-age=${YEAR}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  if (now === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = now;
  document.querySelector("meta[name=color-scheme]").content = now === "system" ? "light dark" : now;
  Object.assign(button, { value: next, ariaLabel: `Theme: ${now}`, title: `Theme: ${now}. Change to ${next}.` });
  button.dataset.themeNow = now;
});
