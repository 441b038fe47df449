"""Readings of a printed Kaplan–Meier curve, as people and programs take them from a figure.

The curve of one arm is drawn on a raster of W columns and H rows: time 0 to `end` on the columns 0 to W, S = 0 to 1 on the
rows 0 to H. A digitiser gives readings (time, survival) in the order in which its program would write them:

corners  both ends of every vertical stroke, in whole pixels, each point once
dense    the line pixel by pixel, jittered, rounded to whole pixels, each point once, in order of time
clicks   N clicks at the lower ends of strokes spread evenly over the steps, jittered, and both ends of the curve
grid     the height of the curve at N equally spaced times, in whole pixels

Jitter is normal, with standard deviations jx and jy in pixels.
"""
import bisect, math


def read_curve(curve, last_time, digitiser, random, end=None):
    """Readings [(time, survival)] of a curve [(time, S)] that is drawn until last_time.

    digitiser: kind, W, H and what the kind needs of N, jx and jy. end: the time at column W; last_time unless given.
    """
    columns, rows = digitiser["W"] / (end or last_time), digitiser["H"]
    line = [(time * columns, survival * rows) for time, survival in corners(curve, last_time)]
    points = PIXELS[digitiser["kind"]](line, digitiser, random)
    return [(x / columns, y / rows) for x, y in points]


def corners(curve, last_time):
    """The line of the figure, as the points between which it is straight."""
    line, height = [(0.0, 1.0)], 1.0
    for time, survival in curve:
        line += [(time, height), (time, survival)]
        height = survival
    return line + [(last_time, height)]


def _jittered(point, digitiser, random):
    jx, jy = digitiser.get("jx", 0), digitiser.get("jy", 0)
    return (point[0] + (random.gauss(0, jx) if jx else 0), point[1] + (random.gauss(0, jy) if jy else 0))


def _pixel(point, digitiser):
    """The whole pixel nearest to a point, inside the figure."""
    return (min(max(round(point[0]), 0), digitiser["W"]), min(max(round(point[1]), 0), digitiser["H"]))


def _corner_pixels(line, digitiser, random):
    return list(dict.fromkeys(_pixel(_jittered(point, digitiser, random), digitiser) for point in line))


def _line_pixels(line, digitiser, random):
    points = [point for start, end in zip(line, line[1:]) for point in _along(start, end)] + [line[-1]]
    pixels = {_pixel(_jittered(point, digitiser, random), digitiser) for point in points}
    return sorted(pixels, key=lambda p: (p[0], -p[1]))


def _along(start, end):
    """Points about one pixel apart; a vertical stroke has at least its two ends."""
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])
    if length == 0:
        return []
    if start[1] == end[1]:
        count = max(1, round(length))
        shares = [i / count for i in range(count)]
    else:
        count = max(2, math.floor(length))
        shares = [i / (count - 1) for i in range(count)]
    return [(start[0] + (end[0] - start[0]) * u, start[1] + (end[1] - start[1]) * u) for u in shares]


def _clicks(line, digitiser, random):
    lower_ends, last = line[2:-1:2], len(line[2:-1:2]) - 1
    count = digitiser["N"]
    chosen = sorted({round(last * i / (count - 1)) for i in range(count)}) if lower_ends else []
    clicks = [_jittered(point, digitiser, random) for point in [lower_ends[i] for i in chosen] + [line[-1]]]
    # A click beside the axes is read as one inside.
    inside = [(abs(x), min(abs(y), digitiser["H"])) for x, y in clicks]
    return [line[0]] + sorted(inside)


def _grid(line, digitiser, random):
    count, end = digitiser["N"], line[-1][0]
    times = [x for x, _ in line]
    points = []
    for i in range(count):
        x = end * i / (count - 1)
        height = line[bisect.bisect_right(times, x) - 1][1]
        points.append(_pixel(_jittered((x, height), digitiser, random), digitiser))
    return sorted(points, key=lambda p: (p[0], -p[1]))


PIXELS = {"corners": _corner_pixels, "dense": _line_pixels, "clicks": _clicks, "grid": _grid}
