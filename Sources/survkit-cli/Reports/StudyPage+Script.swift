extension StudyPage {
  /// Beside the style of all pages. Colours that are clear enough for a line are darker where they write a label: contrast 4.5:1.
  static let style = """
    .summary{font-size:1.1rem}
    nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;max-width:none}
    a{color:#005a8c}
    [hidden]{display:none!important}
    .frame{overflow-x:auto}
    .frame svg{width:100%;min-width:30rem;max-width:52rem;touch-action:pan-x pan-y}
    #figure .frame svg{cursor:crosshair}
    .switches{display:flex;flex-wrap:wrap;gap:.5rem 1rem}
    fieldset{border:1px solid #8c8c8c;border-radius:4px;padding:.3rem .8rem .5rem;margin:0;min-width:0}
    legend{font-size:.9rem;padding:0 .3rem}
    fieldset label{display:inline-block;margin-right:1rem;white-space:nowrap}
    #time{width:min(28rem,60vw);vertical-align:middle}
    #time-text{display:inline-block;min-width:5rem;font-variant-numeric:tabular-nums}
    #numbers td{min-width:5rem}
    table{min-width:min(24rem,100%)}
    td{white-space:nowrap}
    tbody th{min-width:8.5rem}
    .words td{white-space:normal;overflow-wrap:anywhere}
    pre{white-space:pre-wrap;overflow-wrap:anywhere}
    .words th{padding-right:1.2rem}
    @media print{td{white-space:normal}tbody th{min-width:0}.frame svg{min-width:0}}
    .spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}

    """

  /// Shows the figure chosen and, at a time, what Swift computed for it. It looks up and places; it computes no statistic.
  static let script = """
    (() => {
      "use strict";
      const byId = (id) => document.getElementById(id);
      const parse = (id) => JSON.parse(byId(id).textContent);
      const variants = parse("variants"), readings = parse("readings");
      const SVG = "http://www.w3.org/2000/svg";
      const slider = byId("time");
      const rows = [...byId("numbers").tBodies[0].rows];
      const chosen = (name) => document.querySelector(`input[name=${name}]:checked`).value;
      let frame, at = readings.first, speaking;

      // The last of ascending numbers that is not above the one given.
      const last = (values, value) => {
        let low = 0, high = values.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (values[middle] <= value) low = middle + 1; else high = middle;
        }
        return Math.max(0, low - 1);
      };
      const decimal = (value) => value === null ? "NE" : (value / 10000).toFixed(4);

      const hairs = new Map();
      const hairOf = (frame) => {
        if (!hairs.has(frame.id)) {
          const line = document.createElementNS(SVG, "line");
          line.setAttribute("stroke", "#1a1a1a");
          line.setAttribute("stroke-width", "0.75");
          line.setAttribute("pointer-events", "none");
          line.setAttribute("class", "screen");
          byId(frame.id + "-frame").querySelector("svg").append(line);
          hairs.set(frame.id, line);
        }
        return hairs.get(frame.id);
      };

      const tell = () => {
        const [left, right, top, bottom, end] = frame.area;
        const x = left + (right - left) * readings.positions[at] / end;
        const hair = hairOf(frame);
        for (const [name, value] of [["x1", x], ["x2", x], ["y1", top], ["y2", bottom]]) hair.setAttribute(name, value);
        const scale = chosen("interval"), time = readings.times[at];
        slider.value = at;
        slider.setAttribute("aria-valuetext", time);
        byId("time-text").textContent = time;
        byId("at").textContent = time;
        const sentence = readings.arms.map((arm, k) => {
          const step = last(arm.from, at), limits = arm.limits[scale];
          const isBeyond = at > arm.end;
          const s = isBeyond ? "beyond follow-up" : decimal(arm.survival[step]);
          const ci = isBeyond ? "" : `${decimal(limits[0][step])} to ${decimal(limits[1][step])}`;
          const n = arm.risk[at] === null ? "not known" : String(arm.risk[at]);
          const cells = rows[k].cells;
          cells[1].textContent = s;
          cells[2].textContent = ci;
          cells[3].textContent = n;
          return `${arm.label}: ${s}${ci ? ", interval " + ci : ""}, at risk ${n}`;
        });
        // Said once the time has come to rest, not at every step on the way.
        clearTimeout(speaking);
        speaking = setTimeout(() => { byId("spoken").textContent = `Time ${time}. ${sentence.join(". ")}.`; }, 700);
      };

      const draw = () => {
        const scale = chosen("interval"), mode = chosen("table");
        frame = variants.frames.find((one) => one.mode === mode && one.scales.includes(scale));
        for (const one of variants.frames) byId(one.id + "-frame").hidden = one !== frame;
        const band = variants.bands[scale], from = band.area, to = frame.area;
        const a = (to[1] - to[0]) / to[4] / ((from[1] - from[0]) / from[4]);
        const d = (to[3] - to[2]) / (from[3] - from[2]);
        const group = byId(frame.id + "-bands");
        group.setAttribute("transform", `matrix(${a} 0 0 ${d} ${to[0] - a * from[0]} ${to[2] - d * from[2]})`);
        group.replaceChildren(...band.paths.map((path, k) => {
          const element = document.createElementNS(SVG, "path");
          element.setAttribute("d", path);
          element.setAttribute("fill", variants.colours[k]);
          element.setAttribute("fill-opacity", "0.2");
          return element;
        }));
        byId("scale").textContent = scale;
        tell();
      };

      const point = (event) => {
        const svg = event.currentTarget;
        const x = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
        const [left, right, , , end] = frame.area;
        const place = Math.min(Math.max(x, left), right);
        at = last(readings.positions, (place - left) / (right - left) * end);
        tell();
      };

      for (const one of variants.frames) {
        const svg = byId(one.id + "-frame").querySelector("svg");
        svg.addEventListener("pointermove", point);
        svg.addEventListener("pointerdown", point);
      }
      slider.addEventListener("input", () => { at = Number(slider.value); tell(); });
      byId("switches").addEventListener("change", draw);
      byId("switches").hidden = false;
      byId("reading").hidden = false;
      draw();
    })();

    """
}
