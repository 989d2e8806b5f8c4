// The map, and the links of other views to its cells, show the state of their cells.
const targetOf = ({ hash }) => {
  // What no browser has encoded may be anything.
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
};
const fragile = () => hidden(" a gap without one instrument");
const isDense = document.body.classList.contains("dense");
const rows = new Map(all(".map tbody tr:not(.group)").map((row) => [row.id.slice(0, -1), row]));
// On the first day the map is as it was written, so that nothing is drawn twice.
const cells = all(".map .cell").map((link) => {
  const id = link.dataset.cell = targetOf(link);
  // A link is named by its row and column: who comes by Tab hears no headings.
  link.prepend(hidden(`${nameOf(id)}: `));
  link.querySelector(".num b")?.after(fragile());
  return { id, link, drawn: stateIndex(id, 0, data.start) };
});
const heads = all(".map .head");
for (const head of heads) {
  head.dataset.list = targetOf(head);
  head.tabIndex = -1;
}
const chips = all("a.chip");
for (const chip of chips) chip.dataset.cell = targetOf(chip);

const signed = ({ word, meaning }) => [bold(word), meaning && hidden(`: ${meaning}`)];
const sign = (look) => make(`span.chip.c-${look.value}`, signed(look));
const signOf = ({ coverage, isUnsaid }) => {
  const chip = sign(coverage);
  chip.classList.toggle("unsaid", isUnsaid);
  return chip;
};

function dress(element, { coverage, letter, share, isUnsaid }) {
  for (const { value } of coverages.values()) element.classList.toggle(`c-${value}`, value === coverage.value);
  element.classList.toggle("unsaid", isUnsaid);
  setText(element.querySelector("b"), coverage.word);
  if (element.matches(".cell")) fillShare(element, letter === "p" && !isUnsaid && (isOfMany(share) && share.of ? percents(share.covered, share.partial, share.of) : [100, 100]));
}

// A share that is known is drawn: what is covered in full, and at all.
function fillShare(element, shares) {
  ["full", "any"].forEach((name, at) => {
    element.toggleAttribute(`data-${name}`, Boolean(shares));
    if (!shares) return;
    element.dataset[name] = shares[at];
    element.style.setProperty(`--${name}`, `${shares[at]}%`);
  });
}

// Rounded up: what is covered somewhere never looks empty.
const percents = (covered, partial, of) => [covered, covered + partial].map((part) => Math.ceil((1000 * part) / of) / 10);

function nameList(indices) {
  const shown = indices.length <= 4 ? indices : indices.slice(0, 3);
  return [shown.map((index, at) => [at ? ", " : "", isolated(labelOf(index))]),
    indices.length > shown.length && ` and ${number(indices.length - shown.length)} more`];
}

function paint() {
  for (const cell of cells) {
    const state = current(cell.id);
    if (cell.drawn === state.index) continue;
    cell.drawn = state.index;
    dress(cell.link, state);
    const [before, figure, after] = state.figure;
    put(cell.link.querySelector(".num"), before && make("i", before), figure, after && make("i.noun", after),
      state.rests.length > 0 && [" ", bold("!"), fragile()]);
    if (isDense) continue;
    for (const words of all(".names, .detail", cell.link)) words.remove();
    fillIn(cell.link, state.instruments.length > 0 && [" ", make("span.names", nameList(state.instruments))], state.detail && [" ", make("span.detail", state.detail)]);
  }
  for (const chip of chips) dress(chip, current(chip.dataset.cell));
  for (const level of shownLevels) renderHead(level);
  const day = dayOf(question.stop);
  const when = !day ? ", dates ignored" : day === data.as_of ? "" : ` as of ${inWords(day, 3)}`;
  setText("asked", [`gap map${when}`, ...narrowed()[0], data.dated].join(", "));
  setText("caveats", caveats()[0]);
}
const caveats = () => data.caveats[data.caveats_at[question.kind][question.stop]];

function renderHead({ id }) {
  const head = byId(`@${id}`);
  const counts = countsOf([...roles.keys()].map((role) => idOf(role, id)));
  put(head.querySelector(".sum"), counts.map(([{ value, word }, own], at) =>
    [at ? " · " : "", make(value === "none" ? "b" : "span", `${number(own)} ${word}`)]));
  put(head.querySelector(".split"), counts.map(([{ value }, own]) => {
    const bar = make(`i.c-${value}`);
    bar.style.flexGrow = own;
    return bar;
  }));
}

// Of each coverage that occurs its number, the worst first.
function countsOf(own) {
  const values = own.map(coverageOf);
  return [...coverages.values()].map((one) => [one, values.filter((value) => value === one).length]).filter(([, found]) => found);
}

// The legend counts what is in question, and a click shows only that.
const legend = document.querySelector(".legend");
const legendButton = ({ value }, ...content) =>
  make("button", { "aria-pressed": false, "data-coverage": value, click: () => toggle(filters.coverage, value) }, ...content);
for (const chip of all("[data-coverage]", legend)) chip.replaceWith(legendButton({ value: chip.dataset.coverage }, ...chip.childNodes));
function renderLegend() {
  const counts = new Map(countsOf(pairsInQuestion().map(({ id }) => id)));
  const buttonOf = ({ value }) => legend.querySelector(`[data-coverage=${value}]`);
  for (const coverage of coverages.values()) {
    const own = counts.get(coverage) || 0;
    const isAsked = filters.coverage.has(coverage.value);
    if ((own || isAsked) && !buttonOf(coverage)) {
      const next = [...coverages.values()].slice(coverage.order + 1).map(buttonOf).find(Boolean);
      legend.insertBefore(make("li", legendButton(coverage, sign(coverage)), " ", make("span.meaning", data.meanings[coverage.value])),
        next ? next.closest("li") : legend.querySelector(".fragile"));
    }
    const button = buttonOf(coverage);
    if (!button) continue;
    button.closest("li").hidden = !own && !isAsked;
    button.setAttribute("aria-pressed", isAsked);
    setText(button.querySelector("b"), `${number(own)} ${coverage.word}`);
  }
}

function filter() {
  for (const { id, link } of cells) link.classList.toggle("out", !isShown(id));
  for (const [role, row] of rows) row.hidden = !shownLevels.some(({ id }) => isShown(idOf(role, id)));
  for (const row of all(".map tr:not(.group)")) {
    shownLevels.forEach(({ id }, column) => { row.cells[column + 1].hidden = !passes("level", id); });
  }
  if (isDense) arrange();
  const shown = cells.map(({ id }) => id).filter(isShown);
  const isNarrowed = Object.values(filters).some((set) => set.size);
  const told = countsOf(shown).map(([{ word }, own]) => `${number(own)} ${word}`).join(", ");
  const words = `${number(shown.length)} of ${count(cells.length, "pair")} of role and level shown${told ? `: ${told}.` : ": choose less, or show all."}`;
  for (const id of ["count", "narrowed"]) setText(id, isNarrowed ? words : "");
  byId("clear").hidden = !isNarrowed && !question.kind && !question.find && question.stop === data.start;
}

function knownShare(id) {
  const { letter, share, notSaid } = current(id);
  if (letter === "n" || letter === "f") return Number(letter === "f");
  return share && share.of && !notSaid ? share.covered / share.of : 0.5;
}
