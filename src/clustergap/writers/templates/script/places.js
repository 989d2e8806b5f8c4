// One tile a country, coloured for the cell that is chosen; below, the regions of the country that is chosen.
const place = { role: "", level: "", country: "" };
// Tiles stand about where the countries do: code, column, row. Others follow behind.
const TILES = "SE61FI71EE72IE13DK53LV73NL44DE54PL64LT74BE35LU45CZ55SK65FR36AT56HU66RO76PT17ES27IT47SI57HR67BG77MT48EL78CY88";

function startPlaces() {
  if (!byId("view-places")) return;
  const choose = (name) => {
    const select = byId(`place-${name}`);
    place[name] = select.value;
    select.addEventListener("change", () => { place[name] = select.value; renderPlaces(); });
  };
  const rules = [...TILES.matchAll(/(..)(.)(.)/g)].map(([, code, column, row]) => `[data-tile=${code}]{grid-area:${row}/${column}}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media (min-width:44.01rem),print{${rules.join("")}}`);
  document.adoptedStyleSheets.push(sheet);
  choose("role");
  choose("level");
}

function renderPlaces() {
  if (question.view !== "places") return;
  const id = idOf(place.role, place.level);
  const state = current(id);
  byId("place-why").replaceChildren(make("a", { href: `#${id}` }, nameOf(id)), ": ", sign(state.coverage), ` ${state.how}`);
  const { countries } = places.get(place.level);
  const found = unroll(state.ground[1]);
  byId("tiles").replaceChildren(...countries.map((code, index) => tile(code, found[index])));
  if (!countries.includes(place.country)) place.country = "";
  renderRegions();
}

function tile(code, coverage) {
  const button = make("button", {
    class: `tile c-${coverage.value}`, "aria-pressed": String(code === place.country), "data-country": code,
  }, make("span", { class: "code" }, code), make("i", { class: "vh" }, ` ${placeNames().get(code) || ""} `),
  make("span", { class: "cov" }, shape(coverage.value), " ", make("b", {}, coverage.word)));
  button.addEventListener("click", () => {
    place.country = place.country === code ? "" : code;
    for (const other of all(".tile")) other.setAttribute("aria-pressed", String(other.dataset.country === place.country));
    renderRegions();
  });
  return make("li", { "data-tile": code }, button);
}

function renderRegions() {
  // Where no country is among the places, all of them are listed.
  const isChosen = place.country || !places.get(place.level).countries.length;
  const parts = isChosen ? shownLevels.flatMap((level) => regionsAt(level)) : [];
  const hint = make("p", { class: "hint" }, "Choose a country to list its places.");
  byId("regions").replaceChildren(...(parts.length ? [make("h3", {}, place.country ? placeName(place.country) : "Places"), ...parts] : [hint]));
}

function regionsAt(level) {
  const here = places.get(level.id);
  if (!here) return [];
  const found = unroll(current(idOf(place.role, level.id)).ground[0]);
  const rows = here.units
    .map(([code], index) => [code, sign(found[index]), ` ${placeName(code, level.id)}`])
    .filter(([code]) => code.startsWith(place.country))
    .map(([, ...words]) => words);
  return rows.length ? [make("h4", {}, `${roles.get(place.role).name} at ${level.name}`), items(rows, { class: "regions" })] : [];
}
