"use strict";
// Draws each figure over its picture; where that fails the picture stays.
(function () {
  if (typeof Plotly === "undefined") return;
  const ink = getComputedStyle(document.body).color;
  for (const figure of document.querySelectorAll("figure.plotly")) {
    const source = document.getElementById(figure.id + "-data");
    if (!source) continue;
    const { data, layout } = JSON.parse(source.textContent);
    const place = document.createElement("div");
    place.id = figure.id + "-drawn";
    place.style.height = figure.dataset.height + "px";
    figure.appendChild(place);
    layout.font = Object.assign({}, layout.font, { color: ink });
    const config = { responsive: true, displaylogo: false, typesetMath: false };
    Plotly.newPlot(place, data, layout, config).then(
      () => figure.classList.add("drawn"),
      () => place.remove(),
    );
  }
})();
