// What people do, and what then happens.
function renderAll() {
  paint();
  renderQuestion();
}

function renderQuestion() {
  filter();
  renderFinding();
  renderLegend();
  renderMissing();
  renderControls();
  renderView();
  renderPanel();
  for (const render of renderers) render();
}

function renderControls() {
  for (const name of Object.keys(filters)) {
    for (const box of all(`input[name="${name}"]`)) box.checked = filters[name].has(box.value);
  }
  if (byId("kind")) byId("kind").selectedIndex = question.kind;
  if (byId("find")) {
    if (byId("find").value !== question.find) byId("find").value = question.find;
    byId("order").value = question.order;
  }
  if (byId("stop")) {
    byId("stop").selectedIndex = question.stop;
    setText(byId("day"), dayInWords(question.stop));
    setText(byId("because"), question.kind || !data.stops[question.stop][1] ? "" : `${data.stops[question.stop][1]}.`);
    byId("earlier").disabled = question.stop === 0;
    byId("later").disabled = question.stop === data.stops.length - 1;
  }
}

// What is missing stands below the map, and in a view of its own.
const isInView = (view) => view === question.view || (view === "missing" && question.view === "map");
const tabs = all("[data-view]", byId("tabs"));
function renderView() {
  const tab = byId(`view-${question.view}`).dataset.tab || question.view;
  for (const one of tabs) {
    one.setAttribute("aria-selected", String(one.dataset.view === tab));
    one.tabIndex = one.dataset.view === tab ? 0 : -1;
  }
  for (const view of views) byId(`view-${view}`).hidden = !isInView(view);
  document.body.dataset.shows = question.view;
  seatPanel();
  nameRoles();
  byId("here").setAttribute("href", address());
}

function startTabs() {
  const list = byId("tabs");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Views");
  list.closest("nav").replaceWith(list);
  for (const tab of tabs) {
    tab.parentElement.setAttribute("role", "presentation");
    tab.setAttribute("role", "tab");
    tab.removeAttribute("aria-current");
    tab.id = `tab-${tab.dataset.view}`;
    tab.setAttribute("aria-controls", `view-${tab.dataset.view}`);
  }
}

// The address says all that is asked and what is open: it survives a reload, Back and a mailed link. A local page may not be
// let change its address: then it stays, which harms nothing.
function remember(isStep) {
  try {
    history[isStep ? "pushState" : "replaceState"](null, "", address());
  } catch {}
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

function go(target, from) {
  const isStep = opened !== target;
  open(target, from);
  remember(isStep);
  for (const render of renderers) render();
}

function followAddress() {
  clearQuestion();
  Object.assign(question, { view: "map", order: "worst" });
  const unknown = readAddress(location.search);
  renderAll();
  const target = targetOf(location.hash);
  const opener_ = openers.find(({ knows }) => knows(target));
  if (isKnown(target)) open(target);
  else {
    if (opened) close();
    if (opener_) opener_.open(target);
    else if (target && !byId(target)) unknown.push(target);
  }
  for (const render of renderers) render();
  byId("here").setAttribute("href", address());
  if (unknown.length) byId("count").append(` The address asks for what is not here: ${unknown.join(", ")}.`);
}

function leave() {
  close();
  remember();
  for (const render of renderers) render();
}

function choose(view, isStep = true) {
  question.view = view;
  renderQuestion();
  remember(isStep);
}

function ask(change) {
  change();
  renderAll();
  remember();
}

function onClick(event) {
  const element = event.target.closest("button, a[href^='#']");
  if (!element || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = element.matches("a") ? targetOf(element.hash) : "";
  const coverage = [...legend].find(([, button]) => button === element);
  if (coverage) toggle(filters.coverage, coverage[0]);
  else if (element.dataset.group) fold(element);
  else if (element.dataset.view) {
    event.preventDefault();
    choose(element.dataset.view);
  } else if (isKnown(target)) {
    event.preventDefault();
    go(target, byId("panel").contains(element) ? opener : element);
  } else {
    const other = target && openers.find(({ knows }) => knows(target));
    if (!other) return;
    event.preventDefault();
    other.open(target);
  }
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
  renderQuestion();
  remember();
}

function onChange(event) {
  const { name, value, id, selectedIndex } = event.target;
  if (filters[name]) toggle(filters[name], value);
  else if (id === "kind") ask(() => { question.kind = selectedIndex; });
  else if (id === "order") ask(() => { question.order = value; });
}

function onInput(event) {
  const { id, value, selectedIndex } = event.target;
  if (id === "stop") ask(() => { question.stop = selectedIndex; });
  else if (id === "find") ask(() => { question.find = value; });
}

// What lies over the map goes when the reader does, so that nothing that has the focus is below it.
function foldTools({ target }) {
  if (isPhone.matches) return;
  for (const tool of all("details[open]", byId("tools"))) if (!tool.contains(target)) tool.open = false;
}

// Arrows move among the cells that are shown and the heads of their rows and columns; at the edge they stay.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
function onKey(event) {
  if (event.key === "Escape") {
    const tool = event.target.closest(".tools details[open]");
    if (tool) {
      tool.open = false;
      tool.querySelector("summary").focus();
    } else if (opened) leave();
  }
  const here = event.target.closest(".cell, .map .head, [role='tab']");
  if (!here || !STEPS[event.key]) return;
  const [down, across] = STEPS[event.key];
  event.preventDefault();
  const line = here.matches("[role='tab']") ? tabs : inLine(here, down);
  const ahead = line.slice(line.indexOf(here) + 1);
  const behind = line.slice(0, line.indexOf(here)).reverse();
  const next = (down + across > 0 ? ahead : behind).find(isVisible);
  if (!next) return;
  next.focus();
  if (next.matches("[role='tab']")) choose(next.dataset.view, false);
}

function inLine(here, down) {
  const row = here.closest("tr");
  const at = here.closest("td, th").cellIndex;
  if (!down) return all(".head, .cell", row);
  return all(".map tr:not(.group, .seat)").map((one) => one.cells[at].querySelector(".head, .cell")).filter(Boolean);
}

// Where rows are no rows to the eye, the table is still one to a screen reader.
const ROLES = { ".map": "table", ".map thead, .map tbody": "rowgroup", ".map tr": "row", ".map td": "cell", ".map thead th": "columnheader", ".map tbody th": "rowheader" };
function nameRoles() {
  for (const [selector, role] of Object.entries(ROLES)) {
    for (const one of (isPhone.matches ? all(selector) : [])) one.setAttribute("role", role);
  }
}

// On a phone nothing but the tabs stands between the finding and the map.
function seatTools() {
  if (isPhone.matches) byId("views").after(byId("tools"));
  else document.querySelector(".bar").append(byId("tools"));
}

startTabs();
if (byId("stop")) byId("stop").append(...data.stops.map((_, stop) => make("option", {}, dayInWords(stop))));
if (isDense) byId("find-bar").hidden = false;
for (const head of all(".map .head")) head.tabIndex = -1;
byId("tools").hidden = false;
seatTools();
isPhone.addEventListener("change", () => { seatTools(); seatPanel(); });
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("input", onInput);
document.addEventListener("keydown", onKey);
document.addEventListener("focusin", foldTools);
document.addEventListener("click", foldTools);
window.addEventListener("popstate", followAddress);
byId("close").addEventListener("click", leave);
byId("clear").addEventListener("click", () => {
  ask(clearQuestion);
  byId("views").focus({ preventScroll: true });
});
byId("save-csv").addEventListener("click", saveCsv);
byId("save-json").addEventListener("click", saveJson);
byId("print").addEventListener("click", () => print());
if (byId("stop")) {
  byId("earlier").addEventListener("click", () => ask(() => { question.stop -= 1; }));
  byId("later").addEventListener("click", () => ask(() => { question.stop += 1; }));
}
startPlaces();
startInstruments();
startTime();
followAddress();
// At last the browser looks for what the address names, and takes the focus to where nothing is seen.
window.addEventListener("load", () => setTimeout(() => opened && byId("panel-title").focus()));
