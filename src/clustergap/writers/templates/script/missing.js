// What is missing on the day and for the kind that are chosen, the worst first: the same words as answers/missing.py.
const MANY_ENTRIES = 30;
const questionOfMissing = () => JSON.stringify([question.kind, question.stop, question.find, Object.values(filters).map((set) => [...set])]);
// On the first day the list is as it was written.
let missingNow = questionOfMissing();
for (const entry of all("#missing li")) {
  entry.dataset.cell = entry.id;
  entry.removeAttribute("id");
}

function renderMissing() {
  if (!isInView("missing") || missingNow === questionOfMissing()) return;
  missingNow = questionOfMissing();
  const gaps = cells.filter(({ id }) => isShown(id)).map(({ id }) => ({ id, state: current(id), accepted: records.get(id).accepted })).filter(({ state }) => state.isGap);
  for (const gap of gaps) gap.key = [Boolean(gap.accepted), gap.state.letter !== "n", knownShare(gap.id)];
  gaps.sort((one, other) => one.key.map((value, at) => value - other.key[at]).find(Boolean) || 0);
  const isOpen = ({ state, accepted }) => gaps.length <= MANY_ENTRIES || (state.letter === "n" && !accepted);
  const open = gaps.filter(isOpen);
  const accepted = gaps.filter((gap) => gap.accepted && !isOpen(gap));
  const partial = shownLevels.map(({ id, at }) => {
    const own = gaps.filter((gap) => partsOf(gap.id).level === id && !isOpen(gap) && !gap.accepted);
    return [`${capital(at)}: ${number(own.length)} partial`, own];
  });
  const list = entries(open.slice(0, MANY_ENTRIES));
  const drawOthers = () => list.append(...entries(open.slice(MANY_ENTRIES)).children);
  // What a reader sees first is drawn first: of hundreds the others come after it.
  if (open[MANY_ENTRIES]) requestAnimationFrame(() => setTimeout(drawOthers));
  put(byId("missing"), !gaps.length && make("p", "Nothing is known to be missing."), open.length > 0 && list,
    [...partial, [`Accepted: ${count(accepted.length, "gap")}`, accepted]].filter(([, own]) => own.length).map(([title, own]) => drawnWhenOpened(title, () => entries(own))));
}

// Hundreds of entries that nobody may open are not drawn.
function drawnWhenOpened(title, draw) {
  const group = folded(title);
  group.addEventListener("toggle", () => group.append(draw()), { once: true });
  return group;
}

const entries = (own) => make("ol.missing", own.map(({ id, state, accepted }) => {
  const { instruments, why } = state;
  const others = buildOn(id);
  return make("li", { "data-cell": id }, signOf(state), make("div", make("h3", make("a", { href: `#${id}` }, nameOf(id))),
    make("p", joined([sentence(why || "only in part"), instruments.length && sentence(`by ${fewOf(labelsOf(instruments))}`)], " ")),
    others.length > 0 && make("p.soft", `To build on: ${others.join(", ")}.`),
    accepted && make("p", acceptance(accepted))));
}));

const acceptance = ([reason, by, until]) => sentence(`accepted${by ? ` by ${by}` : ""}${until ? ` until ${until}` : ""}: ${reason}`);

// What covers the same role elsewhere: what does so in full first, each instrument once with its level.
function buildOn(id) {
  const { role, level } = partsOf(id);
  const others = [...levels.values()].filter((one) => one.id !== level).map(({ id: at, name }) => ({ ...current(idOf(role, at)), name }));
  const named = new Map();
  for (const wanted of "fp") {
    for (const { letter, instruments, name } of others) {
      if (letter === wanted) for (const index of instruments) if (!named.has(index)) named.set(index, name);
    }
  }
  return [...named].slice(0, data.most_to_build_on).map(([index, name]) => `${labelOf(index)} (${name})`);
}
