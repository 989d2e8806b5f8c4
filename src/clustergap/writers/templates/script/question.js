// What is asked: a kind and a day, which choose among the states; which roles and levels are shown; in which view and order.
const question = { order: "worst", find: "", view: "map" };
const filters = { coverage: new Set(), level: new Set(), role: new Set() };
const views = all("section[id^='view-']").map((section) => section.id.slice(5));
// What is missing stands below the map, and in a view of its own.
const isInView = (view) => view === question.view || (view === "missing" && question.view === "map");
const EARLIER_VIEWS = { matrix: "map", list: "missing" };
// What a part of the page adds: a function that shows it anew; how it reads its part of the address, and tells whether it is
// known, and writes it; and what else may stand behind the #.
const renderers = [];
const addressed = new Map();
const openers = [];
// The names of filters that a view takes for what it shows.
const choices = { places: ["role", "level"], compare: ["level"] };
const filtersIn = (view) => Object.entries(filters).filter(([name]) => !choices[view]?.includes(name));

const currentIndex = (id) => stateIndex(id, question.kind, question.stop);
const current = (id) => stateAt(currentIndex(id), partsOf(id).level);
const coverageOf = (id) => coverages.get(data.states[currentIndex(id)][0]);
const dayOf = (stop) => data.stops[stop][0];
const dayInWords = (stop) => (dayOf(stop) ? inWords(dayOf(stop), 3) : "dates ignored");
// In words: what narrows the answer, and how a finding begins.
function narrowed() {
  const [kind, ...own] = data.kinds[question.kind];
  if (own.length) return own;
  const [clauses, beginning] = data.of_any;
  return [clauses.map((clause) => clause.replace("{}", () => kind)), beginning.replace("{}", () => byId("kind").options[question.kind].text)];
}

const passes = (name, value) => filters[name].size === 0 || filters[name].has(value);
const rolesInQuestion = () => [...roles.keys()].filter((id) => passes("role", id));
const levelsInQuestion = () => shownLevels.filter(({ id }) => passes("level", id));
const pairsInQuestion = () => rolesInQuestion().flatMap((role) => levelsInQuestion().map((level) => ({ id: idOf(role, level.id), role, level })));
const isShown = (id) => {
  const { role, level } = partsOf(id);
  return passes("role", role) && passes("level", level) && passes("coverage", coverageOf(id).value) && isFound(role);
};

// A role is found by a part of its name or description, whatever the accents.
const LETTERS = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[łøđßæœı]/g, (letter) => LETTERS[letter]);
const isFound = (role) => {
  const { name, about } = roles.get(role);
  return !question.find || plain([name, ...about].join("\n")).includes(plain(question.find.trim()));
};

// What is looked for in the view that is shown.
const finder = () => (question.view === "instruments" ? "instrument" : "find");
addressed.set("find", {
  read: (value) => { question[finder()] = value; return true; },
  write: () => (finder() === "instrument" || byId("find") ? question[finder()] : ""),
});
addressed.set("order", {
  read: (value) => {
    question.order = ["worst", "data", ...shownLevels.map(({ id }) => `share:${id}`)].includes(value) ? value : "worst";
    return question.order === value;
  },
  write: () => (question.order === "worst" ? "" : question.order),
});

// Of the address: names that are not here are told, and leave the rest as it is.
function readAddress(search) {
  const unknown = [];
  const known = { coverage: [...coverages.values()].map(({ value }) => value), level: shownLevels.map(({ id }) => id), role: [...roles.keys()] };
  const asked = new URLSearchParams(search);
  for (const [name, set] of filtersIn(asked.get("view"))) {
    for (const value of asked.getAll(name).flatMap((values) => values.split(",")).filter(Boolean)) {
      if (known[name].includes(value)) set.add(value);
      else unknown.push(`${name} ${value}`);
    }
  }
  const choose = (name, isKnown) => {
    const value = asked.get(name);
    if (value !== null && !isKnown(value)) unknown.push(`${name} ${value}`);
  };
  const take = (name, found, value = found) => found >= 0 && Object.assign(question, { [name]: value });
  choose("kind", (value) => take("kind", data.kinds.findIndex(([id]) => id === value)));
  choose("day", (value) => take("stop", stopOn(value)));
  choose("view", (value) => take("view", views.indexOf(EARLIER_VIEWS[value] || value), EARLIER_VIEWS[value] || value));
  for (const [name, { read }] of addressed) choose(name, (value) => !value || read(value));
  return unknown;
}

// A day between two stops is as the stop before it, and a day before them all as the first.
function stopOn(day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return -1;
  const first = data.stops.findIndex(([stop]) => stop !== null);
  return Math.max(first, data.stops.findLastIndex(([stop]) => stop !== null && stop <= day));
}

function address() {
  const asked = new URLSearchParams();
  for (const [name, set] of filtersIn(question.view)) {
    for (const value of set) asked.append(name, value);
  }
  if (question.kind) asked.set("kind", data.kinds[question.kind][0]);
  if (question.stop !== data.start) asked.set("day", dayOf(question.stop) || "");
  if (question.view !== "map") asked.set("view", question.view);
  for (const [name, { write }] of addressed) {
    if (write()) asked.set(name, write());
  }
  // What is open: in the panel, or in a view.
  const target = opened || openers.map(({ opened: inView }) => inView()).find(Boolean);
  return (String(asked) ? `?${asked}` : location.pathname) + (target ? `#${target}` : "");
}

function clearQuestion() {
  Object.assign(question, { kind: 0, stop: data.start, find: "", instrument: "", entry: null, top: [] });
  for (const set of Object.values(filters)) set.clear();
}
clearQuestion();
