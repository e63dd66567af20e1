// What a page knows only on the day it is read: how many days a certificate has left.
(function () {
  "use strict";
  const today = Date.now();
  for (const place of document.querySelectorAll(".days-left")) {
    const end = Date.parse(place.dateTime + "T23:59:59+07:00");
    const days = Math.ceil((end - today) / 86400000);
    if (days > 0) {
      place.textContent = ", " + (days === 1 ? place.dataset.one : place.dataset.many.replace("2", days));
    }
  }
})();
