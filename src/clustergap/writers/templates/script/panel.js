// The panel answers why: of a cell, of a row (role@) or of a column (@level), named in the address behind #.
let opened = "";
let opener = null;

const isKnown = (target) => {
  const { role, level } = partsOf(target);
  if (!target.includes("@") || !(role || level)) return false;
  const shown = level === "" || (levels.has(level) && levels.get(level).shown);
  return shown && (role === "" || roles.has(role));
};

function open(target, from) {
  opened = target;
  opener = from || opener || buttonOf(target);
  renderPanel();
  byId("panel").hidden = false;
  document.body.classList.add("has-panel");
  byId("panel-title").focus();
}

function close() {
  if (!opened) return;
  const back = [opener, buttonOf(opened), byId("views")].find(isVisible);
  opened = "";
  opener = null;
  byId("panel").hidden = true;
  document.body.classList.remove("has-panel");
  markOpened();
  back.focus();
}

const isVisible = (element) =>
  element && element.isConnected && element.offsetParent !== null && !element.classList.contains("out");

const buttonOf = (target) =>
  document.querySelector(`[data-cell="${CSS.escape(target)}"], [data-list="${CSS.escape(target)}"]`);

function markOpened() {
  for (const button of all(".cell, .head")) {
    const mine = (button.dataset.cell || button.dataset.list) === opened;
    if (mine) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

function renderPanel() {
  if (!opened) return;
  const { role, level } = partsOf(opened);
  const title = role && level ? nameOf(opened) : (roles.get(role) || levels.get(level)).name;
  setText(byId("panel-title"), title);
  byId("panel-body").replaceChildren(...(role && level ? cellBody(opened) : groupBody(role, level)));
  markOpened();
}

function part(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}
const items = (rows, attributes) => make("ul", attributes, ...rows.map((row) => make("li", {}, ...[row].flat())));
const signed = ({ value, word, meaning }) =>
  [shape(value), " ", make("b", {}, word), meaning ? make("i", { class: "vh" }, `: ${meaning}`) : ""];
const sign = (look) => make("span", { class: `key c-${look.value}` }, ...signed(look));
const reference = (id) => {
  const coverage = coverageOf(id);
  return make("a", { class: `chip c-${coverage.value}`, href: `#${id}` },
    shape(coverage.value), ` ${nameOf(id)}: `, make("b", {}, coverage.word));
};

function groupBody(role, level) {
  const ids = role ? shownLevels.map((one) => idOf(role, one.id)) : [...roles.keys()].map((one) => idOf(one, level));
  const { about } = roles.get(role) || levels.get(level);
  return [...about.filter(Boolean).map((words) => make("p", { class: "said" }, words)),
    items(ids.map(reference), { class: "refs" })];
}

function cellBody(id) {
  const state = current(id);
  const cell = data.cells[id];
  const counted = cell.said.filter((said, index) => counts(said, index, state));
  const left = cell.said.filter((said) => !counted.includes(said));
  const nothing = counted.filter(([, extent]) => extent === "none");
  const covering = counted.filter((said) => !nothing.includes(said));
  return [
    make("p", { class: "verdict" }, sign(state.coverage), " ", state.how, state.rests.length ? shape("rests") : null),
    make("p", { class: "asked" }, capital(askedInWords()), "."),
    state.notes.length ? items(state.notes.map((note) => make("q", {}, note)), { class: "notes" }) : null,
    state.share ? shareOf(state.share, partsOf(id).level) : null,
    cell.accepted ? acceptedOf(cell.accepted) : null,
    nothing.length ? part("Where there is nothing", ...statements(nothing)) : null,
    covering.length ? part("What covers it", ...statements(covering)) : null,
    elsewhere(id),
    state.evidence.length ? part("What the SWOT says", items(state.evidence.map(({ item, why }) =>
      [make("span", { class: "item-id" }, item[0]), ` ${item[2]} `, make("span", { class: "soft" }, `(${item[1]}; ${why})`)]))) : null,
    left.length ? part("Not counted here", ...statements(left, true)) : null,
  ].filter(Boolean);
}

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

// Whether a statement counts was decided with the state: as its instrument does, but for some exceptions.
const counts = ([instrument], index, state) =>
  (instrument === null ? state.observed : state.instruments.includes(instrument)) !== state.exceptions.includes(index);

function shareOf(share, level) {
  if (!share.missing.length) return null;
  const missing = share.missing.map((code) => placeName(code, level));
  const names = items(missing, { class: "places" });
  return part("Where it is missing", missing.length > 12
    ? make("details", {}, make("summary", {}, `Not in ${missing.length} ${places.get(level).noun}`), names)
    : make("p", {}, `Not in ${missing.join(", ")}.`));
}

function acceptedOf([reason, by, until]) {
  return part("Accepted gap", make("p", {}, reason, by ? ` Accepted by ${by}.` : "", until ? ` Until ${until}.` : ""));
}

// More than a few are folded, so that the other parts of the panel stay in sight.
const FEW = 4;
const statements = (said, isLeft) => said.map((one) => statement(one, said.length > FEW, isLeft));

function statement([index, extent, period, place, note, own, excluded], isFolded, isLeft) {
  const one = index === null ? { label: "Observation", cited: [] } : instrumentOf(index);
  const cited = own.length ? own : one.cited;
  const rows = [
    [one.kind, one.body].filter(Boolean).join(", "),
    [text(period), extent, text(place)].join(" · "),
    isLeft && excluded ? `Not counted: ${excluded}` : "",
    one.basis,
  ].filter(Boolean);
  const title = make("h4", {}, one.label);
  return make(isFolded ? "details" : "div", { class: "said" },
    isFolded ? make("summary", {}, title) : title,
    one.name && one.name !== one.label ? make("p", {}, link(one.name, one.url)) : one.url ? make("p", {}, link(one.url, one.url)) : null,
    ...rows.map((row) => make("p", {}, row)),
    note ? make("p", {}, make("q", {}, note)) : null,
    one.note ? make("p", {}, make("q", {}, one.note)) : null,
    cited.length ? items(cited.map(citation), { class: "cited" }) : null);
}

// As the list at the foot names it.
const sources = all(".sources li");
function citation([source, locator, quote]) {
  const named = Array.from(sources[source].childNodes, (node) => node.cloneNode(true));
  return ["Source: ", ...named, locator ? `, ${locator}` : "", quote ? ": " : "", quote ? make("q", {}, quote) : ""];
}

function elsewhere(id) {
  const { role, level } = partsOf(id);
  const others = [...levels.values()].filter((one) => one.id !== level);
  if (!others.length) return null;
  return part("The same role elsewhere", items(others.map((one) => {
    const other = idOf(role, one.id);
    const state = current(other);
    const names = state.instruments.map(labelOf).join(", ");
    const where = one.shown ? make("a", { href: `#${other}` }, one.name) : one.name;
    return [sign(state.coverage), " ", where, names ? `: ${names}` : ""];
  }), { class: "refs" }));
}
