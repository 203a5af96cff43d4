// The workbench: nothing here is needed to use it.

// A link to a line of the text puts the cursor there.
for (const link of document.querySelectorAll("[data-line]")) {
  link.addEventListener("click", (event) => {
    const text = document.getElementById("text");
    const lines = text.value.split("\n");
    const line = Number(link.dataset.line) - 1;
    const start = lines.slice(0, line).join("\n").length + (line ? 1 : 0);
    event.preventDefault();
    text.focus();
    text.setSelectionRange(start, start + (lines[line] || "").length);
    text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, line - 3);
  });
}

// The numbers of the lines beside the text.
const text = document.getElementById("text");
if (text) {
  const gutter = document.createElement("div");
  gutter.className = "wb-gutter";
  gutter.setAttribute("aria-hidden", "true");
  text.before(gutter);
  text.parentElement.classList.add("numbered");
  const draw = () => {
    const count = text.value.split("\n").length;
    if (gutter.dataset.count !== String(count)) {
      gutter.dataset.count = String(count);
      gutter.textContent = Array.from({ length: count }, (_, at) => at + 1).join("\n");
    }
    gutter.scrollTop = text.scrollTop;
  };
  text.addEventListener("input", draw);
  text.addEventListener("scroll", draw);
  draw();
}

// A row opened by a link to something inside it.
const opened = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
for (let row = opened && opened.closest("details"); row; row = row.parentElement.closest("details")) {
  row.open = true;
}
for (const link of document.querySelectorAll(".error-summary a[href^='#']")) {
  link.addEventListener("click", () => {
    const place = document.getElementById(link.hash.slice(1));
    for (let row = place && place.closest("details"); row; row = row.parentElement.closest("details")) {
      row.open = true;
    }
  });
}

// What was typed and not saved is not left without a word.
const form = document.getElementById("part-form");
if (form) {
  let typed = document.querySelector("[data-typed]") !== null;
  form.addEventListener("input", () => { typed = true; });
  let leaving = false;
  form.addEventListener("submit", () => { typed = false; leaving = true; });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) {
      event.preventDefault();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) {
      event.preventDefault();
    }
  });
}
