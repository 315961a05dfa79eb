// Comfort only: every page works without it. Keys on lists, the reader's time zone, the CSRF word for htmx.
(() => {
  "use strict";
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`zone=${zone}`)) {
    document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax`;
  }

  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRF"] = document.body.dataset.csrf || "";
  });

  // Forms that ask first.
  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.ask || event.target.dataset.ask;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // Filters act as they are changed; the button is for browsers without this script.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-live]");
    if (form) form.requestSubmit();
  });

  // One box for all rows of a list.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-all]")) return;
    const boxes = event.target.form.querySelectorAll(".row input[type=checkbox]");
    boxes.forEach((box) => { box.checked = event.target.checked; });
  });

  const rows = [...document.querySelectorAll("[data-keys] [data-row]")];
  let at = -1;
  const go = (to) => {
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows.forEach((row, n) => row.classList.toggle("here", n === at));
    rows[at].scrollIntoView({ block: "nearest" });
    rows[at].querySelector("a.title")?.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !rows.length) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (at < 0) return;
    else if (event.key === "x") rows[at].querySelector("input[type=checkbox]")?.click();
    else rows[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
})();
