// Reads a lesson aloud with the voice that the reader's own device has. Where it has none for the language, nothing is
// offered. Nothing moves on the page meanwhile, and nothing is sent anywhere by us.

const box = document.querySelector("[data-listen]");
const speech = window.speechSynthesis;

if (box && speech && window.SpeechSynthesisUtterance) {
  const play = box.querySelector("[data-listen-play]");
  const stop = box.querySelector("[data-listen-stop]");
  const text = document.querySelector(".lesson-text");
  let state = "still";

  const languageOf = (element) => element.closest("[lang]").lang;

  // A voice that lives on the device is taken before one that would send the text away.
  const voiceOf = (language) => {
    const fitting = speech.getVoices().filter((voice) => voice.lang.toLowerCase().startsWith(language.toLowerCase()));
    return fitting.find((voice) => voice.localService) || null;
  };

  const offer = () => {
    box.hidden = !voiceOf(languageOf(text));
  };

  // What is read: headings, paragraphs, entries, questions and choices in their order, nothing hidden, nothing twice.
  const pieces = () => {
    const wanted = "h1, h2, h3, h4, p, li, summary, legend, th, td, .choice button, blockquote";
    return [...text.querySelectorAll(wanted)].filter((element) => {
      const isInside = element.parentElement.closest("p, li, summary, legend, button, td");
      const isShown = element.getClientRects().length > 0 && !element.closest("[aria-hidden=true], [data-listen], [hidden]");
      return isShown && !(isInside && text.contains(isInside)) && !element.matches(".lesson-place, .others");
    });
  };

  const show = (next) => {
    state = next;
    play.textContent = { still: play.dataset.play, speaking: play.dataset.pause, waiting: play.dataset.resume }[next];
    stop.hidden = next === "still";
  };

  const say = () => {
    const queue = pieces();
    const last = queue.length - 1;
    queue.forEach((element, number) => {
      const said = new SpeechSynthesisUtterance(element.textContent.replace(/\s+/g, " ").trim());
      said.lang = languageOf(element);
      said.voice = voiceOf(said.lang);
      if (number === last) {
        said.addEventListener("end", () => show("still"));
      }
      speech.speak(said);
    });
    show(queue.length ? "speaking" : "still");
  };

  play.addEventListener("click", () => {
    if (state === "still") {
      speech.cancel();
      say();
    } else if (state === "speaking") {
      speech.pause();
      show("waiting");
    } else {
      speech.resume();
      show("speaking");
    }
  });

  const hush = () => {
    speech.resume();
    speech.cancel();
    show("still");
  };
  stop.addEventListener("click", () => {
    hush();
    play.focus();
  });
  window.addEventListener("pagehide", hush);
  speech.addEventListener?.("voiceschanged", offer);
  offer();
}
