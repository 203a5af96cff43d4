// Looks at this browser and says what it finds. Nothing is sent: the facts are put into the form's boxes, if there is one.

(() => {
  const list = document.querySelector("[data-trouble]");
  const facts = document.querySelector("[data-facts]");
  const summary = document.querySelector("[data-summary]");
  if (!list) {
    return;
  }
  const ROUNDS = 3;
  const NARROWEST = 320;
  const SLOW_MS = 1500;
  const SLOW_KBITS = 150;
  const CLOCK_MINUTES = 5;
  const ANSWER = "x".repeat(20_000); // more than the longest answer that waits
  const SMALL_BYTES = 120e6; // an ordinary window of a device with room has more

  const ZOOM_STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];
  const STEP_ERROR = 0.04;
  const SMALLEST = 0.1;
  const mega = (kbits) => Math.max(SMALLEST, kbits / 1000)
    .toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  const fill = (words, given) => words.replace(/\{(\w+)\}/g, (whole, name) => given[name] ?? whole);

  function cookies() {
    document.cookie = "upstander_trial=1; path=/trouble/; SameSite=Lax";
    document.cookie = "upstander_trial=1; path=" + location.pathname + "; SameSite=Lax";
    const kept = document.cookie.includes("upstander_trial=1");
    for (const path of ["/trouble/", location.pathname]) {
      document.cookie = `upstander_trial=; path=${path}; max-age=0; SameSite=Lax`;
    }
    return [navigator.cookieEnabled && kept ? "good" : "off"];
  }

  function storage() {
    try {
      for (const kept of [localStorage, sessionStorage]) {
        kept.setItem("upstander-trial", ANSWER);
        kept.removeItem("upstander-trial");
      }
      return ["good"];
    } catch (problem) {
      return [problem.name === "QuotaExceededError" ? "full" : "off"];
    }
  }

  async function line() {
    const times = [];
    let clock;
    if (!navigator.onLine) {
      return {};
    }
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const before = performance.now();
        const answer = await fetch(list.dataset.echo, { cache: "no-store", signal: AbortSignal.timeout?.(15_000) });
        const { now } = await answer.json();
        const took = performance.now() - before;
        times.push(took);
        clock = Math.round((Date.now() - (now + took / 2)) / 60_000);
      }
      const before = performance.now();
      const answer = await fetch(list.dataset.sample, { cache: "no-store", signal: AbortSignal.timeout?.(30_000) });
      const { byteLength } = await answer.arrayBuffer();
      const kbits = Math.round((byteLength * 8) / Math.max(1, performance.now() - before));
      const ms = Math.max(1, Math.round(times.sort((one, other) => one - other)[1]));
      return { ms, kbits, clock };
    } catch {
      return {};
    }
  }

  // A side bar or a docked tool narrows the window as zooming does: only a step that browsers have is taken for zoom,
  // and only where the screen's points have grown with it.
  function pageZoom() {
    const wide = matchMedia("(pointer: fine)").matches ? outerWidth / innerWidth : 1;
    const step = ZOOM_STEPS.find((one) => Math.abs(wide / one - 1) < STEP_ERROR);
    return step && devicePixelRatio / step > 1 - STEP_ERROR ? step : 1;
  }

  function zoom() {
    const text = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const percent = Math.round(text * pageZoom() * 20) * 5;
    return [percent > 200 ? "large" : "good", { percent }];
  }

  async function hidden() {
    try {
      const { quota } = await navigator.storage.estimate();
      return [quota < SMALL_BYTES ? "perhaps" : "good"];
    } catch {
      return ["good"];
    }
  }

  function language() {
    const ours = list.dataset.languages.trim().split(" ");
    const asked = navigator.languages ?? [navigator.language];
    return [asked.some((one) => ours.includes(one.slice(0, 2).toLowerCase())) ? "good" : "other"];
  }

  function connection({ ms, kbits }) {
    if (ms === undefined) {
      return ["off"];
    }
    return [ms > SLOW_MS || kbits < SLOW_KBITS ? "slow" : "good", { ms, mbits: mega(kbits) }];
  }

  function clock({ clock: minutes }) {
    if (minutes === undefined) {
      return ["unknown"];
    }
    return [Math.abs(minutes) > CLOCK_MINUTES ? "off" : "good", { minutes: Math.abs(minutes) }];
  }

  function show(check, code, given = {}) {
    const place = list.querySelector(`[data-check="${check}"]`);
    let chosen;
    for (const finding of place.querySelectorAll("[data-code]")) {
      finding.hidden = finding.dataset.code !== code;
      const words = finding.querySelector("[data-words]");
      words.textContent = fill(words.dataset.words, given);
      chosen = finding.hidden ? chosen : finding;
    }
    const stands = ["stop", "look"].includes(chosen.dataset.verdict);
    for (const mends of place.querySelectorAll("[data-mends]")) {
      const fits = mends.dataset.mends.split(" ").includes(code);
      mends.open = stands && fits;
      mends.hidden = !mends.open;
    }
    return { check, stands, title: place.querySelector("h3").textContent, word: chosen.dataset.word };
  }

  function told(name, value) {
    const fact = facts?.querySelector(`[data-fact="${name}"]`);
    if (!fact || !value) {
      return;
    }
    fact.hidden = false;
    fact.querySelector("[data-value]").textContent = value;
    const box = fact.querySelector("input");
    if (box) {
      box.disabled = false;
      box.value = value;
    }
  }

  function tell(found, { ms, kbits }, { percent }) {
    const { point, percent: percents, line: lines, offline, all } = facts?.dataset ?? {};
    if (facts) {
      told("window", fill(point, { width: innerWidth, height: innerHeight }));
      told("zoom", fill(percents, { percent }));
      told("connection", ms === undefined ? offline : fill(lines, { ms, mbits: mega(kbits) }));
      const first = found.filter(({ stands }) => stands);
      told("checks", first.map(({ title, word }) => `${title}: ${word}`).join("; ") || all);
    }
  }

  function sum(found) {
    if (!summary) {
      return;
    }
    const first = found.filter(({ stands }) => stands);
    for (const one of summary.querySelectorAll("[data-say]")) {
      one.hidden = one.dataset.say !== (first.length ? "some" : "all");
    }
    summary.querySelector("[data-first]").replaceChildren(...first.map(({ check, title }) => {
      const [item, link] = ["li", "a"].map((name) => document.createElement(name));
      link.href = `#check-${check}`;
      link.textContent = title;
      item.append(link);
      return item;
    }));
  }

  async function look() {
    if (summary) {
      summary.hidden = false;
    }
    const large = zoom();
    const found = [
      show("scripts", "good"),
      show("cookies", ...cookies()),
      show("storage", ...storage()),
      show("window", innerWidth < NARROWEST ? "narrow" : "good", { width: innerWidth, height: innerHeight }),
      show("zoom", ...large),
      show("private", ...(await hidden())),
      show("language", ...language()),
      show("popups", "none"),
    ];
    const measured = await line();
    found.push(show("connection", ...connection(measured)), show("clock", ...clock(measured)));
    sum(found);
    tell(found, measured, large[1]);
    list.dataset.done = "yes";
  }

  const again = document.querySelector("[data-again]");
  if (again) {
    again.hidden = false;
    again.addEventListener("click", async () => {
      delete list.dataset.done;
      await look();
      summary.focus();
    });
  }

  const copy = document.querySelector("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const lines = [...facts.querySelectorAll("[data-fact]:not([hidden])")];
      const words = lines.map((one) => `${one.querySelector("dt").textContent}: ${one.querySelector("dd").textContent}`);
      await navigator.clipboard.writeText(words.join("\n"));
      document.querySelector("[data-copied]").hidden = false;
    });
  }

  window.addEventListener("online", look);
  window.addEventListener("offline", look);
  look();
})();
