// Pictures of a product. Without this the small pictures are links that show the large ones (:target).
(() => {
  "use strict";

  const gallery = document.querySelector(".gallery");
  const figures = [...gallery.querySelectorAll("figure")];
  const links = [...gallery.querySelectorAll(".thumbs a")];
  let shown = Math.max(
    0,
    figures.findIndex((figure) => "#" + figure.id === location.hash),
  );

  function show(number) {
    shown = (number + figures.length) % figures.length;
    figures.forEach((figure, at) => figure.classList.toggle("shown", at === shown));
    links.forEach((link, at) =>
      at === shown ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"),
    );
  }

  gallery.classList.add("gallery-live");
  show(shown);
  links.forEach((link, at) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(at);
    });
  });

  // A swipe on the large picture; the small ones and the arrow keys do the same

  let startX = null;
  gallery.addEventListener(
    "touchstart",
    (event) => (startX = event.touches.length === 1 ? event.touches[0].clientX : null),
    {
      passive: true,
    },
  );
  gallery.addEventListener("touchend", (event) => {
    const moved = startX === null ? 0 : event.changedTouches[0].clientX - startX;
    if (figures.length > 1 && Math.abs(moved) > 48) {
      show(shown + (moved < 0 ? 1 : -1));
    }
  });

  // The large view

  const dialog = document.getElementById("lightbox");
  const place = dialog.querySelector(".lightbox-picture");
  const told = dialog.querySelector(".lightbox-caption");

  function enlarge() {
    const figure = figures[shown];
    const image = new Image();
    image.src = figure.querySelector(".enlarge").href;
    image.alt = figure.querySelector("img").alt;
    place.replaceChildren(image);
    told.textContent = figure.querySelector("figcaption .caption").textContent;
  }

  for (const link of gallery.querySelectorAll(".enlarge")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      enlarge();
      dialog.showModal();
    });
  }
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.step) {
      show(shown + Number(button.dataset.step));
      enlarge();
    } else if (button || event.target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => figures[shown].querySelector(".enlarge").focus());
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && figures.length > 1) {
      show(shown + step);
      enlarge();
    }
  });
})();
