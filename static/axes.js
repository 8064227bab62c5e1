// Shows the values that a sweep tries if none is given; Enter in a value submits the sweep.
for (const axes of document.querySelectorAll(".axes")) {
  const tell = () => {
    for (const select of axes.querySelectorAll("select")) {
      const values = axes.querySelector(`[name=${select.name.replace("axis", "values")}]`);
      values.placeholder = select.selectedOptions[0].dataset.suggestion ?? "";
    }
  };
  axes.addEventListener("change", tell);
  tell();
  axes.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "text") return;
    event.preventDefault();
    axes.querySelector("button").click();
  });
}
