// Every state was rated before; here it is only found.
const data = JSON.parse(byId("data").textContent);

const coverages = new Map(
  data.coverage.map(([letter, value, word], order) => [letter, { letter, value, word, order }]),
);
// How a place looks: as it is covered, or, where that is unknown, as what is somewhere and may be here.
const [somewhere, word, meaning] = data.somewhere;
const looks = new Map([...coverages, [somewhere, { letter: somewhere, value: "somewhere", word, meaning }]]);
const text = (index) => data.texts[index];
const instrumentOf = (index) => {
  const [id, label, name, kind, body, basis, url, note, cited] = data.instruments[index];
  return { id, label, name, kind, body, basis, url, note, cited };
};
const labelOf = (index) => data.instruments[index][1];
const roles = new Map(data.document.roles.map(({ id, name }, index) => [id, { id, name, about: data.about[index] }]));
const levels = new Map(data.levels.map(([id, name, about, shown, at, ...noun]) =>
  [id, { id, name, about: [about], shown: Boolean(shown), at, noun }]));
const shownLevels = [...levels.values()].filter((level) => level.shown);
const idOf = (role, level) => `${role}@${level}`;
const partsOf = (id) => {
  const at = id.indexOf("@");
  return { role: id.slice(0, at), level: id.slice(at + 1) };
};
const nameOf = (id) => {
  const { role, level } = partsOf(id);
  return `${roles.get(role).name}, ${levels.get(level).at}`;
};
const ids = Object.keys(data.cells);
const coded = (lines) => lines.split("\n").filter(Boolean).map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)]);
const places = new Map(Object.entries(data.places).map(([level, [units, tiles]]) => [level, {
  units: coded(units), tiles: coded(tiles).map(([code]) => code), named: new Map(coded(tiles)), noun: levels.get(level).noun[1],
}]));
// The country, or the place of the data's own, in which a place lies.
const tileOf = (code, level) => places.get(level).tiles.find((tile) => code === tile || code.startsWith(`${tile}-`))
  || places.get(level).tiles.find((tile) => tile === code.slice(0, 2));
// The broadest level that lists a place names a country; each level names its own.
const placeNames = (level) => new Map(level ? places.get(level).units : [...places.values()].reverse().flatMap((one) => one.units));
function placeName(code, level) {
  const name = placeNames(level).get(code) || code;
  return name === code || name.endsWith(`(${code})`) ? name : `${name} (${code})`;
}

function caveatsAt(kind, stop) {
  const [words, first, later, last, asOf] = data.caveats[data.caveats_at[kind][stop]];
  return { words, document: { no_first_day: first, seen_later: later, no_last_day: last, data_as_of: asOf } };
}

// The last of a cell's spans that has begun.
function stateIndex(id, kind, stop) {
  const spans = data.spans[data.cells[id].spans[kind]];
  let at = spans.length - 2;
  while (spans[at] > stop) at -= 2;
  return spans[at + 1];
}

// A state says by which instruments it differs from an earlier one, until one is reached that names all of its own.
function instrumentsOf(index) {
  const found = new Set();
  for (let at = index; at >= 0; [at] = data.states[at][1]) {
    for (const one of data.states[at][1].slice(1)) found.delete(one) || found.add(one);
  }
  return [...found].sort((one, other) => one - other);
}

function stateAt(index, level) {
  const [letter, , rests, notes, share, unsaid, observed, figure, why, how, evidence, ground, detail, exceptions] =
    data.states[index];
  return {
    coverage: coverages.get(letter),
    instruments: instrumentsOf(index),
    rests,
    notes: notes.map(text),
    share: share && {
      covered: share[0], partial: share[1], of: share[2], unknown: share[3],
      missing: missingOf(level, text(share[4])),
    },
    unsaid: Boolean(unsaid & 1),
    elsewhere: Boolean(unsaid & 2),
    observed: Boolean(observed),
    figure: text(figure).split("\t"),
    detail: text(detail),
    why: text(why),
    how: text(how),
    evidence: data.evidence[evidence].map(([item, link]) => ({ item: data.items[item], why: text(link) })),
    ground: data.grounds[ground],
    exceptions: exceptions || [],
  };
}

function missingOf(level, runs) {
  if (!runs) return [];
  const units = unroll(runs);
  return places.get(level).units.filter((_, index) => units[index].letter === "n").map(([code]) => code);
}

// "15f12n": fifteen places covered, twelve not.
function unroll(runs) {
  const found = [];
  for (const [, number, letter] of runs.matchAll(/(\d+)([a-z])/g)) {
    for (let n = Number(number); n > 0; n -= 1) found.push(looks.get(letter));
  }
  return found;
}
