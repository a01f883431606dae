// Loads plotly only when a reader asks to explore a chart. Without script the drawing and its table are all there.
"use strict";
(function () {
  const { plotly: source, fetch: fetchWord, failed } = document.currentScript.dataset;
  let library = null;

  function plotly() {
    library = library || new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => reject(new Error("plotly"));
      document.head.appendChild(script);
    });
    return library;
  }

  function downloads(drawing, place, name) {
    const row = document.createElement("div");
    row.className = "tail";
    ["png", "svg"].forEach(function (format) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-secondary";
      button.textContent = fetchWord + " " + format.toUpperCase();
      button.addEventListener("click", () => drawing.downloadImage(place, { format: format, filename: name, width: 1200, height: 600 }));
      row.append(button);
    });
    return row;
  }

  async function explore(button) {
    const place = button.nextElementSibling;
    button.disabled = true;
    try {
      const [drawing, answer] = await Promise.all([plotly(), fetch(button.dataset.explore)]);
      if (!answer.ok) throw new Error(String(answer.status));
      const figure = await answer.json();
      place.hidden = false;
      const buttons = ["select2d", "lasso2d", "autoScale2d"];
      await drawing.newPlot(place, figure.data, figure.layout, { responsive: true, displaylogo: false, modeBarButtonsToRemove: buttons });
      button.replaceWith(downloads(drawing, place, button.dataset.file || "figur"));
    } catch (error) {
      button.disabled = false;
      button.textContent = failed;
    }
  }

  document.querySelectorAll("[data-explore]").forEach(function (button) {
    button.parentElement.hidden = false;
    button.addEventListener("click", () => explore(button));
  });
})();
