// The list of instruments for the kind and the day of the page: those that serve a role come first, with what they serve.
const DRAWN_AT_ONCE = 100;
const listed = all("#serving tr, #idle tr").map((row, place) => ({ row, index: data.listed[place], id: data.instruments[data.listed[place]][0] }));
const inList = { showsIdle: false, showsAll: false };

// All that one may look for: names, who runs it, what it serves on any day, where, and who says so.
const spokenOf = new Map();
for (const [id, { said }] of records) {
  for (const [index, , , where] of said) spokenOf.set(index, (spokenOf.get(index) || new Set()).add(nameOf(id)).add(text(where)));
}
function wordsOf(one) {
  const { id, label, name, kind, body, basis, cited: own } = instrumentOf(one.index);
  const sourcesOf = own.map(([source]) => cited[source].textContent);
  one.words ||= plain([id, label, name, kind, body, basis, ...spokenOf.get(one.index) || [], ...sourcesOf].join("\n"));
  return one.words;
}

// By instrument, what it serves now: pairs of role and level, and whether each would be a gap without it.
function servedNow() {
  const served = new Map();
  for (const level of shownLevels) {
    for (const role of roles.values()) {
      const { instruments, rests } = current(idOf(role.id, level.id));
      for (const index of instruments) served.set(index, [...(served.get(index) || []), { role, level, isFragile: rests.includes(index) }]);
    }
  }
  return served;
}
const rolesOf = (served = []) => new Set(served.map(({ role }) => role)).size;

function renderInstruments() {
  if (question.view !== "instruments") return;
  const table = document.querySelector(".instruments");
  if (!table.role) keepRoles(table);
  const served = servedNow();
  const day = dayOf(question.stop);
  const ofKind = listed.filter(({ index }) => !question.kind || data.lives[index][3] === question.kind);
  for (const one of ofKind) one.number = rolesOf(served.get(one.index));
  ofKind.sort((one, other) => other.number - one.number || one.index - other.index);
  const words = plain(question.instrument).split(/\s+/).filter(Boolean);
  const isFound = (one) => words.every((word) => wordsOf(one).includes(word));
  const isAsked = ({ index }) => served.get(index).some(({ role, level }) => passes("level", level.id) && passes("role", role.id));
  const [serving, others] = [ofKind.filter((one) => one.number), ofKind.filter((one) => !one.number)];
  const found = serving.filter((one) => isAsked(one) && isFound(one));
  const idle = filters.level.size || filters.role.size ? [] : others.filter(isFound);
  const asked = inList.showsIdle ? [...found, ...idle] : found;
  const isCut = listed.length > 2 * DRAWN_AT_ONCE && asked.length > DRAWN_AT_ONCE && !words.length && !inList.showsAll;
  const drawn = new Set([...(isCut ? asked.slice(0, DRAWN_AT_ONCE) : asked), question.entry]);
  for (const one of listed) {
    one.row.hidden = !drawn.has(one);
    if (drawn.has(one)) drawRow(one, served.get(one.index), day);
  }
  seat("serving", serving);
  seat("idle", others);
  drawAbout();
  setText("instruments-count", `${number(found.length)} of ${number(serving.length)} ${day ? "in force" : "serving a role"} shown.`);
  byId("idle-shown").hidden = !idle.length;
  byId("idle-shown").setAttribute("aria-expanded", inList.showsIdle);
  setText("idle-shown", `${number(idle.length)} more ${day ? "not in force or " : ""}serving no role`);
  byId("instruments-more").hidden = !isCut;
  setText("instruments-most", `The first ${DRAWN_AT_ONCE} of ${number(asked.length)}. Find others by any word, or`);
  tellAsked(day);
}

// Rows that stand in their order already are not moved, as one of them may have the focus.
function seat(id, some) {
  const rows = some.map(({ row }) => row);
  const seated = [...byId(id).rows].filter((row) => rows.includes(row));
  if (rows.some((row, at) => row !== seated[at])) byId(id).append(...rows);
}

function drawRow(one, served, day) {
  const { row, index, id } = one;
  const [head, , dates, roleCount, serves] = row.cells;
  const label = head.querySelector("bdi");
  if (label.parentElement === head) label.replaceWith(make("a", { href: `#${id}` }, label.cloneNode(true)));
  row.classList.toggle("opened", one === question.entry);
  head.querySelector("a").setAttribute("aria-expanded", one === question.entry);
  const state = `${question.kind} ${question.stop}`;
  if (row.dataset.drawn === state) return;
  row.dataset.drawn = state;
  setText(roleCount, served ? String(rolesOf(served)) : "");
  put(serves, served ? servedInWords(served) : whyIdle(index, day));
  dates.querySelector("svg")?.remove();
  dates.append(lane(index, day));
}

const servedInWords = (served) => served.map(({ role, level, isFragile }, at) => {
  const isFirst = level !== served[at - 1]?.level;
  return [at ? (isFirst ? "; " : ", ") : "", isFirst && [bold(level.name), " "], isolated(role.name), isFragile && ["\u00a0", bold("!")]];
});

function whyIdle(index, day) {
  const [starts, ends, flag] = data.lives[index];
  if (flag === 1) return "planned";
  if (day && ends && ends < day) return "ended";
  if (day && starts && day < starts) return flag ? "known only later" : "not yet in force";
  return "serves no role";
}

// The years of an instrument on the axis of all, and the day; an open end fades. The words beside it say the same.
function lane(index, day) {
  const { from, to } = inList;
  const at = (one) => 1000 * (time(one) - newYear(from)) / (newYear(to) - newYear(from));
  const [starts, ends] = data.lives[index];
  const box = (name, left, right, fill) => draw("rect", { class: name, x: left, y: 3, width: Math.max(3, right - left), height: 8, fill });
  const line = (name, d) => draw("path", { class: name, d, "vector-effect": "non-scaling-stroke" });
  const [left, right] = [starts ? at(starts) : 0, ends ? at(ends) : 1000];
  const fade = ends ? right : Math.max(left, right - 250);
  return draw("svg", { class: "lane", viewBox: "0 0 1000 14", preserveAspectRatio: "none", "aria-hidden": "true" },
    starts || ends ? [box("ground", 0, 1000), box("", left, fade), !ends && box("", fade, 1000, "url(#fade)")] : line("not-given", "M0 7H1000"),
    day && line("on", `M${at(day)} 0V14`));
}

// What is known of the instrument that is open, below its row.
function drawAbout() {
  byId("about")?.remove();
  if (!question.entry) return;
  const { name, kind, body, basis, url, note, cited: own } = instrumentOf(question.entry.index);
  const lines = [link(name, url), joined([kind, body]), basis, note && quoted(note)].filter(Boolean);
  question.entry.row.after(make("tr", { id: "about" }, make("td", { colspan: 5 }, lines.map((words) => make("p", words)), citations(own))));
}

// What is open is closed by the same link.
function openInstrument(id) {
  if (opened) close();
  const one = listed.find((row) => row.id === id);
  question.entry = question.entry === one && question.view === "instruments" ? null : one;
  choose("instruments");
  one.row.querySelector("a").focus();
}

function tellAsked(day) {
  const [level, ...more] = filters.level;
  byId("instruments-kind").selectedIndex = question.kind;
  byId("instruments-level").value = more.length ? "" : level || "";
  if (byId("instruments-query").value !== question.instrument) byId("instruments-query").value = question.instrument;
  setText("axis", `${inList.from} to ${inList.to - 1}${day ? `, line: ${inWords(day, 3)}` : ""}`);
}

function startInstruments() {
  const days = [...data.lives.flatMap((life) => (life ? life.slice(0, 2) : [])), dayOf(data.start)].filter(Boolean).sort();
  if (days.length) Object.assign(inList, { from: yearOf(days[0]), to: yearOf(days.at(-1)) + 1 });
  byId("axis").hidden = !days.length;
  byId("instruments-find").hidden = false;
  byId("instruments-kinds").hidden = !byId("kind");
  if (byId("kind")) byId("instruments-kind").append(...all("option", byId("kind")).map((option) => option.cloneNode(true)));
  byId("instruments-level").append(...optionsOf(shownLevels.map(({ id, name }) => [id, name])));
  on("instruments-query", "input", ({ target }) => ask({ instrument: target.value }));
  on("instruments-kind", "change", ({ target }) => ask({ kind: target.selectedIndex }));
  on("instruments-level", "change", ({ target }) => {
    filters.level.clear();
    if (target.value) filters.level.add(target.value);
    ask({});
  });
  on("idle-shown", "click", () => { inList.showsIdle = !inList.showsIdle; renderInstruments(); });
  on("instruments-all", "click", () => { inList.showsAll = true; renderInstruments(); });
  renderers.push(renderInstruments);
  openers.push({
    knows: (target) => listed.some(({ id }) => id === target),
    open: openInstrument,
    opened: () => (question.view === "instruments" && question.entry ? question.entry.id : ""),
  });
}
startInstruments();
