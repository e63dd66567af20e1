// The shortlist page: what was saved on this device, or what the address names (#ds=code,code).
(() => {
  "use strict";

  const { shortlist, counted, copyBy } = CnntSite;
  const page = document.querySelector(".shortlist");
  const files = Number(page.dataset.files);
  const most = Number(page.dataset.compared);
  const part = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const find = (name) => page.querySelector(name);
  const known = new Map();
  const loading = new Map();

  /** The number of the data file that a product stands in; feeds/shortlist.py reckons the same. */
  function fileOf(code) {
    let number = 0;
    for (const letter of code) {
      number = (number * 31 + letter.codePointAt(0)) % 65521;
    }
    return number % files;
  }

  window.cnntShortlist = (rows) => rows.forEach((row) => known.set(row.code, row));

  function load(number) {
    if (!loading.has(number)) {
      loading.set(
        number,
        new Promise((resolve) => {
          const script = document.createElement("script");
          script.src = `${page.dataset.source}${number}.js`;
          script.onload = script.onerror = resolve;
          document.head.append(script);
        }),
      );
    }
    return loading.get(number);
  }

  const fromAddress = () => {
    const found = /[#&]ds=([^&]*)/.exec(location.hash);
    return found ? decodeURIComponent(found[1]).split(",").filter(Boolean) : null;
  };

  let given = fromAddress();
  let rows = [];
  let chosen = new Set();
  let undo = null;

  const saved = () => shortlist.read().map((item) => item.code);
  const full = (href) => new URL(href, document.baseURI).href;
  const rebuilding = () => `${location.href.split("#")[0]}#ds=${rows.map((row) => row.code).join(",")}`;

  function asText() {
    const lines = rows.map((row, at) =>
      [`${at + 1}. ${row.name}`, [row.producer, row.place].filter(Boolean).join(", "), full(row.href)]
        .filter(Boolean)
        .join("\n   "),
    );
    return [...lines, "", rebuilding()].join("\n");
  }

  // One row, one column

  /** A picture in the place that is kept for it; decoration, for the words say the same. */
  function show(place, address, side, className = "") {
    if (place && address) {
      const image = Object.assign(new Image(side, side), { alt: "", className, src: address });
      place.replaceChildren(image);
    }
  }

  function fill(place, row) {
    for (const gap of place.querySelectorAll("[data-gap]")) {
      const value = row[gap.dataset.gap] || "";
      if (gap.dataset.gap === "name" && row.lang) {
        gap.lang = row.lang;
      }
      gap.textContent = value;
      gap.closest("[data-if]")?.toggleAttribute("hidden", !value);
    }
    for (const link of place.querySelectorAll("a[data-href]")) {
      link.href = row.href;
    }
    show(place.querySelector("[data-picture]"), row.picture, 96, row.focus);
    show(place.querySelector("[data-qr]"), row.qr, 90);
    const badge = place.querySelector(".badge");
    if (badge) {
      badge.hidden = !row.level;
      badge.classList.add(`badge-${row.step || 0}`);
      const mark = badge.querySelector(".mark");
      if (row.step) {
        mark.classList.add(`mark-${row.step}`);
        mark.firstElementChild.setAttribute("href", `#mark-${row.step}`);
      } else {
        mark.remove();
      }
    }
    const line = place.querySelector(".validity");
    if (line) {
      line.hidden = !row.state;
      line.classList.add(`validity-${row.state}`);
      const icon = row.state === "superseded" ? "info" : row.state;
      line.querySelector("use").setAttribute("href", `#i-${icon}`);
    }
    return place;
  }

  function listed(row) {
    const item = fill(part("row-template"), row);
    const box = item.querySelector("input");
    box.checked = chosen.has(row.code);
    box.disabled = !box.checked && chosen.size >= most;
    box.setAttribute("aria-label", box.dataset.label.replace("{name}", row.name));
    box.addEventListener("change", () => {
      box.checked ? chosen.add(row.code) : chosen.delete(row.code);
      compare();
      for (const other of page.querySelectorAll(".saved-row input")) {
        other.disabled = !other.checked && chosen.size >= most;
      }
    });
    const remove = item.querySelector(".remove");
    remove.setAttribute("aria-label", remove.dataset.label.replace("{name}", row.name));
    remove.addEventListener("click", () => change(rows.filter((other) => other !== row).map((other) => other.code)));
    return item;
  }

  function compare() {
    const shown = rows.filter((row) => chosen.has(row.code));
    find(".comparison").hidden = shown.length < 2;
    for (const line of page.querySelectorAll("[data-row]")) {
      const key = line.dataset.row;
      const cells = shown.map((row) => {
        if (key === "name") {
          return fill(part("column-template").querySelector("th"), row);
        }
        const cell = document.createElement("td");
        const words = { level: "badge-template", validity: "validity-template" }[key];
        if (key === "contact") {
          cell.append(...contacts(row));
        } else if (words && row[key]) {
          cell.append(fill(part(words), row));
        } else if (!words) {
          cell.textContent = row[key] || row.facts?.[key] || "";
        }
        if (!cell.hasChildNodes()) {
          cell.textContent = find(".comparison").dataset.none;
        }
        return cell;
      });
      line.replaceChildren(line.firstElementChild, ...cells);
      line.hidden = "optional" in line.dataset && !shown.some((row) => row.facts?.[key]);
    }
  }

  function contacts(row) {
    return (row.contacts || []).map(([, value, href]) => {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = value;
      return link;
    });
  }

  // The whole page

  function change(codes) {
    undo = rows.map((row) => row.code);
    if (given) {
      given = codes;
      history.replaceState(null, "", `#ds=${codes.join(",")}`);
      draw();
    } else {
      keep(codes);
    }
    find(".undo").hidden = false;
    find(".undo button").focus();
  }

  /** Keeps these products as the list of this device. */
  function keep(codes) {
    const before = new Map(shortlist.read().map((item) => [item.code, item]));
    shortlist.write(
      codes
        .map((code) => {
          const row = known.get(code);
          return row
            ? { code, name: row.name, picture: (row.picture || "").replace(/^(\.\.\/)+/, ""), focus: row.focus || "" }
            : before.get(code);
        })
        .filter(Boolean),
    );
  }

  async function draw() {
    const codes = given || saved();
    await Promise.all([...new Set(codes.map(fileOf))].map(load));
    rows = codes.map((code) => known.get(code)).filter(Boolean);
    const still = rows.map((row) => row.code).filter((code) => chosen.has(code));
    chosen = new Set(still.length > 1 ? still : rows.slice(0, most).map((row) => row.code));
    const count = find(".saved-total");
    count.textContent = counted(rows.length, count.dataset.one, count.dataset.many);
    find(".saved-some").hidden = !rows.length;
    find(".saved-none").hidden = Boolean(rows.length);
    find(".saved-given").hidden = !given || given.join() === saved().join();
    find(".saved-rows").replaceChildren(...rows.map(listed));
    find(".list-text").textContent = asText();
    find(".list-link").textContent = rebuilding();
    const mail = find(".list-mail");
    mail.href = `mailto:?subject=${encodeURIComponent(mail.dataset.subject)}&body=${encodeURIComponent(asText())}`;
    compare();
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".list-clear")) {
      change([]);
    } else if (button?.matches(".list-undo")) {
      given ? (given = undo) : keep(undo);
      find(".undo").hidden = true;
      draw().then(() => find("h2").focus());
    } else if (button?.matches(".list-keep")) {
      keep(given);
      given = null;
      history.replaceState(null, "", location.pathname + location.search);
      draw();
    } else if (button?.matches(".list-share")) {
      copyBy(button, rebuilding());
    }
  });

  addEventListener("hashchange", () => {
    given = fromAddress();
    draw();
  });
  shortlist.onChange(() => given || draw());
  draw();
})();
