// The finding for another day, kind or choice of roles and levels: the same words as answers/finding.py.
const LONGEST_TITLE = 90;
const MOST_NAMED = 3;
const LONGEST_NAMES = 100;
const length = (words) => [...words].length;
const NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
const spelled = (value) => NUMBERS[value] || number(value);
const has = (own, one = "has", many = "have") => (own.length === 1 ? one : many);

function finding() {
  const shown = pairsInQuestion().map((one) => ({ ...one, letter: coverageOf(one.id).letter }));
  const of = (letter, level) => shown.filter((one) => one.letter === letter && (!level || one.level === level));
  return { levels: levelsInQuestion(), roles: rolesInQuestion(), shown, of, bare: of("n") };
}

function titleOf(found) {
  const [, prefix] = narrowed();
  const titles = titlesOf(found).map(([words, told = []]) => [prefix ? prefix + small(words) : words, told]);
  return titles.find(([words]) => length(words) <= LONGEST_TITLE) || titles.at(-1);
}

const small = (words) => words.replace(/^(At|All|Every|No|Nobody|What)(?= |$)/, (first) => first.toLowerCase());
const named = (role) => roles.get(role).name;
const pair = ({ role, level }) => `${named(role)} at ${level.at}`;

function titlesOf(found) {
  const { levels: inLevels, roles: inRoles, shown, of, bare } = found;
  if (!bare.length) return [[titleWithoutNone(found)]];
  const numberAt = (level) => of("n", level).length;
  const empty = inLevels.filter((level) => numberAt(level) === inRoles.length);
  const most = Math.max(...inLevels.map(numberAt));
  const titles = [];
  if (new Set(bare.map(({ role }) => role)).size === 1) {
    titles.push([`${named(bare[0].role)} has no instrument ${levelsInWords(inLevels.filter(numberAt), inLevels)}`, bare]);
  } else if (empty.length === inLevels.length && inLevels.length > 1) {
    titles.push(["No role has an instrument at any level", bare]);
  } else if (empty.length) {
    titles.push([`${capital(levelsInWords(empty, inLevels))} no role has an instrument`, bare.filter(({ level }) => empty.includes(level))]);
  } else if (most > 1) {
    const worst = inLevels.find((level) => numberAt(level) === most);
    const told = of("n", worst);
    const words = `At ${worst.at}, ${number(most)} of ${count(inRoles.length, "role")} have no instrument`;
    if (most + of("p", worst).length === inRoles.length) titles.push([`${words} and none is fully covered`, told]);
    titles.push([words, told]);
  } else if (bare.length === 2) titles.push([`${allOf(bare.map(pair))} have no instrument`, bare]);
  return [...titles, [`${number(bare.length)} of ${count(shown.length, "pair")} of role and level ${has(bare)} no instrument`]];
}

function titleWithoutNone({ levels: inLevels, roles: inRoles, shown, of }) {
  const [partial, unknown, every] = [of("p").length, of("u").length, shown.length].map((own) => own && number(own));
  const where = inLevels.length === 1 ? `at ${inLevels[0].at}` : "at every level";
  const single = inRoles.length === 1 && named(inRoles[0]);
  if (unknown === every) {
    const isOpen = shown.map(({ id }) => current(id)).some((state) => state.notSaid || state.elsewhere);
    return isOpen ? `Nobody knows: ${every} of ${every} are unknown` : `Nobody has looked yet: ${every} of ${every} are not assessed`;
  }
  if (unknown) return `What is known has an instrument: of ${every}, ${partial ? `${partial} only partly, ` : ""}${unknown} unknown`;
  if (!partial) return `${single ? `${single} is` : `All ${number(inRoles.length)} roles are`} covered ${where}`;
  if (partial === every) return `${single ? `${single} is` : "All roles are"} only partly covered ${where}`;
  return `${single || "Every role"} has something ${where}; ${partial} of ${every} only partly`;
}

function levelsInWords(part, whole) {
  if (part.length === whole.length && part.length > 1) return "at any level";
  if (part.length > MOST_NAMED) return `at ${part.length} of ${whole.length} levels`;
  const names = part.map((level) => level.at);
  const haveNoun = names.length > 1 && names.every((name) => name.endsWith(" level"));
  return haveNoun ? `at ${allOf(names.map((name) => name.slice(0, -6)))} level` : `at ${allOf(names)}`;
}

function othersInWords({ bare, of, levels: inLevels }, told) {
  const left = bare.filter((one) => !told.includes(one));
  if (!left.length) {
    const partial = bare.length ? of("p") : [];
    return partial.length && `${capital(`${spelled(partial.length)} more`)} ${has(partial, "is", "are")} covered only somewhere or in part.`;
  }
  const byLevel = inLevels.map((level) => [level, left.filter((one) => one.level === level)]).filter(([, own]) => own.length);
  if (left.length > MOST_NAMED) {
    return `${byLevel.sort(([, one], [, other]) => other.length - one.length)
      .map(([{ at }, own], place) => `${number(own.length)} ${place ? "" : `${has(own)} none `}at ${at}`).join(", ")}.`;
  }
  const toldRoles = told.map(({ role }) => role);
  return `${byLevel.map(([level, own]) => {
    const either = own.every(({ role }) => toldRoles.includes(role)) ? " either" : "";
    return `${allOf(own.map(({ role }) => named(role)))} ${has(own)} no instrument at ${level.at}${either}`;
  }).join("; ")}.`;
}

function restingInWords({ shown }) {
  const resting = shown.map((one) => [one, current(one.id).rests]).filter(([, rests]) => rests.length);
  if (resting.length > 1) return `${capital(spelled(resting.length))} covered pairs of role and level would be a gap without one instrument (!).`;
  if (!resting.length) return "";
  const [without, where] = [allOf(labelsOf(resting[0][1])), pair(resting[0][0])];
  return length(without) + length(where) > 2 * LONGEST_NAMES ? "One covered pair of role and level would be a gap without one instrument (!)."
    : `${where} would be a gap without ${without}.`;
}

// The next stop at which something ends and a pair is covered less.
function lossInWords(found) {
  for (let stop = question.stop + 1; dayOf(question.stop) && stop <= data.soon[question.stop]; stop += 1) {
    const changes = data.ends[stop] ? found.shown.map((one) => changeAt(one, stop)).filter(Boolean) : [];
    const lost = changes.filter(({ isLoss }) => isLoss);
    const ends = lost.length ? endingAt(stop, changes.map(({ id }) => ids.indexOf(id))) : [];
    if (ends.length) {
      const day = new Date(time(dayOf(stop)) - 864e5).toISOString().slice(0, 10);
      return `${capital(endingInWords(ends))} on ${inWords(day)}: ${worseInWords(lost, found)}.`;
    }
  }
  return "";
}

function endingAt(stop, changed) {
  const rows = data.ends[stop].filter(([, kind]) => !question.kind || kind === question.kind)
    .map(([instrument, , how, ...own]) => ({ instrument, how, own: own.filter((one) => changed.includes(one)) }));
  const explained = rows.filter(({ how }) => how !== 1).flatMap(({ own }) => own);
  return rows.filter(({ how, own }) => (how === 0 ? own.length : how === 1 && own.some((one) => !explained.includes(one))));
}

function changeAt(one, stop) {
  const [was, now] = [stop - 1, stop].map((at) => stateIndex(one.id, question.kind, at));
  return isChange(was, now) && { ...one, was: data.states[was][0], now: data.states[now][0], isLoss: worth(now) < worth(was) };
}

// As analysis/matrix.py compares ratings.
function isChange(before, after) {
  const [was, now] = [data.states[before], data.states[after]];
  if (before === after || was[0] !== now[0] || String(shareOf(before)) !== String(shareOf(after))) return before !== after;
  const [base, ...differing] = now[1];
  return base === before ? differing.length > 0 : String(instrumentsOf(before)) !== String(instrumentsOf(after));
}

// What is unknown or has none is worth least; of what is alike the whole is worth most, then what is covered in most places.
function worth(index) {
  const [letter] = data.states[index];
  const share = shareOf(index);
  const isWhole = letter === "f" && !share?.[3];
  return 1e9 * "unpf".indexOf(letter) + (isWhole ? 1e8 : share ? share[0] : 0);
}

function endingInWords(ends) {
  const ending = [...new Set(ends.map(({ instrument }) => instrument).filter((index) => index >= 0))];
  if (!ending.length) return "an observation ends";
  const names = allOf(labelsOf(ending));
  const told = ending.length > 2 || length(names) > LONGEST_NAMES ? `${spelled(ending.length)} ${has(ending, "instrument", "instruments")}` : names;
  return `${told} ${has(ending, "ends", "end")}`;
}

const OUTCOMES = { n: ["then has none", "then have none"], u: ["is then unknown", "are then unknown"], p: ["is then only partly covered", "are then only partly covered"] };
function worseInWords(lost, { levels: inLevels }) {
  const letter = [..."nupf"].find((outcome) => lost.some(({ now }) => now === outcome));
  const changes = lost.filter(({ now }) => now === letter);
  const isSame = changes.every(({ was }) => was === letter);
  const [one, many] = isSame ? ["is then covered in fewer places", "are then covered in fewer places"] : OUTCOMES[letter];
  const own = [...new Set(changes.map(({ role }) => role))];
  const at = inLevels.filter((level) => changes.some((change) => change.level === level));
  const names = allOf(own.map(named));
  if (own.length > MOST_NAMED || changes.length !== own.length * at.length || length(names) > LONGEST_NAMES) {
    return `${spelled(changes.length)} ${has(changes, `pair of role and level ${one}`, `pairs of role and level ${many}`)}`;
  }
  return `${names} ${has(own, one, many)} ${at.length > MOST_NAMED ? `at ${count(at.length, "level")}` : levelsInWords(at, [])}`;
}

function renderFinding() {
  const found = finding();
  const [title, told] = titleOf(found);
  const [first, ...more] = [othersInWords(found, told), lossInWords(found) || restingInWords(found)].filter(Boolean);
  setText("finding", title);
  setText("sentence", first || "");
  setText("more", more.join(" "));
}
