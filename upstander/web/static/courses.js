// The course desk: nothing here is needed to use it.

// A button puts the frame of a block where the cursor stands, instead of at the end by way of the server.
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", (event) => {
    const box = document.getElementById(button.dataset.insert);
    const at = box.selectionStart === undefined ? box.value.length : box.selectionEnd;
    const before = box.value.slice(0, at).replace(/\s+$/, "");
    const frame = (before ? "\n\n" : "") + button.dataset.frame + "\n";
    event.preventDefault();
    box.value = before + frame + box.value.slice(at).replace(/^\s+/, "");
    box.focus();
    box.setSelectionRange(before.length + frame.length, before.length + frame.length);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// The page as it reads follows another reader at once.
const duty = document.querySelector("#write #duty");
if (duty) {
  duty.addEventListener("change", () => {
    for (const box of document.querySelectorAll("textarea[hx-post]")) {
      window.htmx.ajax("POST", box.getAttribute("hx-post"), { source: box, target: box.getAttribute("hx-target") });
    }
  });
}

// A file that is too large is told before it travels.
for (const form of document.querySelectorAll("form[data-limit]")) {
  const box = form.querySelector("input[type=file]");
  const said = form.querySelector("[data-too-large]");
  const look = () => {
    const large = box.files.length > 0 && box.files[0].size > Number(form.dataset.limit);
    said.hidden = !large;
    return large;
  };
  box.addEventListener("change", look);
  form.addEventListener("submit", (event) => {
    if (look()) {
      event.preventDefault();
      box.focus();
    }
  });
}

// What was typed and not saved is not left without a word.
const write = document.getElementById("write");
if (write) {
  let typed = write.hasAttribute("data-typed");
  write.addEventListener("input", () => { typed = true; });
  write.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (typed) {
      event.preventDefault();
    }
  });
}
