"""True results of a made-up trial as a paper prints them: rounded, in the paper's levels and tests, some of them left out.

`draw_style` says how the paper prints; `claims` makes the file that `survkit verify` reads. Every decimal number is a string, so
that its decimals are kept.
"""
import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from statistics import NormalDist

NORMAL = NormalDist()
CI_TYPES = ["plain", "log", "log-log", "logit", "arcsin"]
TEST_NAMES = {"log_rank": "log-rank", "stratified_log_rank": "stratified log-rank", "wald": "Wald",
              "likelihood_ratio": "likelihood ratio"}


def draw_style(trial, random):
    plan = trial["plan"]
    test = random.choices(["log_rank", "wald", "likelihood_ratio"], [60, 30, 10])[0]
    if test == "log_rank" and plan["analysis"] == "stratified" and random.random() < 0.9:
        test = "stratified_log_rank"
    last = [max(row[0] for row in trial["rows"] if row[2] == arm) for arm in "AB"]
    grid = _grid(max(last), random)
    times = [t for t in grid if 0 < t <= 0.9 * min(last)]
    return {
        "level": random.choices([0.95, 0.9, 0.975, 0.99], [85, 5, 5, 5])[0],
        "sides": 1 if random.random() < 0.1 else 2,
        "test": test,
        "hr_decimals": random.choices([2, 3], [80, 20])[0],
        "p_decimals": random.choice([3, 3, 4]),
        "statistic": random.choices([None, "chi_square", "z"], [80, 10, 10])[0],
        "ties": random.choices(["efron", "breslow"], [75, 25])[0],
        "median_decimals": random.choices([1, 2], [85, 15])[0],
        "percent_decimals": random.choice([0, 1, 1]),
        "halves_up": random.random() < 0.5,
        "rate_decimals": random.choice([0, 1, 1]),
        "rate_type": random.choices(CI_TYPES, [15, 35, 35, 8, 7])[0],
        "median_type": random.choices(CI_TYPES, [5, 40, 45, 5, 5])[0],
        "times": sorted(random.sample(times, min(len(times), random.choice([1, 2, 3])))),
        "grid": grid if random.random() < 0.75 else [],
        "tau": _round_down(0.95 * min(last)),
        "rmst": random.random() < 0.3,
        "differences": random.random() < 0.3,
        "events": random.random() < 0.95,
        "events_percent": random.random() < 0.6,
        "censored": random.random() < 0.35,
        "total": random.random() < 0.6,
        "median_ci": random.random() < 0.8,
        "rates": random.random() < 0.7,
        "rate_ci": random.random() < 0.7,
    }


def _grid(last, random):
    """Times of a table of numbers at risk, four to twelve of them by a usual step."""
    wanted = last / random.randint(4, 12)
    step = min([0.5, 1, 2, 3, 4, 6, 12, 24], key=lambda s: abs(math.log(s / wanted)))
    return [round(i * step, 1) for i in range(int(last / step) + 1)]


def _round_down(time):
    return math.floor(time) if time >= 4 else math.floor(10 * time) / 10


def claims(case):
    """The file of a case {"trial", "style", "true"}; true: the results by key, and the counts."""
    style = case["style"]
    endpoint = {"id": "os", "name": "Overall survival", "unit": "months", "experimental": "A", "control": "B",
                "arms": [_arm(case, arm) for arm in "AB"]}
    if style["total"]:
        events = {"events": sum(case["true"]["events"].values())} if style["events"] else {}
        endpoint["total"] = {"n": sum(case["true"]["n"].values())} | events
    endpoint["hazard_ratio"] = hazard_ratio(case, style["level"])
    endpoint["test"] = _test(case)
    if style["differences"]:
        endpoint["differences"] = _differences(case)
    return {"schema": "survkit-claims/1", "trial": case["trial"]["id"], "endpoints": [endpoint]}


def decimal(value, places):
    return f"{value:.{places}f}"


def percentage(count, n, style):
    """Halves go up or to the even digit, as programs differ."""
    unit = Decimal(1).scaleb(-style["percent_decimals"])
    return str((Decimal(100 * count) / n).quantize(unit, ROUND_HALF_UP if style["halves_up"] else ROUND_HALF_EVEN))


def p_text(p, places):
    return f"<{decimal(10 ** -places, places)}" if p < 10 ** -places else decimal(p, places)


def hazard_ratio(case, level):
    """Printed as if `level` were the paper's, so that an interval of another level can be planted."""
    b, se, style = case["true"]["b"], case["true"]["se"], case["style"]
    half = NORMAL.inv_cdf((1 + level) / 2) * se
    shown = [decimal(math.exp(x), style["hr_decimals"]) for x in (b, b - half, b + half)]
    analysis = case["trial"]["plan"]["analysis"]
    return {"value": shown[0], "ci": shown[1:], "level": style["level"], "stratified": analysis == "stratified",
            "adjusted": analysis == "adjusted"}


def rate_ci(case, arm, time, level):
    """None where R gives no limits (nobody had the event, or everybody)."""
    limits = [case["true"].get(f"rate_{end} {arm} {time:g} {level:g}") for end in ("lower", "upper")]
    return None if None in limits else [decimal(100 * x, case["style"]["rate_decimals"]) for x in limits]


def z_of_test(case):
    true, test = case["true"], case["style"]["test"]
    return true["b"] / true["se"] if test == "wald" else true[test]


def p_of_test(case, sides):
    z = z_of_test(case)
    return NORMAL.cdf(z) if sides == 1 else 2 * NORMAL.cdf(-abs(z))


def _arm(case, name):
    true, style = case["true"], case["style"]
    n, events = true["n"][name], true["events"][name]
    arm = {"id": name, "n": n}
    if style["events"]:
        arm["events"] = events
        if style["events_percent"]:
            arm["events_percent"] = percentage(events, n, style)
        if style["censored"]:
            arm["censored"] = n - events
    arm["median"] = _time_or_nr(true.get(f"median {name} 0.95"), style)
    if style["median_ci"]:
        arm["median_ci"] = [_time_or_nr(true.get(f"median_{end} {name} 0.95"), style) for end in ("lower", "upper")]
        arm["median_ci_level"] = 0.95
    if style["rates"] and style["times"]:
        arm["rates"] = [_rate(case, name, time) for time in style["times"]]
    if style["grid"]:
        arm["at_risk"] = {"times": style["grid"], "n": [true["at_risk"][name][time] for time in style["grid"]]}
    if style["rmst"]:
        value, se = true[f"rmst {name}"], true[f"rmst_se {name}"]
        limits = [decimal(value + s * 1.959964 * se, 2) for s in (-1, 1)]
        arm["rmst"] = {"tau": style["tau"], "value": decimal(value, 2), "ci": limits}
    return arm


def _time_or_nr(time, style):
    return "NR" if time is None else decimal(time, style["median_decimals"])


def _rate(case, arm, time):
    rate = {"time": time, "percent": decimal(100 * case["true"][f"rate {arm} {time:g}"], case["style"]["rate_decimals"])}
    ci = rate_ci(case, arm, time, 0.95) if case["style"]["rate_ci"] else None
    return rate | ({"ci": ci, "level": 0.95} if ci else {})


def _test(case):
    style, z = case["style"], z_of_test(case)
    test = {"name": TEST_NAMES[style["test"]], "p": p_text(p_of_test(case, style["sides"]), style["p_decimals"]),
            "sides": style["sides"]}
    if style["statistic"] == "chi_square" and style["sides"] == 2:
        test |= {"chi_square": decimal(z * z, 2), "df": 1}
    if style["statistic"] == "z":
        test["z"] = decimal(z, 2)
    return test


def _differences(case):
    true, style = case["true"], case["style"]
    found = []
    if style["rmst"]:
        means, errors = ([true[f"{key} {arm}"] for arm in "AB"] for key in ("rmst", "rmst_se"))
        found.append({"of": "rmst", "tau": style["tau"]} | _difference(means, errors, 2))
    if style["rates"] and style["times"]:
        time = min(style["times"])
        rates, errors = ([100 * true[f"{key} {arm} {time:g}"] for arm in "AB"] for key in ("rate", "rate_se"))
        found.append({"of": "rate", "time": time} | _difference(rates, errors, style["rate_decimals"]))
    return found


def _difference(values, errors, places):
    """A - B with its plain 95 % interval and two-sided p."""
    value, se = values[0] - values[1], math.hypot(*errors)
    found = {"value": decimal(value, places)}
    if se > 0:
        found["ci"] = [decimal(value + s * 1.959964 * se, places) for s in (-1, 1)]
        found["p"] = p_text(2 * NORMAL.cdf(-abs(value / se)), 3)
    return found
