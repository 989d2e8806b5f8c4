// Every state was rated before; here it is only found.
const data = JSON.parse(byId("data").textContent);

const coverages = new Map(data.coverage.map(([letter, value, word], order) => [letter, { letter, value, word, order }]));
// How a place looks: as it is covered, or, where that is unknown, as what is somewhere and may be here.
const [somewhere, word, meaning] = data.somewhere;
const looks = new Map([...coverages, [somewhere, { letter: somewhere, value: "somewhere", word, meaning }]]);
const text = (index) => data.texts[index || 0];
const instrumentOf = (index) => {
  const [id, kind, cited, body, basis, url, note, label, name] = data.instruments[index];
  return { id, label, name, kind, body, basis, url, note, cited: cited || [] };
};
// The list of instruments names them.
all("#serving tr, #idle tr").forEach(({ cells: [head] }, place) => {
  const one = data.instruments[data.listed[place]];
  one[7] = head.querySelector("bdi").textContent;
  one[8] = head.querySelector("small")?.textContent || one[7];
});
const labelOf = (index) => data.instruments[index][7];
const labelsOf = (indices) => indices.map(labelOf);
const roles = new Map(data.document.roles.map(({ id, name }, index) => [id, { id, name, about: data.about[index] }]));
const levels = new Map(data.levels.map(([id, name, about, shown, at, ...noun]) => [id, { id, name, about: [about], shown, at, noun }]));
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
const ids = [...roles.keys()].flatMap((role) => [...levels.keys()].map((level) => idOf(role, level)));
const records = new Map(ids.map((id, at) => {
  const [spans, said = [], accepted] = data.cells[at];
  return [id, { spans, said, accepted }];
}));
const spansOf = (id, kind) => data.spans[records.get(id).spans[kind]];
const coded = (lines) => lines.split("\n").filter(Boolean).map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)]);
const places = new Map(Object.entries(data.places).map(([level, [units, tiles = units]]) =>
  [level, { units: coded(units), tiles: coded(tiles).map(([code]) => code), named: new Map([...coded(tiles), ...coded(units)]) }]));
// The broadest level that lists a place names a country; each level names its own.
const everyName = new Map([...places.values()].reverse().flatMap(({ named }) => [...named]));
const nameIn = (code, level) => places.get(level).named.get(code) || everyName.get(code);
function placeName(code, level) {
  const name = nameIn(code, level) || code;
  return name === code || name.endsWith(`(${code})`) ? name : `${name} (${code})`;
}

// What the view of the SWOT shows is read there.
const itemsInView = all("#view-swot li");
const itemOf = (own) => {
  const item = itemsInView[own];
  return item ? [item.closest(".quadrant").firstElementChild.textContent.toLowerCase(), item.firstChild.textContent.trim()] : own;
};

// The last of a pair's spans that has begun.
function stateIndex(id, kind, stop) {
  const spans = spansOf(id, kind);
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

const shareOf = (index) => data.states[index][9];
function stateAt(index, level) {
  const [letter, , figure, evidence, ground, rests, why, notes, detail, share, unsaid, observed, exceptions] = data.states[index];
  const [covered, partial, of, unknown, runs] = share || [];
  const [isPartial, notSaid] = [letter === "p", Boolean(unsaid & 1)];
  return {
    coverage: coverages.get(letter), letter, index, observed, ground: ground || 0, rests: rests || [], exceptions: exceptions || [],
    instruments: instrumentsOf(index),
    notes: (notes || []).map(text),
    share: share ? { covered, partial, of, unknown, get missing() { return missingOf(level, text(runs)); } } : null,
    notSaid,
    elsewhere: Boolean(unsaid & 2),
    // Covered somewhere, and nobody says where.
    isUnsaid: isPartial && notSaid,
    isGap: isPartial || letter === "n",
    figure: text(figure).split(/\t/),
    detail: text(detail),
    why: text(why),
    get evidence() { return data.evidence[evidence || 0].map(([item, link]) => [itemOf(data.items[item]), text(link)]); },
  };
}

function missingOf(level, runs) {
  if (!runs) return [];
  const units = unroll(runs);
  return places.get(level).units.filter((_, index) => units[index].letter === "n").map(([code]) => code);
}

// "15f12n": fifteen places covered, twelve not.
const unroll = (runs) => [...runs.matchAll(/(\d+)([a-z])/g)].flatMap(([, number, letter]) => Array(Number(number)).fill(looks.get(letter)));
const groundOf = (state) => data.grounds[state.ground].map(unroll);

const isOfMany = (share) => share && share.of + share.unknown > 1;
// With the noun of what is counted, if it is to be said.
function sharesInWords({ covered, partial, unknown, of }, noun) {
  const figure = (own) => (noun ? count(own, ...noun) : number(own));
  if (!of) return `${figure(unknown)} unknown`;
  return joined([`${number(covered)} of ${figure(of)}`, partial && `${number(partial)} in part`, unknown && `${number(unknown)} unknown`]);
}
