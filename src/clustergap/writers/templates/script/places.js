// One role at one level: a tile a country, or a place where it holds one; the same in words, as answers/page_places.py says them.
const place = { tile: "" };
// Countries stand about where they do: code, column, row. Others stand one after another, in the data's order.
const TILES = "IS11NO51SE61FI71EE72IE13UK23DK53LV73NL44DE54PL64LT74BE35LU45CZ55SK65UA75FR36CH46AT56HU66RO76MD86PT17ES27LI37IT47SI57HR67BG77GE86TR87MT48BA58RS68EL78CY88ME59XK69AL5AMK6A";
const POSITIONS = new Map([...TILES.matchAll(/(..)(.)(.)/g)].map(([, code, column, row]) => [code, `${parseInt(row, 36)}/${column}`]));
const isCountry = (code) => POSITIONS.has(code);
const ownCodes = new Set([...places.values()].flatMap(({ tiles }) => tiles).filter((code) => !isCountry(code)));
const countryOf = (code) => (ownCodes.has(code) ? "" : code.slice(0, 2));
// What lies in no country has a tile of its own; all else has its country's, whose letters it begins with.
const isIn = (code, tile) => code === tile || code.startsWith(`${tile}-`) || countryOf(code) === tile;
const nounOf = (level) => levels.get(level).noun;
const located = shownLevels.filter(({ id }) => places.has(id));

for (const name of ["role", "level"]) addressed.set(name, choiceOf(name));
function choiceOf(name) {
  const isMine = () => choices[question.view]?.includes(name);
  const known = (value) => (name === "role" ? roles.has(value) : located.some(({ id }) => id === value));
  return {
    read: (value) => {
      if (!isMine()) return true;
      const found = value.split(",").find(known);
      if (found) place[name] = found;
      return Boolean(found);
    },
    write: () => (isMine() ? place[name] : ""),
  };
}

function startPlaces() {
  const sheet = new CSSStyleSheet();
  const rules = [...POSITIONS].map(([code, area]) => `.placed [data-tile=${code}]{grid-area:${area}}`);
  sheet.replaceSync(`@container (min-width:55rem){${rules.join("")}}`);
  document.adoptedStyleSheets.push(sheet);
  Object.assign(place, partsOf(targetOf(byId("place-why"))));
  for (const [name, own] of [["role", [...roles.values()]], ["level", located]]) {
    byId(`place-${name}`).append(...optionsOf(own.map((one) => [one.id, one.name])));
    on(`place-${name}`, "change", ({ target }) => choosePlaces({ [name]: target.value }));
  }
  for (const one of all(".ways")) one.hidden = false;
  renderers.push(renderPlaces);
}

// A panel that is open goes along: both speak of one role and level.
function choosePlaces(chosen) {
  Object.assign(place, chosen);
  if (isPair(opened)) opened = place.opened = idOf(place.role, place.level);
  renderQuestion();
  remember();
}

function followPanel() {
  if (place.opened === opened) return;
  place.opened = opened;
  const { role, level } = partsOf(opened);
  if (roles.has(role)) place.role = role;
  if (located.some(({ id }) => id === level)) place.level = level;
}

function renderPlaces() {
  followPanel();
  if (question.view !== "places") return;
  for (const name of ["role", "level"]) byId(`place-${name}`).value = place[name];
  const id = idOf(place.role, place.level);
  const state = current(id);
  const shown = tilesOf(place.level, state);
  const said = state.notes.map((note) => `“${note}”`).join(" and ");
  byId("place-why").setAttribute("href", `#${id}`);
  setText("places-title", `${nameOf(id)}: ${countInWords(shown)}`);
  put(byId("place-somewhere"), shown.isUnsaid && make(`p.unsaid.c-${state.coverage.value}`, make("span.cov", bold(`${state.coverage.word}, somewhere.`),
    said ? ` The source says ${said} and names none.` : " No source names a place.")));
  const isOwn = ({ code }) => shown.isSplit || !isCountry(code);
  fillTiles("tiles", byName(shown.tiles.filter((one) => !isOwn(one))), shown);
  fillTiles("own-tiles", shown.tiles.filter(isOwn), shown);
  byId("tiles").classList.toggle("placed", !shown.isUnsaid);
  put(byId("place-words"), groupsInWords(shown),
    said && !shown.isUnsaid && [make("h3", "In the source’s words"), state.notes.map((note) => make("p", quoted(note)))]);
  if (!shown.tiles.some(({ code }) => code === place.tile)) place.tile = "";
  renderRegions();
}

// The places of a level as tiles: each with its look and that of what it holds. The places of a single country are a tile each.
function tilesOf(level, state) {
  const { units, tiles } = places.get(level);
  const nouns = nounOf(level);
  const [looked, ofTiles] = groundOf(state);
  const isSplit = tiles.length === 1;
  const found = (isSplit ? units.map(([code]) => code) : tiles).map((code, index) => {
    const inside = looked.filter((_, at) => isIn(units[at][0], code));
    return { code, look: (isSplit ? looked : ofTiles)[index], name: nameIn(code, level), inside, isWhole: units.some(([unit]) => unit === code) };
  });
  const isFiner = found.some(({ isWhole }) => !isWhole);
  const kind = !isFiner ? nouns : found.every(({ code }) => isCountry(code)) ? ["country", "countries"] : ["place", "places"];
  return { tiles: found, looked, isSplit, isFiner, nouns, kind, isUnsaid: looked.some(({ letter }) => letter === somewhere) };
}

const byName = (tiles) => [...tiles].sort((a, b) => a.name.localeCompare(b.name, "en"));

function tally(looked) {
  const own = (letters) => looked.filter(({ letter }) => letters.includes(letter)).length;
  const unknown = own(`u${somewhere}`);
  return { covered: own("f"), partial: own("p"), unknown, of: looked.length - unknown };
}

const coveredInWords = (looked, noun) => sharesInWords(tally(looked), noun);

// Of a single place nothing is counted.
const ALONE = { n: "no instrument", p: "covered in part", f: "covered", u: "unknown" };
function countInWords({ tiles, looked, nouns, kind, isFiner, isUnsaid }) {
  if (isUnsaid) return `somewhere in ${count(tally(looked).unknown, ...nouns)}; where is not said`;
  if (looked.length === 1) return ALONE[looked[0].letter];
  const covered = tiles.filter(({ look }) => "fp".includes(look.letter)).length;
  return coveredInWords(looked, nouns) + (isFiner && covered && covered < tiles.length ? `, in ${count(covered, ...kind)}` : "");
}

const MOST_OPEN = 60;
function groupsInWords({ tiles, nouns, kind, isFiner }) {
  const words = isFiner ? { n: `No ${nouns[0]}`, p: "Somewhere", f: `All ${nouns[1]}` } : { n: "No instrument", p: "Covered in part", f: "Covered" };
  return Object.entries({ ...words, u: "Unknown", [somewhere]: "Not said" }).map(([letter, title]) => {
    const found = tiles.filter(({ look }) => look.letter === letter);
    const isPart = ({ isWhole }) => letter === "p" && !isWhole;
    const names = (kind[1] === "countries" ? byName(found) : found)
      .map((tile) => tile.name + (isPart(tile) ? ` ${coveredInWords(tile.inside, nouns)}` : ""));
    const listed = make("p", `${names.join(found.some(isPart) ? "; " : ", ")}.`);
    return names.length > 0 && [make("h3", `${title} in ${count(names.length, ...kind)}`), names.length > MOST_OPEN ? folded("Name all", listed) : listed];
  });
}

function fillTiles(id, tiles, shown) {
  put(byId(id), tiles.map((tile) => tileButton(tile, shown.isFiner)));
  byId(id).hidden = !tiles.length;
}

function tileButton({ code, look, name, inside, isWhole }, isFiner) {
  const { covered, partial, of } = tally(inside);
  const isPart = look.letter === "p";
  const share = isFiner && !isWhole && of ? `${number(covered)} of ${number(of)}` : isPart && "in part";
  const press = () => {
    place.tile = place.tile === code ? "" : code;
    for (const other of all(".tile")) other.setAttribute("aria-pressed", other.dataset.place === place.tile);
    renderRegions();
  };
  const button = make(`button.tile.c-${look.value}`, { "aria-pressed": code === place.tile, "data-place": code, click: press },
    isolated(name), " ", make("span.cov", signed(look)), share && make("small", ` ${share}`));
  if (isPart && !isWhole) fillShare(button, percents(covered, partial, of));
  return make("li", { "data-tile": code }, button);
}

function renderRegions() {
  const parts = place.tile ? located.map(({ id }) => regionsAt(id)).filter(Boolean) : [];
  put(byId("regions"), parts.length ? [make("h3", nameIn(place.tile, place.level)), parts]
    : !byId("tiles").hidden && make("p.hint", "Choose a tile to name what lies in it."));
}

function regionsAt(level) {
  const id = idOf(place.role, level);
  const [found] = groundOf(current(id));
  const rows = places.get(level).units.map(([code, name], index) => isIn(code, place.tile) && [sign(found[index]), " ", isolated(name)]).filter(Boolean);
  return rows.length > 0 && [make("h4", nameOf(id)), listOf("regions", rows)];
}

startPlaces();
