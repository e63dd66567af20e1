// What every page does where scripts run: the menu on phones, the days a certificate has left, saving, sharing.
(() => {
  "use strict";

  const root = new URL(document.body.dataset.root || "./", document.baseURI).href;

  /** A text for a number: Vietnamese has one form, English two; the forms were told for 1 and 2. */
  const counted = (n, one, many) => (n === 1 ? one : many.replace("2", String(n)));

  // Days left

  for (const place of document.querySelectorAll(".days-left")) {
    const end = Date.parse(place.dateTime + "T23:59:59+07:00");
    const days = Math.ceil((end - Date.now()) / 86400000);
    if (days > 0) {
      place.textContent = ", " + counted(days, place.dataset.one, place.dataset.many);
    }
  }

  // The menu: a link to the footer's list, here a button that opens the navigation in its place

  const link = document.querySelector(".menu-link");
  if (link) {
    const navigation = document.querySelector(".navigation");
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.append(...link.childNodes);
    button.setAttribute("aria-controls", navigation.id);
    const show = (open) => {
      navigation.classList.toggle("navigation-open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && navigation.classList.contains("navigation-open")) {
        show(false);
        button.focus();
      }
    });
    show(false);
    link.replaceWith(button);
  }

  // Parts that a phone may fold away: they come open, for readers without scripts

  if (matchMedia("(max-width: 599px)").matches) {
    for (const part of document.querySelectorAll("details.fold")) {
      part.open = false;
    }
  }

  // The shortlist: short codes with name and picture, on this device only

  const KEY = "cnnt-shortlist";
  const listeners = [];

  const shortlist = {
    read() {
      try {
        const items = JSON.parse(localStorage.getItem(KEY) || "[]");
        return Array.isArray(items) ? items.filter((item) => item && typeof item.code === "string") : [];
      } catch {
        return [];
      }
    },
    write(items) {
      try {
        localStorage.setItem(KEY, JSON.stringify(items));
      } catch {
        return; // a browser that keeps nothing: the button stays as it was
      }
      this.tell();
    },
    has: (code) => shortlist.read().some((item) => item.code === code),
    tell: () => listeners.forEach((listener) => listener(shortlist.read())),
    onChange: (listener) => listeners.push(listener),
  };

  const made = (id) => document.getElementById(id)?.content.firstElementChild.cloneNode(true);

  /** What is kept of a product, read off its card or page. */
  function itemOf(place) {
    const name = place.querySelector(".card-name, h1").textContent.trim();
    const source = place.querySelector("picture source")?.srcset.split(" ")[0];
    const picture = source ? new URL(source, document.baseURI).href : "";
    return {
      code: place.dataset.product,
      name,
      picture: picture.startsWith(root) ? picture.slice(root.length) : "",
      focus: source ? place.querySelector("picture img").className : "",
    };
  }

  function saveButton(place) {
    const button = place.querySelector(".save") || made("save-template");
    if (!button) {
      return;
    }
    const item = itemOf(place);
    const label = button.querySelector("[data-label]");
    if (label) {
      label.textContent = label.dataset.label.replace("{name}", item.name);
      place.querySelector(".card-picture").after(button);
    }
    button.addEventListener("click", () => {
      const others = shortlist.read().filter((other) => other.code !== item.code);
      shortlist.write(shortlist.has(item.code) ? others : [...others, item]);
    });
    shortlist.onChange((items) => {
      button.setAttribute("aria-pressed", String(items.some((other) => other.code === item.code)));
    });
  }

  document.querySelectorAll("[data-product]").forEach(saveButton);

  const count = document.querySelector(".saved-count");
  if (count) {
    shortlist.onChange((items) => {
      count.hidden = !items.length;
      count.textContent = String(items.length);
    });
  }

  const tray = made("tray-template");
  if (tray) {
    document.querySelector("main").append(tray);
    const told = tray.querySelector(".tray-count");
    shortlist.onChange((items) => {
      tray.hidden = !items.length;
      told.textContent = counted(items.length, told.dataset.one, told.dataset.many);
      const pictures = items.filter((item) => item.picture).slice(-3);
      tray.querySelector(".tray-pictures").replaceChildren(
        ...pictures.map((item) => {
          const image = Object.assign(new Image(40, 40), { alt: "", className: item.focus || "" });
          image.onerror = () => image.remove();
          image.src = root + item.picture;
          return image;
        }),
      );
    });
  }

  addEventListener("storage", (event) => event.key === KEY && shortlist.tell());
  shortlist.tell();

  // Sharing and copying

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea"); // http and file: have no clipboard of their own
      field.value = text;
      field.className = "hidden";
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }

  /** Copies, and says so on the button for a while. */
  async function copyBy(button, text) {
    await copy(text);
    const words = button.querySelector("span") || button;
    const before = words.textContent;
    words.textContent = button.dataset.done;
    setTimeout(() => (words.textContent = before), 2000);
  }

  const here = () => document.querySelector("link[rel=canonical]")?.href || location.href.split("#")[0];

  for (const button of document.querySelectorAll(".share")) {
    button.hidden = !navigator.share;
  }
  // Zalo documents only a script of its own. This is the page that its button opens, with the address inside as
  // it writes it; many sites link to it. Should it ever go, the other ways are still there.
  for (const link of document.querySelectorAll(".share-zalo")) {
    if (here().startsWith("http")) {
      const sent = encodeURIComponent(btoa(JSON.stringify({ url: here() })));
      link.href = `https://button-share.zalo.me/share_external?d=${sent}`;
      link.hidden = false;
    }
  }

  // On paper stands where and when it was printed

  addEventListener("beforeprint", () => {
    const lang = document.documentElement.lang;
    const style = { day: "numeric", month: lang === "vi" ? "numeric" : "short", year: "numeric" };
    const date = new Date().toLocaleDateString(lang === "en" ? "en-GB" : lang, style);
    for (const place of document.querySelectorAll(".printed")) {
      const values = { address: here(), date };
      place.textContent = place.dataset.said.replace(/{(\w+)}/g, (_, name) => values[name]);
    }
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) {
      return;
    }
    if (button.matches(".share")) {
      await navigator.share({ title: document.title, url: here() }).catch(() => {});
    } else if (button.matches(".copy-link")) {
      await copyBy(button, here());
    } else if (button.dataset.copy) {
      await copyBy(button, document.querySelector(button.dataset.copy).textContent.trim());
    } else if (button.matches(".print")) {
      print();
    }
  });

  window.CnntSite = { shortlist, saveButton, counted, copyBy, root };
})();
