// Keep what the reader follows in this browser: Follow adds to it, and a link shows what is new.
//
// The list is the query of the address of its page, as it is without script.

const LIST = "papersearch.following";
const CHECKED = "papersearch.following.checked";
const OWN = "papersearch.following.own";
const RECHECK_MS = 15 * 60 * 1000;
const KINDS = ["author", "identity", "venue", "topic"];
const MOST = 100;

const listLinks = document.querySelectorAll("[data-list-link]");
const listPath = listLinks[0]?.pathname; // Below the path of a proxy, if there is one.

/** Return a value from storage; null if there is none, or no storage. */
function readKept(name, storage = "localStorage") {
  try {
    return window[storage].getItem(name);
  } catch {
    return null;
  }
}

/** Keep a value, or remove it if it is null; return whether that was possible. */
function keep(name, value, storage = "localStorage") {
  try {
    if (value === null) window[storage].removeItem(name);
    else window[storage].setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

function readList() {
  return new URLSearchParams(readKept(LIST) ?? "");
}

function saveList(list) {
  const kept = keep(LIST, list.toString() || null) && keep(CHECKED, null);
  showList();
  return kept;
}

/** Return the entries of a list as texts that can be compared. */
function listEntries(list) {
  return [...list].filter(([name]) => KINDS.includes(name)).map((pair) => pair.join("="));
}

function haveSameEntries(one, other) {
  return listEntries(one).sort().join("\n") === listEntries(other).sort().join("\n");
}

/** Let links lead to the list, and show beside them what is new of it. */
async function showList() {
  const list = readList();
  const some = listEntries(list).length > 0;
  for (const link of listLinks) {
    link.href = some ? `${listPath}?${list}` : listPath;
  }
  const count = some && list.get("since") ? await countNew(list) : "0";
  for (const link of document.querySelectorAll("[data-list-count]")) {
    link.hidden = ["", "0"].includes(count);
    link.textContent = `${count} new`;
    link.setAttribute("aria-label", `${count} new papers of what you follow`);
  }
}

/** Return the number of new papers, as it is shown; it is asked for every quarter of an hour. */
async function countNew(list) {
  const address = `${listPath}.json?${list}&limit=0`;
  const [known, at, count] = (readKept(CHECKED) ?? "").split("\n");
  if (known === address && Date.now() - Number(at) < RECHECK_MS) return count;
  try {
    const answer = await fetch(address);
    if (!answer.ok) return "";
    const { data } = await answer.json();
    const found = `${data.new}${data.complete ? "" : "+"}`;
    keep(CHECKED, [address, Date.now(), found].join("\n"));
    return found;
  } catch {
    return "";
  }
}

/** Show that the list has what a link follows; the link then leads to the list. */
function markFollowed(link) {
  link.dataset.followed = link.textContent = "Following";
  link.setAttribute("aria-label", link.getAttribute("aria-label").replace("Follow ", "Following "));
  link.href = `${listPath}?${readList()}`;
}

function follow(event) {
  const link = event.currentTarget;
  if (link.dataset.followed || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const added = new URL(link.href).searchParams;
  const list = readList();
  event.preventDefault();
  if (listEntries(list).length >= MOST) {
    location.assign(`${listPath}?${list}&list=${encodeURIComponent(link.href)}`); // It says so.
    return;
  }
  for (const [name, value] of added) if (KINDS.includes(name)) list.append(name, value);
  if (!list.get("since")) list.set("since", added.get("since"));
  if (!saveList(list)) {
    location.assign(link.href); // What it does without script.
    return;
  }
  markFollowed(link);
  announce(link.getAttribute("aria-label"));
}

for (const link of document.querySelectorAll("[data-follow]")) {
  const added = listEntries(new URL(link.href).searchParams);
  const followed = listEntries(readList());
  if (added.every((entry) => followed.includes(entry))) markFollowed(link);
  link.addEventListener("click", follow);
}

/** On the page of a list: let this browser keep it, follow its changes, or forget it. */
function showListPage(section) {
  const shown = new URL(section.dataset.list, location).searchParams;
  if (readKept(OWN, "sessionStorage")) saveList(shown);
  keep(OWN, null, "sessionStorage");
  const own = haveSameEntries(shown, readList());
  const button = section.querySelector("[data-list-keep]");
  button.hidden = false;
  button.textContent = own ? "Forget the list in this browser" : "Keep the list in this browser";
  button.onclick = () => {
    saveList(own ? new URLSearchParams() : shown);
    announce(own ? "This browser has forgotten the list" : "This browser keeps the list");
    showListPage(section);
  };
  // What changes one's own list changes what the browser keeps, too.
  const note = () => {
    if (own) keep(OWN, "yes", "sessionStorage"); // Returning false would stop the form.
  };
  for (const form of document.querySelectorAll("main form, aside form")) form.onsubmit = note;
  for (const link of document.querySelectorAll("[data-list-seen]")) link.onclick = note;
}

const listSection = document.querySelector("section[data-list]");
if (listSection) showListPage(listSection);
if (listPath) showList();
