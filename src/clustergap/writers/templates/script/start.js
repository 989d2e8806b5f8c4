// What people do, and what then happens.
function renderAll() {
  paint();
  renderQuestion();
}

function renderQuestion() {
  filter();
  renderControls();
  renderPanel();
  renderPlaces();
}

function renderControls() {
  for (const name of Object.keys(filters)) {
    for (const box of all(`input[name="${name}"]`)) box.checked = filters[name].has(box.value);
  }
  if (byId("kind")) byId("kind").selectedIndex = question.kind;
  if (byId("stop")) {
    byId("stop").value = String(question.stop);
    byId("stop").setAttribute("aria-valuetext", dayInWords(question.stop));
    setText(byId("day"), dayInWords(question.stop));
    setText(byId("because"), question.kind || !data.stops[question.stop][1] ? "" : `On this day: ${data.stops[question.stop][1]}`);
  }
  for (const button of all("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === question.view));
  for (const view of views) byId(`view-${view}`).hidden = view !== question.view;
  document.body.dataset.shows = question.view;
  byId("here").setAttribute("href", address());
}

// What no browser has encoded may be anything.
function targetOf(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

// The address behind # says what is open, so that Back closes it and a copied address opens it. The panel is open before
// the click has ended: were the address followed instead, the browser would first take the focus to what bears its name,
// which may be hidden, and tell of it later; a key that is pressed meanwhile would be lost.
function go(target, from) {
  if (targetOf(location.hash) !== target) {
    try {
      history.pushState(null, "", `#${target}`);
    } catch {
      location.hash = target;
    }
  }
  open(target, from);
  byId("here").setAttribute("href", address());
}

function followHash() {
  const target = targetOf(location.hash);
  if (isKnown(target)) open(target);
  else {
    if (opened) close();
    if (target && !byId(target)) tellUnknown([target]);
  }
  byId("here").setAttribute("href", address());
}

function leave() {
  close();
  // Without the #, where the browser lets a local page say so; else it stays, which harms nothing.
  try {
    history.replaceState(null, "", location.pathname + location.search);
  } catch {}
  byId("here").setAttribute("href", address());
}

function onClick(event) {
  const button = event.target.closest("button, a[href^='#']");
  if (!button) return;
  const target = button.dataset.list || (button.matches(".cell") && button.dataset.cell);
  if (target) go(target, button);
  else if (button.matches("a") && isKnown(targetOf(button.hash))) {
    event.preventDefault();
    go(targetOf(button.hash), byId("panel").contains(button) ? opener : button);
  } else if (button.dataset.view) {
    question.view = button.dataset.view;
    renderQuestion();
  }
}

function onChange(event) {
  const { name, value, checked, id } = event.target;
  if (filters[name]) {
    if (checked) filters[name].add(value);
    else filters[name].delete(value);
    renderQuestion();
  } else if (id === "kind") {
    question.kind = event.target.selectedIndex;
    renderAll();
  } else if (id === "with-names") {
    document.body.classList.toggle("with-names", checked);
  }
}

// Arrows move among the cells that are shown; at the edge they stay.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
function onKey(event) {
  if (event.key === "Escape" && opened) leave();
  const here = event.target.closest(".cell");
  if (!here || !STEPS[event.key]) return;
  const [down, across] = STEPS[event.key];
  const row = here.closest("tr");
  const column = all(".cell", row).indexOf(here);
  const others = down ? all(".matrix tbody tr").map((one) => all(".cell", one)[column]) : all(".cell", row);
  const ahead = others.slice(others.indexOf(here) + 1);
  const behind = others.slice(0, others.indexOf(here)).reverse();
  const next = (down + across > 0 ? ahead : behind).find(isVisible);
  event.preventDefault();
  if (next) next.focus();
}

function tellUnknown(names) {
  if (names.length) byId("count").append(` The address asks for what is not here: ${names.join(", ")}.`);
}

const unknownInAddress = readAddress(location.search);
startPlaces();
renderAll();
byId("controls").hidden = false;
byId("take").hidden = false;
byId("filters").open = Object.values(filters).some((set) => set.size > 0) || question.kind > 0;
tellUnknown(unknownInAddress);
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("keydown", onKey);
window.addEventListener("hashchange", followHash);
byId("close").addEventListener("click", leave);
byId("clear").addEventListener("click", () => { clearQuestion(); renderAll(); });
byId("save-csv").addEventListener("click", saveCsv);
byId("save-json").addEventListener("click", saveJson);
if (byId("stop")) {
  byId("stop").addEventListener("input", (event) => { question.stop = Number(event.target.value); renderAll(); });
}
followHash();
// At last the browser looks for what the address names, and takes the focus to where nothing is seen.
window.addEventListener("load", () => setTimeout(() => opened && byId("panel-title").focus()));
