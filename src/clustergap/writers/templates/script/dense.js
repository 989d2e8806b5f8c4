// More than a dozen roles: the worst first, grouped by how much they miss; or in another order, without groups.
const MANY_ROLES = 60;
// By the title of a group, whether a reader folded or unfolded it.
const foldedGroups = new Map();
const groupOf = (role) => {
  const letters = shownLevels.map(({ id }) => coverageOf(idOf(role, id)).letter);
  const bare = letters.filter((letter) => letter === "n").length;
  const isOne = letters.length === 1;
  if (bare) return [-bare, isOne ? "No instrument" : `No instrument at ${bare === letters.length ? "any level" : count(bare, "level")}`];
  if (letters.includes("u")) return [2, isOne ? "Not known" : "Not known at every level"];
  if (letters.includes("p")) return [1, isOne ? "Not everywhere" : "Something at every level, not everywhere"];
  return [3, "Fully covered"];
};

function groupedRoles() {
  const every = [...roles.keys()];
  const by = (measure) => {
    const measured = new Map(every.map((role) => [role, measure(role)]));
    return [...every].sort((one, other) => measured.get(one) - measured.get(other));
  };
  const [order, level] = question.order.split(":");
  if (order !== "worst") return [["", level ? by((role) => knownShare(idOf(role, level))) : every]];
  const found = new Map();
  for (const role of by((one) => sum(shownLevels.map(({ id }) => knownShare(idOf(one, id)))))) {
    const [place, title] = groupOf(role);
    found.set(title, [place, [...(found.get(title)?.[1] || []), role]]);
  }
  return [...found].sort(([, [one]], [, [other]]) => one - other).map(([title, [, own]]) => [title, own]);
}

function arrange() {
  const found = groupedRoles();
  const groups = found.map(([title, own], at) => {
    const isLast = roles.size >= MANY_ROLES && title && at >= Math.max(1, found.length - 2);
    return [title, own, Boolean(question.find) || !(foldedGroups.get(title) ?? isLast)];
  });
  seatRows(groups);
  for (const row of all(".map tr.group")) row.hidden = all("tr:not(.group)", row.parentElement).every(({ hidden }) => hidden);
  const words = { worst: "worst first", data: "in the data’s order" }[question.order] || `by share, ${levels.get(question.order.slice(6)).at}`;
  setText("order-told", `${count(roles.size, "role")}, ${words}`);
  setText("roles-shown", `${number([...rows.values()].filter((row) => !row.hidden).length)} of ${count(roles.size, "role")} shown`);
}

// Rows that stand as they shall are not moved: the browser would lay out the whole table again.
let seated = "";
function seatRows(groups) {
  if (seated === JSON.stringify(groups)) return;
  seated = JSON.stringify(groups);
  const focus = document.activeElement;
  const table = document.querySelector(".map");
  const bodies = groups.map(([title, own, isOpen]) => {
    for (const role of own) rows.get(role).classList.toggle("folded", !isOpen);
    return make("tbody", title && groupHead(title, own, isOpen), own.map((role) => rows.get(role)));
  });
  for (const body of all("tbody", table)) body.remove();
  table.append(...bodies);
  if (focus !== document.activeElement && focus.isConnected) focus.focus({ preventScroll: true });
}

function groupHead(title, own, isOpen) {
  const button = make("button", { "data-group": title, "aria-expanded": isOpen, click: () => {
    foldedGroups.set(title, isOpen);
    arrange();
    document.querySelector(`[data-group="${CSS.escape(title)}"]`).focus();
  } }, title);
  return make("tr.group", make("th", { scope: "rowgroup", colspan: shownLevels.length + 1 },
    button, " ", make("span.size", `${number(own.length)} of ${count(roles.size, "role")}`)));
}

if (isDense) {
  byId("find-bar").hidden = false;
  on("find", "input", ({ target }) => ask({ find: target.value }));
  on("order", "change", ({ target }) => ask({ order: target.value }));
  renderers.push(() => {
    if (byId("find").value !== question.find) byId("find").value = question.find;
    byId("order").value = question.order;
  });
}
