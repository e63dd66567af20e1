// Reading without a network is switched off: whoever still has it from before loses it, and all that was kept.
"use strict";

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  event.waitUntil(
    forget()
      .then(() => registration.unregister())
      .then(() => new Promise((done) => setTimeout(done, 1000))) // answers on their way may be kept once more
      .then(forget),
  );
});

async function forget() {
  const ours = "showroom " + registration.scope + " ";
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(ours)).map((name) => caches.delete(name)));
}
