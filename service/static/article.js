// Copying and printing an article. Without this file its permanent link and the other links stand there all the same.
"use strict";

const tools = document.querySelector(".tools");
const said = tools.querySelector("[role=status]");
const permalink = document.querySelector("link[rel=canonical]").href;

function text(selector) {
  return [...document.querySelectorAll(selector)].map((part) => part.innerText.trim()).filter(Boolean);
}

// What an editor pastes: headline, who, when, the text, where it stands.
function article() {
  const head = [...text(".story h1"), text(".story .meta > *").join(" | ")];
  return [...head, ...text(".story .body p"), permalink].join("\n\n");
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const field = document.createElement("textarea"); // where the clipboard is closed to scripts (no HTTPS)
    field.value = words;
    tools.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  said.textContent = tools.dataset.copied;
  setTimeout(() => { said.textContent = ""; }, 4000);
}

tools.querySelectorAll("button").forEach((button) => { button.hidden = false; });
tools.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("print" in button.dataset) return print();
  const words = { article, link: () => permalink, citation: () => button.dataset.text };
  return copy(words[button.dataset.copy]());
});
