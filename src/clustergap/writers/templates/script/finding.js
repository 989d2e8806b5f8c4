// The finding for another day, kind or choice of roles and levels: the same words as answers/finding.py.
const LONGEST_TITLE = 90;
const MOST_NAMED = 3;
const length = (words) => [...words].length;
const NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
const spelled = (value) => NUMBERS[value] || number(value);

function finding() {
  const inLevels = levelsInQuestion();
  const inRoles = rolesInQuestion();
  const shown = inRoles.flatMap((role) => inLevels.map((level) => {
    const id = idOf(role, level.id);
    return { id, role, level, coverage: coverageOf(id).value };
  }));
  const of = (coverage, level) => shown.filter((one) => one.coverage === coverage && (!level || one.level === level));
  return { levels: inLevels, roles: inRoles, shown, of, bare: of("none") };
}

function titleOf(found) {
  const [, , prefix] = data.kinds[question.kind];
  const titles = titlesOf(found).map(([words, told]) => [prefix ? prefix + small(words) : words, told || []]);
  return titles.find(([words]) => length(words) <= LONGEST_TITLE) || titles.at(-1);
}

const small = (words) =>
  (/^(At|All|Every|No|Nobody|What)(?= |$)/.test(words) ? words[0].toLowerCase() + words.slice(1) : words);
const named = (role) => roles.get(role).name;
const pair = ({ role, level }) => `${named(role)} at ${level.at}`;
const namedAll = (indices) => allOf(indices.map(labelOf));

function titlesOf(found) {
  const { levels: inLevels, roles: inRoles, shown, of, bare } = found;
  if (!bare.length) return [[titleWithoutNone(found)]];
  const numbers = new Map(inLevels.map((level) => [level, of("none", level).length]));
  const empty = inLevels.filter((level) => numbers.get(level) === inRoles.length);
  const most = Math.max(...numbers.values());
  const worst = inLevels.find((level) => numbers.get(level) === most);
  const titles = [];
  if (new Set(bare.map(({ role }) => role)).size === 1) {
    titles.push([`${named(bare[0].role)} has no instrument ${levelsInWords(inLevels.filter((one) => numbers.get(one)), inLevels)}`, bare]);
  } else if (empty.length === inLevels.length && inLevels.length > 1) {
    titles.push(["No role has an instrument at any level", bare]);
  } else if (empty.length) {
    titles.push([`${capital(levelsInWords(empty, inLevels))} no role has an instrument`, bare.filter(({ level }) => empty.includes(level))]);
  } else if (most > 1) {
    const told = of("none", worst);
    const words = `At ${worst.at}, ${number(most)} of ${count(inRoles.length, "role")} have no instrument`;
    if (most + of("partial", worst).length === inRoles.length) titles.push([`${words} and none is fully covered`, told]);
    titles.push([words, told]);
  } else if (bare.length === 2) {
    titles.push([`${allOf(bare.map(pair))} have no instrument`, bare]);
  }
  titles.push([`${number(bare.length)} of ${count(shown.length, "pair")} of role and level ${bare.length === 1 ? "has" : "have"} no instrument`]);
  return titles;
}

function titleWithoutNone({ levels: inLevels, roles: inRoles, shown, of }) {
  const [partial, unknown, every] = [of("partial").length, of("unknown").length, shown.length];
  const where = inLevels.length === 1 ? `at ${inLevels[0].at}` : "at every level";
  const single = inRoles.length === 1 ? named(inRoles[0]) : "";
  if (unknown === every) {
    const isOpen = shown.map(({ id }) => current(id)).some((state) => state.unsaid || state.elsewhere);
    return isOpen ? `Nobody knows: ${number(every)} of ${number(every)} are unknown`
      : `Nobody has looked yet: ${number(every)} of ${number(every)} are not assessed`;
  }
  if (unknown) {
    return `What is known has an instrument: of ${number(every)}, ${partial ? `${number(partial)} only partly, ` : ""}${number(unknown)} unknown`;
  }
  if (!partial) return `${single ? `${single} is` : `All ${number(inRoles.length)} roles are`} covered ${where}`;
  if (partial === every) return `${single ? `${single} is` : "All roles are"} only partly covered ${where}`;
  return `${single || "Every role"} has something ${where}; ${number(partial)} of ${number(every)} only partly`;
}

function levelsInWords(part, whole) {
  if (part.length === whole.length && part.length > 1) return "at any level";
  if (part.length > MOST_NAMED) return `at ${part.length} of ${whole.length} levels`;
  const names = part.map((level) => level.at);
  const haveNoun = names.length > 1 && names.every((name) => name.endsWith(" level"));
  return haveNoun ? `at ${allOf(names.map((name) => name.slice(0, -6)))} level` : `at ${allOf(names)}`;
}

function sentencesOf(found) {
  const loss = nextLoss(found);
  return [othersInWords(found), loss ? lossInWords(loss, found) : restingInWords(found)].filter(Boolean);
}

function othersInWords(found) {
  const told = titleOf(found)[1];
  const left = found.bare.filter((one) => !told.includes(one));
  if (!left.length) return found.bare.length ? partialInWords(found) : "";
  const byLevel = found.levels.map((level) => [level, left.filter((one) => one.level === level)]).filter(([, own]) => own.length);
  if (left.length > MOST_NAMED) {
    const [[level, own], ...rest] = byLevel.sort(([, one], [, other]) => other.length - one.length);
    return `${[`${number(own.length)} ${own.length === 1 ? "has" : "have"} none at ${level.at}`,
      ...rest.map(([at, some]) => `${number(some.length)} at ${at.at}`)].join(", ")}.`;
  }
  const toldRoles = new Set(told.map(({ role }) => role));
  return `${byLevel.map(([level, own]) => {
    const either = own.every(({ role }) => toldRoles.has(role)) ? " either" : "";
    return `${allOf(own.map(({ role }) => named(role)))} ${own.length === 1 ? "has" : "have"} no instrument at ${level.at}${either}`;
  }).join("; ")}.`;
}

function partialInWords({ of }) {
  const partial = of("partial").length;
  return partial ? `${capital(`${spelled(partial)} more`)} ${partial === 1 ? "is" : "are"} covered only somewhere or in part.` : "";
}

function restingInWords({ shown }) {
  const resting = shown.map((one) => ({ ...one, rests: current(one.id).rests })).filter(({ rests }) => rests.length);
  if (resting.length > 1) return `${capital(spelled(resting.length))} covered pairs of role and level would be a gap without one instrument (!).`;
  return resting.length ? `${pair(resting[0])} would be a gap without ${namedAll(resting[0].rests)}.` : "";
}

// The next stop at which something ends and a pair is covered less.
function nextLoss(found) {
  if (!dayOf(question.stop)) return null;
  for (let stop = question.stop + 1; stop <= data.soon[question.stop]; stop += 1) {
    if (!data.ends[stop]) continue;
    const changes = found.shown.map((one) => changeAt(one, stop)).filter(Boolean);
    const ends = endingAt(stop, new Set(changes.map(({ id }) => ids.indexOf(id))));
    if (ends.length && changes.some(({ isLoss }) => isLoss)) return { stop, changes: changes.filter(({ isLoss }) => isLoss), ends };
  }
  return null;
}

function endingAt(stop, changed) {
  const rows = data.ends[stop].filter(([, kind]) => !question.kind || kind === question.kind)
    .map(([instrument, , how, ...own]) => ({ instrument, how, own: own.filter((cell) => changed.has(cell)) }));
  const explained = new Set(rows.filter(({ how }) => how !== 1).flatMap(({ own }) => own));
  return rows.filter(({ how, own }) => (how === 0 ? own.length : how === 1 && own.some((cell) => !explained.has(cell))));
}

function changeAt(one, stop) {
  const [before, after] = [stop - 1, stop].map((at) => stateIndex(one.id, question.kind, at));
  if (before === after) return null;
  const [was, now] = [data.states[before], data.states[after]];
  return isChange(before, after) ? { ...one, was: was[0], now: now[0], isLoss: isLoss(was, now) } : null;
}

// As analysis/matrix.py compares ratings.
function isChange(before, after) {
  const [was, now] = [data.states[before], data.states[after]];
  if (was[0] !== now[0] || String(was[4]) !== String(now[4])) return true;
  const [base, ...differing] = now[1];
  return base === before ? differing.length > 0 : String(instrumentsOf(before)) !== String(instrumentsOf(after));
}

function isLoss(was, now) {
  if (was[0] === "u" || now[0] === "u") return was[0] !== now[0] && now[0] === "u" ? true : was[0] === now[0] && isLess(was, now);
  if (was[0] !== now[0]) return was[0] === "f" || now[0] === "n";
  return isLess(was, now);
}

function isLess(was, now) {
  const [[isAll, covered], [isStillAll, stillCovered]] = [was, now].map(([letter, , , , share]) => {
    if (!share) return [letter === "f", 0];
    const whole = letter === "f" && !share[3];
    return [whole, whole ? 0 : share[0]];
  });
  return isAll === isStillAll ? stillCovered < covered : isAll;
}

function lossInWords({ stop, changes, ends }, found) {
  const day = new Date(`${dayOf(stop)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return `${capital(endingInWords(ends))} on ${inWords(day.toISOString().slice(0, 10))}: ${worseInWords(changes, found)}.`;
}

function endingInWords(ends) {
  const ending = [...new Set(ends.map(({ instrument }) => instrument).filter((index) => index >= 0))];
  if (!ending.length) return "an observation ends";
  if (ending.length > 2) return `${spelled(ending.length)} instruments end`;
  return `${namedAll(ending)} ${ending.length === 1 ? "ends" : "end"}`;
}

const OUTCOMES = [["n", "then has none", "then have none"], ["u", "is then unknown", "are then unknown"],
  ["p", "is then only partly covered", "are then only partly covered"], ["f", "is then unknown", "are then unknown"]];
function worseInWords(lost, { levels: inLevels }) {
  let [letter, one, many] = OUTCOMES.find(([outcome]) => lost.some(({ now }) => now === outcome));
  const changes = lost.filter(({ now }) => now === letter);
  if (changes.every(({ was }) => was === letter)) [one, many] = ["is then covered in fewer places", "are then covered in fewer places"];
  const own = [...new Set(changes.map(({ role }) => role))];
  const at = inLevels.filter((level) => changes.some((change) => change.level === level));
  if (own.length > MOST_NAMED || changes.length !== own.length * at.length) return `${spelled(changes.length)} pairs of role and level ${many}`;
  return `${allOf(own.map(named))} ${own.length === 1 ? one : many} ${levelsInWords(at, [])}`;
}

function renderFinding() {
  const found = finding();
  const [first, ...more] = sentencesOf(found);
  const [title] = titleOf(found);
  setText(byId("finding"), data.own_title || title);
  setText(byId("sentence"), [data.own_title ? `${title}.` : "", first].filter(Boolean).join(" "));
  setText(byId("more"), more.join(" "));
}
