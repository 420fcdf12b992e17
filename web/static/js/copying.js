// Copy a text to the clipboard: what a link with `data-copy` leads to, or the element it names.

document.addEventListener("click", async (event) => {
  const control = event.target.closest?.("[data-copy]");
  if (!control || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const source = control.dataset.copy && document.querySelector(control.dataset.copy);
  try {
    const text = source ? source.textContent : await fetchText(control.href);
    tell(control, await copy(text, source));
  } catch {
    location.assign(control.href); // What it does without script.
  }
});

async function fetchText(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.text();
}

/** Copy a text, or else select the element that shows it; return whether it was copied. */
async function copy(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers have a clipboard only for https and this machine.
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "unseen";
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    if (!copied && source) getSelection().selectAllChildren(source);
    return copied;
  }
}

function tell(control, copied) {
  const sentence = copied ? "Copied" : "Press Ctrl+C to copy";
  control.dataset.label ??= control.textContent;
  control.textContent = sentence;
  announce(sentence);
  clearTimeout(control.timer);
  control.timer = setTimeout(() => (control.textContent = control.dataset.label), 2000);
}
