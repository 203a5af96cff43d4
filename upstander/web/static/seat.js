// Where a law asks for a time in the course: says at most once a minute that the page is looked at and used.

(() => {
  const shown = document.querySelector("[data-seat]");
  if (!shown) {
    return;
  }
  let used = true;
  let last = Date.now();

  async function tell(away) {
    last = Date.now();
    used = false;
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ csrfmiddlewaretoken: token.value, away: away ? "yes" : "no" });
    try {
      const answer = await fetch(shown.dataset.seat, { method: "POST", body, keepalive: true });
      const said = answer.ok && !answer.redirected ? (await answer.json()).said : "";
      shown.textContent = said || shown.textContent;
    } catch {
      // No line: the next sign of life counts from the last one that arrived.
    }
  }

  for (const sign of ["scroll", "keydown", "pointerdown", "pointermove"]) {
    document.addEventListener(sign, () => { used = true; }, { passive: true });
  }
  setInterval(() => {
    if (used && !document.hidden && Date.now() - last >= 60_000) {
      tell(false);
    }
  }, 5_000);
  // Going to the next page is no turning away.
  let leaving = false;
  window.addEventListener("pagehide", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", () => leaving || tell(document.hidden));
})();
