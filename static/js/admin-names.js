// Django's autocompletes are named by what is chosen in them, so an empty one has no name at all. Here each gets the
// name of its field in front: "Person, Tatiana Samoilova".
function nameAutocompletes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
    const box = select.nextElementSibling?.querySelector("[role=combobox]");
    if (!box || box.id) continue;
    box.id = `${select.id}-named`;
    box.ariaLabel = select.ariaLabel || select.labels[0]?.textContent.replace(":", "") || select.name;
    const chosen = box.querySelector("[role=textbox]"); // words in the box, not a field of their own
    for (const attribute of ["role", "aria-readonly"]) chosen?.removeAttribute(attribute);
    box.setAttribute("aria-labelledby", `${box.id} ${box.getAttribute("aria-labelledby")}`);
  }
}
addEventListener("load", () => setTimeout(nameAutocompletes)); // jQuery makes them when it is ready, which may be later
document.addEventListener("formset:added", () => setTimeout(nameAutocompletes));
