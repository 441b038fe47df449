"""The true results of made-up trials, (trial, key, value) by the keys of true-results.R: from R's survival, or from survkit."""
import csv, json, math, pathlib, subprocess

R_PROGRAM = pathlib.Path(__file__).parent / "true-results.R"
LEVELS = [0.9, 0.95, 0.975, 0.99]
ARMS = ["--arm", "arm", "--reference", "B"]


def results_of_r(cases, scratch, options):
    settings = []
    for case in cases:
        plan, style = case["trial"]["plan"], case["style"]
        times = " ".join(f"{t:g}" for t in style["times"])
        settings.append([case["trial"]["id"], plan["analysis"], plan["covariates"], style["ties"], style["rate_type"],
                         style["median_type"], times, style["tau"]])
    paths = [scratch / name for name in ("rows.csv", "settings.csv", "results.csv")]
    _write_rows(paths[0], cases)
    _write(paths[1], ["trial", "analysis", "covariates", "ties", "rate_type", "median_type", "times", "tau"], settings)
    subprocess.run(["Rscript", R_PROGRAM, *paths], check=True)
    with open(paths[2], encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["value"] not in ("NA", "NaN"):
                yield row["trial"], row["key"], float(row["value"])


def results_of_survkit(cases, scratch, options):
    for case in cases:
        _write_rows(scratch / "rows.csv", [case])
        call = _Survkit(options.survkit, scratch / "rows.csv")
        for key, value in [*_comparison(call, case["trial"]["plan"], case["style"]), *_curves(call, case["style"])]:
            if value is not None:
                yield case["trial"]["id"], key, value


class _Survkit:
    """Calls of the program on one file."""

    def __init__(self, program, path):
        self.program, self.path = program, path

    def __call__(self, command, *options):
        columns = ["--time", "time", "--event", "event"]
        run = subprocess.run([self.program, command, self.path, *columns, "--format", "json", *options],
                             check=True, capture_output=True, text=True)
        return json.loads(run.stdout)["result"]


def _comparison(call, plan, style):
    strata = ["--strata", "stratum"] if plan["analysis"] == "stratified" else []
    covariates = [f"x{i + 1}" for i in range(plan["covariates"])] if plan["analysis"] == "adjusted" else []
    fit = call("cox", *ARMS, "--model", " + ".join(["arm", *covariates]), "--ties", style["ties"], *strata)
    without = fit["loglik_null"]
    if covariates:
        without = call("cox", "--model", " + ".join(covariates), "--ties", style["ties"])["loglik"]
    b = fit["coef"][0]
    yield "b", b
    yield "se", fit["se"][0]
    yield "likelihood_ratio", math.copysign(math.sqrt(max(0.0, 2 * (fit["loglik"] - without))), b)
    yield "log_rank", call("test", *ARMS)["tests"][0]["z"]["value"]
    if strata:
        yield "stratified_log_rank", call("test", *ARMS, *strata)["tests"][0]["z"]["value"]


def _curves(call, style):
    times = ["--times", ",".join(f"{t:g}" for t in style["times"])] if style["times"] else []
    for level in LEVELS:
        for curve in _fitted(call, level, style["median_type"]):
            arm, median = curve["group"]["arm"], curve["median"]
            yield f"median {arm} {level:g}", median["estimate"]
            yield f"median_lower {arm} {level:g}", median["lower"]
            yield f"median_upper {arm} {level:g}", median["upper"]
        for curve in _fitted(call, level, style["rate_type"], *times):
            yield from _rates(curve["group"]["arm"], curve.get("landmarks"), level, style)
    for group in call("rmst", *ARMS, "--tau", str(style["tau"]))["groups"]:
        yield f"rmst {group['group']['arm']}", group["rmst"]
        yield f"rmst_se {group['group']['arm']}", group["se"]


def _fitted(call, level, conf_type, *options):
    return call("km", *ARMS, "--level", str(level), "--conf-type", conf_type, *options)["curves"]


def _rates(arm, landmarks, level, style):
    for i, time in enumerate(style["times"]):
        limits = landmarks["ci"][style["rate_type"]]
        yield f"rate {arm} {time:g}", landmarks["surv"][i]
        yield f"rate_se {arm} {time:g}", landmarks["std_err"][i]
        yield f"rate_lower {arm} {time:g} {level:g}", limits["lower"][i]
        yield f"rate_upper {arm} {time:g} {level:g}", limits["upper"][i]


def _write_rows(path, cases):
    rows = ([case["trial"]["id"], time, event, arm, stratum, *[*covariates, 0, 0, 0][:3]]
            for case in cases for time, event, arm, stratum, covariates in case["trial"]["rows"])
    _write(path, ["trial", "time", "event", "arm", "stratum", "x1", "x2", "x3"], rows)


def _write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
