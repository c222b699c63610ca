// "/" goes to the first field of the page's search, wherever nothing is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
  const field = document.querySelector("[role=search] input:not([type=hidden]), input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
});
