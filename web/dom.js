// Elements made of text: nothing that a pack or a person wrote is ever read as markup.

/** Words with a macron: te reo Māori, to be read aloud as such. */
const MAORI = /(\p{L}*[āēīōūĀĒĪŌŪ]\p{L}*)/u;

/** A text with its words in te reo marked. */
export const words = (text) =>
  text.split(MAORI).map((part, at) => (at % 2 ? element("span", { lang: "mi" }, [part]) : part));

/** An element. An attribute that is a function listens to the event of its name. */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...(typeof children === "string" ? words(children) : children.flat().filter((child) => child != null)));
  return made;
}

/** What a template of the page holds. */
export function template(id) {
  const made = document.getElementById(id).content.cloneNode(true);
  const walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) text.replaceWith(...words(text.data));
  return made;
}

let phrases = {};

/** Takes the texts of the interface in the language of the page: by id a text, or a list of texts by a number. */
export const speak = (all) => (phrases = all);

/** A text of the interface, its gaps `{name}` filled; of a list that of `count`. */
export function phrase(id, values = {}) {
  const text = Array.isArray(phrases[id]) ? phrases[id][values.count] : phrases[id];
  return text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
}

let shownAt = 0;

/** A button that does something; the second click of a double click, on a screen just shown, does nothing. */
export const button = (label, click, attributes = {}) => {
  const act = (event) => (event.detail > 1 && event.timeStamp - shownAt < 300) || click();
  return element("button", { type: "button", click: act, ...attributes }, label);
};

/** Tells screen readers something that happened. */
export function say(text) {
  document.getElementById("quiz-said").textContent = text;
}

let keys = {};

/** Shows a screen, with what its keys do, and leads whoever cannot see it to its heading. */
export function show(children, keysOfScreen = {}) {
  keys = keysOfScreen;
  const root = document.getElementById("quiz");
  root.replaceChildren(...children.flat().filter((child) => child != null));
  say("");
  shownAt = performance.now();
  const heading = root.querySelector("h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  scrollTo(0, 0);
}

/** Has the keys of a screen do what they say; a key that is held down acts once. */
export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea");
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || typing) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
