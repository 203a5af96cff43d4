// Small courtesies of every page; each page works without them.

// After a refused form the reader lands on the summary of what to mend.
const summary = document.querySelector(".error-summary");
if (summary) {
  summary.focus();
}

// The place on the page (#…) is kept by the language button, and on the way through sign-in.
for (const form of document.forms) {
  const next = form.elements.namedItem("next");
  if (next) {
    form.addEventListener("submit", () => {
      if (location.hash && next.value && !next.value.includes("#")) {
        next.value += location.hash;
      }
    });
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What the reader should see on paper is opened before printing.
window.addEventListener("beforeprint", () => {
  for (const closed of document.querySelectorAll("main details:not([open])")) {
    closed.open = true;
  }
});

// In lessons: arrow keys, and what was answered said aloud. Every page works without them.

const typing = "input, textarea, select, [contenteditable], audio, video, svg";

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest(typing)) {
    return;
  }
  const step = { ArrowRight: "[data-next]", ArrowLeft: "[data-before]" }[event.key];
  const target = step && document.querySelector(step);
  if (target) {
    event.preventDefault();
    target.click();
  }
});

// htmx swaps a question in place; the answer to the choice is said to those who listen.
document.addEventListener("htmx:load", (event) => {
  const said = document.getElementById("said");
  const answer = event.target.querySelector("[data-said]");
  if (said && answer && event.target !== document.body) {
    said.textContent = answer.textContent.trim();
  }
});

// Signing out leaves nothing of a course on a device that others use.
document.addEventListener("submit", ({ target }) => {
  if (target.action.endsWith("/logout/")) {
    for (const name of Object.keys(window.localStorage ?? {}).filter((one) => one.startsWith("upstander-kept:"))) {
      localStorage.removeItem(name);
    }
  }
});
