// Tells what may be given for the setting that was chosen; Enter in a value means the sweep.
for (const axes of document.querySelectorAll(".axes")) {
  for (const select of axes.querySelectorAll("select.vary")) {
    const values = axes.querySelector(`[name=${select.name.replace("axis", "values")}]`);
    const help = values.closest(".field").querySelector(".help");
    const usual = help.textContent;
    const tell = () => {
      const { suggestion = "", range } = select.selectedOptions[0].dataset;
      values.placeholder = suggestion;
      help.textContent = range ? `From ${range}. Left empty: ${suggestion}.` : usual;
    };
    select.addEventListener("change", tell);
    tell();
  }
  axes.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    axes.querySelector("button").click();
  });
}
