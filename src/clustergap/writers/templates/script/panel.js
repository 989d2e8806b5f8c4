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
  seatPanel();
  byId("panel-title").focus();
}

// On a phone the panel opens below its row and pushes the rest down; elsewhere it stands beside the map.
const shownBeside = () => byId(document.querySelector(`.stage > #view-${question.view}`) ? `view-${question.view}` : "view-map");
const isPhone = matchMedia("(max-width: 40rem)");
function seatPanel() {
  const seat = document.querySelector(".map .opened");
  const row = opened && rows.get(partsOf(opened).role);
  if (isPhone.matches && row && question.view === "map" && !row.hidden) {
    const cell = make("td", { class: "opened", colspan: shownLevels.length + 1 }, byId("panel"));
    row.after(make("tr", { class: "seat" }, cell));
  } else if (shownBeside().nextElementSibling !== byId("panel")) shownBeside().after(byId("panel"));
  if (seat) seat.closest("tr").remove();
}

function close() {
  if (!opened) return;
  const back = [opener, buttonOf(opened), byId("views")].find(isVisible);
  opened = "";
  opener = null;
  byId("panel").hidden = true;
  document.body.classList.remove("has-panel");
  seatPanel();
  markOpened();
  back.focus();
}

const isVisible = (element) =>
  element && element.isConnected && element.offsetParent !== null && !element.classList.contains("out");

const buttonOf = (target) =>
  document.querySelector(`.cell[data-cell="${CSS.escape(target)}"], [data-list="${CSS.escape(target)}"]`);

function markOpened() {
  for (const link of all(".cell, .head")) {
    const mine = (link.dataset.cell || link.dataset.list) === opened;
    if (mine) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function renderPanel() {
  if (!opened) return;
  const { role, level } = partsOf(opened);
  setText(byId("panel-level"), role && level ? capital(levels.get(level).at) : "");
  setText(byId("panel-title"), role ? roles.get(role).name : capital(levels.get(level).at));
  byId("panel-body").replaceChildren(...(role && level ? cellBody(opened) : groupBody(role, level)));
  markOpened();
}

function part(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}
const items = (own, attributes) => make("ul", attributes, ...own.map((row) => make("li", {}, ...[row].flat())));
const signed = ({ value, word, meaning }) =>
  [shape(value), " ", make("b", {}, word), meaning ? hidden(`: ${meaning}`) : ""];
const sign = (look) => make("span", { class: `chip c-${look.value}` }, ...signed(look));
const signOf = ({ coverage, unsaid }) => {
  const chip = sign(coverage);
  chip.classList.toggle("unsaid", unsaid && coverage.letter === "p");
  return chip;
};
const reference = (id) => [signOf(current(id)), " ", make("a", { href: `#${id}` }, nameOf(id)), ` ${current(id).figure.join("")}`];

function groupBody(role, level) {
  const own = role ? shownLevels.map((one) => idOf(role, one.id)) : [...roles.keys()].map((one) => idOf(one, level));
  const { about } = roles.get(role) || levels.get(level);
  return [...about.filter(Boolean).map((words) => make("p", { class: "said" }, words)),
    items(own.map(reference), { class: "refs" })];
}

function cellBody(id) {
  const state = current(id);
  const cell = data.cells[id];
  const { level } = partsOf(id);
  const counted = cell.said.filter((said, index) => counts(said, index, state));
  const left = cell.said.filter((said) => !counted.includes(said));
  const nothing = counted.filter(([, extent]) => extent === "none");
  const covering = counted.filter((said) => !nothing.includes(said));
  const missing = state.share ? state.share.missing : [];
  return [
    make("p", { class: "verdict" }, signOf(state), " ", make("b", {}, sentence(state.figure.join(""))),
      missing.length && missing.length <= 12 ? ` Not in ${allOf(missing.map((code) => placeName(code, level)))}.` : ""),
    state.rests.length ? make("p", {}, `Becomes a gap without ${state.rests.length > 1 ? "any one of: " : ""}${state.rests.map(labelOf).join(", ")}.`) : null,
    missing.length > 12 ? missingPlaces(missing, level) : null,
    state.notes.length ? make("p", { class: "soft notes" }, "In the source’s words: ", ...state.notes.flatMap((note, at) => [at ? ", " : "", make("q", {}, note)]), ".") : null,
    make("p", { class: "soft" }, sentence([question.stop === data.start ? "" : `as of ${dayInWords(question.stop)}`, ...narrowing()].filter(Boolean).join(", ") || dayInWords(question.stop))),
    cell.accepted ? part("Accepted gap", make("p", {}, acceptance(cell.accepted))) : null,
    nothing.length ? part("Where there is nothing", ...statements(nothing)) : null,
    covering.length ? part("What covers it", ...statements(covering)) : null,
    left.length ? part("What ended, comes, or does not count", ...statements(left, true)) : null,
    elsewhere(id),
    state.evidence.length ? part("What the SWOT says", items(state.evidence.map(({ item, why }) =>
      [item[2], " ", make("span", { class: "soft" }, `(${item[1]}; ${why})`)]))) : null,
    "np".includes(state.coverage.letter) ? toClose(id, missing) : null,
    make("p", {}, places.has(level) && views.includes("places") ? make("button", { type: "button", "data-view": "places" }, "See it by place") : ""),
  ].filter(Boolean);
}

// Whether a statement counts was decided with the state: as its instrument does, but for some exceptions.
const counts = ([instrument], index, state) =>
  (instrument === null ? state.observed : state.instruments.includes(instrument)) !== state.exceptions.includes(index);

function missingPlaces(missing, level) {
  const words = foldedPlaces(missing, level);
  return make("details", {}, make("summary", {}, words ? `Missing: ${words}. Name all ${number(missing.length)}`
    : `Not in ${count(missing.length, ...levels.get(level).noun)}`),
  items(missing.map((code) => placeName(code, level)), { class: "places" }));
}

// Whole countries, then parts of countries, then what lies in none: "all of Bulgaria and Cyprus; 12 of 19 in Spain".
function foldedPlaces(codes, level) {
  const { units, named } = places.get(level);
  const inTile = (own) => {
    const found = new Map();
    for (const code of own) found.set(tileOf(code, level), [...(found.get(tileOf(code, level)) || []), code]);
    return found;
  };
  const [every, here] = [inTile(units.map(([code]) => code)), inTile(codes)];
  const tiles = [...here.keys()].filter((tile) => every.get(tile).length > 1 || tile.length === 2);
  if (tiles.every((tile) => every.get(tile).length === 1)) return "";
  const name = (tile) => named.get(tile) || tile;
  const whole = tiles.filter((tile) => here.get(tile).length === every.get(tile).length);
  const parts = tiles.filter((tile) => !whole.includes(tile))
    .map((tile) => `${number(here.get(tile).length)} of ${number(every.get(tile).length)} in ${name(tile)}`);
  const others = [...here.keys()].filter((tile) => !tiles.includes(tile)).map(name);
  return [whole.length ? `all of ${allOf(whole.map(name))}` : "", oneOf(parts), oneOf(others)].filter(Boolean).join("; ");
}

function toClose(id, missing) {
  const { role, level } = partsOf(id);
  const where = !missing.length || missing.length === places.get(level).units.length ? "the whole level"
    : missing.length > 12 ? foldedPlaces(missing, level) || count(missing.length, ...levels.get(level).noun)
      : allOf(missing.map((code) => placeName(code, level)));
  const extent = missing.length && missing.length < places.get(level).units.length ? `{territories: [${missing.join(", ")}]}` : "full";
  return part("To close it", make("p", {}, `An instrument for ${where}.`),
    make("details", {}, make("summary", {}, "For maintainers"), make("pre", {}, `covers:\n  ${role}@${level}: ${extent}`)));
}

// More than a few are folded, so that the other parts of the panel stay in sight.
const FEW = 4;
const statements = (said, isLeft) => said.map((one) => statement(one, said.length > FEW, isLeft));

function statement([index, extent, period, place, note, own, excluded], isFolded, isLeft) {
  const one = index === null ? { label: "Observation", cited: [] } : instrumentOf(index);
  const refs = own.length ? own : one.cited;
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
    refs.length ? items(refs.map(citation), { class: "cited" }) : null);
}

// As the list at the foot names it.
const cited = all(".sources li");
function citation([source, locator, quote]) {
  const named = Array.from(cited[source].childNodes, (node) => node.cloneNode(true));
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
    return [signOf(state), " ", where, names ? `: ${names}` : ""];
  }), { class: "refs" }));
}
