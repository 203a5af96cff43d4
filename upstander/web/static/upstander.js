// Small courtesies of every page; each page works without them.

// After a refused form the reader lands on the summary of what to mend.
const summary = document.querySelector(".error-summary");
if (summary) {
  summary.focus();
}

// The language button keeps the place on the page too.
for (const form of document.querySelectorAll("form[data-language]")) {
  form.addEventListener("submit", () => {
    const next = form.elements.namedItem("next");
    if (location.hash && !next.value.includes("#")) {
      next.value += location.hash;
    }
  });
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
