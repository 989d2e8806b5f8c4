// The list of instruments for the kind and the day of the page: those that serve a role come first, with what they serve.
const DRAWN_AT_ONCE = 100;
const listed = all("#serving tr, #idle tr").map((row, place) => ({ row, index: data.listed[place] }));
const byInstrument = new Map(listed.map((one) => [data.instruments[one.index][0], one]));
const inList = { showsIdle: false, showsAll: false };
const time = (day) => Date.parse(`${day}T00:00Z`);
const newYear = (year) => time(`${year > 9999 ? `+0${year}` : String(year).padStart(4, "0")}-01-01`);
const yearOf = (day) => Number(day.slice(0, 4));

// All that one may look for: names, who runs it, what it serves on any day, where, and who says so.
const spokenOf = new Map();
for (const [id, { said }] of byId("serving") ? Object.entries(data.cells) : []) {
  for (const [index, , , where] of said || []) spokenOf.set(index, (spokenOf.get(index) || new Set()).add(nameOf(id)).add(text(where)));
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
      for (const index of instruments) {
        if (!served.has(index)) served.set(index, []);
        served.get(index).push({ role, level, isFragile: rests.includes(index) });
      }
    }
  }
  return served;
}

function renderInstruments() {
  if (question.view !== "instruments") return;
  const served = servedNow();
  const day = dayOf(question.stop);
  const number_ = ({ index }) => new Set((served.get(index) || []).map(({ role }) => role)).size;
  const ofKind = listed.filter(({ index }) => !question.kind || data.lives[index][3] === question.kind)
    .map((one) => Object.assign(one, { number: number_(one) })).sort((one, other) => other.number - one.number || one.index - other.index);
  const words = plain(question.instrument).split(/\s+/).filter(Boolean);
  const isFound = (one) => words.every((word) => wordsOf(one).includes(word));
  const isAsked = ({ index }) => served.get(index).some(({ role, level }) => passes("level", level.id) && passes("role", role.id));
  const serving = ofKind.filter((one) => one.number);
  const found = serving.filter((one) => isAsked(one) && isFound(one));
  const idle = filters.level.size || filters.role.size ? [] : ofKind.filter((one) => !one.number && isFound(one));
  const asked = inList.showsIdle ? [...found, ...idle] : found;
  const isCut = listed.length > 2 * DRAWN_AT_ONCE && asked.length > DRAWN_AT_ONCE && !words.length && !inList.showsAll;
  const drawn = new Set(isCut ? asked.slice(0, DRAWN_AT_ONCE) : asked);
  if (question.entry) drawn.add(question.entry);
  for (const one of listed) {
    one.row.hidden = !drawn.has(one);
    if (drawn.has(one)) drawRow(one, served.get(one.index), day);
  }
  seat("serving", serving);
  seat("idle", ofKind.filter((one) => !one.number));
  drawAbout();
  setText(byId("instruments-count"), `${number(found.length)} of ${number(serving.length)} ${day ? "in force" : "serving a role"} shown`);
  byId("idle-part").hidden = !idle.length;
  byId("idle-shown").setAttribute("aria-expanded", inList.showsIdle);
  setText(byId("idle-shown"), `${number(idle.length)} more ${day ? "not in force or " : ""}serving no role`);
  byId("instruments-more").hidden = !isCut;
  setText(byId("instruments-most"), `The first ${DRAWN_AT_ONCE} of ${number(asked.length)}. Find others by any word, or`);
}

// Rows that stand in their order already are not moved, as one of them may have the focus.
function seat(id, some) {
  const rows = some.map(({ row }) => row);
  const wanted = new Set(rows);
  const seated = [...byId(id).rows].filter((row) => wanted.has(row));
  if (rows.some((row, at) => row !== seated[at])) byId(id).append(...rows);
}

function drawRow({ row, index }, served, day) {
  const [head, , dates, roleCount, serves] = row.cells;
  const label = head.querySelector("bdi");
  if (label.parentElement === head) label.replaceWith(make("a", { href: `#${data.instruments[index][0]}` }, label.cloneNode(true)));
  const isOpened = row === question.entry?.row;
  row.classList.toggle("opened", isOpened);
  head.querySelector("a").setAttribute("aria-expanded", isOpened);
  const state = `${question.kind} ${question.stop}`;
  if (row.dataset.drawn === state) return;
  row.dataset.drawn = state;
  keepRoles(row);
  setText(roleCount, served ? String(new Set(served.map(({ role }) => role)).size) : "");
  serves.replaceChildren(...(served ? servedInWords(served) : [whyIdle(index, day)]));
  dates.querySelector("svg")?.remove();
  dates.append(lane(index, day));
}

// A row that is laid out as blocks is one of a table still.
function keepRoles(row) {
  row.setAttribute("role", "row");
  for (const cell of row.cells) cell.setAttribute("role", cell.tagName === "TD" ? "cell" : cell.scope === "col" ? "columnheader" : "rowheader");
}

const servedInWords = (served) => served.flatMap(({ role, level, isFragile }, at) => {
  const isFirst = level !== served[at - 1]?.level;
  return [at ? (isFirst ? "; " : ", ") : "", ...(isFirst ? [make("b", {}, level.name), " "] : []), make("bdi", {}, role.name),
    ...(isFragile ? [" ", make("b", {}, "!")] : [])];
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
  const box = (name, left, right) => draw("rect", { class: name, x: left, y: 3, width: Math.max(3, right - left), height: 8 });
  const [left, right] = [starts ? at(starts) : 0, ends ? at(ends) : 1000];
  const fade = ends ? right : Math.max(left, right - 250);
  return draw("svg", { class: "lane", viewBox: "0 0 1000 14", preserveAspectRatio: "none", "aria-hidden": "true" },
    ...(starts || ends ? [box("ground", 0, 1000), box("", left, fade), ...(ends ? [] : [box("open", fade, 1000)])]
      : [draw("path", { "vector-effect": "non-scaling-stroke", class: "not-given", d: "M0 7H1000" })]),
    ...(day ? [draw("path", { "vector-effect": "non-scaling-stroke", class: "on", d: `M${at(day)} 0V14` })] : []));
}

// What is known of the instrument that is open, below its row.
function drawAbout() {
  byId("about")?.remove();
  if (!question.entry) return;
  const { name, kind, body, basis, url, note, cited: own } = instrumentOf(question.entry.index);
  const rows = [link(name, url), [kind, body].filter(Boolean).join(", "), basis, note && make("q", {}, note)];
  question.entry.row.after(make("tr", { id: "about" }, make("td", { colspan: 5 },
    ...rows.filter(Boolean).map((words) => make("p", {}, words)), items(own.map(citation), { class: "cited" }))));
}

// What is open is closed by the same link.
function openInstrument(id) {
  if (opened) close();
  const one = byInstrument.get(id);
  question.entry = question.entry === one && question.view === "instruments" ? null : one;
  choose("instruments");
  one.row.querySelector("a").focus();
}

function tellAsked() {
  const [level, ...more] = filters.level;
  byId("instruments-kind").selectedIndex = question.kind;
  byId("instruments-level").value = more.length ? "" : level || "";
  if (byId("instruments-query").value !== question.instrument) byId("instruments-query").value = question.instrument;
  const day = dayOf(question.stop);
  setText(byId("axis"), `${inList.from} to ${inList.to - 1}${day ? `, line: ${inWords(day, 3)}` : ""}`);
}

function startInstruments() {
  const view = byId("view-instruments");
  if (!view) return;
  const days = [...data.lives.flatMap((life) => (life ? life.slice(0, 2) : [])), dayOf(data.start)].filter(Boolean).sort();
  if (days.length) Object.assign(inList, { from: yearOf(days[0]), to: yearOf(days.at(-1)) + 1 });
  byId("axis").hidden = !days.length;
  byId("instruments-find").hidden = false;
  byId("instruments-kinds").hidden = !byId("kind");
  if (byId("kind")) byId("instruments-kind").append(...all("option", byId("kind")).map((option) => option.cloneNode(true)));
  byId("instruments-level").append(...shownLevels.map(({ id, name }) => make("option", { value: id }, name)));
  view.querySelector("table").setAttribute("role", "table");
  for (const part of all("thead, tbody", view)) part.setAttribute("role", "rowgroup");
  keepRoles(view.querySelector("thead tr"));
  byId("instruments-query").addEventListener("input", ({ target }) => ask(() => { question.instrument = target.value; }));
  byId("instruments-kind").addEventListener("change", ({ target }) => ask(() => { question.kind = target.selectedIndex; }));
  byId("instruments-level").addEventListener("change", ({ target }) => ask(() => {
    filters.level.clear();
    if (target.value) filters.level.add(target.value);
  }));
  byId("idle-shown").addEventListener("click", () => { inList.showsIdle = !inList.showsIdle; renderInstruments(); });
  byId("instruments-all").addEventListener("click", () => { inList.showsAll = true; renderInstruments(); });
  renderers.push(tellAsked, renderInstruments);
  openers.push({
    knows: (target) => byInstrument.has(target),
    open: openInstrument,
    opened: () => (question.view === "instruments" && question.entry ? data.instruments[question.entry.index][0] : ""),
  });
}
