// Progressive: without this file every link and form works as it stands. With it, searches of this page are fetched
// and swapped in place, and suggestions appear while typing.
"use strict";

const form = document.getElementById("search");
const box = document.getElementById("q");
const list = document.getElementById("suggestions");
const announcement = document.getElementById("announcement");
const swaps = document.getElementById("results") !== null; // an article or an error is left as any page is
const place = () => location.pathname + location.search;
let shown = place();
let request = null;

async function show(address, { remember = true, focus = false } = {}) {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  document.getElementById("results").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const results = page.getElementById("results");
    if (!results) return location.assign(address); // an error page: let the browser show it
    if (remember) history.pushState(null, "", address);
    shown = place();
    document.title = page.title;
    document.getElementById("results").replaceWith(results);
    document.getElementById("kept").replaceWith(page.getElementById("kept"));
    document.querySelector(".language").href = page.querySelector(".language").href;
    document.querySelectorAll('link[rel="alternate"]').forEach((link) => link.remove());
    document.head.append(...page.querySelectorAll('link[rel="alternate"]'));
    if (!remember) box.value = page.getElementById("q").value;
    announcement.textContent = results.dataset.summary;
    if (focus) {
      results.querySelector("h1").focus({ preventScroll: true });
      scrollTo({ top: 0 });
    }
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("#results a");
  if (!swaps || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.pathname !== "/") return;
  event.preventDefault();
  show(link.href, { focus: true }).then(() => { box.value = new URL(location.href).searchParams.get("q") ?? ""; });
});
document.addEventListener("submit", (event) => {
  close();
  if (!swaps || event.target.method !== "get") return;
  event.preventDefault();
  const filled = [...new FormData(event.target)].filter(([, value]) => value !== "");
  show("/?" + new URLSearchParams(filled), { focus: event.target !== form });
});
addEventListener("popstate", () => {
  if (swaps && place() !== shown) show(location.href, { remember: false }); // a jump within the page changes nothing
});

// Suggestions: a combobox with a listbox, after the ARIA authoring practices.
let typing = 0;
let lookup = null;
box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", "suggestions");
close();

function close() {
  clearTimeout(typing);
  lookup?.abort();
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function mark(index) {
  const options = [...list.children];
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
  if (index < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", options[index].id);
  options[index].scrollIntoView({ block: "nearest" });
}

function take(option) {
  box.value = option.textContent;
  close();
  form.requestSubmit();
}

async function suggest() {
  lookup?.abort();
  lookup = new AbortController();
  try {
    const address = form.dataset.suggest + "?" + new URLSearchParams({ q: box.value });
    const answer = await fetch(address, { signal: lookup.signal });
    if (!answer.ok) return close();
    const { suggestions } = await answer.json();
    list.replaceChildren(...suggestions.map(({ text }, i) => {
      const option = document.createElement("li");
      option.id = "suggestion-" + i;
      option.role = "option";
      option.lang = "ar";
      option.dir = "auto";
      option.textContent = text;
      return option;
    }));
    list.hidden = !suggestions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

box.addEventListener("input", () => {
  clearTimeout(typing);
  if (box.value.trim().length < 2) return close();
  typing = setTimeout(suggest, 150);
});
box.addEventListener("keydown", (event) => {
  const options = [...list.children];
  const current = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  } else if (list.hidden) {
    return;
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = current + step; // one step beyond either end leads back to the box
    mark(next >= options.length || next === -1 ? -1 : next < -1 ? options.length - 1 : next);
  } else if (event.key === "Enter" && current >= 0) {
    event.preventDefault();
    take(options[current]);
  }
});
box.addEventListener("blur", close);
list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
list.addEventListener("click", (event) => { if (event.target.role === "option") take(event.target); });
