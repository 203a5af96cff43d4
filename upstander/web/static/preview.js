// The preview of a course follows its files: once one has changed, the page is read again.
const address = document.currentScript.dataset.changed;
let known = null;

setInterval(async () => {
  try {
    const now = await (await fetch(address)).text();
    if (known !== null && now !== known) {
      location.reload();
    }
    known = now;
  } catch {
    known = null;
  }
}, 1000);
