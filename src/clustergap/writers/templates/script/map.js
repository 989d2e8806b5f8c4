// The map, the list and the chips of the SWOT show the state of their cells.
const cells = all(".cell").map((button) => {
  const id = button.dataset.cell;
  const { role, level } = partsOf(id);
  // A button is named by its row and column: who comes by Tab hears no headings.
  button.prepend(make("i", { class: "vh" }, `${roles.get(role).name}, `), make("i", { class: "lv" }, `${levels.get(level).name} `));
  return { id, button, row: byId(id), chips: all(`.chip[data-cell="${CSS.escape(id)}"]`) };
});

function dress(element, coverage) {
  for (const one of coverages.values()) element.classList.toggle(`c-${one.value}`, one === coverage);
  element.querySelector("use").setAttribute("href", `#${coverage.value}`);
  setText(element.querySelector("b"), coverage.word);
}

// What a cell does not always say has an element only while it does.
function tell(button, name, words) {
  const old = button.querySelector(`.${name}`);
  if (old) old.remove();
  if (words) button.append(name === "rests" ? "" : " ", make("span", { class: name }, ...words));
}

function paint() {
  for (const cell of cells) {
    if (cell.drawn === currentIndex(cell.id)) continue;
    cell.drawn = currentIndex(cell.id);
    const state = current(cell.id);
    const names = state.instruments.map(labelOf).join(", ");
    dress(cell.button, state.coverage);
    setText(cell.button.querySelector(".num"),
      state.instruments.length ? count(state.instruments.length, "instrument") : "no instrument");
    tell(cell.button, "rests", state.rests.length > 0 && [" ", shape("rests"), make("i", { class: "vh" }, "a gap without one")]);
    tell(cell.button, "brief", state.brief && [state.brief]);
    tell(cell.button, "names", names && [names]);
    dress(cell.row.querySelector(".key"), state.coverage);
    setText(cell.row.cells[2], state.why);
    setText(cell.row.cells[3], names);
    for (const chip of cell.chips) dress(chip, state.coverage);
  }
  // The worst first; what is equally bad stays in the order of the matrix.
  const byCoverage = [...coverages.values()].map((one) => cells.filter(({ id }) => coverageOf(id) === one));
  byId("list-body").append(...byCoverage.flat().map(({ row }) => row));
  sumUp();
}

function sumUp() {
  const found = { none: [], partial: [], unknown: [], full: [] };
  for (const { id } of cells) found[coverageOf(id).value].push(nameOf(id));
  const gaps = count(found.none.length + found.partial.length, "gap");
  const unknown = found.unknown.length ? `, ${found.unknown.length} unknown` : "";
  setText(byId("gaps"), `${gaps}: ${found.none.length} not covered and ${found.partial.length} partly covered `
    + `of ${count(cells.length, "cell")}${unknown}.`);
  const [words, names] = found.none.length ? ["Not covered", found.none] : ["Partly covered", found.partial];
  const whole = found.full.length === cells.length ? "Every cell is covered." : "";
  setText(byId("worst"), names.length ? `${words}: ${listed(names)}.` : whole);
  setText(byId("asked"), askedInWords());
  setText(byId("caveats"), caveatsAt(question.kind, question.stop).words);
}

const listed = (names) =>
  names.slice(0, 12).join(", ") + (names.length > 12 ? `, … (${names.length} in all)` : "");

function filter() {
  const tally = { none: 0, partial: 0, unknown: 0, full: 0 };
  for (const cell of cells) {
    const shown = isShown(cell.id);
    if (shown) tally[coverageOf(cell.id).value] += 1;
    cell.row.hidden = !shown;
    cell.button.classList.toggle("out", !shown);
  }
  for (const row of all(".matrix tbody tr")) row.hidden = !row.querySelector(".cell:not(.out)");
  for (const row of all(".matrix tr")) {
    shownLevels.forEach(({ id }, column) => {
      row.cells[column + 1].hidden = filters.level.size > 0 && !filters.level.has(id);
    });
  }
  const shown = Object.values(tally).reduce((sum, number) => sum + number, 0);
  const parts = data.coverage.filter(([, value]) => tally[value]).map(([, value, word]) => `${tally[value]} ${word}`);
  setText(byId("count"), `${shown} of ${count(cells.length, "cell")} shown`
    + (parts.length ? `: ${parts.join(", ")}.` : ": choose less, or Clear."));
}
