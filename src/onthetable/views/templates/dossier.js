"use strict";
// Keys and a theme switch. Nothing on the page needs this script.
(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const keep = (value) => { try { localStorage.setItem("onthetable-theme", value); } catch { /* no storage */ } };
  const kept = () => { try { return localStorage.getItem("onthetable-theme"); } catch { return null; } };
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const paint = () => { button.textContent = dark() ? "Light" : "Dark"; };
  const toggle = () => { root.dataset.theme = dark() ? "light" : "dark"; keep(root.dataset.theme); paint(); };
  if (kept()) root.dataset.theme = kept();
  button.hidden = false;
  button.addEventListener("click", toggle);
  paint();

  const claims = [...document.querySelectorAll("a.claim")];
  const move = (step) => {
    const now = claims.indexOf(document.activeElement);
    const next = claims[now < 0 ? (step > 0 ? 0 : claims.length - 1) : now + step];
    if (next) { next.focus(); next.scrollIntoView({ block: "center" }); }
  };
  const keys = { j: () => move(1), k: () => move(-1), t: toggle };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys[event.key]) { keys[event.key](); event.preventDefault(); }
  });
})();
