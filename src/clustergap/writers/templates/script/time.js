// Coverage over time: how many pairs of role and level are covered from day to day. The strip chooses the day of the page.
const DAYS_AT_ONCE = 6;
const ROWS_AT_ONCE = 20;
// As they lie in the strip, from its top.
const LAYERS = { n: "NONE (white, dashed)", u: "unknown (grey)", p: "partial (yellow)", f: "full (blue)" };
const letters = Object.keys(LAYERS);
const firstDated = data.stops.findIndex(([day]) => day);
const overTime = {};

// Goes through the spans of each pair once, however many days there are.
function followTime() {
  const pairs = pairsInQuestion().map(({ id }) => id);
  const asked = [question.kind, ...pairs].join(" ");
  if (overTime.asked === asked) return;
  const counts = Object.fromEntries(letters.map((letter) => [letter, new Int32Array(data.stops.length + 1)]));
  const changes = new Map();
  for (const id of pairs) {
    const spans = spansOf(id, question.kind);
    for (let at = 0; at < spans.length; at += 2) {
      const [stop, state, next = data.stops.length] = spans.slice(at, at + 3);
      const own = counts[data.states[state][0]];
      own[stop] += 1;
      own[next] -= 1;
      if (at && stop > firstDated && isChange(spans[at - 1], state)) changes.set(stop, [...(changes.get(stop) || []), [id, spans[at - 1], state]]);
    }
  }
  for (const numbers of Object.values(counts)) numbers.forEach((value, at) => { numbers[at] += at ? numbers[at - 1] : 0; });
  // What happens is told of all kinds and pairs together; of fewer, only days on which one of them changes count.
  const isWhole = !question.kind && pairs.length === cells.length;
  const days = [...data.stops.keys()].filter((stop) => changes.has(stop) || (isWhole && stop > firstDated && data.stops[stop][1]));
  Object.assign(overTime, { asked, counts, changes, days, pairs: pairs.length, ahead: DAYS_AT_ONCE, behind: DAYS_AT_ONCE });
}

const countsAt = (stop) => joined(data.coverage.map(([letter, , word]) => overTime.counts[letter][stop] && `${number(overTime.counts[letter][stop])} ${word}`));

function renderTime() {
  if (question.view !== "time") return;
  followTime();
  drawStrip();
  const { stop } = question;
  const { counts, days, pairs } = overTime;
  const layers = letters.filter((letter) => counts[letter].some(Boolean)).map((letter) => LAYERS[letter]);
  setText("strip-words", `${count(pairs, "pair")} of role and level, from the top: ${layers.join(", ")}. `
    + `${dayOf(stop) ? `Line: ${inWords(dayOf(stop))}` : "Dates ignored"}, ${countsAt(stop)}. `
    + `▲ ${days.length === 1 ? "the day" : `one of ${number(days.length)} days`} on which something changes.`);
  // The day that one has chosen comes first; on that of the data nothing is to come any more.
  const isAhead = (one) => one > stop || (one === stop && stop !== data.start);
  const behind = days.filter((one) => !isAhead(one)).reverse();
  const ahead = daysInWords(days.filter(isAhead), "ahead");
  const past = byId("past");
  put(byId("to-come"), ahead.length ? ahead : make("p", "The data tell of no change after this day."));
  past.hidden = !behind.length;
  setText(past.firstChild, `Before: ${count(behind.length, "day")} on which something changed`);
  put(past.lastChild, past.open && daysInWords(behind, "behind"));
}

function daysInWords(days, name) {
  const more = days.length - overTime[name];
  const showMore = () => { overTime[name] += DAYS_AT_ONCE; renderTime(); };
  return [...days.slice(0, overTime[name]).map(dayInTable), ...(more > 0 ? [make("button", { click: showMore }, `Show more of ${count(more, "other day")}`)] : [])];
}

function dayInTable(stop) {
  const rows = (overTime.changes.get(stop) || []).map(changeOf).sort((one, other) => one.place.map((value, at) => value - other.place[at]).find(Boolean) || 0);
  const more = rows.slice(ROWS_AT_ONCE);
  const body = make("tbody", rows.slice(0, ROWS_AT_ONCE).map(changeInRow));
  const head = make("tr", ["Role and level", "Coverage", "What changes", "Left"].map((words) => make("th", { scope: "col" }, words)));
  const table = rows.length ? keepRoles(make("table.rows.changes", make("thead", head), body)) : make("p", "No coverage changes.");
  const showMore = ({ target }) => {
    body.append(...more.map(changeInRow));
    keepRoles(table);
    target.remove();
  };
  return make("section.day", make("h3", (!question.kind && data.stops[stop][1]) || `On ${inWords(dayOf(stop))}`), table,
    more.length > 0 && make("button", { click: showMore }, `Show ${number(more.length)} more`));
}

function changeOf([id, before, after]) {
  const [was, now] = [before, after].map((state) => stateAt(state, partsOf(id).level));
  const without = (some, others) => some.instruments.filter((index) => !others.instruments.includes(index));
  const [lost, gained] = [without(was, now), without(now, was)];
  const isLess = worth(after) < worth(before);
  return { id, was, now, lost, gained, isLess, place: [isLess ? now.coverage.order - 4 : 0, lost.length ? 0 : 1, now.instruments.length] };
}

function changeInRow({ id, was, now, lost, gained, isLess }) {
  const { noun } = levels.get(partsOf(id).level);
  const [before, after] = [was, now].map(({ share }) => (isOfMany(share) ? sharesInWords(share, noun) : ""));
  const becomes = was.letter === "f" && now.isGap ? " becomes a gap" : was.isGap && now.letter === "f" && " is no longer a gap";
  const changes = joined([lost.length && `loses ${fewOf(labelsOf(lost))}`, gained.length && `gains ${fewOf(labelsOf(gained))}`], "; ");
  return make("tr", { class: isLess ? "worse" : null }, make("th", { scope: "row" }, make("a", { href: `#${id}` }, nameOf(id))),
    make("td", sign(was.coverage), ` ${before} `, was.coverage === now.coverage && before === after ? "stays"
      : [make("span.then", hidden("then")), " ", sign(now.coverage), ` ${after}`, becomes]),
    make("td", changes || "the same instruments, in other places"),
    make("td", leftInWords(was.instruments, now)));
}

function leftInWords(was, { instruments, rests, letter }) {
  if (!instruments.length) return letter === "n" ? "nothing is left" : "no instrument is named";
  const names = fewOf(instruments.map((index) => labelOf(index) + (rests.includes(index) ? "\u00a0!" : "")));
  const isRest = was.length > instruments.length && instruments.every((index) => was.includes(index));
  return `${isRest ? `${number(instruments.length)} of ${number(was.length)} left` : count(instruments.length, "instrument")}: ${names}`;
}

// The strip: layers of counts from the first year to the last, a triangle for each day of change, a line at the day.
const [TOP, FOOT] = [22, 172];
// On paper it is as wide as the paper, so that its letters keep their size.
function drawStrip({ matches } = {}) {
  const strip = byId("strip");
  const { counts, days, pairs } = overTime;
  const width = matches ? 1031 : strip.clientWidth || 960;
  const stops = [...data.stops.keys()].slice(firstDated);
  const [first, last] = [yearOf(dayOf(stops[0])), yearOf(dayOf(stops.at(-1))) + 1];
  const at = (moment) => width * (moment - newYear(first)) / (newYear(last) - newYear(first));
  const x = (stop) => at(time(dayOf(stop)));
  const left = (stop) => (stop === firstDated ? 0 : x(stop));
  // The upper edge of a layer is where all below it end.
  const high = (letter, stop) => (FOOT - TOP) * counts[letter][stop] / (pairs || 1);
  const y = (letter, stop) => FOOT - sum(letters.slice(letters.indexOf(letter)).map((one) => high(one, stop)));
  const edge = (letter) => stops.filter((stop, place) => !place || y(letter, stop) !== y(letter, stop - 1))
    .map((stop, place) => `${place ? `H${left(stop).toFixed(1)}` : ""}V${y(letter, stop).toFixed(1)}`).join("") + `H${width}`;
  const path = (name, d) => draw("path", { class: name, d });
  const words = (name, x, y, said, anchor) => draw("text", { class: name, x, y, "text-anchor": anchor }, said);
  const parts = [path("n", `M0 ${TOP}H${width}V${FOOT}H0z`), ...letters.slice(1).map((letter) => path(letter, `M0 ${FOOT}${edge(letter)}V${FOOT}z`)),
    path("edge", `M0 ${TOP}${edge("u")}V${TOP}z`)];
  const now = dayOf(question.stop) ? x(question.stop) : -1;
  for (const [letter, , word] of data.coverage) {
    // A layer says its number where it is widest: twice, if there is room. It stands beside the line at the day.
    const starts = stops.filter((stop, place) => !place || y(letter, stop) !== y(letter, stop - 1) || counts[letter][stop] !== counts[letter][stop - 1]);
    parts.push(...starts.map((stop, place) => {
      const said = `${word} ${number(counts[letter][stop])}`;
      const room = 8 * said.length + 16;
      const start = left(stop) <= now && now < left(stop) + room ? now : left(stop);
      return { stop, said, start, spare: (place + 1 < starts.length ? x(starts[place + 1]) : width) - start - room };
    }).filter(({ stop, spare }) => high(letter, stop) >= 18 && spare >= 0).sort((one, other) => other.spare - one.spare).slice(0, width < 640 ? 1 : 2)
      .map(({ stop, said, start }) => words(`on-${letter}`, start + 8, y(letter, stop) + high(letter, stop) / 2 + 5, said)));
  }
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((one) => width * one / (last - first) >= 48) || 1000;
  for (let year = Math.ceil(first / step) * step; year < last; year += step) {
    const place = at(newYear(year));
    parts.push(path("tick", `M${place} ${FOOT}v5`), words("", place + 3, FOOT + 15, place + 36 < width ? String(year) : ""));
  }
  parts.push(path("change", [...new Set(days.map((stop) => Math.round(x(stop))))].map((one) => `M${one} ${FOOT + 22}l4 8h-8z`).join("")));
  if (dayOf(question.stop)) {
    const said = `${inWords(dayOf(question.stop), 3)}: ${countsAt(question.stop)}`;
    const room = 7.5 * said.length;
    const [anchor, side] = now >= room ? ["end", now - 6] : width - now >= room ? ["start", now + 6] : ["middle", width / 2];
    const line = `M${now} ${TOP}V${FOOT}`;
    parts.push(path("halo", line), path("now", line), path("tick", `M${now} ${FOOT}v34`), words("bold", side, 14, said, anchor));
  }
  put(strip, draw("svg", { viewBox: `0 0 ${width} ${FOOT + 34}` }, parts));
  Object.assign(overTime, { width, x });
}

// A pointer takes the change that is nearest, or the day on which the page begins.
function nearest({ clientX }) {
  const box = byId("strip").getBoundingClientRect();
  const far = (stop) => Math.abs(overTime.x(stop) - (clientX - box.left) * overTime.width / box.width);
  return [...overTime.days, ...(dayOf(data.start) ? [data.start] : [])].reduce((best, stop) => (far(stop) < far(best) ? stop : best));
}

// A day is chosen among all: from one to the next, or from a list. Where coverage over time is shown, that is where one chooses.
function tellDay() {
  byId("days").hidden = question.view === "time";
  const [seat, line] = [byId(question.view === "time" ? "chooser" : "day-tool"), byId("choose")];
  if (line.parentElement !== seat) seat.prepend(line);
  if (question.view === "time") listDays();
  byId("stop").selectedIndex = question.stop;
  byId("earlier").disabled = question.stop === 0;
  byId("later").disabled = question.stop === data.stops.length - 1;
  setText("day", dayInWords(question.stop));
  setText("because", question.kind || !data.stops[question.stop][1] ? "" : `${data.stops[question.stop][1]}.`);
}

// There may be thousands of days: they are listed when a reader is about to choose.
function listDays() {
  const list = byId("stop");
  if (list.length) return;
  list.append(...optionsOf(data.stops.map(([day], stop) => [stop, dayInWords(stop) + (day && day === data.as_of ? ", date of the data" : "")])));
  list.selectedIndex = question.stop;
}

function startTime() {
  on("days", "toggle", listDays);
  byId("over-time").hidden = false;
  on("earlier", "click", () => ask({ stop: question.stop - 1 }));
  on("later", "click", () => ask({ stop: question.stop + 1 }));
  on("stop", "input", ({ target }) => ask({ stop: target.selectedIndex }));
  on("strip", "click", (event) => ask({ stop: nearest(event) }));
  on("past", "toggle", renderTime);
  renderers.push(tellDay, renderTime);
  matchMedia("print").onchange = (query) => { if (question.view === "time") drawStrip(query); };
  new ResizeObserver(() => { if (question.view === "time" && byId("strip").clientWidth !== overTime.width) drawStrip(); }).observe(byId("strip"));
}
startTime();
