// Adds the button that copies a text. Without script the text stands there to be marked.
"use strict";
document.querySelectorAll("[data-copy]").forEach(function (button) {
  const text = document.getElementById(button.dataset.copy);
  const status = document.querySelector("[data-copy-status]");

  function mark() {
    window.getSelection().selectAllChildren(text);
    text.focus();
  }

  button.hidden = false;
  button.addEventListener("click", function () {
    if (!navigator.clipboard) return mark();
    navigator.clipboard.writeText(text.textContent).then(function () {
      status.textContent = button.dataset.copied;
    }, mark);
  });
});
