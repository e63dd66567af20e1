// Reading again without a network. Pages are asked for first and kept for when nobody answers; files whose
// names carry a hash never change, so they are asked for once. BUILD stands above: what to keep from the start.
"use strict";

const MOST = 400;
const OURS = "showroom " + registration.scope + " ";
const CACHE = OURS + BUILD.version;

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(BUILD.files))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(forget((name) => name !== CACHE).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const request = event.request;
  const path = request.url.startsWith(registration.scope) ? request.url.slice(registration.scope.length) : null;
  if (path !== null && request.method === "GET") {
    event.respondWith(/^(assets|media)\//.test(path) ? kept(request) : asked(request, path));
  }
});

async function kept(request) {
  const found = await (await caches.open(CACHE)).match(request);
  return found || keep(request, await fetch(request));
}

async function asked(request, path) {
  try {
    return await keep(request, await fetch(request));
  } catch (failure) {
    const cache = await caches.open(CACHE);
    const found = await cache.match(request, { ignoreSearch: true });
    if (found || request.mode !== "navigate") {
      return found || Response.error();
    }
    return (await cache.match(BUILD.homes[path.split("/")[0]] || BUILD.files[0])) || Response.error();
  }
}

async function keep(request, answer) {
  if (answer.ok && answer.type === "basic" && !answer.redirected) {
    const cache = await caches.open(CACHE);
    await cache.put(request, answer.clone());
    const names = await cache.keys();
    await Promise.all(names.slice(BUILD.files.length, Math.max(BUILD.files.length, names.length - MOST)).map((old) => cache.delete(old)));
  }
  return answer;
}

async function forget(which) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && which(name)).map((name) => caches.delete(name)));
}
