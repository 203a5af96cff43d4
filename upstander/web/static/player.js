// Courtesies of the lesson: arrow keys, and what was answered said aloud. Every page works without them.

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

// Where the line is gone, the choice goes the plain way, so that the browser itself says what happened.
document.addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest("form");
  if (form && !form.matches(".item")) {
    form.removeAttribute("hx-post");
  }
});
