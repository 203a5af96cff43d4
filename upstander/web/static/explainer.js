// Plays an explainer: one slide and one caption at a time. Without this script its slides stand one under another.

const TICK_MILLISECONDS = 100;
const SWIPE_PIXELS = 45;
const speech = window.speechSynthesis;

class Player {
  constructor(root) {
    this.root = root;
    this.slides = [...root.querySelectorAll("[data-slide]")].map((element) => ({
      element,
      captions: [...element.querySelectorAll("[data-begins]")].map((text) => ({
        text,
        begins: Number(text.dataset.begins),
        ends: Number(text.dataset.ends),
      })),
    }));
    this.ends = Number(root.dataset.milliseconds);
    this.at = 0;
    this.speed = 1;
    this.timer = null;
    this.caption = null;
    this.isSpeaking = false;
    this.find();
    this.listen();
    this.root.classList.add("live");
    this.bar.hidden = false;
    this.show();
  }

  find() {
    const one = (name) => this.root.querySelector(`[data-${name}]`);
    this.bar = one("bar");
    this.place = one("place");
    this.where = one("where");
    this.play = one("play");
    this.playWord = this.play.textContent;
    this.aloud = one("aloud");
    if (speech) {
      one("aloud-label").hidden = false;
    }
  }

  listen() {
    const on = (name, event, act) => this.root.querySelector(`[data-${name}]`).addEventListener(event, act);
    on("play", "click", () => (this.timer ? this.pause() : this.start()));
    on("back", "click", () => this.step(-1));
    on("forward", "click", () => this.step(1));
    on("place", "input", () => this.go(Number(this.place.value)));
    on("speed", "change", (event) => { this.speed = Number(event.target.value); });
    on("captions", "change", (event) => this.root.classList.toggle("wordless", !event.target.checked));
    on("aloud", "change", () => { this.hush(); this.speak(); });
    this.root.addEventListener("keydown", (event) => this.key(event));
    const stage = this.root.querySelector("[data-slides]");
    stage.addEventListener("pointerdown", (event) => { this.touched = event.pointerType === "touch" ? event.clientX : null; });
    stage.addEventListener("pointerup", (event) => this.swipe(event));
    document.addEventListener("visibilitychange", () => { if (document.hidden) { this.pause(); } });
    window.addEventListener("pagehide", () => this.hush());
  }

  get index() {
    const after = this.slides.findIndex((slide) => slide.captions[0].begins > this.at);
    return after < 0 ? this.slides.length - 1 : Math.max(0, after - 1);
  }

  start() {
    if (this.at >= this.ends) {
      this.at = 0;
    }
    this.last = performance.now();
    this.timer = setInterval(() => this.tick(), TICK_MILLISECONDS);
    this.play.textContent = this.play.dataset.pauseWord;
    this.show();
    this.speak();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.hush();
    this.play.textContent = this.at >= this.ends ? this.play.dataset.againWord : this.playWord;
  }

  tick() {
    const now = performance.now();
    const next = this.at + (now - this.last) * this.speed;
    this.last = now;
    // A caption that is still being read aloud is waited for.
    this.at = this.isSpeaking && this.caption ? Math.min(next, this.caption.ends - 1) : next;
    if (this.at >= this.ends) {
      this.at = this.ends;
      this.pause();
    }
    this.show();
  }

  go(at) {
    this.hush();
    this.at = Math.min(Math.max(at, 0), this.ends);
    this.caption = null;
    if (!this.timer) {
      this.play.textContent = this.at >= this.ends ? this.play.dataset.againWord : this.playWord;
    }
    this.show();
  }

  step(by) {
    const wanted = Math.min(Math.max(this.index + by, 0), this.slides.length - 1);
    this.go(this.slides[wanted].captions[0].begins);
  }

  show() {
    const index = this.index;
    const { captions } = this.slides[index];
    const later = captions.findIndex((caption) => caption.begins > this.at);
    const caption = captions[later < 0 ? captions.length - 1 : Math.max(0, later - 1)];
    this.place.value = String(this.at);
    if (caption === this.caption) {
      return;
    }
    this.caption = caption;
    this.slides.forEach((slide, number) => { slide.element.hidden = number !== index; });
    captions.forEach((one) => { one.text.hidden = one !== caption; });
    const words = this.where.dataset.words.replace("{number}", index + 1).replace("{count}", this.slides.length);
    this.where.textContent = words;
    this.place.setAttribute("aria-valuetext", words);
    this.speak();
  }

  speak() {
    if (!speech || !this.aloud.checked || !this.timer || !this.caption) {
      return;
    }
    const said = new SpeechSynthesisUtterance(this.caption.text.textContent);
    said.lang = this.root.lang;
    said.rate = this.speed;
    const over = () => { if (this.said === said) { this.isSpeaking = false; } };
    said.addEventListener("end", over);
    said.addEventListener("error", over);
    this.said = said;
    this.isSpeaking = true;
    speech.cancel();
    speech.speak(said);
  }

  hush() {
    this.isSpeaking = false;
    this.said = null;
    if (speech) {
      speech.cancel();
    }
  }

  swipe(event) {
    const moved = this.touched == null ? 0 : event.clientX - this.touched;
    this.touched = null;
    if (Math.abs(moved) > SWIPE_PIXELS) {
      this.step(moved < 0 ? 1 : -1);
    }
  }

  key(event) {
    const isTyping = event.target.closest("input[type=range], select");
    if (isTyping || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      event.stopPropagation();
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      event.stopPropagation();
      this.step(step);
    }
  }
}

for (const root of document.querySelectorAll("[data-explainer]")) {
  if (root.querySelector("[data-slide]")) {
    new Player(root);
  }
}
