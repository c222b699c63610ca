// Contents of a rulebook: narrow while typing, and show where one is. Everything works without it too.
(() => {
  const list = document.querySelector("[data-contents]");
  const field = document.getElementById("find");
  if (!list || !field) return;
  const lines = [...list.querySelectorAll("li:not(.none)")];
  const none = document.querySelector("[data-none]");
  const narrow = () => {
    const wanted = field.value.trim().toLowerCase();
    let shown = 0;
    list.classList.toggle("finding", wanted !== "");
    for (const line of lines) {
      line.hidden = wanted !== "" && !line.textContent.toLowerCase().includes(wanted);
      shown += line.hidden ? 0 : 1;
    }
    none?.classList.toggle("hidden", shown > 0);
  };
  field.addEventListener("input", narrow);

  // The clause at the top of the window; one that the contents hide is shown by the one above it.
  const clauses = [...document.querySelectorAll(".clause[id], #edition")];
  const links = new Map([...list.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  let current = null;
  let waiting = false;
  const mark = () => {
    waiting = false;
    let link = null;
    for (const clause of clauses) {
      if (clause.getBoundingClientRect().top > 140) break;
      const own = links.get(clause.id);
      if (own && own.offsetParent !== null) link = own;
    }
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    const box = list.closest(".contents");
    if (link && box.scrollHeight > box.clientHeight) {
      const top = link.getBoundingClientRect().top - box.getBoundingClientRect().top;
      if (top < 80 || top > box.clientHeight - 80) box.scrollTop += top - box.clientHeight / 2;
    }
  };
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }, { passive: true });
  mark();

  const contents = document.querySelector("details.contents");
  const small = matchMedia("(max-width: 900px)");
  if (contents && small.matches && !field.value) contents.open = false;
  small.addEventListener("change", () => { if (contents) contents.open = !small.matches; });
})();
