// Lets a reader walk through the dots of a strip with the arrow keys or point at one. Without script the table says it all.
"use strict";
(function () {
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  function moveTo(dots, dot) {
    dots.forEach((other) => other.setAttribute("tabindex", other === dot ? "0" : "-1"));
    dot.focus();
  }

  function next(dots, dot, key) {
    if (key === "Home") return dots[0];
    if (key === "End") return dots[dots.length - 1];
    return STEPS[key] && dots[dots.indexOf(dot) + STEPS[key]];
  }

  document.querySelectorAll("[data-dots]").forEach(function (chart) {
    const readout = chart.closest("section").querySelector("[data-readout]");
    const say = (dot) => { readout.textContent = dot.dataset.name; };
    // A drawing in which one's own dot lies on top says itself whose turn it is.
    const dots = Array.from(chart.querySelectorAll("circle")).sort((a, b) => a.dataset.turn - b.dataset.turn || 0);
    const first = dots.find((dot) => dot.classList.contains("g-dot")) || dots[0];
    chart.setAttribute("role", "group");
    dots.forEach(function (dot) {
      dot.setAttribute("role", "img");
      dot.setAttribute("aria-label", dot.dataset.name);
      dot.setAttribute("tabindex", dot === first ? "0" : "-1");
      dot.addEventListener("focus", () => say(dot));
      dot.addEventListener("pointerenter", () => say(dot));
    });
    chart.addEventListener("keydown", function (event) {
      const wanted = next(dots, event.target, event.key);
      if (!wanted) return;
      event.preventDefault();
      moveTo(dots, wanted);
    });
    readout.hidden = false;
    readout.textContent = readout.dataset.readout;
  });
})();
