// All roles at one level: places that are answered alike in a row, above them those that the reader puts on top.
const MOST_ON_TOP = 6;
const MOST_COLUMNS = 12;
const compareSheet = new CSSStyleSheet();

function renderCompare() {
  if (question.view !== "compare") return;
  const { units } = places.get(place.level);
  const { at, noun: nouns } = levels.get(place.level);
  const columns = [...roles.values()].filter(({ id }) => passes("role", id)).map((role) => {
    const [looked, ofTiles] = groundOf(current(idOf(role.id, place.level)));
    return { role, looked, ofTiles };
  });
  // Of more than a dozen those in which most places are unlike the others.
  const ranked = [...columns].sort((a, b) => differing(b) - differing(a)).slice(0, MOST_COLUMNS);
  const shown = columns.filter((column) => ranked.includes(column));
  const groups = alike(units, columns);
  byId("compare-level").value = place.level;
  offerPlaces();
  setText("compare-title", `${capital(at)}: ${comparedInWords(groups, columns.length, nouns)}`);
  setText("compare-lead", `${capital(nouns[1])} with the same answer for every role stand together, fewest covered first.`);
  const row = (head, cells) => make("tr", make("th", { scope: "row" }, head), cells);
  const answer = ({ role }, ...words) => make("td", make("bdi.of", { "aria-hidden": "true" }, role.name), ...words);
  const answers = (found) => shown.map((column) => {
    const [look, share] = found[columns.indexOf(column)];
    return answer(column, make(`span.look.c-${look.value}`, make("span.cov", signed(look)), share && make("small", ` ${share}`)));
  });
  const head = (...words) => make("th", { scope: "col" }, ...words);
  layOut(shown);
  put(byId("compare-table"), keepRoles(make("table.compared", { "aria-labelledby": "compare-title" },
    make("thead", make("tr", head(`${capital(nouns[1])}, at ${at}`), shown.map(({ role }) => head(isolated(role.name))))),
    make("tbody", question.top.map((code) => topRow(code, columns, (name, found) => row(name, answers(found)))),
      groups.map(({ codes, looked }) => row(
        [bold(rolesInWords(looked)), codes.length > 1 && make("small", `${number(codes.length)} ${nouns[1]} alike`), namesOf(codes)],
        answers(looked.map((look) => [look]))))),
    make("tfoot", row(`${capital(nouns[1])} with full coverage`, shown.map((column) => answer(column, coveredInWords(column.looked))))))),
  others(columns.filter((column) => !shown.includes(column)), nouns));
}

// Answers stand beside each other where the window has room for their columns, the heads upright until it has room for their words.
function layOut(columns) {
  const letters = Math.max(...columns.flatMap(({ role }) => role.name.split(/\s+/)).map((one) => one.length));
  const widths = [4.8, Math.max(6.5, letters / 2)].map((width) => `@container (min-width:${13 + columns.length * width}rem)`);
  compareSheet.replaceSync(`.compared{--narrow:${Math.max(6, letters * 0.365)}rem}${widths[0]}{.compared{--tracks:13rem repeat(${columns.length},minmax(0,1fr));--side:auto;--head:static;--all:auto;--clip:none;--of:none;--lie:start;--writing:vertical-rl;--turn:rotate(180deg);--within:.2rem;--word:.8125rem}}
    ${widths[1]}{.compared{--writing:initial;--turn:none;--within:.5rem;--word:.9375rem}}`);
}

addressed.set("place", {
  read: (value) => {
    const codes = [...new Set(value.split(","))];
    question.top = codes.filter((code) => everyName.has(code)).slice(0, MOST_ON_TOP);
    return codes.every((code) => everyName.has(code));
  },
  write: () => (question.view === "compare" ? question.top.join(",") : ""),
});

function putOnTop(codes) {
  question.top = codes;
  renderCompare();
  remember();
}

function rolesInWords(looked) {
  const { covered, partial, unknown } = tally(looked);
  return joined([`${covered} of ${count(looked.length, "role")}`, partial && `${partial} in part`, unknown && `${unknown} unknown`]);
}

function numbersOf(looked) {
  const numbers = new Map();
  for (const { word } of looked) numbers.set(word, (numbers.get(word) || 0) + 1);
  return numbers;
}
const differing = ({ looked }) => looked.length - Math.max(...numbersOf(looked).values());

function alike(units, columns) {
  const groups = new Map();
  units.forEach(([code], index) => {
    const looked = columns.map((column) => column.looked[index]);
    const key = looked.map(({ letter }) => letter).join("");
    if (!groups.has(key)) groups.set(key, { codes: [], looked, ...tally(looked) });
    groups.get(key).codes.push(code);
  });
  return [...groups.values()].sort((a, b) => a.covered - b.covered || a.partial - b.partial || b.codes.length - a.codes.length);
}

function comparedInWords(groups, size, nouns) {
  const numbers = new Map();
  for (const { covered, codes } of groups) numbers.set(covered, (numbers.get(covered) || 0) + codes.length);
  const [[first, few], ...more] = numbers;
  const have = (many, covered) => `${count(many, ...nouns)} ${many === 1 ? "has" : "have"} full coverage for ${covered} of ${count(size, "role")}`;
  if (more.length > 2) return have(sum([...numbers.values()]), `${first} to ${more.at(-1)[0]}`);
  return `${more.length || few === 1 ? "" : "all "}${have(few, first)}${more.map(([covered, many]) => `, ${number(many)} for ${covered}`).join("")}`;
}

function offerPlaces() {
  const { units, tiles } = places.get(place.level);
  const isFull = question.top.length >= MOST_ON_TOP;
  const codes = new Set([...tiles, ...units.map(([code]) => code)]);
  const select = byId("compare-add");
  select.disabled = isFull;
  put(select, optionsOf([["", isFull ? "no more than six" : "choose a place"],
    ...[...codes].filter((code) => !question.top.includes(code)).map((code) => [code, nameIn(code, place.level)])]));
}

function topRow(code, columns, row) {
  const name = nameIn(code, place.level);
  const { units, tiles } = places.get(place.level);
  const lies = units.find(([unit]) => unit === code || (!tiles.includes(code) && (isIn(code, unit) || (isCountry(countryOf(code)) && code.startsWith(unit)))));
  const found = columns.map(({ looked, ofTiles }) => {
    if (lies) return [looked[units.indexOf(lies)]];
    const { covered, of } = tally(looked.filter((_, index) => isIn(units[index][0], code)));
    const tile = ofTiles[tiles.indexOf(code)];
    return tile ? [tile, tile.letter === "p" && `${number(covered)} of ${number(of)}`] : [looks.get("u")];
  });
  const remove = () => {
    putOnTop(question.top.filter((one) => one !== code));
    byId("compare-add").focus();
  };
  const as = lies && lies[0] !== code ? `as ${lies[1]}: ` : lies || tiles.includes(code) ? "" : `not at ${levels.get(place.level).at}: `;
  return row([bold(isolated(name)), make("small", as + rolesInWords(found.map(([look]) => look))),
    make("button", { "aria-label": `Remove ${name} from the top`, click: remove }, "Remove")], found);
}

function others(columns, nouns) {
  if (!columns.length) return "";
  const same = columns.filter((column) => !differing(column)).length;
  const unlike = columns.length - same;
  const words = unlike ? `${columns.length} more: ${same} are the same everywhere, ${unlike} differ in fewer places` : `${same} more are the same everywhere`;
  return folded(words, items(columns.map(({ role, looked }) =>
    [isolated(role.name), ": ", [...numbersOf(looked)].map(([word, own]) => `${word} in ${count(own, ...nouns)}`).join(", ")])));
}

// More than a dozen places are named by their countries, where these have several; all names are folded.
function namesOf(codes) {
  const named = codes.map((code) => ({ name: nameIn(code, place.level) }));
  const names = (nounOf(place.level)[1] === "countries" ? byName(named) : named).map(({ name }) => name).join(", ");
  const words = codes.length > 12 && foldedPlaces(codes, place.level);
  return make("small", words ? [words, folded(`Name all ${number(codes.length)}`, names)] : names);
}

document.adoptedStyleSheets.push(compareSheet);
byId("compare-level").append(...optionsOf(located.map(({ id, name }) => [id, name])));
on("compare-level", "change", ({ target }) => choosePlaces({ level: target.value }));
on("compare-add", "change", ({ target }) => putOnTop([...question.top, target.value]));
renderers.push(renderCompare);
