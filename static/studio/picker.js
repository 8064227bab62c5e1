// Searching in the dialog that chooses a picture: what is found changes while one types, and the field stays.
const PAUSE = 250; // ms after the last letter
let timer, asked;

async function search(form) {
  clearTimeout(timer);
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  asked = address;
  const answer = await fetch(address).catch(() => null);
  const html = answer?.ok && (await answer.text().catch(() => ""));
  if (!html || asked !== address) return;
  const page = new DOMParser().parseFromString(html, "text/html");
  form.closest(".found").querySelector(".results").replaceWith(page.querySelector(".results"));
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest(".picker .search");
  if (!form) return;
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE, form);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".picker .search")) return;
  event.preventDefault();
  search(event.target);
});
