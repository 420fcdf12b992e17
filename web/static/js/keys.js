// Act on single keys: / j k o c ?
//
// They can be switched off (WCAG 2.1.4), which this browser remembers. None acts while somebody
// types, nor together with Ctrl, Alt or Meta.

const SWITCH = "papersearch.keys";

/** Return whether single keys act; a browser without storage has them on. */
function keysAreOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

/** Move the focus to the next (1) or previous (-1) hit. */
function step(distance) {
  const titles = [...document.querySelectorAll(".hit h2 a")];
  const at = titles.indexOf(currentHit()?.querySelector("h2 a"));
  const next = titles[at < 0 ? (distance > 0 ? 0 : -1) : at + distance];
  next?.focus({ preventScroll: true });
  next?.closest(".hit").scrollIntoView({ block: "nearest" });
}

function currentHit() {
  return document.activeElement?.closest(".hit");
}

const ACTIONS = {
  "/": () => document.getElementById("q")?.select(),
  j: () => step(1),
  k: () => step(-1),
  o: () => currentHit()?.querySelector("h2 a").click(),
  c: () => (currentHit() ?? document).querySelector("[data-cite]")?.click(),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysAreOn()) return;
  if (event.target.closest?.("input, select, textarea, dialog, [contenteditable]")) return;
  if (!Object.hasOwn(ACTIONS, event.key)) return;
  event.preventDefault();
  ACTIONS[event.key]();
});

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.closest("label").hidden = false;
  box.checked = keysAreOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    } catch {
      box.checked = true;
    }
  });
}
