// A site that can be read without a network says so by its manifest; browsers then keep what was read.
(function () {
  "use strict";
  const script = document.currentScript;
  if (script && "serviceWorker" in navigator && document.querySelector("link[rel=manifest]")) {
    navigator.serviceWorker.register(new URL("../sw.js", script.src)).catch(() => undefined);
  }
})();
