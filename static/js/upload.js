// Makes importing by hand quicker: drop a file, see that work goes on. Without script every page works as it stands.
"use strict";
(function () {
  function dropping(form) {
    const input = form.querySelector("input[type=file]");
    const status = form.querySelector("[data-drop-status]");
    const say = () => { status.textContent = input.files.length ? form.dataset.chosen + " " + input.files[0].name : ""; };
    form.querySelector("[data-drop-hint]").hidden = false;
    input.addEventListener("change", say);
    ["dragenter", "dragover"].forEach((kind) => form.addEventListener(kind, function (event) {
      event.preventDefault();
      form.classList.add("over");
    }));
    ["dragleave", "drop"].forEach((kind) => form.addEventListener(kind, function (event) {
      event.preventDefault();
      form.classList.remove("over");
    }));
    form.addEventListener("drop", function (event) {
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      say();
      form.querySelector("button").focus();
    });
  }

  function once(form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "ja";
      const button = event.submitter;
      if (button && button.dataset.busy) button.textContent = button.dataset.busy;
    });
  }

  function follow(line) {
    const again = () => setTimeout(ask, 1000);
    async function ask() {
      try {
        const answer = await fetch(line.dataset.progress);
        const told = await answer.json();
        if (told.ended) return location.reload();
        line.textContent = told.text;
      } catch (error) {
        line.textContent = line.dataset.lost;
      }
      again();
    }
    again();
  }

  document.querySelectorAll("[data-drop]").forEach(dropping);
  document.querySelectorAll("[data-once], [data-drop]").forEach(once);
  document.querySelectorAll("[data-progress]").forEach(follow);
  const errors = document.getElementById("fejl");
  if (errors) errors.focus();
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
