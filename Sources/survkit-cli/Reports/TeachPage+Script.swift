/// What the page of a lesson adds to the style of all pages, and its script.
enum TeachPage {
  /// Before the script runs, and in print, everything is drawn; within `.live` only what has been reached.
  static let style = """
    [hidden]{display:none!important}
    .walk{margin-bottom:2.5rem}
    .controls{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.6rem 0}
    .controls button{padding:.3rem .9rem;border:1px solid #767676;border-radius:4px;background:#f5f5f5;cursor:pointer}
    .controls button[aria-disabled=true]{color:#6b6b6b;cursor:default}
    .controls input{flex:1 1 10rem;max-width:20rem}
    .count{font-variant-numeric:tabular-nums;min-width:4.5rem}
    .sentence{min-height:3em;font-size:1.1rem}
    .walk td,.walk th{white-space:nowrap}
    details{margin:.6rem 0}
    summary{cursor:pointer;font-weight:bold}
    .guide{display:none}
    @media screen{
    .live .piece{visibility:hidden}
    .live .piece.drawn{visibility:visible}
    .live path.piece.now{stroke-width:4}
    .live .guide.now{display:inline}
    .live .subject{opacity:.55}
    .live .subject.risk{opacity:1}
    .live .subject.risk line:first-child{stroke:currentColor;stroke-width:2.5}
    .live .subject.event circle{fill:currentColor;stroke:#1a1a1a;stroke-width:1.5}
    .live tr.now>*{background:#fff3c4}
    .live tr.now>:first-child{font-weight:bold}
    }

    """

  /// Shows one stage of each walk. Every number and sentence stands on the page; the script only chooses among them.
  static let script = """
    (() => {
      "use strict";
      const walks = [...document.querySelectorAll(".walk")].map((section) => {
        const find = (selector) => [...section.querySelectorAll(selector)];
        const slider = section.querySelector("input");
        const last = Number(section.dataset.last);
        const words = find(".words li").map((item) => item.textContent);
        let stage = 0;

        const show = (wanted) => {
          stage = Math.min(Math.max(wanted, 0), last);
          for (const part of find("[data-stage]")) {
            const own = Number(part.dataset.stage);
            part.classList.toggle("now", own === stage);
            part.classList.toggle("drawn", own <= stage);
          }
          for (const subject of find(".subject")) {
            const { from, to, event } = subject.dataset;
            subject.classList.toggle("risk", Number(from) <= stage && stage <= Number(to));
            subject.classList.toggle("event", event !== undefined && Number(event) === stage);
          }
          for (const button of find("button")) {
            const ended = /first|back/.test(button.dataset.move) ? stage === 0 : stage === last;
            button.setAttribute("aria-disabled", ended);
          }
          slider.value = stage;
          slider.setAttribute("aria-valuetext", `${stage} of ${last}`);
          section.querySelector(".count").textContent = `${stage} of ${last}`;
          section.querySelector(".sentence").textContent = words[stage];
        };
        const move = (where) =>
          show({ first: 0, back: stage - 1, next: stage + 1, last }[where]);

        for (const button of find("button")) {
          button.addEventListener("click", () => { latest = walk; move(button.dataset.move); });
        }
        slider.addEventListener("input", () => { latest = walk; show(Number(slider.value)); });
        const walk = { section, move };
        section.classList.add("live");
        for (const part of find(".controls, .sentence")) part.hidden = false;
        show(0);
        return walk;
      });
      let latest = walks[0];

      // Arrow keys move the walk that has the focus, else the one used last; a slider and a table have their own use for them.
      document.addEventListener("keydown", (event) => {
        const where = { ArrowLeft: "back", ArrowRight: "next" }[event.key];
        if (!where || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (event.target.closest?.("input, .scroll")) return;
        const walk = walks.find((one) => one.section.contains(event.target)) ?? latest;
        if (!walk) return;
        latest = walk;
        walk.move(where);
        event.preventDefault();
      });
    })();

    """
}
