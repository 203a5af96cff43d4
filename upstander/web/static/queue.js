// What is sent from a course arrives once, though the line drops, the window closes or the session ends. Each sending
// is kept on this device first, then sent under its own key in the order of giving; what has arrived is removed.

(() => {
  const box = document.getElementById("kept");
  if (!box) {
    return;
  }
  const OURS = `upstander-kept:${box.dataset.mark.split(":")[0]}:`;
  const LONGEST_MS = 14 * 24 * 3600 * 1000;
  // The server's clock in data-now is read as the request arrives: what page and script took since then is elapsed time,
  // or of two windows the slower one would give its answers an earlier instant than they have.
  const [arrival] = performance.getEntriesByType?.("navigation") ?? [];
  const opened = Date.now() - (arrival ? Math.max(0, Math.round(performance.now() - arrival.requestStart)) : 0);
  const flying = new Map(); // key -> name, for what htmx is sending
  const mine = new Set();
  let count = 0;
  let wait = 1000;
  let timer;
  let turn = Promise.resolve();

  const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
    (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  const names = () => {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(OURS)).sort();
    } catch {
      return [];
    }
  };

  function keep(path, data, submits) {
    for (const name of ["csrfmiddlewaretoken", "key", "given"]) {
      data.delete(name);
    }
    const given = Number(box.dataset.now) + Math.max(0, Date.now() - opened);
    data.set("key", uuid());
    data.set("given", given);
    const name = `${OURS}${given}-${String(count++).padStart(4, "0")}`;
    try {
      localStorage.setItem(name, JSON.stringify({ path, submits, at: Date.now(), fields: [...data] }));
      mine.add(name);
    } catch {
      return "";
    }
    return name;
  }

  function read(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return localStorage.removeItem(name);
    }
  }

  function say(code, to) {
    const line = box.querySelector("p");
    const text = (name) => box.querySelector(`[data-say="${name}"]`).content.textContent;
    line.textContent = text(code);
    if (to) {
      const link = document.createElement("a");
      link.href = to;
      link.textContent = text(code === "sign-in" ? "go-sign-in" : "go-on");
      line.append(" ", link);
    }
    line.hidden = false;
  }

  // What a status means: arrived, to be sent again, or after the next sign-in.
  const meaning = (status) => {
    if (status === 401 || status === 403) {
      return "sign-in";
    }
    return !status || status >= 500 || status === 408 || status === 429 ? "waits" : "arrived";
  };

  function failed(came, submits) {
    const back = `${box.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`;
    say(came === "waits" && submits ? "unsubmitted" : came, came === "sign-in" && back);
    clearTimeout(timer);
    wait = Math.min(wait * 2, 60_000);
    timer = came === "sign-in" ? 0 : setTimeout(flush, wait);
  }

  async function send(entry) {
    const fields = new URLSearchParams(entry.fields);
    const cookie = /upstander_csrf=([^;]+)/.exec(document.cookie);
    const token = cookie?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-Kept": "yes", "X-CSRFToken": token };
    if (fields.has("block")) {
      headers["HX-Request"] = "true";
    }
    try {
      const signal = AbortSignal.timeout?.(30_000);
      const answer = await fetch(entry.path, { method: "POST", body: fields, headers, signal });
      const text = await answer.text();
      const isJson = answer.headers.get("Content-Type")?.includes("json");
      const { kept, to } = isJson ? JSON.parse(text) : { kept: answer.headers.get("X-Kept") };
      const shown = !isJson && answer.ok && document.getElementById(fields.get("block"));
      if (shown) {
        shown.outerHTML = text;
        htmx.process(document.getElementById(fields.get("block")));
      }
      return { came: meaning(answer.status), kept: answer.ok ? kept : "dropped", to };
    } catch {
      return { came: "waits" };
    }
  }

  // Sends what waits, in order; stops at the first that cannot go. What came of each, by name.
  async function all() {
    const done = new Map();
    for (const name of names()) {
      const entry = read(name);
      if ([...flying.values()].includes(name) || !entry) {
        continue;
      }
      const came = Date.now() - entry.at > LONGEST_MS ? { came: "arrived" } : await send(entry);
      done.set(name, { ...came, submits: entry.submits });
      if (came.came !== "arrived") {
        break;
      }
      localStorage.removeItem(name);
    }
    return done;
  }

  // One tab at a time, unless the other one sleeps, and here one after the other; the keys see to the rest.
  const inTurn = () => {
    const signal = AbortSignal.timeout?.(5_000);
    turn = turn.then(() => navigator.locks?.request("upstander-kept", { signal }, all).catch(all) ?? all());
    return turn;
  };

  async function flush() {
    if (!names().length) {
      return;
    }
    const done = [...(await inTurn())];
    const [, last] = done.at(-1) ?? [];
    if (last && last.came !== "arrived") {
      failed(last.came, last.submits);
    } else if (last) {
      wait = 1000;
      const state = ["dropped", "older"].find((one) => done.some(([, came]) => came.kept === one));
      if (!last.submits && done.some(([name]) => !mine.has(name)) && document.querySelector("#item, .answer-list")) {
        location.reload(); // the page was made before what has arrived now
      }
      say(state ?? (last.submits ? "submitted" : "arrived"), last.to);
    }
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.elements.mark) {
      return;
    }
    event.preventDefault();
    if (form.ariaBusy) {
      return;
    }
    form.ariaBusy = "true";
    const submits = "submits" in form.dataset;
    const data = new FormData(form, event.submitter);
    const name = keep(form.action, data, submits);
    const done = name ? await inTurn() : new Map([["", await send({ path: form.action, fields: [...data] })]]);
    form.ariaBusy = null;
    const { came, to } = done.get(name) ?? [...done.values()].at(-1) ?? {};
    const onward = event.submitter?.dataset.to;
    if (came === undefined || (came === "arrived" && done.has(name))) {
      location.assign(to ?? location.href);
    } else if (!name) {
      say("lost");
    } else {
      failed(came, submits);
      const there = came === "waits" && onward && (await fetch(onward).catch(() => null));
      if (there?.ok && !there.redirected) {
        location.assign(onward);
      } else if (came === "waits" && !submits) {
        say("stays");
      }
    }
  });

  // The reader sees what they chose, though its answer is not here yet.
  function show(form, data) {
    for (const button of form.querySelectorAll(".choice button")) {
      const isChosen = button.value === data.get("answer");
      button.setAttribute("aria-pressed", isChosen);
      button.parentNode.classList.toggle("chosen", isChosen);
      button.parentNode.querySelector(".feedback")?.remove();
    }
    const [step, way] = (data.get("move") ?? "").split(":");
    const line = way && document.getElementById(`${way}-${step}`).closest("li");
    const other = line && (way === "up" ? line.previousElementSibling : line.nextElementSibling);
    if (!other) {
      return;
    }
    other[way === "up" ? "before" : "after"](line);
    const lines = [...line.parentNode.children];
    lines.forEach((one, place) => {
      one.querySelector(".order-number").textContent = place + 1;
      for (const button of one.querySelectorAll("button")) {
        const isEnd = place === (button.id.startsWith("up-") ? 0 : lines.length - 1);
        button.setAttribute("aria-disabled", isEnd);
        button.ariaLabel = button.ariaLabel.replace(/\d+/, place + 1);
      }
    });
    form.elements.order.value = lines.map((one) => one.querySelector("button").id.slice(3)).join();
    document.getElementById(`${way}-${step}`).focus();
  }

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb === "post" && detail.elt.closest("form")?.elements.mark) {
      const token = detail.formData.get("csrfmiddlewaretoken");
      const name = keep(detail.path, detail.formData, false);
      detail.formData.set("csrfmiddlewaretoken", token);
      flying.set(detail.formData.get("key"), name);
    }
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const data = detail.requestConfig.formData;
    const name = flying.get(data.get("key"));
    if (!flying.delete(data.get("key"))) {
      return;
    }
    const came = meaning(detail.xhr.status);
    if (came === "arrived") {
      name && localStorage.removeItem(name);
      box.querySelector("p").hidden = detail.successful;
      detail.successful || say("dropped");
      flush();
    } else {
      show(detail.elt.closest("form"), data);
      name ? failed(came) : say("lost");
    }
  });

  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  flush();
})();
