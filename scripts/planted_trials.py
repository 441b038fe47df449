"""Made-up trials of two arms for planted-errors: who had the event or left, and when.

A trial is {"id", "plan", "rows"}; a row is (time, event, arm, stratum, covariates), arm "A" (experimental) or "B" (control),
times in months. Trials are read out at a planned share of events, after staggered entry, with dropout that may differ by arm.
In some, events are found at visits, as progression is, and patients are censored at their last visit.
"""
import math

DAYS_PER_MONTH = 30.4375


def draw_trial(random, name):
    """Drawn again until each arm has five events and follow-up of a month."""
    while True:
        plan = draw_plan(random)
        rows = draw_rows(plan, random)
        arms = [[row for row in rows if row[2] == arm] for arm in "AB"]
        if all(sum(row[1] for row in arm) >= 5 and max(row[0] for row in arm) >= 1 for arm in arms):
            return {"id": name, "plan": plan, "rows": rows}


def draw_plan(random):
    smaller = round(math.exp(random.uniform(math.log(40), math.log(700))))
    ratio = random.choice([1, 1, 1, 1.5, 2, 3])
    sizes = [round(ratio * smaller), smaller]
    if random.random() < 0.15:
        sizes.reverse()
    analysis = random.choices(["plain", "stratified", "adjusted"], [50, 40, 10])[0]
    return {
        "sizes": sizes,
        "hr": math.exp(random.uniform(math.log(0.3), math.log(1.3))),
        "effect": random.choices(["proportional", "delayed", "crossing"], [60, 25, 15])[0],
        "turn": random.uniform(0.2, 0.4),
        "shape": random.choice([0.7, 1.0, 1.0, 1.4, 2.0]),
        "median": math.exp(random.uniform(math.log(3), math.log(60))),
        "analysis": analysis,
        "strata": [random.gammavariate(3, 1) for _ in range(random.choice([4, 8]))] if analysis == "stratified" else [1.0],
        "spread": random.choice([0.3, 0.6]),
        "covariates": random.choice([1, 2, 3]) if analysis == "adjusted" else 0,
        "event_share": random.uniform(0.15, 0.95),
        "accrual": random.choice([0.0, 0.2, 0.5, 1.0, 2.0]),
        "dropout": [random.choice([0.0, 0.05, 0.15])] * 2 if random.random() < 0.75 else [0.02, 0.15],
        "visits": random.choice([1.5, 2, 3]) if random.random() < 0.25 else None,
        "recorded": random.choices(["days", "exact", "tenths"], [60, 20, 20])[0],
    }


def draw_rows(plan, random):
    strata = [math.exp(random.gauss(0, plan["spread"])) for _ in plan["strata"]]
    effects = [random.gauss(0, 0.5) for _ in range(plan["covariates"])]
    patients = []
    for arm, size, dropout in zip("AB", plan["sizes"], plan["dropout"]):
        for _ in range(size):
            stratum = random.choices(range(len(strata)), plan["strata"])[0]
            covariates = [float(random.random() < 0.5) if i == 0 else random.gauss(0, 1) for i in range(len(effects))]
            risk = strata[stratum] * math.exp(sum(e * x for e, x in zip(effects, covariates)))
            event = _event_time(random.expovariate(risk), arm, plan)
            leaving = random.expovariate(dropout / plan["median"]) if dropout else math.inf
            entry = random.uniform(0, plan["accrual"] * plan["median"])
            patients.append((entry, event, leaving, arm, stratum, covariates))
    readout = _readout(patients, plan)
    rows = []
    for entry, event, leaving, arm, stratum, covariates in patients:
        if entry < readout:
            time, found = _observed(event, min(leaving, readout - entry), plan, random)
            rows.append((_recorded(time, plan), found, arm, stratum, covariates))
    return rows


def _observed(event, end, plan, random):
    """The time and whether the event was found by the end; with visits, at the first one after it, a few days early or late."""
    if plan["visits"] is None:
        return min(event, end), int(event <= end)
    visit = math.ceil(event / plan["visits"]) * plan["visits"] + random.uniform(-5, 9) / DAYS_PER_MONTH
    return (visit, 1) if visit <= end else (math.floor(end / plan["visits"]) * plan["visits"], 0)


def _event_time(integral, arm, plan):
    """When the Weibull hazard, times the arm's ratio before and after the turn, has come to the integral."""
    ratio = 1.0 if arm == "B" else plan["hr"]
    early = {"proportional": ratio, "delayed": 1.0, "crossing": min(1 / plan["hr"], 1.5)}[plan["effect"]] if arm == "A" else 1.0
    turn = math.log(2) * plan["turn"] ** plan["shape"]
    base = integral / early if integral < early * turn else turn + (integral - early * turn) / ratio
    return plan["median"] * (base / math.log(2)) ** (1 / plan["shape"])


def _readout(patients, plan):
    """The calendar time of the event that makes the planned share."""
    events = sorted(entry + event for entry, event, leaving, *_ in patients if event <= leaving)
    return events[min(len(events), max(10, round(plan["event_share"] * len(patients)))) - 1] + 1e-9


def _recorded(time, plan):
    if plan["recorded"] == "days":
        return max(1, math.ceil(time * DAYS_PER_MONTH)) / DAYS_PER_MONTH
    return max(0.1, round(time, 1)) if plan["recorded"] == "tenths" else max(time, 1e-3)


def at_risk(rows, arm, time):
    """How many of an arm had a time of `time` or more; 1e-9 allows for decimals."""
    return sum(row[0] >= time - 1e-9 for row in rows if row[2] == arm)
