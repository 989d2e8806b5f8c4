// The same documents as `clustergap matrix` writes for the same question.
function saveCsv() {
  const lines = [data.columns, ...cells.map(({ id }) => id).filter(isShown).map(csvRow)].map((row) => `${row.map(csvField).join(",")}\r\n`);
  // The mark by which a spreadsheet knows UTF-8.
  save("csv", "text/csv", Uint8Array.of(0xef, 0xbb, 0xbf), ...lines);
}

function csvRow(id) {
  const { role, level } = partsOf(id);
  const { coverage, instruments, rests, share, notes } = current(id);
  return [
    roles.get(role).name, levels.get(level).name, id, coverage.value,
    labelsOf(instruments).join("; "), labelsOf(rests).join("; "),
    ...(share ? [share.covered, share.partial, share.of, share.unknown, share.missing.join(" ")] : ["", "", "", "", ""]),
    notes.join("; "), dayOf(question.stop) || "", ...data.example || [],
  ];
}

// A spreadsheet shall take no text for a formula.
function csvField(value) {
  const field = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function saveJson() {
  const { document: head } = data;
  const kind = data.kinds[question.kind][0];
  const query = { ...head.query, as_of: dayOf(question.stop), kinds: kind ? [kind] : head.query.kinds };
  const summary = { cells: cells.length, full: 0, partial: 0, none: 0, unknown: 0 };
  for (const { id } of cells) summary[coverageOf(id).value] += 1;
  const [, no_first_day, seen_later, no_last_day, data_as_of] = caveats();
  const whole = { ...head, query, caveats: { no_first_day, seen_later, no_last_day, data_as_of }, summary, cells: cells.map(({ id }) => jsonCell(id)) };
  const escaped = (found) => (found === "##[" ? "##\\u005b"
    : Array.from({ length: found.length }, (_, n) => `\\u${found.charCodeAt(n).toString(16).padStart(4, "0")}`).join(""));
  save("json", "application/json", `${JSON.stringify(whole, null, 2).replace(new RegExp(data.silent, "gu"), escaped)}\n`);
}

function jsonCell(id) {
  const { role, level } = partsOf(id);
  const { coverage, instruments, rests, notes, share, notSaid } = current(id);
  const ids = (indices) => indices.map((index) => data.instruments[index][0]);
  return {
    cell: id, role, level, coverage: coverage.value, instruments: ids(instruments), rests_on: ids(rests), notes, share, where_not_said: notSaid,
  };
}

function save(suffix, type, ...content) {
  const url = URL.createObjectURL(new Blob(content, { type }));
  const day = dayOf(question.stop);
  make("a", { href: url, download: `gap-map${day ? `-${day}` : ""}.${suffix}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
