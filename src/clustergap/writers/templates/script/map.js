// The map, and the links of other views to its cells, show the state of their cells.
const isDense = document.body.classList.contains("dense");
const cells = all(".map .cell").map((link) => {
  const id = link.dataset.cell;
  const { role, level } = partsOf(id);
  // A link is named by its row and column: who comes by Tab hears no headings.
  link.prepend(hidden(`${roles.get(role).name}, ${levels.get(level).at}: `));
  return { id, link, row: link.closest("tr") };
});
const rows = new Map(all(".map tbody tr:not(.group)").map((row) => [row.id.slice(0, -1), row]));

function dress(element, state, words) {
  const { coverage, share, unsaid } = state;
  const isUnsaid = coverage.value === "partial" && unsaid;
  for (const one of coverages.values()) element.classList.toggle(`c-${one.value}`, one === coverage);
  element.classList.toggle("unsaid", isUnsaid);
  element.querySelector("use").setAttribute("href", `#${coverage.value}`);
  setText(element.querySelector("b"), words || coverage.word);
  if (!element.matches(".cell")) return;
  const parts = coverage.value !== "partial" || isUnsaid ? null : sharesOf(share);
  ["full", "any"].forEach((name, at) => {
    element.toggleAttribute(`data-${name}`, Boolean(parts));
    if (!parts) return;
    element.dataset[name] = parts[at];
    element.style.setProperty(`--${name}`, `${parts[at]}%`);
  });
}

// Rounded up: what is covered somewhere never looks empty.
function sharesOf(share) {
  if (!share || share.of + share.unknown <= 1 || !share.of) return [100, 100];
  return [share.covered, share.covered + share.partial].map((part) => Math.ceil((1000 * part) / share.of) / 10);
}

function nameList(indices) {
  const shown = indices.length <= 4 ? indices : indices.slice(0, 3);
  const listed = shown.flatMap((index, at) => [at ? ", " : "", make("bdi", {}, labelOf(index))]);
  return indices.length > shown.length ? [...listed, ` and ${number(indices.length - shown.length)} more`] : listed;
}

function figureOf({ figure: [before, figure = "", after = ""], rests }) {
  return [make("i", {}, before), figure, make("i", { class: "noun" }, after),
    ...(rests.length ? [" ", make("b", {}, "!"), hidden(" a gap without one instrument")] : [])];
}

function paint() {
  for (const cell of cells) {
    if (cell.drawn === currentIndex(cell.id)) continue;
    cell.drawn = currentIndex(cell.id);
    const state = current(cell.id);
    dress(cell.link, state);
    cell.link.querySelector(".num").replaceChildren(...figureOf(state));
    if (!isDense) {
      cell.link.querySelector(".names").replaceChildren(...nameList(state.instruments));
      setText(cell.link.querySelector(".detail"), state.detail);
    }
  }
  for (const link of all("a.chip[data-cell]")) dress(link, current(link.dataset.cell));
  for (const level of shownLevels) renderHead(level);
  const narrowed = narrowing();
  const asOf = data.as_of;
  const day = dayOf(question.stop);
  const when = !day ? ", dates ignored" : day === asOf ? "" : ` as of ${inWords(day, 3)}`;
  setText(byId("asked"), [`gap map${when}`, ...narrowed, data.dated].join(", "));
  setText(byId("caveats"), caveatsAt(question.kind, question.stop).words);
}

function renderHead({ id }) {
  const head = byId(`@${id}`);
  const counts = countsOf([...roles.keys()].map((role) => idOf(role, id)));
  head.querySelector(".sum").replaceChildren(...counts.flatMap(([{ value, word }, own], at) =>
    [at ? " · " : "", value === "none" ? make("b", {}, `${number(own)} ${word}`) : `${number(own)} ${word}`]));
  let x = 0;
  head.querySelector(".split").replaceChildren(...counts.map(([{ value }, own]) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, set] of Object.entries({ class: `s-${value}`, x, width: own, height: 1, "vector-effect": "non-scaling-stroke" })) bar.setAttribute(name, set);
    x += own;
    return bar;
  }));
}

// Of each coverage that occurs its number, the worst first.
function countsOf(own) {
  const values = own.map(coverageOf);
  return [...coverages.values()].map((one) => [one, values.filter((value) => value === one).length]).filter(([, found]) => found);
}

// The legend counts what is in question, and a click shows only that.
const legend = new Map(all(".legend [data-coverage]").map((span) => {
  const button = make("button", { type: "button", "aria-pressed": "false" });
  button.append(...span.childNodes);
  span.replaceWith(button);
  return [span.dataset.coverage, button];
}));
function renderLegend() {
  const counts = new Map(countsOf(rolesInQuestion().flatMap((role) => levelsInQuestion().map(({ id }) => idOf(role, id)))));
  for (const coverage of coverages.values()) {
    const own = counts.get(coverage);
    const isShown = own || filters.coverage.has(coverage.value);
    if (isShown && !legend.has(coverage.value)) addToLegend(coverage);
    const button = legend.get(coverage.value);
    if (!button) continue;
    button.closest("li").hidden = !isShown;
    button.setAttribute("aria-pressed", String(filters.coverage.has(coverage.value)));
    setText(button.querySelector("b"), `${number(own || 0)} ${coverage.word}`);
  }
}

function addToLegend(coverage) {
  const button = make("button", { type: "button", "aria-pressed": "false" }, make("span", { class: `chip c-${coverage.value}` }, ...signed(coverage)));
  legend.set(coverage.value, button);
  const before = [...coverages.values()].slice(coverage.order + 1).map(({ value }) => legend.get(value)).find(Boolean);
  const list = document.querySelector(".legend");
  list.insertBefore(make("li", {}, button, " ", make("span", { class: "meaning" }, data.meanings[coverage.value])),
    before ? before.closest("li") : list.querySelector(".fragile"));
}

function filter() {
  for (const cell of cells) cell.link.classList.toggle("out", !isShown(cell.id));
  for (const [role, row] of rows) row.hidden = !shownLevels.some(({ id }) => isShown(idOf(role, id)));
  for (const row of all(".map tr:not(.group)")) {
    shownLevels.forEach(({ id }, column) => { row.cells[column + 1].hidden = !passes("level", id); });
  }
  if (isDense) arrange();
  const shown = cells.filter(({ id }) => isShown(id));
  const isNarrowed = Object.values(filters).some((set) => set.size);
  const told = countsOf(shown.map(({ id }) => id)).map(([{ word }, own]) => `${number(own)} ${word}`).join(", ");
  const words = `${number(shown.length)} of ${count(cells.length, "pair")} of role and level shown`;
  setText(byId("count"), isNarrowed ? `${words}${told ? `: ${told}.` : ": choose less, or show all."}` : "");
  byId("clear").hidden = !isNarrowed && !question.kind && !question.find && question.stop === data.start;
  setText(byId("narrowed"), isNarrowed ? byId("count").textContent : "");
}

// More than a dozen roles: the worst first, grouped by how much they miss; or in another order, without groups.
const folded = new Set();
const groupOf = (role) => {
  const letters = shownLevels.map(({ id }) => coverageOf(idOf(role, id)).letter);
  const bare = letters.filter((letter) => letter === "n").length;
  const isOne = letters.length === 1;
  if (bare) return [-bare, isOne ? "No instrument" : `No instrument at ${bare === letters.length ? "any level" : count(bare, "level")}`];
  if (letters.includes("u")) return [2, isOne ? "Not known" : "Not known at every level"];
  if (letters.includes("p")) return [1, isOne ? "Not everywhere" : "Something at every level, not everywhere"];
  return [3, "Fully covered"];
};

function knownShare(id) {
  const { coverage, share, unsaid } = current(id);
  if (coverage.letter === "n" || coverage.letter === "f") return Number(coverage.letter === "f");
  return share && share.of && !unsaid ? share.covered / share.of : 0.5;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
function arrange() {
  const all_ = [...roles.keys()];
  const by = (measure) => {
    const measured = new Map(all_.map((role) => [role, measure(role)]));
    return [...all_].sort((one, other) => measured.get(one) - measured.get(other));
  };
  const [, level] = question.order.split("share:");
  let groups = [["", level ? by((role) => knownShare(idOf(role, level))) : all_]];
  if (question.order === "worst") {
    const worst = by((role) => sum(shownLevels.map(({ id }) => knownShare(idOf(role, id)))));
    const found = new Map();
    for (const role of worst) {
      const [place, title] = groupOf(role);
      found.set(title, [place, [...(found.get(title) || [0, []])[1], role]]);
    }
    groups = [...found].sort(([, [one]], [, [other]]) => one - other).map(([title, [, own]]) => [title, own]);
  }
  const bodies = groups.map(([title, own], at) => {
    const shown = own.filter((role) => !rows.get(role).hidden);
    const isFolded = folded.has(title) || (all_.length >= 60 && !folded.has(`open ${title}`) && title && at >= Math.max(1, groups.length - 2));
    const isOpen = !isFolded || question.find;
    const body = make("tbody");
    if (title) body.append(groupHead(title, own.length, isOpen, shown.length === 0));
    for (const role of own) {
      rows.get(role).classList.toggle("folded", !isOpen);
      body.append(rows.get(role));
    }
    return body;
  });
  const focus = document.activeElement;
  const table = document.querySelector(".map");
  for (const body of all("tbody", table)) body.remove();
  table.append(...bodies);
  if (focus !== document.activeElement && focus.isConnected) focus.focus({ preventScroll: true });
  const words = { worst: "worst first", data: "in the data’s order" }[question.order] || `by share, ${levels.get(level).at}`;
  setText(byId("order-told"), `${count(all_.length, "role")}, ${words}`);
  const found = [...rows.values()].filter((row) => !row.hidden).length;
  setText(byId("roles-shown"), `${number(found)} of ${count(all_.length, "role")} shown`);
}

function groupHead(title, size, isOpen, isEmpty) {
  const button = make("button", { type: "button", "data-group": title, "aria-expanded": String(Boolean(isOpen)) }, title);
  const row = make("tr", { class: "group" }, make("th", {
    scope: "rowgroup", colspan: shownLevels.length + 1,
  }, button, " ", make("span", { class: "size" }, `${number(size)} of ${count(roles.size, "role")}`)));
  row.hidden = isEmpty;
  return row;
}

function fold(button) {
  const { group } = button.dataset;
  const isOpen = button.getAttribute("aria-expanded") === "true";
  for (const name of [group, `open ${group}`]) folded.delete(name);
  folded.add(isOpen ? group : `open ${group}`);
  arrange();
  document.querySelector(`[data-group="${CSS.escape(group)}"]`).focus();
}
