// Keep the focus, what was opened and what was ticked when regions of a page are replaced.

const VALUED = ["checkbox", "radio", "submit", "button"];

/** Return a function that finds in the new page the element that has the focus now. */
function rememberFocus() {
  const old = document.activeElement;
  const region = old?.closest("[data-live]");
  if (!region || old === region) return () => null;
  const typed = "selectionStart" in old && !VALUED.includes(old.type);
  const caret = typed ? [old.value, old.selectionStart, old.selectionEnd] : null;
  const identity = identify(old);
  return () => {
    const found = [...region.querySelectorAll(old.localName)].find((one) => identify(one) === identity);
    if (found && caret) {
      found.value = caret[0];
      found.setSelectionRange(caret[1], caret[2]);
    }
    return found ?? document.getElementById("results");
  };
}

/** Return what an element keeps when the page is made anew: its id, its name and value, or its label. */
function identify(element) {
  if (element.id) return `#${element.id}`;
  if (element.name) return `${element.name}=${VALUED.includes(element.type) ? element.value : ""}`;
  return (element.getAttribute("aria-label") ?? element.textContent).trim();
}

/** Return a function that opens what is open now, and closes what is closed. */
function rememberOpened() {
  const kept = [...document.querySelectorAll("[data-live] [data-keep][id]")];
  const states = kept.map((one) => [one.id, one.localName === "details" ? "open" : "checked"]);
  const values = states.map(([id, state]) => document.getElementById(id)[state]);
  return () => states.forEach(([id, state], place) => {
    const found = document.getElementById(id);
    if (found) found[state] = values[place];
  });
}

/** Return a function that ticks what is ticked now, for forms that are sent later, on another page too. */
function rememberTicked() {
  const ticked = [...document.querySelectorAll("[data-live] :is([type=checkbox]:checked, [data-ticked])")]
    .filter((one) => one.form && !one.form.hasAttribute("data-in-place"))
    .map((one) => [one.form.getAttribute("id"), one.name, one.value]); // A field may be named id.
  return () => ticked.forEach(([id, name, value]) => {
    const form = document.getElementById(id);
    const same = (one) => one.name === name && one.value === value;
    const box = [...(form?.elements ?? [])].find(same);
    if (box) box.checked = true;
    else form?.append(makeTicked(name, value));
  });
}

/** Make a field for a value whose check box is on another page. */
function makeTicked(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  field.dataset.ticked = "";
  return field;
}
