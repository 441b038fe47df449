internal import Charts

extension FigureLayout {
  /// Top left of the block in a corner of the panel where it touches nothing drawn; nil when there is none.
  func freeCorner() -> (Double, Double)? {
    let inset = 8.0
    let left = panel.left + inset
    let right = panel.right - block.width
    let top = panel.top
    let bottom = panel.bottom - inset - block.height
    guard block.height < (panel.bottom - panel.top) * 0.7 else { return nil }
    // Under the curves the area is shaded.
    if plot.options.restrictedMeanHorizon != nil { return isTouched(left: right, top: top) ? nil : (right, top) }
    let corners =
      plot.options.measure != .survival
      ? [(left, top), (right, bottom), (right, top), (left, bottom)]
      : [(right, top), (left, bottom), (right, bottom), (left, top)]
    return corners.first { !isTouched(left: $0, top: $1) }
  }

  private func isTouched(left: Double, top: Double) -> Bool {
    let gap = 6.0
    let area = Panel(
      left: left - gap, right: left + block.width + gap, top: top - gap, bottom: top + block.height + gap)
    func meets(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Bool {
      min(x1, x2) <= area.right && max(x1, x2) >= area.left && min(y1, y2) <= area.bottom && max(y1, y2) >= area.top
    }
    for time in plot.options.landmarks where meets(x(time), panel.top, x(time), panel.bottom) { return true }
    if let horizon = plot.options.restrictedMeanHorizon, meets(x(horizon), panel.top, x(horizon), panel.bottom) {
      return true
    }
    for curve in curves {
      for (k, step) in curve.steps.enumerated() {
        let next = k + 1 < curve.steps.count ? curve.steps[k + 1] : nil
        let end = next?.time ?? curve.end
        if meets(x(step.time), y(step.value), x(end), y(step.value)) { return true }
        if let next, meets(x(end), y(step.value), x(end), y(next.value)) { return true }
      }
      if plot.options.showRibbon {
        for run in curve.bandRuns {
          for (k, step) in run.steps.enumerated() {
            let end = k + 1 < run.steps.count ? run.steps[k + 1].time : run.end
            if meets(x(step.time), y(step.lower), x(end), y(step.upper)) { return true }
          }
        }
      }
      if plot.options.medianLines, let median = curve.median {
        if meets(x(0), y(0.5), x(median), y(0.5)) || meets(x(median), y(0.5), x(median), y(0)) { return true }
      }
    }
    return false
  }
}
