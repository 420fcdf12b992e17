// Mark the page as scripted, and let screen readers hear what changes in it.

document.documentElement.classList.add("scripted");

const announcer = document.createElement("div");
announcer.className = "unseen";
announcer.setAttribute("role", "status");
document.body.append(announcer);

/** Announce a sentence politely; a sentence that is announced again is heard again. */
function announce(sentence) {
  announcer.textContent = "";
  setTimeout(() => (announcer.textContent = sentence), 50);
}
