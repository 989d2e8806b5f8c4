// Coverage over time: how many pairs of role and level are covered from day to day. The strip chooses the day of the page.
const DAYS_AT_ONCE = 6;
const ROWS_AT_ONCE = 20;
// As they lie in the strip, from its top.
const LAYERS = { n: "NONE (white, dashed)", u: "unknown (grey)", p: "partial (yellow)", f: "full (blue)" };
const firstDated = data.stops.findIndex(([day]) => day);
const overTime = {};

// Goes through the spans of each pair once, however many days there are.
function followTime() {
  const asked = [question.kind, ...rolesInQuestion(), ...levelsInQuestion().map(({ id }) => id)].join(" ");
  if (overTime.asked === asked) return;
  const counts = Object.fromEntries(Object.keys(LAYERS).map((letter) => [letter, new Int32Array(data.stops.length + 1)]));
  const changes = new Map();
  const pairs = rolesInQuestion().flatMap((role) => levelsInQuestion().map((level) => idOf(role, level.id)));
  for (const id of pairs) {
    const spans = data.spans[data.cells[id].spans[question.kind]];
    for (let at = 0; at < spans.length; at += 2) {
      const [stop, state, next = data.stops.length] = spans.slice(at, at + 3);
      counts[data.states[state][0]][stop] += 1;
      counts[data.states[state][0]][next] -= 1;
      if (at && stop > firstDated && isChange(spans[at - 1], state)) {
        if (!changes.has(stop)) changes.set(stop, []);
        changes.get(stop).push([id, spans[at - 1], state]);
      }
    }
  }
  for (const numbers of Object.values(counts)) numbers.forEach((value, at) => { numbers[at] += at ? numbers[at - 1] : 0; });
  // What happens is told of all kinds and pairs together; of fewer, only days on which one of them changes count.
  const isWhole = !question.kind && pairs.length === roles.size * shownLevels.length;
  const days = [...data.stops.keys()].filter((stop) => changes.has(stop) || (isWhole && stop > firstDated && data.stops[stop][1]));
  Object.assign(overTime, { asked, counts, changes, days, pairs: pairs.length, ahead: DAYS_AT_ONCE, behind: DAYS_AT_ONCE });
}

const countsAt = (stop) => data.coverage.map(([letter, , word]) => [overTime.counts[letter][stop], word])
  .filter(([value]) => value).map(([value, word]) => `${number(value)} ${word}`).join(", ");

function renderTime() {
  if (question.view !== "time") return;
  followTime();
  drawStrip();
  const { stop } = question;
  const { counts, days, pairs } = overTime;
  const layers = Object.keys(LAYERS).filter((letter) => counts[letter].some(Boolean)).map((letter) => LAYERS[letter]);
  setText(byId("strip-words"), `${count(pairs, "pair")} of role and level, from the top: ${layers.join(", ")}. `
    + `${dayOf(stop) ? `Line: ${inWords(dayOf(stop))}` : "Dates ignored"}, ${countsAt(stop)}. `
    + `▲ ${days.length === 1 ? "the day" : `one of ${number(days.length)} days`} on which something changes.`);
  byId("time-day").selectedIndex = stop;
  byId("time-earlier").disabled = stop === 0;
  byId("time-later").disabled = stop === data.stops.length - 1;
  // The day that one has chosen comes first; on that of the data nothing is to come any more.
  const isAhead = (one) => one > stop || (one === stop && stop !== data.start);
  const behind = days.filter((one) => !isAhead(one)).reverse();
  const ahead = daysInWords(days.filter(isAhead), "ahead");
  byId("to-come").replaceChildren(...(ahead.length ? ahead : [make("p", {}, "The data tell of no change after this day.")]));
  byId("past").hidden = !behind.length;
  setText(byId("past").firstChild, `Before: ${count(behind.length, "day")} on which something changed`);
  byId("past").lastChild.replaceChildren(...(byId("past").open ? daysInWords(behind, "behind") : []));
}

function daysInWords(days, name) {
  const more = days.length - overTime[name];
  const button = make("button", {}, `Show more of ${count(more, "other day")}`);
  button.addEventListener("click", () => { overTime[name] += DAYS_AT_ONCE; renderTime(); });
  return [...days.slice(0, overTime[name]).map(dayInTable), ...(more > 0 ? [button] : [])];
}

function dayInTable(stop) {
  const rows = (overTime.changes.get(stop) || []).map(changeOf);
  rows.sort((one, other) => {
    const at = one.place.findIndex((value, index) => value !== other.place[index]);
    return at < 0 ? 0 : one.place[at] - other.place[at];
  });
  const columns = ["Role and level", "Coverage", "What changes", "Left"].map((words) => make("th", { scope: "col" }, words));
  const body = make("tbody", { role: "rowgroup" });
  const draw_ = (some) => body.append(...some.map(changeInRow));
  draw_(rows.slice(0, ROWS_AT_ONCE));
  const more = rows.slice(ROWS_AT_ONCE);
  const button = make("button", {}, `Show ${number(more.length)} more`);
  button.addEventListener("click", () => { draw_(more); button.remove(); });
  const head = make("tr", {}, ...columns);
  keepRoles(head);
  return make("section", { class: "day" },
    make("h3", {}, (!question.kind && data.stops[stop][1]) || `On ${inWords(dayOf(stop))}`),
    rows.length ? make("table", { class: "changes", role: "table" }, make("thead", { role: "rowgroup" }, head), body)
      : make("p", {}, "No coverage changes."), more.length ? button : null);
}

function changeOf([id, before, after]) {
  const [was, now] = [before, after].map((state) => stateAt(state, partsOf(id).level));
  const lost = was.instruments.filter((index) => !now.instruments.includes(index));
  const gained = now.instruments.filter((index) => !was.instruments.includes(index));
  const isLess = isLoss(data.states[before], data.states[after]);
  const place = [isLess ? now.coverage.order - 4 : 0, lost.length ? 0 : 1, now.instruments.length];
  return { id, was, now, lost, gained, isLess, place };
}

function changeInRow({ id, was, now, lost, gained, isLess }) {
  const { role, level } = partsOf(id);
  const [before, after] = [was, now].map((state) => shareInWords(state.share, levels.get(level)));
  const isGap = ({ coverage }) => "np".includes(coverage.letter);
  const becomes = was.coverage.letter === "f" && isGap(now) ? " becomes a gap" : isGap(was) && now.coverage.letter === "f" ? " is no longer a gap" : "";
  const stays = was.coverage === now.coverage && before === after;
  const changes = [lost.length && `loses ${fewOf(lost.map(labelOf))}`, gained.length && `gains ${fewOf(gained.map(labelOf))}`];
  const row = make("tr", { class: isLess ? "worse" : null },
    make("th", { scope: "row" }, make("a", { href: `#${id}` }, `${roles.get(role).name}, ${levels.get(level).at}`)),
    make("td", {}, sign(was.coverage), ` ${before} `, ...(stays ? ["stays"] : [make("span", { class: "then" }, hidden("then")), " ", sign(now.coverage), ` ${after}`, becomes])),
    make("td", {}, changes.filter(Boolean).join("; ") || "the same instruments, in other places"),
    make("td", {}, leftInWords(was.instruments, now)));
  keepRoles(row);
  return row;
}

function leftInWords(was, { instruments, rests, coverage }) {
  if (!instruments.length) return coverage.letter === "n" ? "nothing is left" : "no instrument is named";
  const names = fewOf(instruments.map((index) => labelOf(index) + (rests.includes(index) ? " !" : "")));
  const isRest = was.length > instruments.length && instruments.every((index) => was.includes(index));
  return `${isRest ? `${number(instruments.length)} of ${number(was.length)} left` : count(instruments.length, "instrument")}: ${names}`;
}

function shareInWords(share, { noun: [one, many] }) {
  if (!share || share.of + share.unknown <= 1) return "";
  if (!share.of) return `${count(share.unknown, one, many)} unknown`;
  return `${number(share.covered)} of ${count(share.of, one, many)}${share.partial ? `, ${number(share.partial)} in part` : ""}`
    + `${share.unknown ? `, ${number(share.unknown)} unknown` : ""}`;
}

// The strip: layers of counts from the first year to the last, a triangle for each day of change, a line at the day.
const [TOP, FOOT] = [22, 172];
function drawStrip() {
  const strip = byId("strip");
  const { counts, days, pairs } = overTime;
  const width = strip.clientWidth || 960;
  const stops = [...data.stops.keys()].slice(firstDated);
  const [first, last] = [yearOf(dayOf(stops[0])), yearOf(dayOf(stops.at(-1))) + 1];
  const at = (moment) => width * (moment - newYear(first)) / (newYear(last) - newYear(first));
  const x = (stop) => at(time(dayOf(stop)));
  const left = (stop) => (stop === firstDated ? 0 : x(stop));
  const letters = Object.keys(LAYERS);
  // The upper edge of a layer is where all below it end.
  const y = (letter, stop) => FOOT - (FOOT - TOP) * letters.slice(letters.indexOf(letter)).reduce((sum, one) => sum + counts[one][stop], 0) / (pairs || 1);
  const edge = (letter) => stops.filter((stop, place) => !place || y(letter, stop) !== y(letter, stop - 1))
    .map((stop, place) => `${place ? `H${left(stop).toFixed(1)}` : ""}V${y(letter, stop).toFixed(1)}`).join("") + `H${width}`;
  const path = (name, d) => draw("path", { class: name, d });
  const words = (name, left_, y_, said, anchor) => draw("text", { class: name, x: left_, y: y_, "text-anchor": anchor }, said);
  const parts = [path("n", `M0 ${TOP}H${width}V${FOOT}H0z`), ...letters.slice(1).map((letter) => path(letter, `M0 ${FOOT}${edge(letter)}V${FOOT}z`)),
    path("edge", `M0 ${TOP}${edge("u")}V${TOP}z`)];
  for (const letter of letters) {
    // A layer says its number where it is widest: twice, if there is room.
    const starts = stops.filter((stop, place) => !place || y(letter, stop) !== y(letter, stop - 1) || counts[letter][stop] !== counts[letter][stop - 1]);
    const [, , word] = data.coverage.find(([one]) => one === letter);
    const high = (stop) => (FOOT - TOP) * counts[letter][stop] / pairs;
    parts.push(...starts.map((stop, place) => ({ stop, wide: (place + 1 < starts.length ? x(starts[place + 1]) : width) - left(stop) }))
      .filter(({ stop, wide }) => high(stop) >= 18 && wide >= 100).sort((one, other) => other.wide - one.wide).slice(0, width < 640 ? 1 : 2)
      .map(({ stop }) => words(`on-${letter}`, left(stop) + 8, y(letter, stop) + high(stop) / 2 + 5, `${word} ${number(counts[letter][stop])}`)));
  }
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((one) => width * one / (last - first) >= 48) || 1000;
  for (let year = Math.ceil(first / step) * step; year < last; year += step) {
    const place = at(newYear(year));
    parts.push(path("tick", `M${place} ${FOOT}v5`), words("", place + 3, FOOT + 15, place + 36 < width ? String(year) : ""));
  }
  parts.push(path("change", [...new Set(days.map((stop) => Math.round(x(stop))))].map((one) => `M${one} ${FOOT + 22}l4 8h-8z`).join("")));
  if (dayOf(question.stop)) {
    const now = x(question.stop);
    const said = `${inWords(dayOf(question.stop), 3)}: ${countsAt(question.stop)}`;
    const room = 7.5 * said.length;
    const [anchor, side] = now >= room ? ["end", now - 6] : width - now >= room ? ["start", now + 6] : ["middle", width / 2];
    const line = `M${now} ${TOP}V${FOOT}`;
    parts.push(path("halo", line), path("now", line), path("tick", `M${now} ${FOOT}v34`), words("bold", side, 14, said, anchor));
  }
  strip.replaceChildren(draw("svg", { viewBox: `0 0 ${width} ${FOOT + 34}` }, ...parts));
  Object.assign(overTime, { width, x });
}

// A pointer takes the change that is nearest, or the day on which the page begins.
function nearest({ clientX }) {
  const box = byId("strip").getBoundingClientRect();
  const far = (stop) => Math.abs(overTime.x(stop) - (clientX - box.left) * overTime.width / box.width);
  return [...overTime.days, ...(dayOf(data.start) ? [data.start] : [])].reduce((best, stop) => (far(stop) < far(best) ? stop : best));
}

function startTime() {
  if (!byId("view-time")) return;
  const take = (stop) => ask(() => { question.stop = stop; });
  byId("chooser").hidden = false;
  byId("time-day").append(...data.stops.map((_, stop) => make("option", {},
    dayInWords(stop) + (dayOf(stop) && inWords(dayOf(stop)) === byId("time-day").dataset.of ? ", date of the data" : ""))));
  byId("time-earlier").addEventListener("click", () => take(question.stop - 1));
  byId("time-later").addEventListener("click", () => take(question.stop + 1));
  byId("time-day").addEventListener("change", ({ target }) => take(target.selectedIndex));
  byId("strip").addEventListener("click", (event) => take(nearest(event)));
  byId("past").addEventListener("toggle", renderTime);
  renderers.push(renderTime);
  new ResizeObserver(() => { if (question.view === "time" && byId("strip").clientWidth !== overTime.width) drawStrip(); }).observe(byId("strip"));
}
