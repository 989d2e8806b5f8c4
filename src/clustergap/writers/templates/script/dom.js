// What is put into the page is text, never markup.
"use strict";
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

const make = (tag, ...content) => fillIn(document.createElement(tag), ...content);
const draw = (tag, ...content) => fillIn(document.createElementNS("http://www.w3.org/2000/svg", tag), ...content);
const shape = (name) => draw("svg", { "aria-hidden": "true" }, draw("use", { href: `#${name}` }));

function fillIn(element, attributes, ...children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

const hidden = (words) => make("i", { class: "vh" }, words);

function link(words, address) {
  if (!/^https?:\/\//.test(address || "")) return words;
  return make("a", { href: address.replace(/[<>"\s]/g, encodeURIComponent), rel: "noopener noreferrer" }, words);
}

const number = (value) => value.toLocaleString("en");
const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many || `${one}s`}`;

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
// Such as "A, B, C and 2 more".
const fewOf = (words) => (words.length <= 4 ? words.join(", ") : `${words.slice(0, 3).join(", ")} and ${number(words.length - 3)} more`);
const oneOf = (words) => words.slice(0, 12).join(", ") + (words.length > 12 ? `, … (${number(words.length)} in all)` : "");
const allOf = (words) => (words.length < 2 || words.length > 12 ? oneOf(words) : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
const capital = (words) => [...words].map((letter, at) => (at ? letter : letter.toUpperCase())).join("");
const MONTHS = "January February March April May June July August September October November December".split(" ");
// A day as a sentence says it, or, with three letters of the month, a label.
const inWords = (day, letters) => {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1].slice(0, letters)} ${year}`;
};
