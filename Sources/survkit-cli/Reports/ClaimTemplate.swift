/// The file that `survkit verify --template` writes: every kind of claim, with what belongs to it.
enum ClaimTemplate {
  static let text = """
    # What a paper prints of its time-to-event results. Fill in what is printed, delete the rest, and run
    #     survkit verify claims.yaml
    # Numbers keep the decimals they are written with. In quotes ("0.40") the last zero counts for certain; bare numbers that belong
    # together (a ratio and its limits) share the most decimals among them. NR: not reached. JSON with the same keys is read as well.
    schema: survkit-claims/1
    trial: NAME
    citation: Author et al. Journal year;volume:pages
    endpoints:
      - id: os
        name: Overall survival
        unit: months
        experimental: new              # the arm above the line of the hazard ratio
        control: standard
        arms:
          - id: new
            label: New treatment
            n: 551
            events: 343
            events_percent: 62.3       # 100 events/n
            censored: 208
            median: 15.3
            median_ci: [14.2, 16.9]    # at 95 %; another level: median_ci_level: 0.99
            rates:                     # survival at landmarks; failure: true for 1 - S
              - {time: 12, percent: 60.7, ci: [56.4, 64.8]}
            at_risk: {times: [0, 6, 12, 18, 24], n: [551, 470, 332, 166, 36]}
            rmst: {tau: 24, value: 14.6, ci: [13.9, 15.3]}
            # Readings of the curve, if it was digitised: rows are then made from them.
            # curve: {times: [0, 6, 12], values: [1, 0.867, 0.607], error: 0.005, largest_error: 0.015}
          - id: standard
            label: Standard care
            n: 280
            events: 187
            median: 11.3
            median_ci: [9.8, 13.5]
        total: {n: 831, events: 530}
        hazard_ratio:
          value: "0.62"
          ci: ["0.52", "0.74"]
          level: 0.95
          stratified: true             # strata in the model
          adjusted: false              # covariates in the model
          # ci_method: profile         # wald unless stated; profile, bootstrap, peto
        test:
          name: stratified log-rank    # log-rank, wald, likelihood ratio, ...
          p: "<0.001"
          sides: 2                     # 1 for a one-sided p
          # chi_square: 28.9           # with df, or z
        differences:                   # experimental minus control; rates in percentage points
          - {of: rmst, time: 24, value: 2.4, ci: [1.2, 3.6], p: "<0.001"}
      - id: ae
        name: Adverse events of grade 3 or above
        kind: proportion
        arms:
          - {id: new, n: 529, events: 279, percent: 52.7}
          - {id: standard, n: 205, percent: 38.0}

    """
}
