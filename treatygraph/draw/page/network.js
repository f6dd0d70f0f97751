// What pyvis lacks: the whole drawing in sight, a search box, and the ties of one node brought out.
const looks = new Map(nodes.get().map((node) => [node.id, { color: node.color, font: node.font }]));
const faint = new Map(edges.get().map((edge) => [edge.id, edge.color.opacity]));

function bringOut(id) {
  const ties = new Set(id ? network.getConnectedEdges(id) : []);
  const near = new Set(id ? [id, ...network.getConnectedNodes(id)] : []);
  edges.update(edges.get().map((edge) => ({ id: edge.id, color: { ...edge.color,
    opacity: id ? (ties.has(edge.id) ? 0.9 : 0.02) : faint.get(edge.id) } })));
  nodes.update(nodes.get().map((node) => {
    const look = looks.get(node.id);
    return { id: node.id, opacity: !id || near.has(node.id) ? 1 : 0.15, font: look.font };
  }));
}

function found(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return null;
  const all = nodes.get();
  const named = (test) => all.find((node) => test(node.label.toLowerCase()) || test(String(node.id).toLowerCase()));
  return named((name) => name === wanted) || named((name) => name.startsWith(wanted)) || named((name) => name.includes(wanted));
}

for (const box of document.querySelectorAll(".box")) box.style.background = box.dataset.colour;
network.on("click", (event) => bringOut(event.nodes[0]));
document.getElementById("find").addEventListener("change", (event) => {
  const node = found(event.target.value);
  bringOut(node && node.id);
  if (!node) return void network.fit();
  network.selectNodes([node.id]);
  network.focus(node.id, { scale: Math.max(network.getScale(), 0.7), animation: false });
});
requestAnimationFrame(() => network.fit({ animation: false }));
addEventListener("resize", () => network.fit({ animation: false }));
