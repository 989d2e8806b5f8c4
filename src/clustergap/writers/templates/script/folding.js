// Of many places whole countries, then parts of countries, then what lies in none: "all of Bulgaria and Cyprus; 12 of 19 in Spain".
function foldedPlaces(codes, level) {
  const { units, tiles, named } = places.get(level);
  // The country, or the place of the data's own, in which a place lies.
  const tileOf = (code) => tiles.find((tile) => code === tile || code.startsWith(`${tile}-`)) || tiles.find((tile) => tile === code.slice(0, 2));
  const byTile = (own) => {
    const numbers = new Map();
    for (const code of own) numbers.set(tileOf(code), (numbers.get(tileOf(code)) || 0) + 1);
    return numbers;
  };
  const [every, here] = [byTile(units.map(([code]) => code)), byTile(codes)];
  const name = (tile) => named.get(tile) || tile;
  const countries = [...here.keys()].filter((tile) => every.get(tile) > 1 || tile.length === 2);
  if (countries.every((tile) => every.get(tile) === 1)) return "";
  const whole = countries.filter((tile) => here.get(tile) === every.get(tile)).map(name);
  const parts = countries.filter((tile) => here.get(tile) < every.get(tile))
    .map((tile) => `${number(here.get(tile))} of ${number(every.get(tile))} in ${name(tile)}`);
  const others = [...here.keys()].filter((tile) => !countries.includes(tile)).map(name);
  return joined([whole.length && `all of ${allOf(whole)}`, oneOf(parts), oneOf(others)], "; ");
}
