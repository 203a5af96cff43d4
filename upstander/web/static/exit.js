// The quick exit: a press, or Shift three times. Without this script it is a link that does the same, more slowly.

const exit = document.querySelector("[data-exit]");
const SOON_MS = 2000;
let presses = [];

function leave() {
  // The page is emptied before anything else, so that a slow line leaves nothing to read.
  document.title = "";
  document.body.replaceChildren();
  // The session ends meanwhile; the answer is not waited for.
  fetch(exit.href, { redirect: "manual", keepalive: true, cache: "no-store" }).catch(() => {});
  location.replace(exit.dataset.exit);
}

if (exit) {
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < SOON_MS), now];
    if (presses.length >= 3) {
      leave();
    }
  });
}

// A page that the browser kept whole (on the way back) is fetched anew, so that the site decides again what is shown.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.body.replaceChildren();
    location.reload();
  }
});
