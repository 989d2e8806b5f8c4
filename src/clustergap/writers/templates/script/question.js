// What is asked: a kind and a day, which choose among the states; which cells are shown; in which view.
const question = { kind: 0, stop: data.start, view: "matrix" };
const filters = { coverage: new Set(), level: new Set(), role: new Set() };
const views = all("[data-view]").map((button) => button.dataset.view);

const currentIndex = (id) => stateIndex(id, question.kind, question.stop);
const current = (id) => stateAt(currentIndex(id), partsOf(id).level);
const coverageOf = (id) => coverages.get(data.states[currentIndex(id)][0]);
const dayOf = (stop) => data.stops[stop][0];
const dayInWords = (stop) => (dayOf(stop) ? `as of ${dayOf(stop)}` : "dates ignored");
const askedInWords = () => [dayInWords(question.stop), ...data.kinds[question.kind][1]].join(", ");

function isShown(id) {
  const { role, level } = partsOf(id);
  const passes = (set, value) => set.size === 0 || set.has(value);
  return passes(filters.role, role) && passes(filters.level, level)
    && passes(filters.coverage, coverageOf(id).value);
}

// Of the address: names that are not here are told, and leave the rest as it is.
function readAddress(search) {
  const unknown = [];
  const known = {
    coverage: new Set([...coverages.values()].map((one) => one.value)),
    level: new Set(shownLevels.map((level) => level.id)),
    role: new Set(roles.keys()),
  };
  const asked = new URLSearchParams(search);
  for (const [name, set] of Object.entries(filters)) {
    for (const value of asked.getAll(name).flatMap((values) => values.split(","))) {
      if (known[name].has(value)) set.add(value);
      else if (value) unknown.push(`${name} ${value}`);
    }
  }
  const choose = (name, index, apply) => {
    const value = asked.get(name);
    if (value === null) return;
    const found = index(value);
    if (found >= 0) apply(found);
    else unknown.push(`${name} ${value}`);
  };
  choose("kind", (value) => data.kinds.findIndex(([id]) => id === value), (found) => { question.kind = found; });
  choose("day", stopOn, (found) => { question.stop = found; });
  choose("view", (value) => views.indexOf(value), (found) => { question.view = views[found]; });
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
  for (const [name, set] of Object.entries(filters)) {
    for (const value of set) asked.append(name, value);
  }
  if (question.kind) asked.set("kind", data.kinds[question.kind][0]);
  if (question.stop !== data.start) asked.set("day", dayOf(question.stop) || "");
  if (question.view !== "matrix") asked.set("view", question.view);
  const search = asked.toString();
  return (search ? `?${search}` : location.pathname) + (opened ? `#${opened}` : "");
}

function clearQuestion() {
  Object.assign(question, { kind: 0, stop: data.start });
  for (const set of Object.values(filters)) set.clear();
}
