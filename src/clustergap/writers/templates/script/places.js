// One role at one level: a tile a country, or a place where it holds one; the same in words, as answers/page_places.py says them.
const place = { role: "", level: "", tile: "" };
// Countries stand about where they do: code, column, row. Others stand one after another, in the data's order.
const TILES = "IS11NO51SE61FI71EE72IE13UK23DK53LV73NL44DE54PL64LT74BE35LU45CZ55SK65UA75FR36CH46AT56HU66RO76MD86PT17ES27LI37IT47SI57HR67BG77GE86TR87MT48BA58RS68EL78CY88ME59XK69AL5AMK6A";
const POSITIONS = new Map([...TILES.matchAll(/(..)(.)(.)/g)].map(([, code, column, row]) => [code, `${parseInt(row, 36)}/${column}`]));
const isCountry = (code) => POSITIONS.has(code);
const OWN = new Set([...places.values()].flatMap(({ tiles }) => tiles).filter((code) => !isCountry(code)));
const countryOf = (code) => (OWN.has(code) ? "" : code.slice(0, 2));
// What lies in no country has a tile of its own; all else has its country's, whose letters it begins with.
const isIn = (code, tile) => code === tile || code.startsWith(`${tile}-`) || countryOf(code) === tile;
const everyName = new Map([...places.values()].reverse().flatMap(({ units, named: tiles }) => [...tiles, ...units]));
const namesAt = new Map([...places].map(([level, { units }]) => [level, new Map(units)]));
const nameIn = (code, level) => namesAt.get(level).get(code) || everyName.get(code);
const nounOf = (level) => levels.get(level).noun;

addressed.set("role", choiceOf("role"));
addressed.set("level", choiceOf("level"));
function choiceOf(name) {
  const isMine = () => choices[question.view]?.includes(name);
  const known = (value) => (name === "role" ? roles.has(value) : places.has(value) && levels.get(value).shown);
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
  if (!byId("view-places")) return;
  const sheet = new CSSStyleSheet();
  const rules = [...POSITIONS].map(([code, area]) => `.placed [data-tile=${code}]{grid-area:${area}}`);
  sheet.replaceSync(`@container (min-width:55rem){${rules.join("")}}`);
  document.adoptedStyleSheets.push(sheet, compareSheet);
  for (const name of ["role", "level"]) {
    const select = byId(`place-${name}`);
    place[name] = select.value;
    select.addEventListener("change", () => choosePlaces({ [name]: select.value }));
  }
  byId("compare-level").addEventListener("change", ({ target }) => choosePlaces({ level: target.value }));
  byId("compare-add").addEventListener("change", ({ target }) => putOnTop([...question.top, target.value]));
  for (const one of all(".ways")) one.hidden = false;
}

// A panel that is open goes along: both speak of one role and level.
function choosePlaces(chosen) {
  Object.assign(place, chosen);
  if (partsOf(opened).role && partsOf(opened).level) opened = place.opened = idOf(place.role, place.level);
  renderQuestion();
  remember();
}

function followPanel() {
  if (place.opened === opened) return;
  place.opened = opened;
  const { role, level } = partsOf(opened);
  if (roles.has(role)) place.role = role;
  if (places.has(level) && levels.get(level).shown) place.level = level;
}

renderers.push(renderPlaces, renderCompare);
function renderPlaces() {
  followPanel();
  if (question.view !== "places") return;
  for (const name of ["role", "level"]) byId(`place-${name}`).value = place[name];
  const id = idOf(place.role, place.level);
  const state = current(id);
  byId("place-why").setAttribute("href", `#${id}`);
  const shown = tilesOf(place.level, state);
  setText(byId("places-title"), `${roles.get(place.role).name}, ${levels.get(place.level).at}: ${countInWords(shown)}`);
  const { value, word } = state.coverage;
  const said = state.notes.map((note) => `“${note}”`).join(" and ");
  byId("place-somewhere").replaceChildren(!shown.isUnsaid ? "" : make("p", { class: "unsaid" }, make("span", {},
    shape(value), make("b", {}, ` ${word}, somewhere.`), said ? ` The source says ${said} and names none.` : " No source names a place.")));
  const isOwn = ({ code }) => shown.isSplit || !isCountry(code);
  fillTiles("tiles", byName(shown.tiles.filter((one) => !isOwn(one))), shown);
  fillTiles("own-tiles", shown.tiles.filter(isOwn), shown);
  byId("tiles").classList.toggle("placed", !shown.isUnsaid);
  byId("place-words").replaceChildren(...groupsInWords(shown),
    ...(said && !shown.isUnsaid ? [make("h3", {}, "In the source’s words"), ...state.notes.map((note) => make("p", {}, make("q", {}, note)))] : []));
  if (!shown.tiles.some(({ code }) => code === place.tile)) place.tile = "";
  renderRegions();
}

// The places of a level as tiles: each with its look and that of what it holds. The places of a single country are a tile each.
function tilesOf(level, state) {
  const { units, tiles } = places.get(level);
  const nouns = nounOf(level);
  const [looked, ofTiles] = state.ground.map(unroll);
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
  const own = (letter) => looked.filter((look) => look.letter === letter).length;
  const unknown = own("u") + own(somewhere);
  return { covered: own("f"), partly: own("p"), unknown, of: looked.length - unknown };
}

function coveredInWords(looked, noun) {
  const { covered, partly, unknown, of } = tally(looked);
  const figure = (own) => (noun ? count(own, ...noun) : number(own));
  if (!of) return `${figure(unknown)} unknown`;
  return `${number(covered)} of ${figure(of)}${partly ? `, ${number(partly)} in part` : ""}${unknown ? `, ${number(unknown)} unknown` : ""}`;
}

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
  return Object.entries({ ...words, u: "Unknown", [somewhere]: "Not said" }).flatMap(([letter, title]) => {
    const found = tiles.filter(({ look }) => look.letter === letter);
    const isPart = ({ isWhole }) => letter === "p" && !isWhole;
    const names = (kind[1] === "countries" ? byName(found) : found)
      .map((tile) => tile.name + (isPart(tile) ? ` ${coveredInWords(tile.inside, nouns)}` : ""));
    const listed = make("p", {}, `${names.join(found.some(isPart) ? "; " : ", ")}.`);
    return !names.length ? [] : [make("h3", {}, `${title} in ${count(names.length, ...kind)}`),
      names.length > MOST_OPEN ? make("details", {}, make("summary", {}, "Name all"), listed) : listed];
  });
}

function fillTiles(id, tiles, shown) {
  byId(id).replaceChildren(...tiles.map((tile) => tileButton(tile, shown.isFiner)));
  byId(id).hidden = !tiles.length;
}

function tileButton({ code, look, name, inside, isWhole }, isFiner) {
  const { covered, partly, of } = tally(inside);
  const isPart = look.letter === "p";
  const share = isFiner && !isWhole && of ? `${number(covered)} of ${number(of)}` : isPart ? "in part" : "";
  const button = make("button", { class: `tile c-${look.value}`, "aria-pressed": String(code === place.tile), "data-place": code },
    make("bdi", {}, name), " ", make("span", { class: "cov" }, ...signed(look)), share ? make("small", {}, ` ${share}`) : "");
  if (isPart && !isWhole) fillShare(button, covered / of, (covered + partly) / of);
  button.addEventListener("click", () => {
    place.tile = place.tile === code ? "" : code;
    for (const other of all(".tile")) other.setAttribute("aria-pressed", String(other.dataset.place === place.tile));
    renderRegions();
  });
  return make("li", { "data-tile": code }, button);
}

function fillShare(element, full, any) {
  for (const [name, share] of Object.entries({ full, any })) {
    element.dataset[name] = Math.ceil(1000 * share) / 10;
    element.style.setProperty(`--${name}`, `${element.dataset[name]}%`);
  }
}

function renderRegions() {
  const parts = place.tile ? shownLevels.flatMap(regionsAt) : [];
  byId("regions").replaceChildren(...(parts.length ? [make("h3", {}, nameIn(place.tile, place.level)), ...parts]
    : byId("tiles").hidden ? [] : [make("p", { class: "hint" }, "Choose a tile to name what lies in it.")]));
}

function regionsAt({ id }) {
  if (!places.has(id)) return [];
  const [found] = current(idOf(place.role, id)).ground.map(unroll);
  const rows = places.get(id).units.flatMap(([code, name], index) =>
    (isIn(code, place.tile) ? [[sign(found[index]), " ", make("bdi", {}, name)]] : []));
  return rows.length ? [make("h4", {}, `${roles.get(place.role).name}, ${levels.get(id).at}`), items(rows, { class: "regions" })] : [];
}
