// What is put into the page is text, never markup.
"use strict";
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
const on = (id, event, act) => byId(id).addEventListener(event, act);

// An element with its classes ("p.soft"); its attributes may come first, then what it holds: texts, elements, lists of them.
const make = (tag, ...content) => {
  const [name, ...classes] = tag.split(".");
  const element = fillIn(document.createElement(name), ...content);
  if (classes.length) element.classList.add(...classes);
  return element;
};
const draw = (tag, ...content) => fillIn(document.createElementNS("http://www.w3.org/2000/svg", tag), ...content);
const put = (where, ...content) => {
  where.replaceChildren();
  return fillIn(where, ...content);
};

function fillIn(element, ...content) {
  const attributes = content[0]?.constructor === Object ? content.shift() : {};
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...content.flat(3).filter((child) => child || child === 0));
  return element;
}

const bold = (...words) => make("b", ...words);
const isolated = (name) => make("bdi", name);
const hidden = (words) => make("i.vh", words);
const items = (own, tag = "ul") => make(tag, own.map((row) => make("li", row)));
const folded = (title, ...content) => make("details", make("summary", title), ...content);
const optionsOf = (pairs) => pairs.map(([value, words]) => make("option", { value }, words));

function link(words, address) {
  if (!/^https?:\/\//.test(address || "")) return words;
  return make("a", { href: address.replace(/[<>"\s]/g, encodeURIComponent) }, words);
}

// A table that is laid out as blocks is one to a screen reader still.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
function keepRoles(table) {
  for (const one of [table, ...all("thead, tbody, tfoot, tr, td, th", table)]) {
    one.setAttribute("role", ROLES[one.tagName] || (one.scope === "col" ? "columnheader" : "rowheader"));
  }
  return table;
}

// The browser's own way loads all that it knows of languages, which takes longer than the rest of the page.
const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many || `${one}s`}`;
const sum = (values) => values.reduce((total, value) => total + value, 0);
const joined = (words, between = ", ") => words.filter(Boolean).join(between);

function setText(where, text) {
  const element = typeof where === "string" ? byId(where) : where;
  if (element && element.textContent !== text) element.textContent = text;
}
// Such as "A, B, C and 2 more".
const fewOf = (words) => (words.length <= 4 ? words.join(", ") : `${words.slice(0, 3).join(", ")} and ${number(words.length - 3)} more`);
const oneOf = (words) => words.slice(0, 12).join(", ") + (words.length > 12 ? `, … (${number(words.length)} in all)` : "");
const allOf = (words) => (words.length < 2 || words.length > 12 ? oneOf(words) : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
const capital = (words) => [...words].map((letter, at) => (at ? letter : letter.toUpperCase())).join("");
const sentence = (clause) => `${capital(clause)}.`;
const MONTHS = "January February March April May June July August September October November December".split(" ");
// A day as a sentence says it, or, with three letters of the month, a label.
const inWords = (day, letters) => {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1].slice(0, letters)} ${year}`;
};
const time = (day) => Date.parse(`${day}T00:00Z`);
const newYear = (year) => time(`${year > 9999 ? `+0${year}` : String(year).padStart(4, "0")}-01-01`);
const yearOf = (day) => Number(day.slice(0, 4));
