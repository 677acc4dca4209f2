"use strict";
// Keys, the date slider, dropping files, citations, light and dark. Every page works without this script.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const keep = (value) => { try { localStorage.setItem("onthetable-theme", value); } catch { /* no storage */ } };
  const kept = () => { try { return localStorage.getItem("onthetable-theme"); } catch { return null; } };
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const button = document.getElementById("theme");
  const paint = () => { button.textContent = dark() ? "Light" : "Dark"; };
  const toggle = () => { root.dataset.theme = dark() ? "light" : "dark"; keep(root.dataset.theme); paint(); };
  if (kept()) root.dataset.theme = kept();
  button.hidden = false;
  button.addEventListener("click", toggle);
  paint();

  const told = document.getElementById("told");
  const tell = (text) => { told.textContent = text; setTimeout(() => { told.textContent = ""; }, 3000); };

  const slide = document.getElementById("slide");
  if (slide) {
    const names = [...document.querySelectorAll("#slide-days option")].map((o) => o.label);
    slide.addEventListener("input", () => {
      slide.form.querySelector("output").textContent = names[Number(slide.value)] || "";
      slide.setAttribute("aria-valuetext", names[Number(slide.value)] || "");
    });
    slide.addEventListener("change", () => slide.form.requestSubmit());
  }

  const drop = document.querySelector(".drop");
  if (drop) {
    const input = drop.querySelector("input");
    for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (e) => { e.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (e) => { e.preventDefault(); drop.classList.remove("over"); input.files = e.dataTransfer.files; });
  }

  const claims = () => [...document.querySelectorAll("main a.claim")];
  const move = (step) => {
    const all = claims();
    const now = all.indexOf(document.activeElement);
    const next = all[now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step];
    if (next) { next.focus(); next.scrollIntoView({ block: "center" }); }
  };
  const cite = async () => {
    const claim = document.activeElement?.closest?.("a.claim");
    if (!claim) return tell("Choose a claim first, with j and k.");
    const source = claim.closest("blockquote")?.querySelector("cite")?.textContent.trim()
      || claim.closest("tr, li, td, article")?.querySelector(".meta:last-child, cite")?.textContent.trim() || document.title;
    const text = `${claim.textContent.trim()} (${source.replace(/\s+/g, " ")}) ${claim.href}`;
    try { await navigator.clipboard.writeText(text); tell("Citation copied."); } catch { tell(text); }
  };
  const press = (key) => {
    const found = document.querySelector(`[data-key="${key}"]`);
    if (!found) return;
    if (found.tagName === "DETAILS") { found.open = !found.open; found.querySelector("select, summary").focus(); } else found.click();
  };
  const help = document.getElementById("keys");
  const keys = {
    j: () => move(1), k: () => move(-1), c: cite, t: toggle, "?": () => help.showModal(), "/": () => document.getElementById("q")?.focus(),
  };
  for (const key of ["a", "x", "e", "m", "u"]) keys[key] = () => press(key);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });
})();
