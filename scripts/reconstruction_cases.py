"""The scored cases of a folder, survkit's rows for each, and how far they are from the truth.

A folder of cases holds `open` (or the cases themselves) and may hold a scorer of its own, score_reconstruction.py, which
then does the scoring; without one the scores below are computed, under the same names and by the same definitions.
"""
import csv, importlib.util, json, math, pathlib, subprocess, tempfile, time
from concurrent.futures import ProcessPoolExecutor
from survival_estimates import at_risk, kaplan_meier, log_hazard_ratios, quantile, restricted_mean, survival_at


def case_folders(folder, kind="open"):
    """The folders of cases, by name."""
    inside = folder / kind
    parent = inside if inside.is_dir() else folder if kind == "open" else None
    return sorted(p.parent for p in parent.glob("*/case.json")) if parent else []


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_rows(path, arms):
    """{arm: [(time, event)]} of a CSV with columns time, event and arm; arm may be missing where there is one."""
    groups = {arm: [] for arm in arms}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            groups[row.get("arm") or arms[0]].append((float(row["time"]), int(float(row["event"]))))
    return groups


def arm_names(case):
    return [arm["arm"] for arm in read_json(case / "case.json")["arms"]]


class Reconstruction:
    """What `survkit reconstruct` made of a case: rows, sidecar and seconds, or the error."""

    def __init__(self, case, survkit, options=()):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "rows.csv"
            start = time.perf_counter()
            run = subprocess.run(
                [survkit, "reconstruct", str(case / "case.json"), "-o", str(path), *options], capture_output=True, text=True)
            self.seconds = time.perf_counter() - start
            self.error = None if run.returncode == 0 else run.stderr.strip() or f"exit {run.returncode}"
            if self.error is None:
                self.groups = read_rows(path, arm_names(case))
                self.sidecar = read_json(path.with_suffix(".json"))


def in_parallel(function, cases, jobs):
    """The function's values for the cases, in their order."""
    if jobs == 1:
        return [function(case) for case in cases]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(function, cases))


def scores(case, groups):
    """Of rows {arm: [(time, event)]} made for a case, by the scorer that lies two folders above it, or by the one here."""
    own = next((p for p in (case.parent.parent, case.parent) if (p / "score_reconstruction.py").is_file()), None)
    return _scores_by(own / "score_reconstruction.py", case, groups) if own else score(case, groups)


def _scores_by(scorer, case, groups):
    spec = importlib.util.spec_from_file_location("score_reconstruction", scorer)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write("time,event,arm\n")
        file.writelines(f"{time!r},{event},{arm}\n" for arm, rows in groups.items() for time, event in rows)
        file.flush()
        return module.main(str(case), file.name)


def score(case, groups):
    meta = read_json(case / "case.json")
    truth = read_rows(case / "ipd_true.csv", [arm["arm"] for arm in meta["arms"]])
    tau = min(max(t for t, _ in rows) for rows in truth.values())
    found = {"id": meta["id"], "arms": [_arm_score(case, arm, truth[arm["arm"]], groups[arm["arm"]], tau) for arm in meta["arms"]]}
    expected, made = (log_hazard_ratios(g) if len(g) > 1 else {} for g in (truth, groups))
    if expected and made:
        found["comparisons"] = [
            {"arm": arm, "hr_true": math.exp(b), "hr": math.exp(made[arm][0]), "log_hr_error": made[arm][0] - b,
             "log_hr_error_in_se": (made[arm][0] - b) / se, "se_ratio": made[arm][1] / se}
            for arm, (b, se) in expected.items()
        ]
    return found


def _arm_score(case, arm, truth, rows, tau):
    if not rows:
        return {"arm": arm["arm"], "error": "arm missing"}
    true_curve, curve = kaplan_meier(truth), kaplan_meier(rows)
    true_end, end = max(truth)[0], max(rows)[0]
    gaps = [survival_at(true_curve, u) - survival_at(curve, u) for u in evaluation_times(true_end)]
    true_median, median = quantile(true_curve, true_end, 0.5), quantile(curve, end, 0.5)
    return {
        "arm": arm["arm"],
        "rmse": root_mean_square(gaps),
        "mae": sum(map(abs, gaps)) / len(gaps),
        "max_abs": max(map(abs, gaps)),
        "n_error": len(rows) - len(truth),
        "events_error": sum(event for _, event in rows) - sum(event for _, event in truth),
        "median_true": true_median,
        "median": median,
        "median_rel_error": None if None in (true_median, median) else median / true_median - 1,
        "median_reached_mismatch": (true_median is None) != (median is None),
        "rmst_rel_error": restricted_mean(curve, tau) / restricted_mean(true_curve, tau) - 1,
        "atrisk_max_error": max((abs(at_risk(rows, t) - n) for t, n in printed_at_risk(case, arm)), default=None),
    }


def evaluation_times(end):
    """A thousand times over the follow-up, away from round numbers."""
    return [end * (i + 0.3819660113) / 1000 for i in range(1000)]


def root_mean_square(values):
    return math.sqrt(sum(v * v for v in values) / len(values))


def printed_at_risk(case, arm):
    if not arm.get("at_risk"):
        return []
    with open(case / arm["at_risk"], newline="", encoding="utf-8-sig") as file:
        return [(float(row["time"]), float(row["n"])) for row in csv.DictReader(file)]


def readings(case, meta, arm):
    """[(time, survival as a probability)] as they stand in the file."""
    scale = 100 if meta["y_scale"] == "percent" else 1
    with open(case / arm["curve"], newline="", encoding="utf-8-sig") as file:
        points = [(float(row["time"]), float(row[meta["y_direction"]]) / scale) for row in csv.DictReader(file)]
    return [(t, 1 - y) for t, y in points] if meta["y_direction"] == "failure" else points


def readings_floor(case, meta, arm, truth):
    """RMSE of the readings themselves, drawn as steps: the lowest at each time, made to fall by isotonic regression."""
    lowest = {}
    for time, survival in readings(case, meta, arm):
        lowest[time] = min(survival, lowest.get(time, survival))
    blocks = []
    for time in sorted(lowest):
        blocks.append([time, lowest[time], 1])
        while len(blocks) > 1 and blocks[-1][1] / blocks[-1][2] > blocks[-2][1] / blocks[-2][2]:
            _, total, count = blocks.pop()
            blocks[-1][1] += total
            blocks[-1][2] += count
    drawn = [(time, total / count) for time, total, count in blocks]
    curve = kaplan_meier(truth)
    return root_mean_square([survival_at(curve, u) - survival_at(drawn, u) for u in evaluation_times(max(truth)[0])])


def worst(scores, key):
    """The largest of a score over the arms, or comparisons; None where there is none."""
    group = "comparisons" if key.startswith("log_hr") else "arms"
    values = [abs(entry[key]) for entry in scores.get(group) or [] if entry.get(key) is not None]
    return max(values, default=None)
