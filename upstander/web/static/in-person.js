// The code of the room: fetched anew when it changes, so that the page neither jumps nor loses its place.
"use strict";
(() => {
  const renew = async () => {
    let seconds = 3;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [shown, made] = [document, page].map((one) => one.querySelector("[data-seconds]"));
      if (made) {
        shown.replaceWith(made);
        seconds = Number(made.dataset.seconds) || 3;
      } else if (answer.ok) {
        location.reload();
        return;
      }
    } catch {
      // the line is cut: the last code stands until it is back
    }
    setTimeout(renew, seconds * 1000 + 300);
  };
  const board = document.querySelector("[data-seconds]");
  if (board) setTimeout(renew, Number(board.dataset.seconds) * 1000 + 300);
})();
