// What is missing on the day and for the kind that are chosen, the worst first: the same words as answers/missing.py.
const sentence = (clause) => `${capital(clause)}.`;
const MANY_ENTRIES = 30;

function renderMissing() {
  const bare = (id) => coverageOf(id).letter === "n";
  const gaps = cells.map(({ id }) => id).filter((id) => "np".includes(coverageOf(id).letter) && isShown(id));
  const key = (id) => [Number(Boolean(data.cells[id].accepted)), Number(!bare(id)), knownShare(id)];
  const keys = new Map(gaps.map((id) => [id, key(id)]));
  const compare = (one, other) => keys.get(one).map((value, at) => value - keys.get(other)[at]).find(Boolean) || 0;
  gaps.sort((one, other) => compare(one, other));
  const box = byId("missing");
  if (!gaps.length) box.replaceChildren(make("p", {}, "Nothing is known to be missing."));
  else if (gaps.length <= MANY_ENTRIES) box.replaceChildren(entries(gaps));
  else {
    const isOpen = (id) => bare(id) && !data.cells[id].accepted;
    const accepted = gaps.filter((id) => data.cells[id].accepted);
    const partial = shownLevels.map(({ id, at }) => {
      const own = gaps.filter((gap) => partsOf(gap).level === id && !isOpen(gap) && !accepted.includes(gap));
      return [`${capital(at)}: ${number(own.length)} partial`, own];
    });
    const groups = [...partial, [`Accepted: ${count(accepted.length, "gap")}`, accepted]].filter(([, own]) => own.length);
    const open = gaps.filter(isOpen);
    box.replaceChildren(...(open.length ? [entries(open)] : []), ...groups.map(([title, own]) =>
      make("details", { class: "more" }, make("summary", {}, title), entries(own))));
  }
}

const entries = (own) => make("ol", { class: "missing" }, ...own.map(entry));

function entry(id) {
  const state = current(id);
  const by = state.instruments.length ? sentence(`by ${fewOf(state.instruments.map(labelOf))}`) : "";
  const others = buildOn(id);
  const { accepted } = data.cells[id];
  return make("li", { "data-cell": id },
    make("span", { class: `chip c-${state.coverage.value}${state.unsaid && state.coverage.letter === "p" ? " unsaid" : ""}` }, ...signed(state.coverage)),
    make("div", {}, make("h3", {}, make("a", { href: `#${id}` }, nameOf(id))),
      make("p", {}, [sentence(state.why || "only in part"), by].filter(Boolean).join(" ")),
      others.length ? make("p", { class: "soft" }, `To build on: ${others.join(", ")}.`) : null,
      accepted ? make("p", {}, acceptance(accepted)) : null));
}

const acceptance = ([reason, by, until]) => sentence(`accepted${by ? ` by ${by}` : ""}${until ? ` until ${until}` : ""}: ${reason}`);

// What covers the same role elsewhere: what does so in full first, each instrument once with its level.
function buildOn(id) {
  const { role, level } = partsOf(id);
  const others = [...levels.values()].filter((one) => one.id !== level).map((one) => [one, current(idOf(role, one.id))])
    .filter(([, { coverage }]) => "fp".includes(coverage.letter));
  others.sort(([, one], [, other]) => Number(one.coverage.letter !== "f") - Number(other.coverage.letter !== "f"));
  const named = new Map();
  for (const [one, { instruments }] of others) {
    for (const index of instruments) if (!named.has(index)) named.set(index, one.name);
  }
  return [...named].slice(0, data.most_to_build_on).map(([index, name]) => `${labelOf(index)} (${name})`);
}
