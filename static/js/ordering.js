// Rows of the admin's lists in another order: dragged by their handle, moved by buttons or by Alt and an arrow key. The
// numbers of their places follow; without JavaScript these are typed. Credits are ordered within their role.
//
// Django's own script numbers the rows anew when one that was added is taken away, by their order on the page, and
// those that are there already must stay first: so they go back to that order for this moment.
const ROWS = ".tabular tbody > tr.form-row:not(.empty-form), .inline-related[id]:not(.empty-form)";
const said = Object.assign(document.createElement("p"), { className: "moved" });
said.setAttribute("role", "status");

const place = (row) => row.querySelector("input[name$='-position']");
const role = (row) => (row.closest("#credits-group") && row.querySelector("select[name$='-role']")?.value) || "";
const rowsOf = (group) => [...group.querySelectorAll(ROWS)].filter(place);
const alike = (row) => rowsOf(row.closest(".inline-group")).filter((other) => role(other) === role(row) && filled(other));
const index = (row) => Number(place(row).name.match(/-(\d+)-position$/)[1]);

function filled(row) {
  if (row.classList.contains("has_original")) return true;
  const fields = [...row.querySelectorAll("input, select, textarea")];
  return fields.some((field) => /^(text|select-one|textarea|url|number)$/.test(field.type) && field.value.trim() &&
    !/-(position|role|kind)$/.test(field.name));
}

function nameOf(row) {
  const summary = row.querySelector("summary h3");
  if (summary) return summary.textContent.trim();
  const chosen = [...row.querySelectorAll("select.admin-autocomplete")].map((select) => select.selectedOptions[0]?.text);
  const typed = [...row.querySelectorAll("input[type=text], input[type=url]")].map((input) => input.value);
  return [...chosen, ...typed].find((words) => words?.trim()) || "This row";
}

function renumber(row) {
  const rows = alike(row);
  rows.forEach((other, at) => (place(other).value = at + 1));
  const within = role(row) ? ` as ${role(row)}` : "";
  said.textContent = `${nameOf(row)} is now number ${rows.indexOf(row) + 1} of ${rows.length}${within}.`;
}

function step(row, by) {
  const rows = alike(row), other = rows[rows.indexOf(row) + by], active = document.activeElement;
  if (!other) {
    said.textContent = `${nameOf(row)} is ${by < 0 ? "first" : "last"} already.`;
    return;
  }
  by < 0 ? other.before(row) : other.after(row);
  renumber(row);
  active.focus();
}

function arrange(group, rows) {
  const mark = document.createElement("template");
  rowsOf(group)[0]?.before(mark);
  mark.replaceWith(...rows);
}

let dragged = null;

function drag(event) {
  if (!dragged) return;
  const within = (other) => {
    const box = other.getBoundingClientRect();
    return other !== dragged && event.clientY > box.top && event.clientY < box.bottom;
  };
  const over = alike(dragged).find(within);
  if (!over) return;
  const box = over.getBoundingClientRect();
  event.clientY < box.top + box.height / 2 ? over.before(dragged) : over.after(dragged);
}

function drop() {
  dragged?.classList.remove("is-moving");
  if (dragged) renumber(dragged);
  dragged = null;
}

function button(words, sign, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "mover", textContent: sign });
  made.setAttribute("aria-label", words);
  made.addEventListener("click", act);
  return made;
}

function equip(row) {
  if (!place(row) || row.querySelector(".movers")) return;
  const movers = Object.assign(document.createElement("span"), { className: "movers" });
  const handle = Object.assign(document.createElement("span"), { className: "mover mover--drag", textContent: "⠿" });
  handle.setAttribute("aria-hidden", "true");
  movers.append(handle, button("Move up", "↑", () => step(row, -1)), button("Move down", "↓", () => step(row, 1)));
  (row.querySelector("td.original") || row.querySelector("details.edition .form-row"))?.prepend(movers);
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    dragged = row;
    row.classList.add("is-moving");
  });
}

addEventListener("load", () => {
  document.querySelector("#content-main")?.append(said);
  for (const group of document.querySelectorAll(".inline-group")) {
    rowsOf(group).forEach(equip);
    group.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key], row = event.target.closest(ROWS);
      if (!event.altKey || !by || !row || !place(row) || event.target.tagName === "TEXTAREA") return;
      event.preventDefault();
      event.stopPropagation();
      step(row, by);
    }, true);
    group.addEventListener("click", (event) => {
      if (!event.target.closest(".inline-deletelink")) return;
      group.order = rowsOf(group);
      arrange(group, [...group.order].sort((one, other) => index(one) - index(other)));
    }, true);
  }
});
document.addEventListener("pointermove", drag);
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);
document.addEventListener("formset:added", (event) => equip(event.target));
document.addEventListener("formset:removed", (event) => {
  const group = document.getElementById(`${event.detail.formsetName}-group`);
  if (group?.order) setTimeout(() => arrange(group, group.order.filter((row) => row.isConnected))); // once numbered
});
