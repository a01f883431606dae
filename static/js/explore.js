// Loads plotly only when a reader asks to explore a chart. Without script the drawing and its table are all there.
"use strict";
(function () {
  const { plotly: source, fetch: fetchWord, whole, failed } = document.currentScript.dataset;
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

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-secondary";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  // A picture leaves the page, so it brings along what the page says of the figure.
  function alone(place) {
    return { data: place.data, layout: { ...place.layout, ...place.layout.meta } };
  }

  function controls(drawing, place, name) {
    const row = document.createElement("div");
    row.className = "tail";
    ["png", "svg"].forEach(function (format) {
      const picture = { format: format, filename: name, width: 1200, height: 675 };
      const act = () => drawing.downloadImage(alone(place), picture);
      row.append(button(fetchWord + " " + format.toUpperCase(), act));
    });
    row.append(button(whole, () => drawing.relayout(place, { "xaxis.autorange": true })));
    return row;
  }

  async function explore(opener) {
    const place = opener.nextElementSibling;
    opener.disabled = true;
    try {
      const [drawing, answer] = await Promise.all([plotly(), fetch(opener.dataset.explore)]);
      if (!answer.ok) throw new Error(String(answer.status));
      const figure = await answer.json();
      place.hidden = false;
      // Plotly's own bar speaks English and offers to send the figures to somebody else.
      await drawing.newPlot(place, figure.data, figure.layout, { responsive: true, displayModeBar: false });
      const row = controls(drawing, place, figure.file);
      opener.replaceWith(row);
      row.firstChild.focus();
    } catch (error) {
      opener.disabled = false;
      opener.textContent = failed;
    }
  }

  document.querySelectorAll("[data-explore]").forEach(function (opener) {
    opener.parentElement.hidden = false;
    opener.addEventListener("click", () => explore(opener));
  });
})();
