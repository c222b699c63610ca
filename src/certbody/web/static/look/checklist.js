// The checklist saves by itself. What could not be sent is kept on the device and sent later; a
// criterion that somebody else has changed meanwhile is shown, never written over.
(() => {
  const KEEP = "audit:";
  const AFTER_TYPING = 800;
  const AGAIN = 15000;
  const forms = [...document.querySelectorAll("form[data-autosave]")];
  const key = (form) => KEEP + form.dataset.autosave;
  const say = (form, words, bad = false) => {
    const state = form.querySelector(".state");
    state.textContent = words;
    state.classList.toggle("bad", bad);
  };
  const kept = () => Object.keys(localStorage).filter((name) => name.startsWith(KEEP));
  const count = () => {
    const place = document.getElementById("unsent");
    if (place) place.textContent = kept().length ? `${kept().length} ${place.dataset.words}` : "";
  };
  const fields = (form) => [...form.elements].filter((one) => one.name && one.name !== "csrfmiddlewaretoken");
  const remember = (form) => {
    const values = fields(form)
      .filter((one) => one.type !== "radio" || one.checked)
      .map((one) => [one.name, one.value]);
    localStorage.setItem(key(form), JSON.stringify(values));
    count();
  };
  const bringBack = (form) => {
    const known = localStorage.getItem(key(form));
    if (!known) return;
    for (const [name, value] of JSON.parse(known)) {
      for (const one of form.elements) {
        if (one.name !== name || name === "seen" || name === "act") continue;
        if (one.type === "radio") one.checked = one.value === value;
        else one.value = value;
      }
    }
    say(form, form.dataset.waits, true);
  };

  const timers = new Map();
  const underWay = new Set();
  const again = new Set();
  const save = async (form) => {
    clearTimeout(timers.get(form));
    if (underWay.has(form)) { again.add(form); return; }
    underWay.add(form);
    const before = localStorage.getItem(key(form));
    say(form, form.dataset.saving);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      const told = await answer.json();
      if (told.live) document.getElementById("live")?.replaceChildren(
        ...new DOMParser().parseFromString(told.live, "text/html").body.childNodes);
      if (answer.ok) {
        form.elements.seen.value = told.revision;
        if (localStorage.getItem(key(form)) === before) localStorage.removeItem(key(form));
        say(form, form.dataset.saved);
      } else {
        say(form, told.messages.join(" "), true);
      }
    } catch {
      say(form, form.dataset.waits, true);
    }
    underWay.delete(form);
    count();
    if (again.delete(form)) save(form);
  };

  for (const form of forms) {
    bringBack(form);
    form.addEventListener("change", () => { remember(form); save(form); });
    form.addEventListener("input", (event) => {
      if (event.target.type === "radio") return;
      remember(form);
      clearTimeout(timers.get(form));
      timers.set(form, setTimeout(() => save(form), AFTER_TYPING));
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember(form);
      save(form);
    });
  }
  const sendKept = () => forms.filter((form) => localStorage.getItem(key(form))).forEach(save);
  window.addEventListener("online", sendKept);
  setInterval(sendKept, AGAIN);
  count();
  sendKept();

  const alone = document.querySelector("[data-alone]");
  if (!alone) return;
  const verdicts = { 1: "met", 2: "not_met", 3: "not_applicable" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("textarea, input:not([type=radio]), select")) return;
    const verdict = alone.querySelector(`input[value="${verdicts[event.key]}"]`);
    if (verdict) verdict.click();
    else if (event.key === "n" || event.key === "ArrowRight") alone.querySelector("[rel=next]")?.click();
    else if (event.key === "b" || event.key === "ArrowLeft") alone.querySelector("[rel=prev]")?.click();
    else return;
    event.preventDefault();
  });
})();
