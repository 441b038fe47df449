"""Which printed claims no true trial could have given: the judge of planted-errors, written apart from survkit.

`broken(claims)` lists the laws a claims file breaks. A printed number stands for every number that rounds to it; a law is broken
when none of those fits. Most laws are theorems. Two hold within a slack that trials simulated by claim-tolerances stay within
(docs/validation/planted-errors.md): a log-rank or likelihood-ratio p beside a Wald interval, and the variance of a log hazard ratio
above 1/d1 + 1/d2. The laws in IMPLAUSIBLE may be broken by true claims, if hardly ever: hazards that cross so late that medians or
restricted means go against the ratio, an interval by profile likelihood, a difference of control less experimental.
"""
import math
from statistics import NormalDist

NORMAL = NormalDist()
INFINITY = math.inf
WALD = "hazard ratio in the geometric middle of its limits"
MEDIANS = "medians on the side of the hazard ratio"
MEANS = "restricted means on the side of the hazard ratio"
REVERSED = "difference of experimental less control"
IMPLAUSIBLE = {WALD, MEDIANS, MEANS, REVERSED}


def broken(claims):
    return [law for endpoint in claims["endpoints"] for law in _endpoint(endpoint)]


def _endpoint(endpoint):
    arms, found = endpoint["arms"], []
    for arm in arms:
        found += _counts(arm) + _at_risk(arm) + _median(arm) + _rates(arm) + _restricted_mean(arm)
    found += _total(endpoint) + _hazard_ratio(endpoint) + _variance(endpoint) + _p_value(endpoint) + _medians(endpoint)
    return found + _means_against_ratio(endpoint) + _differences(endpoint)


def printed(text):
    """The numbers that round to a printed one, (least, greatest)."""
    text = str(text)
    if text.startswith("<"):
        return (0.0, float(text[1:]))
    half = 0.5 * 10 ** -len(text.partition(".")[2]) * (1 + 1e-9)
    return (float(text) - half, float(text) + half)


def overlap(a, b):
    return max(a[0], b[0]) <= min(a[1], b[1])


def _over(f, *ranges):
    """The range of f over a box, for an f monotone in each argument."""
    corners = [()]
    for r in ranges:
        corners = [c + (x,) for c in corners for x in r]
    values = [f(*c) for c in corners]
    return (min(values), max(values))


def _counts(arm):
    n, events, found = arm["n"], arm.get("events"), []
    if events is None:
        return found
    if not 0 <= events <= n:
        found.append("events above patients")
    if "censored" in arm and events + arm["censored"] != n:
        found.append("events and censored make the patients")
    if "events_percent" in arm and not overlap((100 * events / n,) * 2, printed(arm["events_percent"])):
        found.append("percentage of events")
    return found


def _total(endpoint):
    total, found = endpoint.get("total", {}), []
    for key in ("n", "events"):
        if key in total and all(key in arm for arm in endpoint["arms"]):
            if sum(arm[key] for arm in endpoint["arms"]) != total[key]:
                found.append(f"total of {key}")
    return found


def _at_risk(arm):
    table, found = arm.get("at_risk"), []
    if not table:
        return found
    if any(later > earlier for earlier, later in zip(table["n"], table["n"][1:])):
        found.append("numbers at risk fall")
    if table["times"][0] == 0 and table["n"][0] != arm["n"] or max(table["n"]) > arm["n"]:
        found.append("at risk at the start")
    return found


def _median(arm):
    """Within its limits; on the side of a time that the rate and the number at risk there say."""
    if arm["median"] == "NR":
        median = (0.0, INFINITY)
    else:
        median = printed(arm["median"])
    found = []
    lower, upper = ((0.0, INFINITY) if x == "NR" else printed(x) for x in arm.get("median_ci", ["NR", "NR"]))
    if lower[0] > upper[1] or arm["median"] != "NR" and (lower[0] > median[1] or upper[1] < median[0]):
        found.append("median within its limits")
    for rate in arm.get("rates", []):
        survival = printed(rate["percent"])
        if survival[0] > 50 and median[1] < rate["time"]:
            found.append("median after a rate above 50 %")
        if survival[1] < 50 and (arm["median"] == "NR" or median[0] > rate["time"]):
            found.append("median before a rate below 50 %")
    table = arm.get("at_risk", {"times": [], "n": []})
    if any(2 * n > arm["n"] and median[1] < time for time, n in zip(table["times"], table["n"])):
        found.append("median after more than half are at risk")
    return found


def _rates(arm):
    found, earlier = [], (0, 100.0)
    for rate in sorted(arm.get("rates", []), key=lambda r: r["time"]):
        survival = printed(rate["percent"])
        if survival[0] > earlier[1]:
            found.append("survival falls")
        earlier = survival
        later = _at_risk_from(arm, rate["time"], strictly=True)
        if later is not None and survival[1] / 100 < later / arm["n"]:
            found.append("survival at least the share at risk")
        if "ci" in rate and not _rate_interval_exists(arm, rate):
            found.append("rate and its interval")
    return found


def _at_risk_from(arm, time, strictly=False):
    """The number at risk at the first printed time at or after (strictly: after) a time."""
    table = arm.get("at_risk", {"times": [], "n": []})
    return next((n for t, n in zip(table["times"], table["n"]) if (t > time if strictly else t >= time)), None)


SCALES = {
    "plain": (lambda s: s, lambda s: 1),
    "log": (lambda s: math.log(s), lambda s: 1 / s),
    "log-log": (lambda s: -math.log(-math.log(s)), lambda s: -1 / (s * math.log(s))),
    "logit": (lambda s: math.log(s / (1 - s)), lambda s: 1 / (s * (1 - s))),
    "arcsin": (lambda s: math.asin(math.sqrt(s)), lambda s: 0.5 / math.sqrt(s * (1 - s))),
}


def _rate_interval_exists(arm, rate):
    """Whether some scale and some standard error give the limits. Greenwood's error is that of a sample of a size between the
    number still at risk at the time and the arm's: more than those were at risk at no event, fewer at none."""
    z = NORMAL.inv_cdf((1 + rate["level"]) / 2)
    survival, lower, upper = (tuple(min(max(x / 100, 0.0), 1.0) for x in printed(t)) for t in (rate["percent"], *rate["ci"]))
    inside = tuple(min(max(s, 1e-9), 1 - 1e-9) for s in survival)
    spread = [s * (1 - s) for s in inside] + ([0.25] if inside[0] < 0.5 < inside[1] else [])
    at_risk = _at_risk_from(arm, rate["time"])
    possible = (math.sqrt(min(spread) / arm["n"]), math.sqrt(max(spread) / at_risk) if at_risk else INFINITY)
    for value, slope in SCALES.values():
        try:
            error = (0.0, INFINITY)
            if lower[0] > 0:
                error = _scaled(_over(lambda s, l: value(s) - value(l), inside, lower), z)
            if upper[1] < 1:
                above = _scaled(_over(lambda s, u: value(u) - value(s), inside, upper), z)
                error = (max(error[0], above[0]), min(error[1], above[1]))
            slopes = [slope(s) for s in (*inside, sum(inside) / 2)]
            if error[0] <= error[1] and overlap((error[0] / max(slopes) * 0.999, error[1] / min(slopes) * 1.001), possible):
                return True
        except (ValueError, ZeroDivisionError):
            return True
    return False


def _scaled(interval, z):
    return (interval[0] / z, interval[1] / z)


def _restricted_mean(arm):
    """Within its limits, in their middle, and between the areas of the steps through the printed rates."""
    mean = arm.get("rmst")
    if not mean:
        return []
    value, lower, upper = (printed(x) for x in (mean["value"], *mean["ci"]))
    found = [] if overlap(value, ((lower[0] + upper[0]) / 2, (lower[1] + upper[1]) / 2)) else ["mean in the middle of its limits"]
    least = greatest = start = 0.0
    height = 1.0
    for rate in sorted(arm.get("rates", []), key=lambda r: r["time"]):
        if rate["time"] <= mean["tau"]:
            below, above = (x / 100 for x in printed(rate["percent"]))
            least += below * (rate["time"] - start)
            greatest += height * (rate["time"] - start)
            start, height = rate["time"], above
    greatest += height * (mean["tau"] - start)
    return found + ([] if overlap(value, (least, greatest)) else ["mean between the areas of the rates"])


def _logarithms(ratio):
    return [tuple(math.log(max(x, 1e-9)) for x in printed(text)) for text in (ratio["value"], *ratio["ci"])]


def _log_ratio(endpoint):
    """Ranges of b = log HR and of its standard error; None where no b fits the value and the middle of the limits."""
    value, lower, upper = _logarithms(endpoint["hazard_ratio"])
    b = (max(value[0], (lower[0] + upper[0]) / 2), min(value[1], (lower[1] + upper[1]) / 2))
    z = NORMAL.inv_cdf((1 + endpoint["hazard_ratio"]["level"]) / 2)
    error = (max(0.0, (upper[0] - lower[1]) / (2 * z)), (upper[1] - lower[0]) / (2 * z))
    return (b, error) if b[0] <= b[1] and error[1] > 0 else None


def _hazard_ratio(endpoint):
    """In the middle of a Wald interval; of one by profile likelihood off it by the third derivative, about half^2 |1 - 2 p| / 6 with
    p the share of one arm's events. No trial of claim-tolerances goes beyond half^2 (|1 - 2 p| + 1/4) / 6."""
    value, lower, upper = _logarithms(endpoint["hazard_ratio"])
    if lower[0] > upper[1] or value[1] < lower[0] or value[0] > upper[1]:
        return ["hazard ratio within its limits"]
    if _log_ratio(endpoint):
        return []
    half = (upper[1] - lower[0]) / 2
    events = _events(endpoint)
    uneven = abs(1 - 2 * events[0] / sum(events)) if events else 1.0
    off = max(value[0] - (lower[1] + upper[1]) / 2, (lower[0] + upper[0]) / 2 - value[1])
    return [WALD] if off <= half ** 2 * (uneven + 0.25) / 6 else ["hazard ratio near the geometric middle of its limits"]


def _events(endpoint):
    events = [arm.get("events") for arm in endpoint["arms"]]
    return events if all(events) else None


def _variance(endpoint):
    """se^2 >= 1/d1 + 1/d2 in every Cox model, and above it by little: more with few events per stratum."""
    events, found = _events(endpoint), _log_ratio(endpoint)
    if not events or not found:
        return []
    (b, error), floor = found, sum(1 / d for d in events)
    share = min(1.0, sum(events) / sum(arm["n"] for arm in endpoint["arms"]))
    ratio = endpoint["hazard_ratio"]
    few = 6 if ratio["stratified"] or ratio["adjusted"] else 3
    ceiling = 1 + few / math.sqrt(min(events)) + 0.5 * (0.5 + max(map(abs, b))) ** 2 * share ** 2
    if error[1] ** 2 / floor < 1:
        return ["variance of log HR at least 1/d1 + 1/d2"]
    return ["variance of log HR near 1/d1 + 1/d2"] if error[0] ** 2 / floor > ceiling else []


def _p_value(endpoint):
    test, found = endpoint["test"], []
    text = test["p"]
    p = printed(text)
    if not text.startswith("<") and float(text) == 0:
        return ["p above 0"]
    statistic = _statistic(p, test["sides"])
    for key, root in (("z", False), ("chi_square", True)):
        if key in test:
            shown = printed(test[key].lstrip("-"))
            shown = tuple(math.sqrt(max(0.0, x)) for x in shown) if root else shown
            if not overlap(_absolute(statistic), shown):
                found.append(f"p of the {key}")
    expected = _expected_statistic(endpoint)
    if expected and not overlap(_absolute(statistic), _absolute(expected)):
        found.append("p of the hazard ratio")
    return found


def _statistic(p, sides):
    """The range of z; of two-sided p the negative one. One-sided p-values may be of a test for benefit or for harm."""
    quantiles = [-INFINITY if x <= 0 else INFINITY if x >= 1 else NORMAL.inv_cdf(x) for x in (y / sides for y in p)]
    return (quantiles[0], min(quantiles[1], 0.0) if sides == 2 else quantiles[1])


def _absolute(interval):
    low, high = interval
    return (0.0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)))


def _expected_statistic(endpoint):
    """The range of the test's z that the hazard ratio with its interval leaves."""
    found, test, ratio = _log_ratio(endpoint), endpoint["test"]["name"], endpoint["hazard_ratio"]
    if not found or found[1][0] <= 0:
        return None
    b, error = found
    events = _events(endpoint)
    if test == "Wald":
        return _over(lambda x, s: x / s, b, error)
    if test == "likelihood ratio":
        if not events:
            return None
        z = _over(lambda x, s: x / s * _likelihood_ratio_to_wald(x, events), b, error)
        excess = max(0.0, error[1] ** 2 / sum(1 / d for d in events) - 1)
        slack = 0.03 + 0.3 * excess * max(map(abs, z))
        return (z[0] - slack, z[1] + slack)
    z = _over(lambda x, s: x / s * _log_rank_to_wald(x), b, error)
    far = max(map(abs, z))
    if (test == "stratified log-rank") == ratio["stratified"] and not ratio["adjusted"]:
        slack = 0.25 + 0.08 * far
        return (z[0] - slack, z[1] + slack)
    return (-(2 + 1.5 * far), 2 + 1.5 * far)


def _log_rank_to_wald(b):
    """Of the two z, when the arms' share of the patients at risk does not change."""
    return 2 * math.sinh(b / 2) / b if abs(b) > 1e-6 else 1.0


def _likelihood_ratio_to_wald(b, events):
    """As above, from the arms' events."""
    share = events[0] / sum(events)
    if abs(b) < 1e-3:
        return 1.0
    at_risk = share * math.exp(-b) / (1 - share + share * math.exp(-b))
    half = share * b - math.log(1 - at_risk + at_risk * math.exp(b))
    return math.sqrt(max(0.0, 2 * half)) / (abs(b) * math.sqrt(share * (1 - share)))


def _medians(endpoint):
    """log(median A / median B) near -b/k for some Weibull shape k from 0.5 to 2.5, within eight standard errors; not on the other
    side of 0 by four of them when b is three of its own from 0. Where events are found at visits an interval of a median can be
    far too short: the standard error is at least half of the usual 1.25 sqrt(1/d1 + 1/d2), which the ratio's own stands for."""
    found, arms = _log_ratio(endpoint), endpoint["arms"]
    if not found or found[1][0] <= 0 or any("NR" in (arm["median"], *arm.get("median_ci", ["NR"])) for arm in arms):
        return []
    b, error = found
    medians = [tuple(math.log(max(x, 1e-9)) for x in printed(arm["median"])) for arm in arms]
    ratio = (medians[0][0] - medians[1][1], medians[0][1] - medians[1][0])
    variance = 0.0
    for arm in arms:
        lower, upper = (printed(x) for x in arm["median_ci"])
        width = math.log(upper[1] / max(lower[0], 1e-9))
        variance += (width / (2 * NORMAL.inv_cdf((1 + arm["median_ci_level"]) / 2))) ** 2
    s = max(math.sqrt(variance), 0.5 * 1.25 * error[0])
    likely = [-x / k for x in b for k in (0.5, 2.5)]
    if not overlap(ratio, (min(likely) - 8 * s, max(likely) + 8 * s)):
        return [MEDIANS]
    b_sign = 1 if b[0] / error[1] > 3 else -1 if b[1] / error[1] < -3 else 0
    against = ratio[0] if b_sign > 0 else -ratio[1] if b_sign < 0 else -INFINITY
    return [MEDIANS] if against > 4 * s else []


def _means_against_ratio(endpoint):
    """Restricted means do not differ by three standard errors against b when b is three of its own from 0."""
    found, means = _log_ratio(endpoint), [arm.get("rmst") for arm in endpoint["arms"]]
    if not found or found[1][0] <= 0 or not all(means):
        return []
    b, error = found
    limits = [[printed(x) for x in mean["ci"]] for mean in means]
    s = math.hypot(*((upper[1] - lower[0]) / (2 * 1.96) for lower, upper in limits))
    values = [printed(mean["value"]) for mean in means]
    against = values[0][0] - values[1][1] if b[0] / error[1] > 3 else values[1][0] - values[0][1] if b[1] / error[1] < -3 else 0.0
    return [MEANS] if against > 3 * s else []


def _differences(endpoint):
    found = []
    for difference in endpoint.get("differences", []):
        value = printed(difference["value"])
        if "ci" in difference:
            lower, upper = (printed(x) for x in difference["ci"])
            if not overlap(value, ((lower[0] + upper[0]) / 2, (lower[1] + upper[1]) / 2)):
                found.append("difference in the middle of its limits")
        parts = [_part(arm, difference) for arm in endpoint["arms"]]
        if None not in parts and not overlap(value, (parts[0][0] - parts[1][1], parts[0][1] - parts[1][0])):
            reversed_fits = overlap(value, (parts[1][0] - parts[0][1], parts[1][1] - parts[0][0]))
            found.append(REVERSED if reversed_fits else "difference of the arms")
    return found


def _part(arm, difference):
    if difference["of"] == "rmst":
        return printed(arm["rmst"]["value"]) if "rmst" in arm else None
    return next((printed(r["percent"]) for r in arm.get("rates", []) if r["time"] == difference["time"]), None)
