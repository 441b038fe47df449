"""What is computed from rows of patients (time, event), to compare made rows with true ones: Kaplan–Meier curve, quantiles,
restricted mean, numbers at risk, and the Cox model with one indicator per arm. Written apart from survkit, so that it can
tell when survkit is wrong."""
import bisect, math


def kaplan_meier(rows):
    """The curve's steps, [(time, S just after it)], at the event times."""
    rows = sorted(rows)
    survival, curve, i = 1.0, [], 0
    while i < len(rows):
        j, events = i, 0
        while j < len(rows) and rows[j][0] == rows[i][0]:
            events += rows[j][1]
            j += 1
        if events:
            survival *= 1 - events / (len(rows) - i)
            curve.append((rows[i][0], survival))
        i = j
    return curve


def survival_at(curve, time):
    i = bisect.bisect_right(curve, (time, math.inf))
    return curve[i - 1][1] if i else 1.0


def quantile(curve, last_time, p):
    """The first time at which S is below 1 - p; on a step at 1 - p exactly the middle of that step, as R gives it."""
    for i, (time, survival) in enumerate(curve):
        if abs(survival - (1 - p)) < 1.5e-8:
            return (time + (curve[i + 1][0] if i + 1 < len(curve) else last_time)) / 2
        if survival < 1 - p:
            return time
    return None


def restricted_mean(curve, tau):
    area, start, height = 0.0, 0.0, 1.0
    for time, survival in curve:
        if time >= tau:
            break
        area += height * (time - start)
        start, height = time, survival
    return area + height * (tau - start)


def at_risk(rows, time):
    """How many had a time of `time` or more; 1e-9 allows for decimals."""
    return sum(t >= time - 1e-9 for t, _ in rows)


def log_hazard_ratios(groups):
    """Cox model with Efron's ties of every arm against the first: {arm: (ln HR, standard error)}.

    groups: {arm: rows}. Newton's method from 0; None where the likelihood has no maximum.
    """
    arms = list(groups)
    tallies = _event_times(groups)
    beta = [0.0] * len(arms)
    for _ in range(40):
        gradient, information = _derivatives(tallies, [math.exp(b) for b in beta])
        inverse = _inverse(information)
        if inverse is None:
            return None
        step = [sum(v * g for v, g in zip(row, gradient)) for row in inverse]
        beta = [0.0] + [b + s for b, s in zip(beta[1:], step)]
        if max(map(abs, beta)) > 15:
            return None
        if max(map(abs, step)) < 1e-11:
            break
    return {arm: (b, math.sqrt(inverse[i][i])) for i, (arm, b) in enumerate(zip(arms[1:], beta[1:]))}


def _event_times(groups):
    """Per event time ([at risk by arm], [events by arm])."""
    exits = {arm: sorted(t for t, _ in rows) for arm, rows in groups.items()}
    deaths = {}
    for i, rows in enumerate(groups.values()):
        for t, event in rows:
            if event:
                deaths.setdefault(t, [0] * len(groups))[i] += 1
    return [([len(x) - bisect.bisect_left(x, t) for x in exits.values()], d) for t, d in sorted(deaths.items())]


def _derivatives(tallies, risk):
    """First derivative and information of the log likelihood by every arm but the first."""
    p = len(risk) - 1
    gradient, information = [0.0] * p, [[0.0] * p for _ in range(p)]
    for at_risk_by_arm, events_by_arm in tallies:
        events = sum(events_by_arm)
        for a in range(p):
            gradient[a] += events_by_arm[a + 1]
        for k in range(events):
            weights = [(n - k / events * d) * r for n, d, r in zip(at_risk_by_arm, events_by_arm, risk)]
            total = sum(weights)
            mean = [w / total for w in weights[1:]]
            for a in range(p):
                gradient[a] -= mean[a]
                for b in range(p):
                    information[a][b] += mean[a] * ((a == b) - mean[b])
    return gradient, information


def _inverse(matrix):
    """By elimination with the largest pivot; None for a singular matrix."""
    n = len(matrix)
    rows = [list(row) + [float(i == j) for j in range(n)] for i, row in enumerate(matrix)]
    for c in range(n):
        pivot = max(range(c, n), key=lambda r: abs(rows[r][c]))
        if abs(rows[pivot][c]) < 1e-14:
            return None
        rows[c], rows[pivot] = rows[pivot], rows[c]
        rows[c] = [x / rows[c][c] for x in rows[c]]
        for r in range(n):
            if r != c:
                rows[r] = [x - rows[r][c] * y for x, y in zip(rows[r], rows[c])]
    return [row[n:] for row in rows]
