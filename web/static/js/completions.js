// Complete what is typed in the search box: a combobox with a list of completions.

const PAUSE_MS = 120; // Chosen: shorter than a pause between words, longer than between letters.
const SHORTEST = 2; // The server completes nothing shorter.
const MOST_COMPLETIONS = 8;

/** Attach a list of completions to a search box. */
function completeBox(input) {
  const list = document.createElement("ul");
  list.id = "completions";
  list.className = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Completions");
  list.hidden = true;
  input.after(list);
  const combobox = new Combobox(input, list, { tabInsertsSuggestions: false });
  let [timer, request, composing] = [0, null, false];

  function close() {
    clearTimeout(timer);
    request?.abort();
    if (!list.hidden) combobox.stop();
    list.hidden = true;
  }

  function open(completions) {
    if (!completions.length || document.activeElement !== input) return close();
    list.replaceChildren(...completions.map(makeOption));
    if (list.hidden) {
      list.hidden = false;
      combobox.start();
    }
    announce(completions.length === 1 ? "1 completion" : `${completions.length} completions`);
  }

  async function complete() {
    request?.abort();
    const own = (request = new AbortController());
    const asked = new URLSearchParams({ q: input.value, limit: MOST_COMPLETIONS });
    try {
      const address = new URL(`suggest.json?${asked}`, input.form.action); // below a proxy's path, too
      const answer = await fetch(address, { signal: own.signal });
      const found = answer.ok ? (await answer.json()).data.completions : [];
      if (!own.signal.aborted) open(found);
    } catch {
      if (!own.signal.aborted) close(); // Completions are a help, so a failure is not told.
    }
  }

  function wait() {
    clearTimeout(timer);
    request?.abort();
    const atEnd = input.selectionStart === input.value.length;
    if (composing || !atEnd || input.value.trim().length < SHORTEST) return close();
    timer = setTimeout(complete, PAUSE_MS);
  }

  input.addEventListener("input", wait);
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => {
    composing = false;
    wait();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => handleKey(event, list, combobox, close), true);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // Keeps the focus.
  list.addEventListener("combobox-commit", (event) => {
    const { kind, query, address } = event.target.dataset;
    close();
    if (!address.includes("/search?")) return location.assign(address); // A paper or an author.
    input.value = query;
    if (kind === "field") return input.dispatchEvent(new Event("input", { bubbles: true }));
    input.form.requestSubmit();
  });
}

/** Handle the keys that the combobox leaves to others: Escape closes, Home and End go to the ends. */
function handleKey(event, list, combobox, close) {
  if (list.hidden || event.isComposing) return;
  const chosen = combobox.input.hasAttribute("aria-activedescendant");
  if (event.key === "Escape") close();
  else if (chosen && (event.key === "Home" || event.key === "End")) {
    combobox.clearSelection();
    combobox.navigate(event.key === "Home" ? 1 : -1);
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function makeOption({ kind, text, query, count, url }, place) {
  const option = document.createElement("li");
  option.id = `completion-${place + 1}`;
  option.setAttribute("role", "option");
  Object.assign(option.dataset, { kind, query, address: url });
  const many = count === null || kind === "title" ? "" : count.toLocaleString("en");
  for (const [part, words] of [["text", text], ["kind", kind], ["count", many]]) {
    const span = document.createElement("span");
    span.className = `completion-${part}`;
    span.textContent = words;
    option.append(span, " ");
  }
  return option;
}

for (const input of document.querySelectorAll("#q")) completeBox(input);
