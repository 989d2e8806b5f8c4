// What people do, and what then happens.
function renderQuestion() {
  filter();
  renderFinding();
  renderLegend();
  renderMissing();
  for (const name of Object.keys(filters)) {
    for (const box of all(`input[name="${name}"]`)) box.checked = filters[name].has(box.value);
  }
  if (byId("kind")) byId("kind").selectedIndex = question.kind;
  renderView();
  renderPanel();
  renderParts();
}

const renderParts = () => renderers.forEach((render) => render());

const tabList = byId("tabs");
const tabs = all("[data-view]", tabList);
function renderView() {
  const shown = byId(`view-${question.view}`).dataset.tab || question.view;
  for (const tab of tabs) {
    const isShown = tab.dataset.view === shown;
    tab.setAttribute("aria-selected", isShown);
    tab.tabIndex = isShown ? 0 : -1;
  }
  for (const view of views) byId(`view-${view}`).hidden = !isInView(view);
  document.body.dataset.shows = question.view;
  seatPanel();
  if (isPhone.matches) keepRoles(document.querySelector(".map"));
  tellAddress();
}

function startTabs() {
  fillIn(tabList, { role: "tablist", "aria-label": "Views" });
  tabList.closest("nav").replaceWith(tabList);
  for (const tab of tabs) {
    tab.parentElement.setAttribute("role", "presentation");
    tab.removeAttribute("aria-current");
    const id = `view-${tab.dataset.view}`;
    fillIn(tab, { role: "tab", "aria-controls": id });
    fillIn(byId(id), { role: "tabpanel" });
  }
}

// What is looked at can be narrowed to some coverages, levels and roles.
function startFilters() {
  const named = (own) => own.map(({ id, name }) => [id, isolated(name)]);
  const choices = { Coverage: [...coverages.values()].map(({ value, word }) => [value, word]), Level: named(shownLevels), Role: named([...roles.values()]) };
  byId("filter-boxes").append(...Object.entries(choices).map(([title, own]) => make("fieldset", make("legend", title), own.map(([value, words]) =>
    make("label", make("input", { type: "checkbox", name: title.toLowerCase(), value }), " ", words)))));
}

// The address says all that is asked and what is open: it survives a reload, Back and a mailed link. A local page may not be
// let change its address: then it stays, which harms nothing.
function remember(isStep) {
  try {
    history[isStep ? "pushState" : "replaceState"](null, "", address());
  } catch {}
  tellAddress();
}
const tellAddress = () => byId("here").setAttribute("href", address());

function go(target, from) {
  const isStep = opened !== target;
  open(target, from);
  remember(isStep);
  renderParts();
}

function followAddress() {
  clearQuestion();
  Object.assign(question, { view: "map", order: "worst" });
  const unknown = readAddress(location.search);
  paint();
  renderQuestion();
  const target = targetOf(location);
  if (isKnown(target)) open(target);
  else {
    close();
    const other = openers.find(({ knows }) => knows(target));
    if (other) other.open(target);
    else if (target && !byId(target)) unknown.push(target);
  }
  renderParts();
  tellAddress();
  if (unknown.length) byId("count").append(` The address asks for what is not here: ${unknown.join(", ")}.`);
}

function leave() {
  close();
  remember();
  renderParts();
}

function choose(view, isStep = true) {
  question.view = view;
  renderQuestion();
  remember(isStep);
}

function ask(change) {
  Object.assign(question, change);
  paint();
  renderQuestion();
  remember();
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
  renderQuestion();
  remember();
}

function onClick(event) {
  const element = event.target.closest("button, a[href^='#']");
  if (!element || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = element.matches("a") ? targetOf(element) : "";
  const other = openers.find(({ knows }) => target && knows(target));
  if (!element.dataset.view && !isKnown(target) && !other) return;
  event.preventDefault();
  if (element.dataset.view) choose(element.dataset.view);
  else if (other) other.open(target);
  else go(target, panel.contains(element) ? opener : element);
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
  const isTab = tabs.includes(here);
  if (isTab && event.key === " ") {
    event.preventDefault();
    here.click();
  }
  if (!here || !STEPS[event.key]) return;
  const [down, across] = STEPS[event.key];
  event.preventDefault();
  const line = isTab ? tabs : inLine(here, down);
  const at = line.indexOf(here);
  const next = (down + across > 0 ? line.slice(at + 1) : line.slice(0, at).reverse()).find(isVisible);
  next?.focus();
  if (next && isTab) choose(next.dataset.view, false);
}

function inLine(here, down) {
  if (!down) return all(".head, .cell", here.closest("tr"));
  const at = here.closest("td, th").cellIndex;
  return all(".map tr:not(.group, .seat)").map((one) => one.cells[at].querySelector(".head, .cell")).filter(Boolean);
}

// On a phone nothing but the tabs stands between the finding and the map.
function seatTools() {
  if (isPhone.matches) byId("views").after(byId("tools"));
  else document.querySelector(".bar").append(byId("tools"));
}

startTabs();
startFilters();
byId("tools").hidden = false;
seatTools();
isPhone.addEventListener("change", () => { seatTools(); seatPanel(); });
Object.assign(document, { onclick: onClick, onkeydown: onKey });
on("tools", "change", ({ target: { name, value, id, selectedIndex } }) => {
  if (filters[name]) toggle(filters[name], value);
  else if (id === "kind") ask({ kind: selectedIndex });
});
window.addEventListener("popstate", followAddress);
on("close", "click", leave);
on("save-csv", "click", saveCsv);
on("save-json", "click", saveJson);
on("print", "click", () => print());
on("clear", "click", () => {
  clearQuestion();
  ask({});
  byId("views").focus({ preventScroll: true });
});
followAddress();
document.body.classList.add("started");
// At last the browser looks for what the address names, and takes the focus to where nothing is seen.
window.addEventListener("load", () => setTimeout(() => opened && byId("panel-title").focus()));
