// Pages of the site, and parts of them, as documents that scripts take elements from.

// Without what is there for browsers without scripts: its fields would count.
export function parsed(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const each of page.querySelectorAll("noscript")) each.remove();
  return page;
}

// Throws where the site cannot be reached, or answers that it has no such page.
export async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.status);
  return parsed(await response.text());
}
