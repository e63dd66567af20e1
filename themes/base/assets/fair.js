// Whether a fair is to come, on, or over: by the reader's day, counted where the fair is.
(function () {
  "use strict";
  const today = new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10);
  for (const place of document.querySelectorAll(".fair-state")) {
    const { first, last, before, during, after } = place.dataset;
    if (last && today > last) {
      place.textContent = after;
    } else if (first && today < first) {
      place.textContent = before;
    } else if (first && last) {
      place.textContent = during;
    }
  }
})();
