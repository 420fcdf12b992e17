// Arrange the explorer of the research graph: drag nodes, see their neighbours, move by arrow keys.
//
// The server draws the graph, and `in_place.js` replaces the drawing when a node is opened. Here nodes
// that were shown before start from where they were, and springs pull them to their new places.

const MOVED_PX = 4; // Chosen: a shorter way is a click.
const STEP = 20; // Units of the drawing that Shift and an arrow key move a node. Chosen.
const QUIET = matchMedia("(prefers-reduced-motion: reduce)");

let places = new Map(); // Where each node was last, by its kind and key.
let stop = () => {};

/** Take over a drawing: read its nodes and edges, and let them move. */
function arrange(drawing) {
  const nodes = [...drawing.querySelectorAll("[data-node]")].map(readNode);
  // The centre is drawn last, but edges count it as the first.
  const ordered = [nodes.at(-1), ...nodes.slice(0, -1)];
  const edges = [...drawing.querySelectorAll("[data-one]")].map((line) => ({
    line, source: ordered[line.dataset.one], target: ordered[line.dataset.other],
  }));
  const springs = makeSprings(nodes, edges, () => draw(nodes, edges));
  const graph = { drawing, nodes, edges, springs };
  stop = () => springs.stop();
  startFromOldPlaces(graph);
  listenToPointer(graph);
  listenToKeys(graph);
}

function readNode(element) {
  const [x, y] = element.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
  return { element, key: element.dataset.node, x, y, home: { x, y } };
}

/** Make springs that keep nodes near their places and edges about as long as the server drew them. */
function makeSprings(nodes, edges, tick) {
  const length = ({ source, target }) => Math.hypot(source.home.x - target.home.x, source.home.y - target.home.y);
  return d3.forceSimulation(nodes)
    .force("x", d3.forceX((node) => node.home.x).strength(0.25))
    .force("y", d3.forceY((node) => node.home.y).strength(0.25))
    .force("edges", d3.forceLink(edges).distance(length).strength(0.06))
    .force("apart", d3.forceCollide(18))
    .on("tick", tick)
    .stop();
}

function draw(nodes, edges) {
  for (const { element, key, x, y } of nodes) {
    element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    places.set(key, { x, y });
  }
  for (const { line, source, target } of edges) {
    for (const [name, value] of [["x1", source.x], ["y1", source.y], ["x2", target.x], ["y2", target.y]]) {
      line.setAttribute(name, value.toFixed(1));
    }
  }
}

function startFromOldPlaces({ nodes, edges, springs }) {
  const old = places;
  places = new Map();
  const known = nodes.filter((node) => old.has(node.key));
  if (QUIET.matches || !known.length) return draw(nodes, edges);
  const middle = nodes.at(-1).home;
  for (const node of nodes) Object.assign(node, old.get(node.key) ?? middle);
  springs.alpha(0.8).restart();
}

/** Return a place on the screen in the units of the drawing. */
function locate(drawing, event) {
  const point = new DOMPoint(event.clientX, event.clientY);
  return point.matrixTransform(drawing.getScreenCTM().inverse());
}

/** Move a node, and let it stay there; the others give way unless motion is unwelcome. */
function moveNode({ drawing, nodes, edges, springs }, node, { x, y }) {
  const { width, height } = drawing.viewBox.baseVal;
  node.x = node.home.x = Math.min(Math.max(x, 10), width - 10);
  node.y = node.home.y = Math.min(Math.max(y, 10), height - 10);
  if (QUIET.matches) return draw(nodes, edges);
  [node.fx, node.fy] = [node.x, node.y];
  springs.force("x").initialize(nodes);
  springs.force("y").initialize(nodes);
  springs.alpha(Math.max(springs.alpha(), 0.3)).restart();
}

function listenToPointer(graph) {
  const { drawing, nodes } = graph;
  const find = (event) => nodes.find(({ element }) => element.contains(event.target));
  drawing.addEventListener("pointerover", (event) => light(graph, find(event)));
  drawing.addEventListener("pointerleave", () => light(graph, null));
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("pointerdown", (event) => {
    const node = find(event);
    if (node && !event.button && event.isPrimary) followPointer(graph, node, event);
  });
}

function followPointer(graph, node, start) {
  const ended = new AbortController();
  const listen = (name, act) => addEventListener(name, act, { signal: ended.signal, capture: true });
  let moved = false;
  const leave = () => {
    ended.abort();
    graph.drawing.classList.remove("dragging");
    node.fx = node.fy = null;
    if (moved) ignoreClick();
  };
  listen("pointermove", (event) => {
    moved ||= Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > MOVED_PX;
    if (!moved) return;
    graph.drawing.classList.add("dragging");
    moveNode(graph, node, locate(graph.drawing, event));
  });
  listen("pointerup", leave);
  listen("pointercancel", leave);
}

/** Ignore the click that ends a drag, but no later one. */
function ignoreClick() {
  const ended = new AbortController();
  addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true, signal: ended.signal });
  setTimeout(() => ended.abort());
}

/** Set a node and its neighbours apart from all others. */
function light({ drawing, nodes, edges }, node) {
  if (drawing.classList.contains("dragging")) return;
  const near = edges.filter(({ source, target }) => node && (source === node || target === node));
  const shown = new Set([node, ...near.flatMap(({ source, target }) => [source, target])]);
  drawing.classList.toggle("lit", Boolean(node));
  for (const one of nodes) one.element.classList.toggle("near", shown.has(one));
  for (const edge of edges) edge.line.classList.toggle("near", near.includes(edge));
}

/** Move the focus to the nearest node in a direction, or with Shift the node itself. */
function listenToKeys(graph) {
  const { drawing, nodes } = graph;
  const find = (event) => nodes.find(({ element }) => element === event.target.closest("[data-node]"));
  drawing.addEventListener("focusin", (event) => light(graph, find(event)));
  drawing.addEventListener("focusout", () => light(graph, null));
  drawing.addEventListener("keydown", (event) => {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    const node = find(event);
    if (x === undefined || !node || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) moveNode(graph, node, { x: node.x + x * STEP, y: node.y + y * STEP });
    else findBeside(nodes, node, x, y)?.element.focus();
    node.fx = node.fy = null;
  });
}

/** Return the nearest link in a direction; what is off to the side counts as farther. */
function findBeside(nodes, from, x, y) {
  const ahead = ({ x: left, y: top }) => (left - from.x) * x + (top - from.y) * y;
  const aside = ({ x: left, y: top }) => Math.abs((left - from.x) * y) + Math.abs((top - from.y) * x);
  const cost = (node) => ahead(node) + 2 * aside(node);
  const able = nodes.filter((node) => ahead(node) > 1 && node.element.hasAttribute("href"));
  return able.reduce((best, node) => (best && cost(best) <= cost(node) ? best : node), null);
}

function arrangeShown() {
  const drawing = document.querySelector("svg[data-graph]");
  if (!drawing || drawing.classList.contains("arranged")) return;
  stop();
  drawing.classList.add("arranged");
  arrange(drawing);
}

new MutationObserver(arrangeShown).observe(document.getElementById("results"), { childList: true });
arrangeShown();
