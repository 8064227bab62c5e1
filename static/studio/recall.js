// A finished picture fills in the studio with its recipe, if chosen or dropped anywhere but on a place for pictures.

const BEGINNING = 2 ** 18; // bytes of a PNG or a JPEG that contain its metadata; a WebP has it at the end

async function open(file) {
  const body = new FormData(document.querySelector("form.recall"));
  body.set("finished", file.type === "image/webp" ? file : file.slice(0, BEGINNING), file.name);
  const main = document.querySelector("main");
  const refuse = (sentence) => (main.querySelector(".refused").textContent = sentence);
  try {
    const response = await fetch(document.querySelector("form.recall").action, { method: "POST", body });
    if (response.redirected) return location.assign(response.url); // a generator made it
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const sentence = page.querySelector(".refused")?.textContent ?? "That did not work: try again.";
    refuse(sentence);
    if (!sentence && response.ok) {
      const sweep = main.querySelector("#sweep"); // the sweep's script holds on to this element
      main.replaceChildren(...page.querySelector("main").childNodes);
      main.querySelector("#sweep").replaceWith(sweep);
      main.querySelector("form.studio").dispatchEvent(new Event("change", { bubbles: true }));
    }
  } catch {
    refuse("The site cannot be reached: try again.");
  }
  main.querySelector(".refused").scrollIntoView({ block: "center" });
  document.querySelector("#id_finished").value = "";
}

const isFree = ({ target, dataTransfer }) => dataTransfer?.types.includes("Files") && !target.closest?.(".drop");
const mark = (over) => document.body.classList.toggle("recalling", over);

document.addEventListener("change", ({ target }) => {
  if (target.id === "id_finished" && target.files.length) open(target.files[0]);
});
document.addEventListener("dragover", (event) => {
  mark(isFree(event));
  if (isFree(event)) event.preventDefault();
});
document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || mark(false));
document.addEventListener("drop", (event) => {
  mark(false);
  if (!isFree(event)) return;
  event.preventDefault();
  if (event.dataTransfer.files.length) open(event.dataTransfer.files[0]);
});
