// The office's own words: nothing here is needed to write them.

// A name in braces goes where the cursor stands.
const text = document.getElementById("text");
for (const button of document.querySelectorAll("[data-put]")) {
  button.hidden = text.readOnly;
  button.addEventListener("click", () => {
    text.setRangeText(button.dataset.put, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// Which of the views is open stays so while the letter is written.
const seen = document.getElementById("seen");
let open = [];
seen.addEventListener("htmx:beforeSwap", () => { open = [...seen.querySelectorAll("details")].map((one) => one.open); });
seen.addEventListener("htmx:afterSwap", () => {
  [...seen.querySelectorAll("details")].forEach((one, at) => { one.open = open[at] ?? one.open; });
});

// What was typed and not saved is not left without a word.
const write = document.getElementById("write");
let typed = write.hasAttribute("data-typed");
write.addEventListener("input", (event) => { typed = typed || event.target.name === "text" || event.target.name === "subject"; });
write.addEventListener("submit", () => { typed = false; });
window.addEventListener("beforeunload", (event) => {
  if (typed) {
    event.preventDefault();
  }
});
