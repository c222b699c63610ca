// Forms: shorter addresses, and more rows where there are not enough. Everything works without it too.
(() => {
  for (const form of document.querySelectorAll("[data-ask]")) {
    // What is blank says nothing: leave it out of the address.
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    });
    window.addEventListener("pageshow", () => {
      for (const field of form.elements) field.disabled = false;
    });
  }

  const blank = (element, number) => {
    const copy = element.cloneNode(true);
    for (const field of copy.querySelectorAll("input, select").length ? copy.querySelectorAll("input, select") : [copy]) {
      field.value = field.dataset.blank ?? "";
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      for (const name of ["name", "id"]) if (field[name]) field[name] = field[name].replace(/([.-])\d+([.-])/, `$1${number}$2`);
      const label = field.getAttribute("aria-label");
      if (label) field.setAttribute("aria-label", label.replace(/\d+$/, number));
    }
    copy.querySelectorAll?.(".err").forEach((error) => error.remove());
    copy.querySelectorAll?.("td.wrong").forEach((cell) => cell.classList.remove("wrong"));
    return copy;
  };

  // Rows are counted as they stand, for those who see the number and those who hear it.
  const numbered = (list) => {
    [...list.children].forEach((row, at) => {
      const first = row.querySelector?.("td:first-child");
      if (first) first.textContent = at + 1;
      for (const named of row.querySelectorAll?.("[aria-label]") ?? []) {
        named.setAttribute("aria-label", named.getAttribute("aria-label").replace(/\d+$/, at + 1));
      }
    });
  };

  for (const more of document.querySelectorAll("[data-more]")) {
    const list = more.closest("fieldset").querySelector("[data-rows], [data-several]");
    more.classList.remove("hidden");
    more.addEventListener("click", () => {
      const number = list.children.length + 1;
      const row = blank(list.lastElementChild, number);
      list.append(row);
      numbered(list);
      (row.querySelector?.("input:not([type=hidden]), select") ?? row).focus();
    });
  }

  // Where rows can be taken out one by one, each has a button for it.
  for (const list of document.querySelectorAll("[data-rows]")) {
    for (const less of list.querySelectorAll("[data-less]")) less.classList.remove("hidden");
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-less]")?.closest("tr");
      if (!row) return;
      if (list.children.length === 1) list.append(blank(row, 1));
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      numbered(list);
      next?.querySelector("input:not([type=hidden]), select")?.focus();
    });
  }
})();
