// What is missing on the day and for the kind that are chosen, the worst first: the same words as answers/missing.py.
const MANY_ENTRIES = 30;

function renderMissing() {
  const gaps = cells.map(({ id }) => ({ ...current(id), id, accepted: data.cells[id].accepted })).filter(({ id, isGap }) => isGap && isShown(id));
  for (const gap of gaps) gap.key = [Boolean(gap.accepted), gap.letter !== "n", knownShare(gap.id)];
  const compare = (one, other) => one.key.map((value, at) => value - other.key[at]).find(Boolean) || 0;
  gaps.sort(compare);
  const isOpen = ({ letter, accepted }) => gaps.length <= MANY_ENTRIES || (letter === "n" && !accepted);
  const open = gaps.filter(isOpen);
  const accepted = gaps.filter((gap) => gap.accepted && !isOpen(gap));
  const partial = shownLevels.map(({ id, at }) => {
    const own = gaps.filter((gap) => partsOf(gap.id).level === id && !isOpen(gap) && !gap.accepted);
    return [`${capital(at)}: ${number(own.length)} partial`, own];
  });
  put(byId("missing"), !gaps.length && make("p", "Nothing is known to be missing."), open.length > 0 && entries(open),
    [...partial, [`Accepted: ${count(accepted.length, "gap")}`, accepted]].filter(([, own]) => own.length).map(([title, own]) => folded(title, entries(own))));
}

const entries = (own) => make("ol.missing", own.map((state) => {
  const { id, accepted, instruments, why } = state;
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
