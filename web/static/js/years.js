// Select a range of years by dragging over the bars of the histogram.
//
// The fields for the first and last year do the same from the keyboard.

/** Return the bar at or nearest to a place across the drawing. */
function findBar(drawing, x) {
  const gap = (bar) => Math.abs(bar.getBoundingClientRect().left + bar.getBoundingClientRect().width / 2 - x);
  return [...drawing.querySelectorAll("[data-first]")].reduce((best, bar) => (gap(bar) < gap(best) ? bar : best));
}

function readRange(one, other) {
  const years = [one, other].flatMap((bar) => [Number(bar.dataset.first), Number(bar.dataset.last)]);
  return [Math.min(...years), Math.max(...years)];
}

function paintRange(drawing, [first, last]) {
  for (const bar of drawing.querySelectorAll("[data-first]")) {
    const inside = bar.dataset.first >= first && bar.dataset.last <= last;
    bar.classList.toggle("dragged", inside);
  }
  drawing.classList.add("dragging");
}

document.addEventListener("pointerdown", (event) => {
  const drawing = event.target.closest?.("[data-years]");
  if (!drawing || event.button || !event.isPrimary) return;
  const begun = findBar(drawing, event.clientX);
  let ended = begun;
  const stop = new AbortController();
  const listen = (name, act) => addEventListener(name, act, { signal: stop.signal, capture: true });
  const leave = () => {
    stop.abort();
    drawing.classList.remove("dragging");
  };
  listen("pointermove", (moved) => {
    ended = findBar(drawing, moved.clientX);
    if (ended !== begun) paintRange(drawing, readRange(begun, ended));
  });
  listen("dragstart", (dragged) => dragged.preventDefault());
  listen("pointercancel", leave);
  listen("pointerup", () => {
    leave();
    if (ended === begun) return; // A click, which follows the link of its bar.
    ignoreNextClick();
    setYears(drawing, readRange(begun, ended));
  });
});

/** Ignore the click that may follow a drag, but no later one. */
function ignoreNextClick() {
  const stop = new AbortController();
  addEventListener("click", (click) => click.preventDefault(), { capture: true, signal: stop.signal });
  setTimeout(() => stop.abort());
}

/** Move from bar to bar with the arrows: the drawing is one Tab stop. */
document.addEventListener("keydown", (event) => {
  const distance = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const drawing = event.target.closest?.("[data-years]");
  if (!drawing || !distance) return;
  const bars = [...drawing.querySelectorAll("a[data-first]")];
  bars[bars.indexOf(event.target.closest("a")) + distance]?.focus();
  event.preventDefault();
});

function setYears(drawing, [first, last]) {
  const form = document.getElementById(drawing.dataset.years);
  const [low, high] = ["year_from", "year_to"].map((name) => form.elements.namedItem(name));
  [low.value, high.value] = [first, last];
  high.dispatchEvent(new Event("change", { bubbles: true }));
}
