"""One error planted into a claims file: each function takes a copy of the claims and changes one printed fact, or returns None
where the file does not print it (or the change would leave the same text)."""
import math
from planted_claims import NORMAL, decimal, hazard_ratio, p_of_test, p_text, percentage, rate_ci

LEVELS = [0.9, 0.95, 0.975, 0.99]


def hr_digits_swapped(case, endpoint, random):
    return _changed(endpoint["hazard_ratio"], "value", _swapped(endpoint["hazard_ratio"]["value"], random))


def hr_limit_digits_swapped(case, endpoint, random):
    limits, i = endpoint["hazard_ratio"]["ci"], random.randrange(2)
    return _changed(limits, i, _swapped(limits[i], random))


def hr_ci_level(case, endpoint, random):
    """The interval of another level under the paper's level."""
    level = random.choice([x for x in LEVELS if x != case["style"]["level"]])
    return _changed(endpoint["hazard_ratio"], "ci", hazard_ratio(case, level)["ci"])


def hr_inverted(case, endpoint, random):
    """Control against experimental, with its interval."""
    ratio, decimals = endpoint["hazard_ratio"], case["style"]["hr_decimals"]
    true = case["true"]
    half = NORMAL.inv_cdf((1 + ratio["level"]) / 2) * true["se"]
    value, lower, upper = (decimal(math.exp(-true["b"] + s * half), decimals) for s in (0, -1, 1))
    if [value, lower, upper] == [ratio["value"], *ratio["ci"]]:
        return None
    ratio |= {"value": value, "ci": [lower, upper]}
    return True


def p_one_sided(case, endpoint, random):
    """The one-sided p in the direction of the difference, called two-sided."""
    if endpoint["test"]["sides"] != 2:
        return None
    return _changed(endpoint["test"], "p", p_text(p_of_test(case, 2) / 2, case["style"]["p_decimals"]))


def p_digit(case, endpoint, random):
    """The decimal point one place off."""
    text = endpoint["test"]["p"]
    if text.startswith("<") or float(text) == 0:
        return None
    if float(text) < 0.1:
        return _changed(endpoint["test"], "p", decimal(10 * float(text), len(text) - 3))
    return _changed(endpoint["test"], "p", decimal(float(text) / 10, len(text) - 2))


def p_zero(case, endpoint, random):
    return _changed(endpoint["test"], "p", decimal(0, case["style"]["p_decimals"]))


def events_one_arm(case, endpoint, random):
    arm = random.choice(endpoint["arms"])
    return _events(arm, random)


def events_one_arm_consistent(case, endpoint, random):
    """Percentage, censored and total follow the wrong number."""
    return _events(random.choice(endpoint["arms"]), random) and _follow(case, endpoint)


def events_both_arms(case, endpoint, random):
    factor = random.choice([0.8, 1.2])
    return all([_events(arm, random, factor) for arm in endpoint["arms"]]) or None


def events_both_arms_consistent(case, endpoint, random):
    return events_both_arms(case, endpoint, random) and _follow(case, endpoint)


def events_total(case, endpoint, random):
    return _events(endpoint["total"], random) if "events" in endpoint.get("total", {}) else None


def at_risk_increasing(case, endpoint, random):
    table = random.choice(endpoint["arms"]).get("at_risk")
    places = [i for i in range(1, len(table["n"])) if table["n"][i] < table["n"][i - 1]] if table else []
    if not places:
        return None
    i = random.choice(places)
    table["n"][i], table["n"][i - 1] = table["n"][i - 1], table["n"][i]
    return True


def n_wrong(case, endpoint, random):
    arm = random.choice(endpoint["arms"])
    return _changed(arm, "n", round(arm["n"] * random.choice([0.8, 0.9, 1.1, 1.2])))


def medians_swapped(case, endpoint, random):
    a, b = endpoint["arms"]
    if a["median"] == b["median"]:
        return None
    a["median"], b["median"] = b["median"], a["median"]
    return True


def medians_swapped_with_limits(case, endpoint, random):
    a, b = endpoint["arms"]
    if "median_ci" not in a or not medians_swapped(case, endpoint, random):
        return None
    a["median_ci"], b["median_ci"] = b["median_ci"], a["median_ci"]
    return True


def median_outside_limits(case, endpoint, random):
    arm = random.choice(endpoint["arms"])
    limits = [float(x) for x in arm.get("median_ci", []) if x != "NR"]
    if arm["median"] == "NR" or not limits:
        return None
    outside = max(limits) * 1.15 if len(limits) == 2 and random.random() < 0.5 else min(limits) * 0.85
    return _changed(arm, "median", decimal(outside, case["style"]["median_decimals"]))


def median_limits_swapped(case, endpoint, random):
    limits = random.choice(endpoint["arms"]).get("median_ci", ["NR"])
    if "NR" in limits or limits[0] == limits[1]:
        return None
    limits.reverse()
    return True


def median_digits_swapped(case, endpoint, random):
    arm = random.choice(endpoint["arms"])
    return None if arm["median"] == "NR" else _changed(arm, "median", _swapped(arm["median"], random))


def rate_ci_level(case, endpoint, random):
    """The interval of another level under 95 %."""
    arm = random.choice(endpoint["arms"])
    rates = [r for r in arm.get("rates", []) if "ci" in r]
    if not rates:
        return None
    rate = random.choice(rates)
    return _changed(rate, "ci", rate_ci(case, arm["id"], rate["time"], random.choice([0.9, 0.99])))


def rate_digits_swapped(case, endpoint, random):
    rates = random.choice(endpoint["arms"]).get("rates")
    rate = random.choice(rates) if rates else None
    return _changed(rate, "percent", _swapped(rate["percent"], random)) if rate else None


def percent_wrong(case, endpoint, random):
    arm = random.choice(endpoint["arms"])
    if "events_percent" not in arm:
        return None
    percent = float(arm["events_percent"]) + random.choice([-1, 1]) * random.choice([2, 3, 5, 10])
    return _changed(arm, "events_percent", decimal(percent, case["style"]["percent_decimals"])) if 0 < percent < 100 else None


def censored_wrong(case, endpoint, random):
    arm = random.choice(endpoint["arms"])
    if arm.get("censored", 0) <= 10:
        return None
    return _changed(arm, "censored", arm["censored"] + random.choice([-10, -2, -1, 1, 2, 10]))


def difference_digits_swapped(case, endpoint, random):
    found = random.choice(endpoint.get("differences") or [None])
    return _changed(found, "value", _swapped(found["value"], random)) if found else None


def difference_reversed(case, endpoint, random):
    """Control less experimental, with its interval."""
    found = random.choice(endpoint.get("differences") or [None])
    if not found or float(found["value"]) == 0:
        return None
    decimals = len(found["value"].partition(".")[2])
    found["value"] = decimal(-float(found["value"]), decimals)
    if "ci" in found:
        found["ci"] = [decimal(-float(x), decimals) for x in reversed(found["ci"])]
    return True


KINDS = [hr_digits_swapped, hr_limit_digits_swapped, hr_ci_level, hr_inverted, p_one_sided, p_digit, p_zero, events_one_arm,
         events_one_arm_consistent, events_both_arms, events_both_arms_consistent, events_total, at_risk_increasing, n_wrong,
         medians_swapped, medians_swapped_with_limits, median_outside_limits, median_limits_swapped, median_digits_swapped,
         rate_ci_level, rate_digits_swapped, percent_wrong, censored_wrong, difference_digits_swapped,
         difference_reversed]


def _changed(where, key, new):
    if new is None or where[key] == new:
        return None
    where[key] = new
    return True


def _swapped(text, random):
    """Two neighbouring digits change places; None when all neighbours are alike."""
    places = [i for i in range(len(text) - 1) if text[i:i + 2].isdigit() and text[i] != text[i + 1]]
    if not places:
        return None
    i = random.choice(places)
    return text[:i] + text[i + 1] + text[i] + text[i + 2:]


def _events(count, random, factor=None):
    """20 % more or fewer; no more than there are patients."""
    if "events" not in count:
        return None
    return _changed(count, "events", min(count["n"], round(count["events"] * (factor or random.choice([0.8, 1.2])))))


def _follow(case, endpoint):
    for arm in endpoint["arms"]:
        if "events_percent" in arm:
            arm["events_percent"] = percentage(arm["events"], arm["n"], case["style"])
        if "censored" in arm:
            arm["censored"] = arm["n"] - arm["events"]
    if "events" in endpoint.get("total", {}):
        endpoint["total"]["events"] = sum(arm["events"] for arm in endpoint["arms"])
    return True
