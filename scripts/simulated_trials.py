"""Made-up trials: when the patients of every arm had the event or left.

A trial is a plan (what is drawn per trial) and its patients (what is drawn per patient). Times are in months until
`in_unit` turns them into the unit in which the trial records them.
"""
import bisect, itertools, math

MONTHS = {"days": 30.4375, "weeks": 30.4375 / 7, "months": 1.0, "years": 1 / 12}
SHAPES = ["weibull", "weibull", "weibull", "change", "cure"]
EFFECTS = ["proportional", "proportional", "proportional", "crossing", "delayed"]


class Hazard:
    """A hazard that is constant between breaks, and the times at which its integral reaches a value."""

    def __init__(self, breaks, rates):
        self.breaks = breaks
        self.rates = rates
        widths = [b - a for a, b in zip(breaks, breaks[1:])]
        self.integral = [0.0] + list(itertools.accumulate(r * w for r, w in zip(rates, widths)))

    def time(self, integral):
        """Past the last break the last rate goes on."""
        i = min(bisect.bisect_right(self.integral, integral), len(self.rates)) - 1
        return self.breaks[i] + (integral - self.integral[i]) / self.rates[i]


def draw_plan(random):
    """What the patients of one trial have in common."""
    arms = random.choices([1, 2, 3, 4], [12, 72, 10, 6])[0]
    smallest, largest = (10, 2500) if random.random() < 0.3 else (60, 500)
    size = math.exp(random.uniform(math.log(smallest), math.log(largest)))
    ratio = random.choice([1, 1, 1, 1.5, 2, 4])
    median = math.exp(random.uniform(math.log(3), math.log(60)))
    plan = {
        "arms": arms,
        "sizes": [min(max(round(size * share * random.uniform(0.93, 1.07)), 10), 2500) for share in [1] * (arms - 1) + [ratio]],
        "median": median,
        "hazard": random.choice(SHAPES),
        "effect": random.choice(EFFECTS) if arms > 1 else "proportional",
        "event_share": random.uniform(0.2, 0.95),
        "accrual": random.choice([0.0, 0.2, 0.4, 0.6, 0.8]),
        "dropout": random.choice([0.0, 0.0, 0.05, 0.15, 0.3]),
        "early_dropout": [random.choice([0.0, 0.03, 0.1, 0.2]) for _ in range(arms)] if random.random() < 0.25 else [0.0] * arms,
        "visits": None,
        "censored_at_visits": random.random() < 0.25,
        "unit": random.choice(list(MONTHS)),
        "recorded": random.choices(["exact", "days", "weeks", "months"], [25, 55, 12, 8])[0],
    }
    if random.random() < 0.3 or plan["censored_at_visits"]:
        plan["visits"] = {"every": median * random.choice([0.12, 0.2, 0.3]), "jitter": random.choice([0.02, 0.05, 0.12])}
    plan["events_at_visits"] = plan["visits"] is not None and random.random() < 0.6
    plan["hazards"] = _hazards(plan, random)
    plan["cured"] = random.uniform(0.1, 0.5) if plan["hazard"] == "cure" else 0.0
    return plan


def _hazards(plan, random):
    """One hazard per arm: a shared shape times the arm's ratio, which may change with time."""
    count, horizon = 400, 12 * plan["median"]
    breaks = [horizon * (i / count) ** 2 for i in range(count + 1)]
    middles = [(a + b) / 2 for a, b in zip(breaks, breaks[1:])]
    shape = random.uniform(0.6, 1.8)
    scale = plan["median"] / math.log(2) ** (1 / shape)
    base = [shape / scale * (t / scale) ** (shape - 1) for t in middles]
    if plan["hazard"] == "change":
        turn, factor = plan["median"] * random.uniform(0.3, 1.2), random.choice([0.3, 0.5, 2, 3])
        base = [math.log(2) / plan["median"] * (factor if t > turn else 1) for t in middles]
    hazards = []
    for arm in range(plan["arms"]):
        ratio = 1.0 if arm == 0 else math.exp(random.uniform(math.log(0.4), math.log(1.3)))
        turn = plan["median"] * random.uniform(0.15, 0.8)
        early, late = {"proportional": (ratio, ratio), "crossing": (1 / ratio, ratio), "delayed": (1.0, ratio)}[plan["effect"]]
        hazards.append(Hazard(breaks, [h * (late if t > turn else early) for h, t in zip(base, middles)]))
    return hazards


def draw_patients(plan, random):
    """Per arm the rows (time, event), unsorted, in months."""
    latent = []
    for hazard, size in zip(plan["hazards"], plan["sizes"]):
        latent.append([
            (math.inf if random.random() < plan["cured"] else hazard.time(random.expovariate(1)), random.random())
            for _ in range(size)
        ])
    length = _study_length(latent, plan)
    return [
        [_observed(event, length * (1 - plan["accrual"] * entry), length, early, plan, random) for event, entry in patients]
        for patients, early in zip(latent, plan["early_dropout"])
    ]


def _study_length(latent, plan):
    """How long the study must last for the planned share of events, dropout aside."""
    patients = [p for arm in latent for p in arm]
    low, high = 0.0, 10 * plan["median"]
    for _ in range(60):
        middle = (low + high) / 2
        share = sum(event <= middle * (1 - plan["accrual"] * entry) for event, entry in patients) / len(patients)
        low, high = (middle, high) if share < plan["event_share"] else (low, middle)
    return high


def _observed(event, closing, length, early_dropout, plan, random):
    """One row: the event, or why the patient left before it."""
    leaving = closing
    if plan["dropout"]:
        leaving = min(leaving, random.expovariate(-math.log(1 - plan["dropout"]) / length))
    if random.random() < early_dropout:
        leaving = min(leaving, random.uniform(0, 0.08) * length)
    visits = plan["visits"]
    if visits and plan["events_at_visits"] and event < math.inf:
        event = _visit(math.ceil(event / visits["every"]), visits, random)
    if visits and plan["censored_at_visits"] and leaving < event and random.random() < 0.9:
        leaving = _visit(math.floor(leaving / visits["every"]), visits, random)
    return (event, 1) if event <= leaving else (leaving, 0)


def _visit(number, visits, random):
    """When the visit of that number took place; the one at the start is on time."""
    if number == 0:
        return 0.0
    return visits["every"] * (number + min(max(random.gauss(0, visits["jitter"]), -0.4), 0.4))


def in_unit(months, plan):
    """A time as recorded (to the end of its day, week or month) in the unit of the figure."""
    if plan["recorded"] != "exact":
        grain = 1 / MONTHS[plan["recorded"]]
        count = max(1, math.ceil(months / grain - 1e-9))
        return count * MONTHS[plan["unit"]] / MONTHS[plan["recorded"]]
    return max(months, 1e-3 * plan["median"]) * MONTHS[plan["unit"]]
