// One tile a country, and one a place of the data's own, coloured for the cell that is chosen; below, what lies in the chosen one.
const place = { role: "", level: "", tile: "" };
// Countries stand about where they do: code, column, row. Places of the data's own stand by themselves, in its order.
const TILES = "IS11NO51SE61FI71EE72IE13UK23DK53LV73NL44DE54PL64LT74BE35LU45CZ55SK65UA75FR36CH46AT56HU66RO76MD86PT17ES27LI37IT47SI57HR67BG77TR87GE97MT48BA58RS68EL78CY88ME59XK69AL5AMK6A";
const POSITIONS = new Map([...TILES.matchAll(/(..)(.)(.)/g)].map(([, code, column, row]) => [code, `${parseInt(row, 36)}/${column}`]));
const OWN = new Set([...places.values()].flatMap(({ tiles }) => tiles).filter((code) => !POSITIONS.has(code)));

function startPlaces() {
  if (!byId("view-places")) return;
  const choose = (name) => {
    const select = byId(`place-${name}`);
    place[name] = select.value;
    select.addEventListener("change", () => { place[name] = select.value; renderPlaces(); });
  };
  const rules = [...POSITIONS].map(([code, area]) => `[data-tile=${code}]{grid-area:${area}}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media (min-width:44.01rem),print{${rules.join("")}}`);
  document.adoptedStyleSheets.push(sheet);
  choose("role");
  choose("level");
}

renderers.push(renderPlaces);
function renderPlaces() {
  if (question.view !== "places") return;
  const id = idOf(place.role, place.level);
  const state = current(id);
  byId("place-why").replaceChildren(make("a", { href: `#${id}` }, nameOf(id)), ": ", signOf(state), ` ${state.how}`);
  const { tiles } = places.get(place.level);
  const found = unroll(state.ground[1]);
  tellUnsaid(state, found);
  const made = { tiles: [], "own-tiles": [] };
  tiles.forEach((code, index) => made[OWN.has(code) ? "own-tiles" : "tiles"].push(tile(code, found[index])));
  for (const [list, items] of Object.entries(made)) {
    byId(list).replaceChildren(...items);
    byId(list).hidden = !items.length;
  }
  if (!tiles.includes(place.tile)) place.tile = "";
  renderRegions();
}

// Whose words say that something is somewhere, beside what the look means.
function tellUnsaid(state, found) {
  const words = byId("place-unsaid");
  if (!words) return;
  words.hidden = ![...found, ...unroll(state.ground[0])].includes(looks.get(somewhere));
  byId("place-notes").replaceChildren(...state.notes.flatMap((note, index) => [index ? "; " : ": ", make("q", {}, note)]));
}

function tile(code, look) {
  const name = placeNames().get(code) || "";
  const label = OWN.has(code) ? [make("span", { class: "name" }, name || code)]
    : [make("span", { class: "code" }, code), make("i", { class: "vh" }, ` ${name} `)];
  const button = make("button", {
    class: `tile c-${look.value}`, "aria-pressed": String(code === place.tile), "data-place": code,
  }, ...label, make("span", { class: "cov" }, ...signed(look)));
  button.addEventListener("click", () => {
    place.tile = place.tile === code ? "" : code;
    for (const other of all(".tile")) other.setAttribute("aria-pressed", String(other.dataset.place === place.tile));
    renderRegions();
  });
  return make("li", { "data-tile": code }, button);
}

function renderRegions() {
  const parts = place.tile ? shownLevels.flatMap((level) => regionsAt(level)) : [];
  const hasCountry = places.get(place.level).tiles.some((code) => !OWN.has(code));
  const hint = hasCountry ? make("p", { class: "hint" }, "Choose a country to list its places.") : "";
  byId("regions").replaceChildren(...(parts.length ? [make("h3", {}, placeName(place.tile)), ...parts] : [hint]));
}

function regionsAt(level) {
  const here = places.get(level.id);
  if (!here) return [];
  const found = unroll(current(idOf(place.role, level.id)).ground[0]);
  const rows = here.units
    .map(([code], index) => [code, sign(found[index]), ` ${placeName(code, level.id)}`])
    .filter(([code]) => isInTile(code))
    .map(([, ...words]) => words);
  return rows.length ? [make("h4", {}, `${roles.get(place.role).name} at ${level.name}`), items(rows, { class: "regions" })] : [];
}

function isInTile(code) {
  // What lies in no country has a tile of its own; all else has its country's, whose letters it begins with.
  return code === place.tile || code.startsWith(`${place.tile}-`) || (!OWN.has(code) && code.slice(0, 2) === place.tile);
}
