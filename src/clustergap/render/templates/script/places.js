// One tile a country, coloured for the cell that is chosen; below, the regions of the country that is chosen.
const place = { role: "", level: "", country: "" };
// Tiles stand about where the countries do; others follow behind.
const TILES = {
  SE: [6, 1], FI: [7, 1], EE: [7, 2], IE: [1, 3], DK: [5, 3], LV: [7, 3], NL: [4, 4], DE: [5, 4], PL: [6, 4],
  LT: [7, 4], BE: [3, 5], LU: [4, 5], CZ: [5, 5], SK: [6, 5], FR: [3, 6], AT: [5, 6], HU: [6, 6], RO: [7, 6],
  PT: [1, 7], ES: [2, 7], IT: [4, 7], SI: [5, 7], HR: [6, 7], BG: [7, 7], MT: [4, 8], EL: [7, 8], CY: [8, 8],
};

function startPlaces() {
  if (!byId("view-places")) return;
  const choose = (name) => {
    const select = byId(`place-${name}`);
    place[name] = select.value;
    select.addEventListener("change", () => { place[name] = select.value; renderPlaces(); });
  };
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
  const row = make("li", {}, button);
  if (TILES[code]) [row.style.gridColumn, row.style.gridRow] = TILES[code].map(String);
  return row;
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
