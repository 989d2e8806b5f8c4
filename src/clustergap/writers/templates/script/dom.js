// What is put into the page is text, never markup.
"use strict";
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function shape(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}

function link(words, address) {
  if (!/^https?:\/\//.test(address || "")) return words;
  return make("a", { href: address.replace(/[<>"\s]/g, encodeURIComponent), rel: "noopener noreferrer" }, words);
}

const count = (number, one) => `${number.toLocaleString("en")} ${number === 1 ? one : `${one}s`}`;

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
