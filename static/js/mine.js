// Makes writing statuses quick: keys, a draft that outlives the page, a preview, sending again when the line fails.
// Without script the form on the page does the same, with a mouse.
"use strict";
(function () {
  const form = document.querySelector("[data-entry]");
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (!form) return;
  const text = form.elements.text;
  const refused = form.hasAttribute("data-refused");
  const buttons = { unchanged: form.querySelector("[name=unchanged]"), save: form.querySelector(".button-primary") };
  const say = (place, words) => { form.querySelector(place).textContent = words; };
  const tell = (place, message, time) => say(place, form.querySelector(place).dataset[message].replace("{time}", time));
  const language = document.documentElement.lang;
  const clock = (moment) => new Date(moment).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const chosen = () => form.querySelector("[name=status]:checked");

  // The draft: kept in this browser, for this person, and never with what looks like a CPR number.
  const key = "kladde/" + form.dataset.entry;
  const draft = {
    read() { try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; } },
    forget() { try { localStorage.removeItem(key); } catch (error) { /* nothing is kept then */ } },
    write() {
      const words = { status: chosen() ? chosen().value : "", text: text.value, seen: form.elements.seen.value };
      if (/\d{6}[- ]?\d{4}/.test(words.text)) return this.forget();
      try {
        localStorage.setItem(key, JSON.stringify(Object.assign(words, { at: Date.now() })));
        tell("[data-draft]", "saved", clock(Date.now()));
      } catch (error) { /* a browser that keeps nothing */ }
    },
    // The version the words were written on comes back too: whoever saved since then is not written over unseen.
    restore() {
      const kept = this.read();
      if (!kept || (kept.text === text.value && kept.status === (chosen() ? chosen().value : ""))) return;
      text.value = kept.text;
      if (!refused) form.elements.seen.value = kept.seen; // a refused page has shown whatever was saved since
      choose(form.querySelector('[name=status][value="' + kept.status + '"]'));
      tell("[data-draft]", "restored", clock(kept.at));
    },
  };

  function choose(radio) {
    if (!radio) return;
    radio.checked = true;
    radio.focus();
  }

  function show() {
    const radio = chosen();
    document.querySelector("[data-preview-text]").textContent = text.value;
    document.querySelector("[data-preview-status]").textContent = radio ? radio.parentNode.querySelector("span").textContent : "";
    document.querySelector("[data-preview-sign]").textContent = form.elements.author_role.value;
    say("[data-count]", text.value.length);
  }

  function edited() {
    show();
    draft.write();
  }

  function backToSaved() {
    text.value = form.dataset.savedText;
    const saved = form.querySelector('[name=status][value="' + form.dataset.savedStatus + '"]');
    form.querySelectorAll("[name=status]").forEach((radio) => { radio.checked = radio === saved; });
    draft.forget();
    say("[data-draft]", "");
    show();
  }

  // Keys work inside the form only, digits not while a text is typed.
  function pressed(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return form.requestSubmit(buttons.save);
    }
    if (event.key === "Escape") return backToSaved();
    if (event.target.matches("textarea, [type=text]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "0" && buttons.unchanged) return form.requestSubmit(buttons.unchanged);
    const radio = form.querySelector('[data-key="' + event.key + '"]');
    if (!radio) return;
    choose(radio);
    edited();
  }

  // The form carries an id of its own, so a repetition that the server has already stored changes nothing.
  let sending = false;
  async function send(event) {
    event.preventDefault();
    if (sending) return;
    sending = true;
    form.setAttribute("aria-busy", "true");
    const body = new FormData(form);
    const button = event.submitter;
    if (button && button.name) body.append(button.name, button.value);
    for (const pause of [300, 600, 1200, 2400, 4800, 0]) {
      try {
        const answer = await fetch(form.action, { method: "POST", body: body, headers: { Accept: "application/json" } });
        if (answer.status < 500) return await answered(answer, button);
      } catch (error) { /* the line or the server failed: ask again */ }
      tell("[data-sending]", "retrying");
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    sending = false;
    form.removeAttribute("aria-busy");
    tell("[data-sending]", "gaveUp");
  }

  async function answered(answer, button) {
    if (answer.redirected) return location.assign(answer.url); // logged out meanwhile: the draft stays
    if (answer.ok) {
      const next = (await answer.json()).next;
      draft.forget();
      return location.assign(next);
    }
    if (button && button.name) {
      const chosenButton = document.createElement("input");
      Object.assign(chosenButton, { type: "hidden", name: button.name, value: button.value });
      form.append(chosenButton);
    }
    form.submit(); // refused: the browser shows the page that says why
  }

  document.querySelectorAll("[data-keys]").forEach((place) => { place.hidden = false; });
  document.querySelectorAll("[data-forget]").forEach((link) => link.addEventListener("click", () => draft.forget()));
  // A refused page shows what was just sent; when it is loaded again, what was typed on it since comes back.
  if (refused && performance.getEntriesByType("navigation")[0].type === "navigate") draft.write();
  else draft.restore();
  show();
  form.addEventListener("input", edited);
  form.addEventListener("keydown", pressed);
  form.addEventListener("submit", send);
})();
