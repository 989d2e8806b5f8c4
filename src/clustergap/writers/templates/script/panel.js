// The panel answers why: of a pair, of a row (role@) or of a column (@level), named in the address behind #.
let opened = "";
let opener = null;
const panel = byId("panel");

const isPair = (target) => Boolean(partsOf(target).role && partsOf(target).level);
const isKnown = (target) => {
  const { role, level } = partsOf(target);
  return target.includes("@") && Boolean(role || level) && (!level || Boolean(levels.get(level)?.shown)) && (!role || roles.has(role));
};

function open(target, from) {
  opened = target;
  opener = from || opener || buttonOf(target);
  renderPanel();
  panel.hidden = false;
  document.body.classList.add("has-panel");
  seatPanel();
  byId("panel-title").focus();
}

// On a phone the panel opens below its row and pushes the rest down; elsewhere it stands beside the map.
const isPhone = matchMedia("(max-width: 40rem)");
function seatPanel() {
  const seat = document.querySelector(".map .opened");
  const row = opened && rows.get(partsOf(opened).role);
  const beside = document.querySelector(`.stage > #view-${question.view}`) || byId("view-map");
  if (isPhone.matches && row && question.view === "map" && !row.hidden) {
    row.after(make("tr.seat", make("td.opened", { colspan: shownLevels.length + 1 }, panel)));
  } else if (beside.nextElementSibling !== panel) beside.after(panel);
  if (seat) seat.closest("tr").remove();
}

function close() {
  if (!opened) return;
  const back = [opener, buttonOf(opened), byId("views")].find(isVisible);
  opened = "";
  opener = null;
  panel.hidden = true;
  document.body.classList.remove("has-panel");
  seatPanel();
  markOpened();
  back.focus();
}

const isVisible = (element) => element?.isConnected && element.offsetParent !== null && !element.classList.contains("out");
const targets = [...cells.map(({ link }) => link), ...heads];
const buttonOf = (target) => targets.find((link) => targetOf(link) === target);

function markOpened() {
  for (const link of targets) {
    if (targetOf(link) === opened) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function renderPanel() {
  if (!opened) return;
  const { role, level } = partsOf(opened);
  const at = level && capital(levels.get(level).at);
  setText("panel-level", role && at);
  setText("panel-title", role ? roles.get(role).name : at);
  put(byId("panel-body"), isPair(opened) ? cellBody(opened) : groupBody(role, level));
  markOpened();
}

const part = (title, ...content) => make("section", make("h3", title), ...content);
const quoted = (words) => make("q", words);
const listOf = (name, own) => {
  const list = items(own);
  list.classList.add(name);
  return list;
};

function groupBody(role, level) {
  const own = role ? shownLevels.map((one) => idOf(role, one.id)) : [...roles.keys()].map((one) => idOf(one, level));
  return [(roles.get(role) || levels.get(level)).about.filter(Boolean).map((words) => make("p.said", words)),
    listOf("refs", own.map((id) => [signOf(current(id)), " ", make("a", { href: `#${id}` }, nameOf(id)), ` ${current(id).figure.join("")}`]))];
}

function cellBody(id) {
  const state = current(id);
  const { said, accepted } = records.get(id);
  const { level } = partsOf(id);
  const { rests, notes, evidence } = state;
  // Whether a statement counts was decided with the state: as its instrument does, but for some exceptions.
  const counts = ([instrument], index) =>
    Boolean(instrument < 0 ? state.observed : state.instruments.includes(instrument)) !== state.exceptions.includes(index);
  const counted = said.filter(counts);
  const missing = state.share ? state.share.missing : [];
  const names = missing.map((code) => placeName(code, level));
  const day = dayOf(question.stop);
  const asked = joined([question.stop !== data.start && (day ? `as of ${inWords(day)}` : "dates ignored"), ...narrowed()[0]]);
  const told = (title, own, isLeft) => own.length > 0 && part(title, own.map((one) => statement(one, own.length > FEW, isLeft)));
  return [
    make("p.verdict", signOf(state), " ", bold(sentence(state.figure.join(""))), names.length > 0 && names.length <= 12 && ` Not in ${allOf(names)}.`),
    rests.length > 0 && make("p", `Becomes a gap without ${rests.length > 1 ? "any one of: " : ""}${labelsOf(rests).join(", ")}.`),
    names.length > 12 && missingPlaces(missing, level, names),
    notes.length > 0 && make("p.soft.notes", "In the source’s words: ", notes.map((note, at) => [at ? ", " : "", quoted(note)]), "."),
    asked && make("p.soft", sentence(asked)),
    accepted && part("Accepted gap", make("p", acceptance(accepted))),
    told("Where there is nothing", counted.filter(([, extent]) => extent === "none")),
    told("What covers it", counted.filter(([, extent]) => extent !== "none")),
    told("What ended, comes, or does not count", said.filter((one) => !counted.includes(one)), true),
    elsewhere(id),
    evidence.length > 0 && part("What the SWOT says", items(evidence.map(([[, quadrant, words], why]) => [words, " ", make("span.soft", `(${quadrant}; ${why})`)]))),
    state.isGap && toClose(id, missing, names),
    make("p", places.has(level) && views.includes("places") && make("button", { "data-view": "places" }, "See it by place")),
  ];
}

function missingPlaces(missing, level, names) {
  const words = foldedPlaces(missing, level);
  const title = words ? `Missing: ${words}. Name all ${number(missing.length)}` : `Not in ${count(missing.length, ...levels.get(level).noun)}`;
  return folded(title, listOf("places", names));
}

function toClose(id, missing, names) {
  const { level } = partsOf(id);
  const isWhole = !missing.length || missing.length === places.get(level).units.length;
  const where = isWhole ? "the whole level" : names.length > 12 ? foldedPlaces(missing, level) || count(missing.length, ...levels.get(level).noun) : allOf(names);
  return part("To close it", make("p", `An instrument for ${where}.`),
    folded("For maintainers", make("pre", `covers:\n  ${id}: ${isWhole ? "full" : `{territories: [${missing.join(", ")}]}`}`)));
}

// More than a few are folded, so that the other parts of the panel stay in sight.
const FEW = 4;
function statement([index, extent, period, place, note, own, excluded], isFolded, isLeft) {
  const { id, label, name, kind, body, basis, url, note: words, cited: inherited } = index < 0 ? { label: "Observation", cited: [] } : instrumentOf(index);
  const refs = own?.length ? own : inherited;
  // What a click on a heading unfolds is no link: there the link stands within.
  const listed = (words) => make("a", { href: `#${id}` }, words);
  const isListed = openers.some(({ knows }) => knows(id));
  const title = make("h4", isListed && !isFolded ? listed(label) : label);
  const lines = [name && name !== label ? link(name, url) : url && link(url, url), joined([kind, body]), [text(period), extent, text(place)].join(" · "),
    isLeft && excluded && `Not counted: ${excluded}`, basis,
    isListed && isFolded && listed("In the list of instruments"), note && quoted(note), words && quoted(words)];
  const content = [lines.filter(Boolean).map((line) => make("p", line)), refs.length > 0 && citations(refs)];
  const whole = isFolded ? folded(title, content) : make("div", title, content);
  whole.classList.add("said");
  return whole;
}

// As the list at the foot names it.
const cited = all(".sources li");
const citations = (refs) => listOf("cited", refs.map(([source, quote, locator]) =>
  ["Source: ", Array.from(cited[source].childNodes, (node) => node.cloneNode(true)), locator !== undefined && `, ${text(locator)}`, quote && [": ", quoted(quote)]]));

function elsewhere(id) {
  const { role, level } = partsOf(id);
  const others = [...levels.values()].filter((one) => one.id !== level);
  return others.length > 0 && part("The same role elsewhere", listOf("refs", others.map(({ id: at, name, shown }) => {
    const state = current(idOf(role, at));
    const names = labelsOf(state.instruments).join(", ");
    return [signOf(state), " ", shown ? make("a", { href: `#${idOf(role, at)}` }, name) : name, names && `: ${names}`];
  })));
}
