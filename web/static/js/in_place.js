// Replace the regions of a page in place: filters, sorts and pages without loading the page anew.
//
// The server knows nothing of it: the page of the new address is fetched whole, and its regions
// marked `data-live` take the place of those shown.

const BUSY_AFTER_MS = 300; // Chosen: a shorter wait needs no mark.
const TYPED_AFTER_MS = 200; // Chosen: a pause in typing.
const UNANSWERED = "The server does not answer. Try again later.";

let pending = null;
let shown = location.pathname + location.search;

/** Return the regions of a page by their ids. */
function listRegions(page) {
  return new Map([...page.querySelectorAll("[data-live][id]")].map((one) => [one.id, one]));
}

/** Show the page of an address in place of the one shown; a later call cancels an earlier one. */
async function visit(address, { push = true, land = false } = {}) {
  pending?.abort();
  const request = (pending = new AbortController());
  const busy = setTimeout(() => markBusy(true), BUSY_AFTER_MS);
  try {
    const answer = await fetch(address, { signal: request.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) showFailure(readFailure(page));
    else if (!canReplace(page)) location.assign(address);
    else show(page, new URL(answer.url), push, land);
  } catch (error) {
    if (!request.signal.aborted) showFailure(UNANSWERED);
  } finally {
    clearTimeout(busy);
    if (pending === request) {
      pending = null;
      markBusy(false);
    }
  }
}

function canReplace(page) {
  const fresh = listRegions(page);
  return [...listRegions(document).keys()].every((id) => fresh.has(id));
}

function show(page, address, push, land) {
  const [findFocus, reopen, tick] = [rememberFocus(), rememberOpened(), rememberTicked()];
  const fresh = listRegions(page);
  for (const [id, region] of listRegions(document)) {
    region.replaceChildren(...document.adoptNode(fresh.get(id)).childNodes);
  }
  document.title = page.title;
  if (push) {
    history.replaceState({ scroll: scrollY }, "");
    history.pushState({ scroll: 0 }, "", address);
  }
  shown = location.pathname + location.search;
  reopen();
  tick();
  const results = document.getElementById("results");
  const focused = land ? results : findFocus();
  focused?.focus({ preventScroll: true });
  if (land) results?.scrollIntoView({ block: "start" });
  announce(results?.querySelector("[data-announce]")?.textContent.replace(/\s+/g, " ").trim() ?? "");
}

function markBusy(busy) {
  for (const region of listRegions(document).values()) {
    if (busy) region.setAttribute("aria-busy", "true");
    else region.removeAttribute("aria-busy");
  }
  document.documentElement.classList.toggle("busy", busy);
}

/** Return the sentence of a page that says why there are no results. */
function readFailure(page) {
  const sentence = (page.querySelector("main h1") ?? page.body).textContent.trim();
  return sentence.slice(0, 500) || UNANSWERED;
}

function showFailure(sentence) {
  document.querySelector(".failure-note")?.remove();
  const note = document.createElement("p");
  note.className = "note failure-note";
  note.setAttribute("role", "alert");
  document.getElementById("results")?.prepend(note);
  note.textContent = sentence;
  note.scrollIntoView({ block: "nearest" });
}

/** Return the address that a form would open, without its empty fields and without the page. */
function readAddress(form, submitter) {
  const fields = [...new FormData(form, submitter)].filter(([, value]) => value !== "");
  const asked = new URLSearchParams(fields.map(([name, value]) => [name, String(value)]));
  return form.getAttribute("action") + (asked.size ? `?${asked}` : "");
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.hasAttribute("data-in-place") || event.target.type === "search") return;
  if (form.reportValidity()) visit(readAddress(form));
});

let typing = 0;
document.addEventListener("input", (event) => {
  if (!event.target.hasAttribute?.("data-find") || event.isComposing) return;
  clearTimeout(typing);
  typing = setTimeout(() => visit(readAddress(event.target.form)), TYPED_AFTER_MS);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-in-place")) return;
  const box = form.elements.namedItem("q");
  if (box && box.value !== box.defaultValue) return; // A new query is a new page.
  event.preventDefault();
  clearTimeout(typing);
  visit(readAddress(form, event.submitter), { land: event.submitter?.name === "page" });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-live] a[href]");
  const changed = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || changed || event.defaultPrevented || link.closest(".hit, [target]")) return;
  const address = new URL(link.getAttribute("href"), location.href);
  if (address.origin !== location.origin || address.pathname !== location.pathname) return;
  if (address.hash && address.pathname + address.search === shown) return;
  event.preventDefault();
  visit(address, { land: Boolean(link.closest("nav.pages")) });
});

addEventListener("popstate", async (event) => {
  if (location.pathname + location.search === shown) return; // Only the fragment has changed.
  await visit(location.href, { push: false });
  if (event.state) scrollTo(scrollX, event.state.scroll);
});
