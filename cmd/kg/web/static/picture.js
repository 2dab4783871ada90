// Pictures zoom: by buttons, by the wheel with Ctrl, and by two fingers. Larger than
// its frame, a picture scrolls. Only Fit makes letters smaller than 12 pixels.
"use strict";

for (const frame of document.querySelectorAll(".drawn")) {
  const canvas = frame.querySelector(".canvas"), svg = canvas.querySelector("svg");
  const natural = svg.getBoundingClientRect().width;
  const least = 12 / (10 * 4 / 3); // the smallest letters have ten points
  let scale = 1;

  // What is at x, y of the frame stays there.
  const zoom = (to, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const before = scale;
    scale = Math.min(Math.max(to, least), 6);
    const at = [canvas.scrollLeft + x, canvas.scrollTop + y];
    svg.style.width = natural * scale + "px";
    canvas.scrollLeft = at[0] * scale / before - x;
    canvas.scrollTop = at[1] * scale / before - y;
  };
  const fit = () => {
    scale = Math.min((canvas.clientWidth - 20) / natural, 1);
    svg.style.width = natural * scale + "px";
  };
  const full = () => { if (document.fullscreenElement) { document.exitFullscreen(); } else { frame.requestFullscreen(); } };

  const tools = document.createElement("div");
  tools.className = "tools";
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", "Picture");
  for (const [name, sign, act] of [["Larger", "+", () => zoom(scale * 1.25)], ["Smaller", "−", () => zoom(scale / 1.25)], ["Fit into the frame", "Fit", fit], ["Full screen", "Full screen", full]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.sign = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    tools.append(button);
  }
  frame.prepend(tools);

  const within = (x, y) => { const box = canvas.getBoundingClientRect(); return [x - box.left, y - box.top]; };
  canvas.addEventListener("wheel", (event) => {
    if (event.ctrlKey) { event.preventDefault(); zoom(scale * Math.exp(-event.deltaY / 300), ...within(event.clientX, event.clientY)); }
  }, { passive: false });

  let apart = 0;
  const distance = (two) => Math.hypot(two[0].clientX - two[1].clientX, two[0].clientY - two[1].clientY);
  canvas.addEventListener("touchstart", (event) => { apart = event.touches.length === 2 ? distance(event.touches) : 0; }, { passive: true });
  canvas.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || apart === 0) { return; }
    event.preventDefault();
    const now = distance(event.touches), [a, b] = event.touches;
    zoom(scale * now / apart, ...within((a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2));
    apart = now;
  }, { passive: false });
}
