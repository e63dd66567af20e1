// Short addresses are typed from paper: P/K7M2, p/k7m2 and K7M2.HTML all mean p/k7m2.html.
(function () {
  "use strict";
  const root = new URL(document.body.dataset.root, document.baseURI).pathname;
  const typed = location.pathname.slice(root.length).replace(/%20|[\s.,;/]+$/g, "");
  const [, name, code] = /^(?:p\/([a-z0-9-]+)|([a-z0-9]{4}))(?:\.html?)?$/i.exec(typed) || [];
  const meant = `${root}p/${(name || code || "").toLowerCase()}.html`;
  if ((name || code) && meant !== location.pathname) {
    location.replace(meant);
  }
})();
