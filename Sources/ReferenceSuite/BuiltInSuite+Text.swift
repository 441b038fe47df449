// swift-format-ignore-file
// Made by scripts/embed-selftest from Tests/ReferenceTests/Resources; edit those, then run it.

extension BuiltInSuite {
  /// The checks, in the schema of `ReferenceSuite`.
  static let json = #"""
{"schema":"survkit-reference/1","title":"built in","datasets":{"lung":{"file":"lung.csv","source":"R package survival 3.5-3 (Debian r-cran-survival)","licence":"LGPL (>= 2) package; classic published data"},"ovarian":{"file":"ovarian.csv","source":"R package survival 3.5-3 (Debian r-cran-survival)","licence":"LGPL (>= 2) package; classic published data"},"kidney":{"file":"kidney.csv","source":"R package survival 3.5-3 (Debian r-cran-survival)","licence":"LGPL (>= 2) package; classic published data"},"aml":{"file":"aml.csv","source":"R package survival 3.5-3 (Debian r-cran-survival)","licence":"LGPL (>= 2) package; classic published data"},"gehan":{"file":"gehan.csv","source":"MASS::gehan (Gehan 1965, Freireich)","licence":"GPL package; classic published data"},"tiny_test1":{"file":"tiny_test1.csv","source":"hand-worked example 1 of the survival package's validation note (Therneau)","licence":"facts"},"tiny_test2":{"file":"tiny_test2.csv","source":"hand-worked example 2 of the survival package's validation note (start, stop]","licence":"facts"},"tiny_weights":{"file":"tiny_weights.csv","source":"hand-worked example 3 (integer case weights) of the survival package's validation note","licence":"facts"},"tiny_flat":{"file":"tiny_flat.csv","source":"CAMIS R-vs-SAS comparison page (10 rows)","licence":"facts"},"tiny_ties":{"file":"tiny_ties.csv","source":"own","licence":"CC0"},"tiny_cr":{"file":"tiny_cr.csv","source":"own","licence":"CC0"},"lung_certified":{"file":"lung_certified.csv","source":"R package survival: lung, rows without missing values","licence":"LGPL (>= 2) package; classic published data"},"delayed_entry_case":{"file":"delayed_entry_case.csv","source":"own construction","licence":"CC0"},"small_seven":{"file":"small_seven.csv","source":"Therneau & Grambsch 2000, test data 1, in another row order; weights and rescaled copies of x added","licence":"CC0"},"small_forty":{"file":"small_forty.csv","source":"own construction","licence":"CC0"},"small_between":{"file":"small_between.csv","source":"own construction","licence":"CC0"},"small_nearties":{"file":"small_nearties.csv","source":"own construction","licence":"CC0"},"small_deciles":{"file":"small_deciles.csv","source":"own construction","licence":"CC0"},"small_entry":{"file":"small_entry.csv","source":"own construction","licence":"CC0"},"small_pairs":{"file":"small_pairs.csv","source":"own construction","licence":"CC0"},"small_arms":{"file":"small_arms.csv","source":"own construction","licence":"CC0"},"small_arms2":{"file":"small_arms2.csv","source":"own construction","licence":"CC0"},"small_silent":{"file":"small_silent.csv","source":"own construction","licence":"CC0"},"small_floats":{"file":"small_floats.csv","source":"own construction","licence":"CC0"}},"checks":[
{"id":"certified.lung.efron","kind":"cox","data":"lung_certified.csv","analysis":{"time":"time","event":"status","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"ph.ecog","type":"numeric"},{"name":"ph.karno","type":"numeric"},{"name":"wt.loss","type":"numeric"}],"ties":"efron"},"expected":{"n":213,"events":151,"terms":["age","sex","ph.ecog","ph.karno","wt.loss"],"coef":[0.015157081126613486311,-0.6314220492639412831,0.74020440996240903037,0.015250689673454759828,-0.0092977396811320352041],"se":[0.0097629001589612105953,0.17713421740083130984,0.19133231966564586558,0.0097970931075585189572,0.0066991491105938055452],"loglik_null":-675.0243733183322599,"loglik":-658.25863563955840076},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"multiple precision","call":"50 digits, independent of survkit and of R"}},
{"id":"certified.lung.breslow","kind":"cox","data":"lung_certified.csv","analysis":{"time":"time","event":"status","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"ph.ecog","type":"numeric"},{"name":"ph.karno","type":"numeric"},{"name":"wt.loss","type":"numeric"}],"ties":"breslow"},"expected":{"coef":[0.015124058239149920658,-0.63054370338090989616,0.73892265382215145233,0.015238000294470780361,-0.0092639142421759354201],"loglik_null":-675.21267946798374592,"loglik":-658.50231980743239014},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"multiple precision","call":"50 digits, independent of survkit and of R"}},
{"id":"certified.lung.km","kind":"km_landmark","data":"lung_certified.csv","analysis":{"time":"time","event":"status","times":[5,100,365,500]},"expected":{"curves":[{"time":[5,100,365,500],"surv":[0.99530516431924882629,0.87785975109918771891,0.43229068575164343738,0.31488087597242102687],"std_err":[0.004683801974120913258,0.022444060336819673358,0.037368066884269925907,0.037055956968555744563]}]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"multiple precision","call":"50 digits, independent of survkit and of R"}},
{"id":"certified.lung.logrank","kind":"logrank","data":"lung_certified.csv","analysis":{"time":"time","event":"status","group":["sex"],"test":"logrank"},"expected":{"observed":[102,null],"expected":[83.152453790040357878,null],"variance":[[37.012528943026582145,null],[null,37.012528943026582145]],"chisq":9.5975608336131236512,"df":1,"p":0.0019483600885089776754},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"multiple precision","call":"50 digits, independent of survkit and of R"}},
{"id":"small.seven.efron","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"ties":"efron"},"expected":{"coef":[0.460777654358129],"se":[0.562799593101398],"loglik_null":-6.04025471127741,"loglik":-5.711785578306,"score_test":{"chisq":0.705894132430469,"df":1}},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph(eps = 1e-14)"}},
{"id":"small.seven.breslow","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"ties":"breslow"},"expected":{"coef":[0.483893272136668],"se":[0.571273660988629],"loglik_null":-6.26339826259162,"loglik":-5.9119846893838},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph(eps = 1e-14)"}},
{"id":"small.seven.tiny-weights","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","weights":"tiny","covariates":[{"name":"x","type":"numeric"}],"ties":"efron"},"expected":{"coef":[0.460777654358129]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph(weights = 1e-4 each): the unweighted coefficient"}},
{"id":"small.seven.weights.breslow","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","weights":"copies","covariates":[{"name":"x","type":"numeric"}],"ties":"breslow"},"expected":{"coef":[0.659000030037904]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph(weights)"}},
{"id":"small.seven.copies.breslow","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","expand_by":"copies","covariates":[{"name":"x","type":"numeric"}],"ties":"breslow"},"expected":{"n":11,"coef":[0.659000030037904]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph on repeated rows"}},
{"id":"small.seven.weights.efron","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","weights":"copies","covariates":[{"name":"x","type":"numeric"}],"ties":"efron"},"expected":{"coef":[0.642361506877422]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph(weights)"}},
{"id":"small.seven.copies.efron","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","expand_by":"copies","covariates":[{"name":"x","type":"numeric"}],"ties":"efron"},"expected":{"n":11,"coef":[0.638131766998524]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph on repeated rows"}},
{"id":"small.seven.scale-1e7-shift-1e9","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"large","type":"numeric"}],"ties":"efron"},"expected":{"coef":[0.460777654358129e-7],"se":[0.562799593101398e-7]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph(eps = 1e-14), rescaled by hand"}},
{"id":"small.seven.scale-1e7-shift-1e12","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"far","type":"numeric"}],"ties":"efron"},"expected":{"coef":[0.460777654358129e-7],"se":[0.562799593101398e-7]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph(eps = 1e-14), rescaled by hand"}},
{"id":"small.seven.scale-1e-7","kind":"cox","data":"small_seven.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"small","type":"numeric"}],"ties":"efron"},"expected":{"coef":[0.460777654358129e7],"se":[0.562799593101398e7]},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"R survival","call":"coxph(eps = 1e-14), rescaled by hand"}},
{"id":"small.forty.efron","kind":"cox","data":"small_forty.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"ties":"efron"},"expected":{"coef":[4.42079124667974],"se":[1.14414995869951],"loglik_null":-110.320639714757,"loglik":-100.879459652094},"tolerance":{"rel":1e-11,"abs":0},"source":{"tool":"R survival","call":"coxph: a first step that overshoots"}},
{"id":"small.between.at-risk","kind":"km_landmark","data":"small_between.csv","analysis":{"time":"time","event":"event","times":[15,20,20.0001]},"expected":{"curves":[{"time":[15,20,20.0001],"n_risk":[3,3,1],"surv":[0.8,null,null]}]},"tolerance":{"rel":1e-15,"abs":0},"source":{"tool":"hand","call":"counted"}},
{"id":"small.nearties.km","kind":"km","data":"small_nearties.csv","analysis":{"time":"time","event":"event"},"expected":{"curves":[{"n":3,"events":3,"complete":true,"time":[2,3],"n_risk":[3,1],"n_event":[2,1],"surv":[0.3333333333333333333,0]}]},"tolerance":{"rel":1e-15,"abs":0},"source":{"tool":"hand","call":"counted: two distinct times"}},
{"id":"small.flat.median","kind":"km_quantile","data":"tiny_flat.csv","analysis":{"time":"time","event":"event","probs":[0.5]},"expected":{"curves":[{"probs":[0.5],"quantile":[102.5]}]},"tolerance":{"rel":1e-15,"abs":0},"source":{"tool":"hand","call":"the middle of 87 and 118, R's rule"}},
{"id":"small.deciles","kind":"km_quantile","data":"small_deciles.csv","analysis":{"time":"time","event":"event","probs":[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9]},"expected":{"curves":[{"quantile":[1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5,9.5]}]},"tolerance":{"rel":1e-15,"abs":0},"source":{"tool":"hand","call":"the middle of each flat stretch"}},
{"id":"small.entry.km","kind":"km","data":"small_entry.csv","analysis":{"start":"start","time":"time","event":"event"},"expected":{"curves":[{"n":6,"events":5,"complete":true,"time":[2,3,4,5,6],"n_risk":[4,5,3,2,1],"n_event":[1,1,1,1,1],"n_censor":[0,1,0,0,0],"surv":[0.75,0.6,0.4,0.2,0]}]},"tolerance":{"rel":1e-14,"abs":0},"source":{"tool":"hand","call":"counted: who enters at t is not at risk at t"}},
{"id":"small.pairs.concordance","kind":"concordance","data":"small_pairs.csv","analysis":{"time":"time","event":"event","score":"risk","timewt":"n"},"expected":{"c":0.75},"tolerance":{"rel":1e-15,"abs":0},"source":{"tool":"hand","call":"every kind of tie, counted"}},
{"id":"small.arms.logrank","kind":"logrank","data":"small_arms.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"logrank"},"expected":{"chisq":0.0764430577223089,"df":1},"tolerance":{"rel":1e-13,"abs":0},"source":{"tool":"R survival","call":"survdiff"}},
{"id":"small.arms2.logrank","kind":"logrank","data":"small_arms2.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"logrank"},"expected":{"chisq":1.5,"df":1},"tolerance":{"rel":1e-13,"abs":0},"source":{"tool":"R survival","call":"survdiff"}},
{"id":"small.silent.logrank","kind":"logrank","data":"small_silent.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"logrank"},"expected":{"observed":[3,0],"expected":[1.15,1.85],"chisq":5.05166051660517,"df":1},"tolerance":{"rel":1e-13,"abs":0},"source":{"tool":"R survival","call":"survdiff: a group without events"}},
{"id":"small.floats.km","kind":"km","data":"small_floats.csv","analysis":{"time":"time","event":"event","weights":"w"},"expected":{"curves":[{"complete":true,"time":[1,2,3,4,5],"surv":[0.631578947368421,0.473684210526316,0.315789473684211,0.157894736842105,0]}]},"tolerance":{"rel":2e-15,"abs":0},"source":{"tool":"hand","call":"weights that are not whole: 3.6/5.7, 2.7/5.7, 1.8/5.7, 0.9/5.7, 0"}},
{"id":"certified.entry.efron","kind":"cox","data":"delayed_entry_case.csv","analysis":{"start":"e","time":"t","event":"s","covariates":[{"name":"x","type":"numeric"}],"ties":"efron"},"expected":{"n":60,"coef":[0.012294071261133054832],"se":[0.20798258830932972016],"loglik":-102.16386855663642422},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"multiple precision","call":"60 digits, by loops over the risk sets"}},
{"id":"certified.entry.shifted.efron","kind":"cox","data":"delayed_entry_case.csv","analysis":{"start":"e","time":"t","event":"s","covariates":[{"name":"xs","type":"numeric"}],"ties":"efron"},"expected":{"n":60,"coef":[0.012294071261133054832],"se":[0.20798258830932972016],"loglik":-102.16386855663642422},"tolerance":{"rel":1e-12,"abs":0},"source":{"tool":"multiple precision","call":"60 digits, by loops over the risk sets"}},
{"id":"oracle.entry.efron","kind":"cox","data":"delayed_entry_case.csv","analysis":{"start":"e","time":"t","event":"s","covariates":[{"name":"x","type":"numeric"}],"ties":"efron"},"expected":{"n":60,"coef":[0.0122940711137203],"se":[0.2079825883035513]},"tolerance":{"rel":2e-8,"abs":0},"source":{"tool":"R survival","call":"coxph(Surv(e, t, s) ~ x)"}},
{"id":"oracle.entry.shifted.efron","kind":"cox","data":"delayed_entry_case.csv","analysis":{"start":"e","time":"t","event":"s","covariates":[{"name":"xs","type":"numeric"}],"ties":"efron"},"expected":{"n":60,"coef":[0.0122940711137203],"se":[0.2079825883035513]},"tolerance":{"rel":2e-8,"abs":0},"source":{"tool":"R survival","call":"coxph(Surv(e, t, s) ~ xs)"}},
{"id":"oracle.lung.sex.logrank","kind":"logrank","data":"lung.csv","analysis":{"time":"time","event":"event","group":["sex"],"test":"logrank"},"expected":{"observed":[112,53],"expected":[91.5817390295728,73.4182609704272],"chisq":10.3267419548856,"df":1},"tolerance":{"rel":1e-13,"abs":0},"source":{"tool":"R survival","call":"survdiff"}},
{"id":"oracle.lung.ecog.logrank","kind":"logrank","data":"lung.csv","analysis":{"time":"time","event":"event","group":["ph.ecog"],"test":"logrank"},"expected":{"chisq":21.962131682476,"df":3},"tolerance":{"rel":1e-13,"abs":0},"source":{"tool":"R survival","call":"survdiff"}},
{"id":"oracle.lung.sex.strata-ecog.logrank","kind":"logrank","data":"lung.csv","analysis":{"time":"time","event":"event","group":["sex"],"strata":["ph.ecog"],"test":"logrank"},"expected":{"chisq":10.7950596334964,"df":1},"tolerance":{"rel":1e-13,"abs":0},"source":{"tool":"R survival","call":"survdiff(strata)"}},
{"id":"oracle.lung.sex.strata-inst.logrank","kind":"logrank","data":"lung.csv","analysis":{"time":"time","event":"event","group":["sex"],"strata":["inst"],"test":"logrank"},"expected":{"chisq":8.52446736332317,"df":1},"tolerance":{"rel":1e-13,"abs":0},"source":{"tool":"R survival","call":"survdiff(strata)"}},
{"id":"oracle.lung.sex.rho1","kind":"logrank","data":"lung.csv","analysis":{"time":"time","event":"event","group":["sex"],"test":"g-rho","rho":1},"expected":{"chisq":12.7141514011575,"df":1},"tolerance":{"rel":1e-13,"abs":0},"source":{"tool":"R survival","call":"survdiff(rho = 1)"}},
{"id":"oracle.lung.age-sex.efron","kind":"cox","data":"lung.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"}],"ties":"efron","variance":"robust"},"expected":{"coef":[0.0170453318454113,-0.5132185171083844],"se":[0.00922327347696912,0.16745796235576815],"robust_se":[0.00950463812360186,0.16017416783417163],"concordance":{"c":0.60285300289797}},"tolerance":{"rel":2e-8,"abs":0},"source":{"tool":"R survival","call":"coxph(robust = TRUE)"}},
{"id":"oracle.lung.rmst365","kind":"rmst","data":"lung.csv","analysis":{"time":"time","event":"event","tau":365,"conf_level":0.95},"expected":{"groups":[{"rmst":263.222,"se":7.799}]},"tolerance":{"rel":0,"abs":5e-4},"source":{"tool":"R survival","call":"survmean, as printed"}},
{"id":"open.lung.age.conc.n","kind":"concordance","data":"lung.csv","analysis":{"time":"time","event":"event","score":"age","timewt":"n"},"expected":{"c":0.5502398321175177,"se":0.0251421115943329,"n":228,"concordant":10717,"discordant":8706,"tied_score":591,"tied_time":27,"tied_both":1},"tolerance":{"rel":1e-8,"abs":1e-10},"source":{"tool":"R survival","call":"concordance(timewt = n)"}},
{"id":"open.lung.ecog.conc.n","kind":"concordance","data":"lung.csv","analysis":{"time":"time","event":"event","score":"ph.ecog","timewt":"n"},"expected":{"c":0.604462525900844,"se":0.023901526915260266,"n":227,"concordant":8392,"discordant":4258,"tied_score":7137,"tied_time":21,"tied_both":7},"tolerance":{"rel":1e-8,"abs":1e-10},"source":{"tool":"R survival","call":"concordance(timewt = n)"}},
{"id":"open.ovarian.age.conc.n","kind":"concordance","data":"ovarian.csv","analysis":{"time":"time","event":"event","score":"age","timewt":"n"},"expected":{"c":0.7844036697247707,"se":0.08266979437077232,"n":26,"concordant":171,"discordant":47,"tied_score":0,"tied_time":0,"tied_both":0},"tolerance":{"rel":1e-8,"abs":1e-10},"source":{"tool":"R survival","call":"concordance(timewt = n)"}},
{"id":"open.ovarian.rx.landmark","kind":"km_landmark","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"times":[365,730]},"expected":{"curves":[{"group":{"rx":1},"time":[365,730],"n_risk":[8,4],"n_event_cumulative":[5,7],"surv":[0.6153846153846153,0.4307692307692308],"std_err":[0.13493200297031216,0.1466730112695097],"beyond_last_observation":[false,false],"ci":{"plain":{"lower":[0.35092274920095196,0.14329541117695438],"upper":[0.8798464815682787,0.7182430503615072]},"log":{"lower":[0.4004131666541311,0.22101323374465753],"upper":[0.9457686619460814,0.8395973717659808]},"log-log":{"lower":[0.3083368881999591,0.15565224448620255],"upper":[0.8184487118408623,0.6829715479365872]},"logit":{"lower":[0.343587463234027,0.18983465257836385],"upper":[0.8302436465659938,0.7096445009700533]},"arcsin":{"lower":[0.34712406083509284,0.17051546610184262],"upper":[0.8503807548987941,0.7137075831489295]}}},{"group":{"rx":2},"time":[365,730],"n_risk":[12,6],"n_event_cumulative":[2,5],"surv":[0.8461538461538461,0.5641025641025641],"std_err":[0.10006825162892166,0.14875799562070996],"beyond_last_observation":[false,false],"ci":{"plain":{"lower":[0.6500236769652681,0.27254225027360557],"upper":[1,0.8556628779315226]},"log":{"lower":[0.6710951930652491,0.3364263203407496],"upper":[1,0.945858524103544]},"log-log":{"lower":[0.5122035906853932,0.2436346966860566],"upper":[0.9591454605286409,0.7928481784670474]},"logit":{"lower":[0.549366590836346,0.28335065425840134],"upper":[0.9612604515604056,0.8090052847097782]},"arcsin":{"lower":[0.6096446469440312,0.27828861237108216],"upper":[0.9828698002576299,0.8283866237391678]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"summary(survfit(Surv(time, event) ~ rx), times, extend = TRUE)"}},
{"id":"open.ovarian.rx.quantile","kind":"km_quantile","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"probs":[0.1,0.25,0.5,0.75,0.9]},"expected":{"curves":[{"group":{"rx":1},"probs":[0.1,0.25,0.5,0.75,0.9],"quantile":[115,268,638,null,null],"ci":{"plain":{"lower":[59,115,268,638,null],"upper":[329,638,null,null,null]},"log":{"lower":[59,115,268,638,null],"upper":[431,null,null,null,null]},"log-log":{"lower":[59,59,156,431,null],"upper":[268,638,null,null,null]},"logit":{"lower":[59,59,156,638,null],"upper":[268,638,null,null,null]},"arcsin":{"lower":[59,59,268,638,null],"upper":[329,638,null,null,null]}}},{"group":{"rx":2},"probs":[0.1,0.25,0.5,0.75,0.9],"quantile":[365,475,null,null,null],"ci":{"plain":{"lower":[353,365,475,null,null],"upper":[563,null,null,null,null]},"log":{"lower":[353,365,475,null,null],"upper":[null,null,null,null,null]},"log-log":{"lower":[353,353,464,563,null],"upper":[475,null,null,null,null]},"logit":{"lower":[353,353,464,null,null],"upper":[475,null,null,null,null]},"arcsin":{"lower":[353,353,464,null,null],"upper":[475,null,null,null,null]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"quantile(survfit(Surv(time, event) ~ rx), probs)"}},
{"id":"open.ovarian.rx.rmst730","kind":"rmst","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"tau":730,"conf_level":0.95},"expected":{"tau":730,"groups":[{"group":{"rx":1},"rmst":487.6307692307692,"se":71.89623109396356,"lower":346.7167456624319,"upper":628.5447927991065,"rmtl":242.3692307692308},{"group":{"rx":2},"rmst":608.2393162393163,"se":43.02402852534647,"lower":523.9137698598133,"upper":692.5648626188192,"rmtl":121.76068376068372}],"difference":{"definition":"second group minus first","estimate":120.60854700854708,"se":83.7862463419053,"lower":-43.609478221388116,"upper":284.8265722384823,"z":1.4394790586080388,"p":0.15001483905892207},"ratio":{"definition":"second group over first, delta method on the log","estimate":1.2473358012227271,"se_log":0.16352986015543416,"lower":0.905287488762086,"upper":1.718621565332189,"p":0.1765366672644154},"rmtl_ratio":{"definition":"restricted mean time lost, second over first","estimate":0.5023768214069088,"se_log":0.4613571766519355,"lower":0.20338628001277026,"upper":1.2409021428144635,"p":0.13566511599325054}},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"own area + Greenwood variance; equals summary(survfit, rmean = tau)$table"}},
{"id":"open.aml.landmark","kind":"km_landmark","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"times":[12,24,48]},"expected":{"curves":[{"group":{"x":"Maintained"},"time":[12,24,48],"n_risk":[10,6,2],"n_event_cumulative":[1,4,7],"surv":[0.9090909090909091,0.6136363636363635,0.18409090909090908],"std_err":[0.08667841720414475,0.152632331027312,0.15349274578629368],"beyond_last_observation":[false,false,false],"ci":{"plain":{"lower":[0.7392043331338484,0.3144824919464367,0],"upper":[1,0.9127902353262904,0.48493116272020675]},"log":{"lower":[0.7541338450815255,0.37686705950167976,0.03591789848918526],"upper":[1,0.9991576002284727,0.943525769474552]},"log-log":{"lower":[0.5080802057699297,0.2657520400012861,0.011738480123189602],"upper":[0.9866738226678231,0.8352992432502214,0.5250148427266415]},"logit":{"lower":[0.5614275027144209,0.3102037123890582,0.029546876506787334],"upper":[0.9873605533142902,0.8486965326824335,0.6257527374317647]},"arcsin":{"lower":[0.67954384904248,0.3121697819560373,0.003057984212228815],"upper":[0.9998833282248949,0.8735410885581013,0.5461086307394651]}}},{"group":{"x":"Nonmaintained"},"time":[12,24,48],"n_risk":[8,5,0],"n_event_cumulative":[5,6,11],"surv":[0.5833333333333334,0.48611111111111116,0],"std_err":[0.14231876063832777,0.14813006255348293,null],"beyond_last_observation":[false,false,true],"ci":{"plain":{"lower":[0.30439368815783435,0.19578152347861938,null],"upper":[0.8622729785088323,0.776440698743603,null]},"log":{"lower":[0.3616137052103847,0.2675182488582666,null],"upper":[0.9409980121738093,0.8833192253395576,null]},"log-log":{"lower":[0.27013892408549733,0.1918766196187283,null],"upper":[0.8009401923333869,0.7296715697794854,null]},"logit":{"lower":[0.307642262613929,0.22832648913833486,null],"upper":[0.8151925143187913,0.7515031572646497,null]},"arcsin":{"lower":[0.30605337091120177,0.21411377299188175,null],"upper":[0.8346405993296909,0.7626646092150557,null]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"summary(survfit(Surv(time, event) ~ x), times, extend = TRUE)"}},
{"id":"open.aml.quantile","kind":"km_quantile","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"probs":[0.1,0.25,0.5,0.75,0.9]},"expected":{"curves":[{"group":{"x":"Maintained"},"probs":[0.1,0.25,0.5,0.75,0.9],"quantile":[13,18,31,48,null],"ci":{"plain":{"lower":[9,9,18,31,34],"upper":[31,34,48,null,null]},"log":{"lower":[9,13,18,34,48],"upper":[34,null,null,null,null]},"log-log":{"lower":[9,9,13,31,34],"upper":[18,34,null,null,null]},"logit":{"lower":[9,9,13,31,48],"upper":[23,34,null,null,null]},"arcsin":{"lower":[9,9,18,31,34],"upper":[23,34,null,null,null]}}},{"group":{"x":"Nonmaintained"},"probs":[0.1,0.25,0.5,0.75,0.9],"quantile":[5,8,23,33,43],"ci":{"plain":{"lower":[5,5,8,23,30],"upper":[12,27,33,null,null]},"log":{"lower":[5,5,8,27,33],"upper":[23,30,null,null,null]},"log-log":{"lower":[5,5,5,23,30],"upper":[8,23,33,null,null]},"logit":{"lower":[5,5,8,23,30],"upper":[8,27,43,null,null]},"arcsin":{"lower":[5,5,8,23,30],"upper":[8,27,33,null,null]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"quantile(survfit(Surv(time, event) ~ x), probs)"}},
{"id":"open.aml.rmst24","kind":"rmst","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"tau":24,"conf_level":0.95},"expected":{"tau":24,"groups":[{"group":{"x":"Maintained"},"rmst":20.920454545454543,"se":1.5418331758551387,"lower":17.89851705060946,"upper":23.942392040299627,"rmtl":3.079545454545457},{"group":{"x":"Nonmaintained"},"rmst":17.069444444444446,"se":2.3613459850498635,"lower":12.441291358708458,"upper":21.697597530180435,"rmtl":6.930555555555554}],"difference":{"definition":"second group minus first","estimate":-3.8510101010100968,"se":2.820142621088276,"lower":-9.378388069609505,"upper":1.6763678675893114,"z":-1.3655373569454494,"p":0.17208422007662263},"ratio":{"definition":"second group over first, delta method on the log","estimate":0.8159212988110328,"se_log":0.1567448602822157,"lower":0.6001043890675608,"upper":1.1093529358915153,"p":0.19432559839091165},"rmtl_ratio":{"definition":"restricted mean time lost, second over first","estimate":2.250512505125049,"se_log":0.605604166433605,"lower":0.6867366560575848,"upper":7.375180123339046,"p":0.18043417670840498}},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"own area + Greenwood variance; equals summary(survfit, rmean = tau)$table"}},
{"id":"open.aml.rmst45","kind":"rmst","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"tau":45,"conf_level":0.95},"expected":{"tau":45,"groups":[{"group":{"x":"Maintained"},"rmst":30.738636363636363,"se":4.114086240011467,"lower":22.67517550392208,"upper":38.80209722335064,"rmtl":14.261363636363637},{"group":{"x":"Nonmaintained"},"rmst":22.708333333333336,"se":4.180941981033154,"lower":14.513837629056809,"upper":30.902829037609862,"rmtl":22.291666666666664}],"difference":{"definition":"second group minus first","estimate":-8.030303030303028,"se":5.86566121072613,"lower":-19.52678774883985,"upper":3.466181688233794,"z":-1.369036284540022,"p":0.17098793310926763},"ratio":{"definition":"second group over first, delta method on the log","estimate":0.7387553912507703,"se_log":0.22762176888646418,"lower":0.4728775130663914,"upper":1.1541245100937052,"p":0.1834437950357755},"rmtl_ratio":{"definition":"restricted mean time lost, second over first","estimate":1.5630810092961485,"se_log":0.344088324051263,"lower":0.7963298112731404,"upper":3.0681034503984472,"p":0.19425514513799955}},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"own area + Greenwood variance; equals summary(survfit, rmean = tau)$table"}},
{"id":"open.gehan.landmark","kind":"km_landmark","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"times":[10,20]},"expected":{"curves":[{"group":{"treat":"6-MP"},"time":[10,20],"n_risk":[15,8],"n_event_cumulative":[5,7],"surv":[0.7529411764705881,0.6274509803921567],"std_err":[0.0963496529943205,0.11405386525675253],"beyond_last_observation":[false,false],"ci":{"plain":{"lower":[0.5640993266787881,0.40390951219133764],"upper":[0.9417830262623881,0.8509924485929758]},"log":{"lower":[0.5859189820296942,0.43939392496876695],"upper":[0.9675747545522975,0.8959949385350817]},"log-log":{"lower":[0.5031995107999565,0.36751085598750205],"upper":[0.8893618351692654,0.8049121894718412]},"logit":{"lower":[0.524778484539673,0.3929319019403663],"upper":[0.8937400105875264,0.8142095743534474]},"arcsin":{"lower":[0.5462151582105164,0.3984075045864075],"upper":[0.9119466459294123,0.8297307892332996]}}},{"group":{"treat":"control"},"time":[10,20],"n_risk":[8,2],"n_event_cumulative":[13,19],"surv":[0.38095238095238093,0.09523809523809523],"std_err":[0.10597116957413082,0.06405644848900469],"beyond_last_observation":[false,false],"ci":{"plain":{"lower":[0.1732527051874978,0],"upper":[0.5886520567172641,0.22078642725408956]},"log":{"lower":[0.22084536131822993,0.02548582806847199],"upper":[0.6571327361690366,0.3558956279627885]},"log-log":{"lower":[0.1830665488203944,0.01625926021224702],"upper":[0.5777886777458309,0.2612499819686869]},"logit":{"lower":[0.20322892914943125,0.02393205956390876],"upper":[0.597538359841141,0.3112524751958464]},"arcsin":{"lower":[0.1902508537600329,0.00994254429122553],"upper":[0.5931009374439224,0.2534535458022226]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"summary(survfit(Surv(time, event) ~ treat), times, extend = TRUE)"}},
{"id":"open.gehan.quantile","kind":"km_quantile","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"probs":[0.1,0.25,0.5,0.75,0.9]},"expected":{"curves":[{"group":{"treat":"6-MP"},"probs":[0.1,0.25,0.5,0.75,0.9],"quantile":[6,13,23,null,null],"ci":{"plain":{"lower":[6,6,13,23,null],"upper":[13,23,null,null,null]},"log":{"lower":[6,6,16,23,null],"upper":[16,null,null,null,null]},"log-log":{"lower":[6,6,13,23,null],"upper":[10,22,null,null,null]},"logit":{"lower":[6,6,13,23,null],"upper":[10,23,null,null,null]},"arcsin":{"lower":[6,6,13,23,null],"upper":[13,23,null,null,null]}}},{"group":{"treat":"control"},"probs":[0.1,0.25,0.5,0.75,0.9],"quantile":[2,4,8,12,17],"ci":{"plain":{"lower":[1,2,4,8,11],"upper":[4,8,11,17,null]},"log":{"lower":[1,2,4,8,12],"upper":[5,8,12,null,null]},"log-log":{"lower":[1,1,4,8,12],"upper":[3,5,11,22,null]},"logit":{"lower":[1,1,4,8,12],"upper":[3,8,12,null,null]},"arcsin":{"lower":[1,1,4,8,12],"upper":[4,8,11,22,null]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"quantile(survfit(Surv(time, event) ~ treat), probs)"}},
{"id":"open.gehan.rmst20","kind":"rmst","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"tau":20,"conf_level":0.95},"expected":{"tau":20,"groups":[{"group":{"treat":"6-MP"},"rmst":16.116526610644257,"se":1.251560196005047,"lower":13.663513701990475,"upper":18.56953951929804,"rmtl":3.8834733893557427},{"group":{"treat":"control"},"rmst":8.428571428571429,"se":1.268082682503922,"lower":5.943175041444802,"upper":10.913967815698054,"rmtl":11.571428571428571}],"difference":{"definition":"second group minus first","estimate":-7.6879551820728285,"se":1.7816948711523346,"lower":-11.180012960971135,"upper":-4.195897403174522,"z":-4.314967341798847,"p":1.5962649990365236e-05},"ratio":{"definition":"second group over first, delta method on the log","estimate":0.5229769187986653,"se_log":0.169310218638452,"lower":0.37528862628851106,"upper":0.7287853626181654,"p":0.00012888402216755358},"rmtl_ratio":{"definition":"restricted mean time lost, second over first","estimate":2.9796595499134444,"se_log":0.3404010343430935,"lower":1.5290326512809582,"upper":5.806528085552961,"p":0.001339313551211119}},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"own area + Greenwood variance; equals summary(survfit, rmean = tau)$table"}},
{"id":"open.tiny_flat.curve","kind":"km","data":"tiny_flat.csv","analysis":{"time":"time","event":"event","conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"]},"expected":{"curves":[{"n":10,"events":5,"complete":true,"time":[54,75,77,84,87,92,103,105,112,118],"n_risk":[10,9,8,7,6,5,4,3,2,1],"n_event":[1,1,1,1,1,0,0,0,0,0],"n_censor":[0,0,0,0,0,1,1,1,1,1],"surv":[0.9,0.7999999999999999,0.7,0.6,0.5,0.5,0.5,0.5,0.5,0.5],"std_err":[0.09486832980505137,0.12649110640673517,0.14491376746189435,0.15491933384829665,0.15811388300841897,0.15811388300841897,0.15811388300841897,0.15811388300841897,0.15811388300841897,0.15811388300841897],"std_err_log":[0.10540925533894598,0.15811388300841897,0.20701966780270625,0.2581988897471611,0.31622776601683794,0.31622776601683794,0.31622776601683794,0.31622776601683794,0.31622776601683794,0.31622776601683794],"nelson_aalen":[0.1,0.2111111111111111,0.33611111111111114,0.478968253968254,0.6456349206349207,0.6456349206349207,0.6456349206349207,0.6456349206349207,0.6456349206349207,0.6456349206349207],"std_nelson_aalen":[0.1,0.14948471163415233,0.19486066563661758,0.2416171398672946,0.29352447948242677,0.29352447948242677,0.29352447948242677,0.29352447948242677,0.29352447948242677,0.29352447948242677],"fleming_harrington_cumhaz":[0.1,0.2111111111111111,0.33611111111111114,0.478968253968254,0.6456349206349207,0.6456349206349207,0.6456349206349207,0.6456349206349207,0.6456349206349207,0.6456349206349207],"std_fh":[0.1,0.14948471163415233,0.19486066563661758,0.2416171398672946,0.29352447948242677,0.29352447948242677,0.29352447948242677,0.29352447948242677,0.29352447948242677,0.29352447948242677],"ci":{"plain":{"lower":[0.7140614903086316,0.5520819870781754,0.4159742349106747,0.29636368514840167,0.19010248384771927,0.19010248384771927,0.19010248384771927,0.19010248384771927,0.19010248384771927,0.19010248384771927],"upper":[1,1,0.9840257650893252,0.9036363148515982,0.8098975161522808,0.8098975161522808,0.8098975161522808,0.8098975161522808,0.8098975161522808,0.8098975161522808]},"log":{"lower":[0.7320116427439927,0.5868177012338136,0.466533226139489,0.3617195292547163,0.2690273550635448,0.2690273550635448,0.2690273550635448,0.2690273550635448,0.2690273550635448,0.2690273550635448],"upper":[1,1,1,0.9952462360595812,0.9292735303476835,0.9292735303476835,0.9292735303476835,0.9292735303476835,0.9292735303476835,0.9292735303476835]},"log-log":{"lower":[0.4730092713620505,0.40869078163340433,0.32871659327973485,0.25266889700389367,0.18360559061901463,0.18360559061901463,0.18360559061901463,0.18360559061901463,0.18360559061901463,0.18360559061901463],"upper":[0.9852813933673431,0.9458726458389116,0.8919490412248441,0.8272209670285116,0.7531740769982298,0.7531740769982298,0.7531740769982298,0.7531740769982298,0.7531740769982298,0.7531740769982298]},"logit":{"lower":[0.5327632707162102,0.45929199972730317,0.3763180726548778,0.29740491084915266,0.2245073489795688,0.2245073489795688,0.2245073489795688,0.2245073489795688,0.2245073489795688,0.2245073489795688],"upper":[0.9861183426712088,0.9495871851179072,0.9002316844283226,0.8416579886376583,0.7754926510204313,0.7754926510204313,0.7754926510204313,0.7754926510204313,0.7754926510204313,0.7754926510204313]},"arcsin":{"lower":[0.6513385143388098,0.5118519280843117,0.39661219770792366,0.29683355027633557,0.20956583522915495,0.20956583522915495,0.20956583522915495,0.20956583522915495,0.20956583522915495,0.20956583522915495],"upper":[0.9998595120638241,0.9765465917176638,0.9289868154933932,0.8659659563243229,0.7904341647708452,0.7904341647708452,0.7904341647708452,0.7904341647708452,0.7904341647708452,0.7904341647708452]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"survfit(Surv(time, event) ~ 1, conf.type = each, conf.int = 0.95)"}},
{"id":"open.tiny_flat.landmark","kind":"km_landmark","data":"tiny_flat.csv","analysis":{"time":"time","event":"event","conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"times":[80,100,120]},"expected":{"curves":[{"time":[80,100,120],"n_risk":[7,4,0],"n_event_cumulative":[3,5,5],"surv":[0.7,0.5,0.5],"std_err":[0.14491376746189435,0.15811388300841897,0.15811388300841897],"beyond_last_observation":[false,false,true],"ci":{"plain":{"lower":[0.4159742349106747,0.19010248384771927,0.19010248384771927],"upper":[0.9840257650893252,0.8098975161522808,0.8098975161522808]},"log":{"lower":[0.466533226139489,0.2690273550635448,0.2690273550635448],"upper":[1,0.9292735303476835,0.9292735303476835]},"log-log":{"lower":[0.32871659327973485,0.18360559061901463,0.18360559061901463],"upper":[0.8919490412248441,0.7531740769982298,0.7531740769982298]},"logit":{"lower":[0.3763180726548778,0.2245073489795688,0.2245073489795688],"upper":[0.9002316844283226,0.7754926510204313,0.7754926510204313]},"arcsin":{"lower":[0.39661219770792366,0.20956583522915495,0.20956583522915495],"upper":[0.9289868154933932,0.7904341647708452,0.7904341647708452]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"summary(survfit(Surv(time, event) ~ 1), times, extend = TRUE)"}},
{"id":"open.tiny_flat.quantile","kind":"km_quantile","data":"tiny_flat.csv","analysis":{"time":"time","event":"event","conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"probs":[0.25,0.5,0.75]},"expected":{"curves":[{"probs":[0.25,0.5,0.75],"quantile":[77,102.5,null],"ci":{"plain":{"lower":[54,77,87],"upper":[null,null,null]},"log":{"lower":[54,77,null],"upper":[null,null,null]},"log-log":{"lower":[54,54,87],"upper":[null,null,null]},"logit":{"lower":[54,75,87],"upper":[null,null,null]},"arcsin":{"lower":[54,77,87],"upper":[null,null,null]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"quantile(survfit(Surv(time, event) ~ 1), probs)"}},
{"id":"open.tiny_ties.landmark","kind":"km_landmark","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"times":[3,7,12]},"expected":{"curves":[{"group":{"arm":"A"},"time":[3,7,12],"n_risk":[12,6,1],"n_event_cumulative":[3,7,9],"surv":[0.7944444444444444,0.46342592592592585,0.1737847222222222],"std_err":[0.10608783921651731,0.14210081090787877,0.14302767463046456],"beyond_last_observation":[false,false,false],"ci":{"plain":{"lower":[0.5865161003823945,0.18491345437254708,0],"upper":[1,0.7419383974793046,0.45411381329044587]},"log":{"lower":[0.6115000719686358,0.2540829033779958,0.03463050089617402],"upper":[1,0.8452500580127612,0.8720962416455129]},"log-log":{"lower":[0.4879051957243936,0.1863461148617338,0.012289775223198964],"upper":[0.9288700887839272,0.7032317353197591,0.4985090394382206]},"logit":{"lower":[0.519653727599596,0.21983967559929563,0.02898921865613957],"upper":[0.9324657785623682,0.72581354342656,0.597085865428671]},"arcsin":{"lower":[0.5574456316883359,0.20472721758838672,0.0036080636344369955],"upper":[0.9551940764810187,0.7332402475866594,0.5145055832984062]}}},{"group":{"arm":"B"},"time":[3,7,12],"n_risk":[14,9,2],"n_event_cumulative":[2,5,8],"surv":[0.8666666666666667,0.6127946127946128,0.2723531612420501],"std_err":[0.08777074514725111,0.13851510407051315,0.14944555533544315],"beyond_last_observation":[false,false,false],"ci":{"plain":{"lower":[0.6946391672818109,0.34130999750158963,0],"upper":[1,0.8842792280876359,0.5652610673491063]},"log":{"lower":[0.7106365849275074,0.39346917733290726,0.09290975879693565],"upper":[1,0.9543752321732204,0.7983687117373572]},"log-log":{"lower":[0.5639120057089516,0.29815647507694537,0.05112450735789811],"upper":[0.9648844959164715,0.8202180667495229,0.5661314914811518]},"logit":{"lower":[0.5946212090306726,0.33512597928679244,0.07865753092381367],"upper":[0.9664470489294624,0.8324707577649402,0.6213532430754214]},"arcsin":{"lower":[0.6559306728722837,0.33807870287573377,0.04765113681150877],"upper":[0.985487315031813,0.8533714754499672,0.5921038192728505]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"summary(survfit(Surv(time, event) ~ arm), times, extend = TRUE)"}},
{"id":"open.tiny_ties.quantile","kind":"km_quantile","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"],"probs":[0.25,0.5,0.75]},"expected":{"curves":[{"group":{"arm":"A"},"probs":[0.25,0.5,0.75],"quantile":[5,7,10],"ci":{"plain":{"lower":[2,5,7],"upper":[7,10,null]},"log":{"lower":[2,5,8],"upper":[null,null,null]},"log-log":{"lower":[2,3,7],"upper":[7,10,null]},"logit":{"lower":[2,5,7],"upper":[7,null,null]},"arcsin":{"lower":[2,5,7],"upper":[7,null,null]}}},{"group":{"arm":"B"},"probs":[0.25,0.5,0.75],"quantile":[7,10,null],"ci":{"plain":{"lower":[3,7,8],"upper":[10,null,null]},"log":{"lower":[3,7,10],"upper":[null,null,null]},"log-log":{"lower":[2,5,8],"upper":[8,null,null]},"logit":{"lower":[2,7,8],"upper":[10,null,null]},"arcsin":{"lower":[3,7,8],"upper":[10,null,null]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"quantile(survfit(Surv(time, event) ~ arm), probs)"}},
{"id":"open.tiny_ties.rmst10","kind":"rmst","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"tau":10,"conf_level":0.95},"expected":{"tau":10,"groups":[{"group":{"arm":"A"},"rmst":6.726342592592592,"se":0.8049658632571777,"lower":5.14863849182433,"upper":8.304046693360853,"rmtl":3.2736574074074083},{"group":{"arm":"B"},"rmst":7.8765432098765435,"se":0.7154829798644049,"lower":6.474222337790914,"upper":9.278864081962173,"rmtl":2.1234567901234565}],"difference":{"definition":"second group minus first","estimate":1.1502006172839518,"se":1.07698000700339,"lower":-0.9606414085123869,"upper":3.2610426430802906,"z":1.067986972649838,"p":0.28552638825632226},"ratio":{"definition":"second group over first, delta method on the log","estimate":1.170999410370595,"se_log":0.1502437092036722,"lower":0.8723062803114269,"upper":1.571970361830626,"p":0.29340705031372055},"rmtl_ratio":{"definition":"restricted mean time lost, second over first","estimate":0.6486496678970266,"se_log":0.4171248288585862,"lower":0.2863867375008827,"upper":1.4691545961049473,"p":0.2993962626762726}},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"own area + Greenwood variance; equals summary(survfit, rmean = tau)$table"}},
{"id":"open.tiny_test2.km","kind":"km","data":"tiny_test2.csv","analysis":{"start":"start","time":"stop","event":"event","conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"]},"expected":{"curves":[{"n":10,"events":7,"complete":true,"time":[2,3,6,7,8,9,14,17],"n_risk":[2,3,5,4,4,5,2,1],"n_event":[1,1,1,1,1,2,0,0],"n_censor":[0,0,0,0,0,1,1,1],"surv":[0.5,0.3333333333333333,0.26666666666666666,0.2,0.15000000000000002,0.09000000000000001,0.09000000000000001,0.09000000000000001],"std_err":[0.3535533905932738,0.2721655269759087,0.22574977954133857,0.17888543819998318,0.14097872179871687,0.09074690077352505,0.09074690077352505,0.09074690077352505],"std_err_log":[0.7071067811865476,0.816496580927726,0.8465616732800196,0.8944271909999159,0.939858145324779,1.0082988974836116,1.0082988974836116,1.0082988974836116],"nelson_aalen":[0.5,0.8333333333333333,1.0333333333333332,1.2833333333333332,1.5333333333333332,1.9333333333333331,1.9333333333333331,1.9333333333333331],"std_nelson_aalen":[0.5,0.6009252125773316,0.6333333333333333,0.6808899405271832,0.7253351715662981,0.7785313809417774,0.7785313809417774,0.7785313809417774],"fleming_harrington_cumhaz":[0.5,0.8333333333333333,1.0333333333333332,1.2833333333333332,1.5333333333333332,1.9833333333333332,1.9833333333333332,1.9833333333333332],"std_fh":[0.5,0.6009252125773316,0.6333333333333333,0.6808899405271832,0.7253351715662981,0.792849992817753,0.792849992817753,0.792849992817753],"ci":{"plain":{"lower":[0,0,0,0,0,0,0,0],"upper":[1,0.8667679640394788,0.7091281040855473,0.5506090162306325,0.42631321731197686,0.26786065722473906,0.26786065722473906,0.26786065722473906]},"log":{"lower":[0.12504882662995326,0.06727839085192228,0.05074276512667122,0.03464911850686077,0.02377292144859729,0.01247317259592466,0.01247317259592466,0.01247317259592466],"upper":[1,1,1,1,0.9464549844515477,0.6493937238266474,0.6493937238266474,0.6493937238266474]},"log-log":{"lower":[0.005983087639145759,0.008961628330979084,0.009677000578881358,0.008369039906653122,0.0066744831065728896,0.004206461763950745,0.004206461763950745,0.004206461763950745],"upper":[0.9104100848367374,0.7741486503608326,0.6861362791570119,0.5818530260483669,0.4875058302056252,0.34653176805985847,0.34653176805985847,0.34653176805985847]},"logit":{"lower":[0.05886678714156901,0.0433718967211576,0.03646739310887792,0.027183092446524504,0.019806039702039868,0.011147656496375946,0.011147656496375946,0.011147656496375946],"upper":[0.941133212858431,0.8464868788260649,0.7774704930950935,0.6910455723742965,0.606485148899626,0.46457094100795215,0.46457094100795215,0.46457094100795215]},"arcsin":{"lower":[0.008521990623256051,0.0024667512714599497,0.0017934926102517242,0.0006443277595644063,0.00011627979494246112,0,0,0],"upper":[0.9914780093767439,0.8557915437703885,0.7462828501295986,0.6154591725214985,0.4992171471701406,0.3332962456665515,0.3332962456665515,0.3332962456665515]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"survfit(Surv(start, stop, event) ~ 1)"}},
{"id":"open.tiny_weights.km","kind":"km","data":"tiny_weights.csv","analysis":{"time":"time","event":"event","weights":"w","variance":"greenwood","conf_level":0.95,"conf_types":["plain","log","log-log","logit","arcsin"]},"expected":{"curves":[{"n":9,"events":13,"complete":true,"time":[1,2,3,4,5],"n_risk":[19,16,4,3,1],"n_event":[1,10,0,2,0],"n_censor":[2,2,1,0,1],"surv":[0.9473684210526315,0.35526315789473684,0.35526315789473684,0.11842105263157894,0.11842105263157894],"std_err":[0.05122781719918817,0.11625882665933991,0.11625882665933991,0.10416727413925993,0.10416727413925993],"std_err_log":[0.05407380704358751,0.32724706763369754,0.32724706763369754,0.879634759398195,0.879634759398195],"nelson_aalen":[0.05263157894736842,0.6776315789473684,0.6776315789473684,1.344298245614035,1.344298245614035],"std_nelson_aalen":[0.05263157894736842,0.20453015206197123,0.20453015206197123,0.5138626327382788,0.5138626327382788],"fleming_harrington_cumhaz":[0.05263157894736842,0.8812656641604011,0.8812656641604011,1.5479323308270678,1.5479323308270678],"std_fh":[0.05263157894736842,0.27355410036585714,0.27355410036585714,0.5450266672826163,0.5450266672826163],"ci":{"plain":{"lower":[0.8469637443356212,0.12740004475754557,0.12740004475754557,0,0],"upper":[1,0.583126271031928,0.583126271031928,0.3225851583122389,0.3225851583122389]},"log":{"lower":[0.8521012377320051,0.18706690583745458,0.18706690583745458,0.021119442634164442,0.021119442634164442],"upper":[1,0.674688613639701,0.674688613639701,0.6640111649388707,0.6640111649388707]},"log-log":{"lower":[0.6811867998062868,0.14611726945412953,0.14611726945412953,0.008339541531747152,0.008339541531747152],"upper":[0.992414635519268,0.5730125131064815,0.5730125131064815,0.3863816601462522,0.3863816601462522]},"logit":{"lower":[0.7061379521764866,0.16927190139200787,0.16927190139200787,0.018649513238143123,0.018649513238143123],"upper":[0.9926380651785138,0.5984063719913428,0.5984063719913428,0.48704628450327425,0.48704628450327425]},"arcsin":{"lower":[0.805844968087833,0.1520087146911854,0.1520087146911854,0.0012501918147237402,0.0012501918147237402],"upper":[0.9999557239256112,0.5907116106859881,0.5907116106859881,0.38294340764891804,0.38294340764891804]}}}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"R survival","call":"survfit(Surv(time, event) ~ 1, weights = w, robust = FALSE)"}},
{"id":"open.ovarian.rx.logrank","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"g-rho","rho":0,"gamma":0},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[7,5],"weighted_expected":[5.233531017149943,6.766468982850055],"variance":[[2.9361961294831556,-2.9361961294831556],[-2.9361961294831556,2.936196129483155]],"chisq":1.062739861291414,"df":1,"p":0.30259111698909524,"log_p":-1.1953728336797336,"peto_hr":{"definition":"exp((O-E)/V), second group vs first","hr":0.5479242761166697,"lower":0.17456945655387693,"upper":1.7197797271329656},"z":{"definition":"(O-E)/sqrt(V) of the second group","value":-1.0308927496550802,"one_sided_p_lower":0.15129555849454787}},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ rx, rho = 0)"}},
{"id":"open.ovarian.rx.grho0.5","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"g-rho","rho":0.5,"gamma":0},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[6.395798448237001,4.178368657406713],"weighted_expected":[4.624537822701483,5.94962928294223],"variance":[[2.3008830717755795,-2.3008830717755795],[-2.3008830717755795,2.300883071775579]],"chisq":1.3635478664943146,"df":1,"p":0.24292355052832457,"log_p":-1.4150084920200379},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ rx, rho = 0.5)"}},
{"id":"open.ovarian.rx.grho1","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"g-rho","rho":1,"gamma":0},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[5.892559074912016,3.502714932126697],"weighted_expected":[4.121618903971845,5.273655103066867],"variance":[[1.861424165236604,-1.861424165236604],[-1.8614241652366037,1.861424165236604]],"chisq":1.6848546116574985,"df":1,"p":0.19428063571404544,"log_p":-1.6384515893561198},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ rx, rho = 1)"}},
{"id":"open.ovarian.rx.fh0_1","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"fleming-harrington","rho":0,"gamma":1},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[1.1074409250879842,1.4972850678733032],"weighted_expected":[1.111912113178098,1.4928138797831894],"variance":[[0.19585415116860055,-0.19585415116860055],[-0.19585415116860055,0.19585415116860053]],"chisq":0.0001020735216378744,"df":1,"p":0.9919389944063263,"log_p":-0.008093671162585494},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.ovarian.rx.fh1_1","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"fleming-harrington","rho":1,"gamma":1},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[0.7848288032646121,1.0182024892565218],"weighted_expected":[0.7680752029576448,1.0349560895634893],"variance":[[0.08447164647450271,-0.08447164647450271],[-0.08447164647450271,0.08447164647450271]],"chisq":0.003322808717009484,"df":1,"p":0.9540323531244473,"log_p":-0.04705769498053623},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.ovarian.rx.fh0.5_0.5","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"fleming-harrington","rho":0.5,"gamma":0.5},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[2.0804657899333834,2.2489512369370046],"weighted_expected":[1.8499223487002536,2.479494678170134],"variance":[[0.43945890653897546,-0.43945890653897546],[-0.43945890653897546,0.43945890653897546]],"chisq":0.12094481987907911,"df":1,"p":0.7280120068980814,"log_p":-0.3174377379295888},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.ovarian.rx.fh1_0","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"fleming-harrington","rho":1,"gamma":0},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[5.892559074912016,3.502714932126697],"weighted_expected":[4.121618903971845,5.273655103066867],"variance":[[1.8614241652366041,-1.8614241652366041],[-1.8614241652366041,1.8614241652366041]],"chisq":1.6848546116574965,"df":1,"p":0.19428063571404572,"log_p":-1.6384515893561185},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.ovarian.rx.fh0_0.5","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"fleming-harrington","rho":0,"gamma":0.5},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[2.397750583251433,2.711614690422365],"weighted_expected":[2.1836938316689007,2.9256714420048975],"variance":[[0.6353130577075761,-0.6353130577075761],[-0.6353130577075761,0.6353130577075761]],"chisq":0.07212238492846518,"df":1,"p":0.7882712898954496,"log_p":-0.23791297185675148},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.ovarian.rx.gehan","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"gehan","weight":"w = n(t)"},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[148,82],"weighted_expected":[101,129],"variance":[[1154,-1154],[-1154,1154]],"chisq":1.91421143847487,"df":1,"p":0.1664961947343948,"log_p":-1.7927828242708845},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = n(t)"}},
{"id":"open.ovarian.rx.tarone-ware","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"tarone-ware","weight":"w = sqrt(n(t))"},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[31.923976698268348,20.13345399807453],"weighted_expected":[22.777401632117705,29.280029064225168],"variance":[[56.32887495709746,-56.32887495709746],[-56.32887495709746,56.32887495709746]],"chisq":1.4852033793404815,"df":1,"p":0.2229621765811471,"log_p":-1.500753133651452},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = sqrt(n(t))"}},
{"id":"open.ovarian.rx.peto","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"peto","weight":"w = S~(t), S~ = prod(1 - d/(n+1))"},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[5.661997467553024,3.351574865463755],"weighted_expected":[3.954415954415955,5.059156378600824],"variance":[[1.7162028162399683,-1.7162028162399683],[-1.7162028162399683,1.7162028162399683]],"chisq":1.699003518940605,"df":1,"p":0.1924183466719477,"log_p":-1.648083388373908},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t), S~ = prod(1 - d/(n+1))"}},
{"id":"open.ovarian.rx.modified-peto","kind":"logrank","data":"ovarian.csv","analysis":{"time":"time","event":"event","group":["rx"],"test":"modified-peto","weight":"w = S~(t) n(t)/(n(t)+1)"},"expected":{"groups":["1","2"],"n":[13,13],"observed":[7,5],"expected":[5.233531017149943,6.766468982850055],"weighted_observed":[5.402213784555439,3.1556815650254046],"weighted_expected":[3.7557840509490825,4.802111298631761],"variance":[[1.5550992873845013,-1.555099287384501],[-1.555099287384501,1.555099287384501]],"chisq":1.7431239855187877,"df":1,"p":0.18674348345726713,"log_p":-1.6780193500505016},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t) n(t)/(n(t)+1)"}},
{"id":"open.aml.logrank","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"g-rho","rho":0,"gamma":0},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[7,11],"weighted_expected":[10.689335992300723,7.310664007699275],"variance":[[4.007550745938735,-4.007550745938735],[-4.007550745938734,4.007550745938733]],"chisq":3.396388698977601,"df":1,"p":0.06533932204050513,"log_p":-2.728161248735324,"peto_hr":{"definition":"exp((O-E)/V), second group vs first","hr":2.5107868776075843,"lower":0.943213941055788,"upper":6.683585208367461},"z":{"definition":"(O-E)/sqrt(V) of the second group","value":1.8429293798129114,"one_sided_p_lower":0.9673303389797475}},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ x, rho = 0)"}},
{"id":"open.aml.grho0.5","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"g-rho","rho":0.5,"gamma":0},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[5.053521912271019,8.660671508514566],"weighted_expected":[7.846966364785031,5.867227056000556],"variance":[[2.5850460505348027,-2.585046050534803],[-2.5850460505348027,2.585046050534803]],"chisq":3.0186432878698306,"df":1,"p":0.08231230057902365,"log_p":-2.4972347222117324},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ x, rho = 0.5)"}},
{"id":"open.aml.grho1","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"g-rho","rho":1,"gamma":0},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[3.8454106280193243,7.1815044858523125],"weighted_expected":[6.142857142857142,4.884057971014492],"variance":[[1.8991470284115888,-1.8991470284115888],[-1.8991470284115886,1.8991470284115883]],"chisq":2.7792795447517733,"df":1,"p":0.0954911154064931,"log_p":-2.3487220682159764},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ x, rho = 1)"}},
{"id":"open.aml.fh0_1","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"fleming-harrington","rho":0,"gamma":1},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[3.154589371980676,3.8184955141476875],"weighted_expected":[4.546478849443583,2.426606036684782],"variance":[[0.7366056732807168,-0.7366056732807168],[-0.7366056732807168,0.7366056732807168]],"chisq":2.63011321762335,"df":1,"p":0.10485423635811039,"log_p":-2.2551841184627266},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.aml.fh1_1","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"fleming-harrington","rho":1,"gamma":1},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[1.3832237648962824,1.6644676774301403],"weighted_expected":[1.840085806779478,1.2076056355469442],"variance":[[0.14370072486744528,-0.14370072486744528],[-0.14370072486744528,0.14370072486744528]],"chisq":1.4524834548066252,"df":1,"p":0.2281298788707137,"log_p":-1.4778401680435505},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.aml.fh0.5_0.5","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"fleming-harrington","rho":0.5,"gamma":0.5},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[3.0954992868229394,3.800848178369253],"weighted_expected":[4.1828156199638995,2.713531845228293],"variance":[[0.6858990221232142,-0.6858990221232142],[-0.6858990221232142,0.6858990221232142]],"chisq":1.7236601455639982,"df":1,"p":0.1892225848339596,"log_p":-1.664831259330061},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.aml.fh1_0","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"fleming-harrington","rho":1,"gamma":0},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[3.8454106280193243,7.1815044858523125],"weighted_expected":[6.142857142857142,4.884057971014492],"variance":[[1.8991470284115888,-1.8991470284115888],[-1.8991470284115888,1.8991470284115888]],"chisq":2.7792795447517746,"df":1,"p":0.09549111540649223,"log_p":-2.3487220682159853},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.aml.fh0_0.5","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"fleming-harrington","rho":0,"gamma":0.5},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[4.552877056958467,5.550521464000118],"weighted_expected":[6.372944464917867,3.7304540560407164],"variance":[[1.4225046954039313,-1.4225046954039313],[-1.4225046954039313,1.4225046954039313]],"chisq":2.3287412549280924,"df":1,"p":0.12700453981931145,"log_p":-2.0635324465536886},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.aml.gehan","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"gehan","weight":"w = n(t)"},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[79,155],"weighted_expected":[129,105],"variance":[[918,-918],[-918,918]],"chisq":2.7233115468409586,"df":1,"p":0.0988926513652317,"log_p":-2.31372034680238},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = n(t)"}},
{"id":"open.aml.tarone-ware","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"tarone-ware","weight":"w = sqrt(n(t))"},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[22.52134366129873,39.803450478040176],"weighted_expected":[35.35926102008309,26.965533119255813],"variance":[[55.27633549091013,-55.27633549091013],[-55.27633549091013,55.27633549091013]],"chisq":2.981603622007093,"df":1,"p":0.08421579428379944,"log_p":-2.4743727947572016},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = sqrt(n(t))"}},
{"id":"open.aml.peto","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"peto","weight":"w = S~(t), S~ = prod(1 - d/(n+1))"},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[3.593518518518519,6.634722222222221],"weighted_expected":[5.698046840438144,4.530193900302596],"variance":[[1.6355177924490352,-1.6355177924490352],[-1.6355177924490352,1.6355177924490352]],"chisq":2.708035019985788,"df":1,"p":0.09984390698554257,"log_p":-2.3041472426593015},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t), S~ = prod(1 - d/(n+1))"}},
{"id":"open.aml.modified-peto","kind":"logrank","data":"aml.csv","analysis":{"time":"time","event":"event","group":["x"],"test":"modified-peto","weight":"w = S~(t) n(t)/(n(t)+1)"},"expected":{"groups":["Maintained","Nonmaintained"],"n":[11,12],"observed":[7,11],"expected":[10.689335992300723,7.310664007699275],"weighted_observed":[3.2931635802469135,6.182294864370522],"weighted_expected":[5.247653067854821,4.227805376762613],"variance":[[1.4467980160830547,-1.4467980160830547],[-1.4467980160830547,1.4467980160830547]],"chisq":2.6403334222919836,"df":1,"p":0.10418167717272307,"log_p":-2.2616190079971803},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t) n(t)/(n(t)+1)"}},
{"id":"open.gehan.logrank","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"g-rho","rho":0,"gamma":0},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[9,21],"weighted_expected":[19.25050094803113,10.74949905196887],"variance":[[6.256960573675499,-6.256960573675501],[-6.256960573675501,6.256960573675499]],"chisq":16.79294098921654,"df":1,"p":4.168809109334531e-05,"log_p":-10.085295055238245,"peto_hr":{"definition":"exp((O-E)/V), second group vs first","hr":5.146184878375801,"lower":2.3506837443251305,"upper":11.266176858693917},"z":{"definition":"(O-E)/sqrt(V) of the second group","value":4.097919104767263,"one_sided_p_lower":0.9999791559544533}},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ treat, rho = 0)"}},
{"id":"open.gehan.grho0.5","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"g-rho","rho":0.5,"gamma":0},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[6.677391397774023,17.22194448032245],"weighted_expected":[14.922279338643618,8.977056539452853],"variance":[[4.328057729553747,-4.328057729553747],[-4.328057729553747,4.328057729553745]],"chisq":15.706393353608505,"df":1,"p":7.397370981409966e-05,"log_p":-9.511800800666869},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ treat, rho = 0.5)"}},
{"id":"open.gehan.grho1","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"g-rho","rho":1,"gamma":0},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[5.121514639505644,14.552851692067799],"weighted_expected":[11.99855967707756,7.67580665449588],"variance":[[3.271304909371429,-3.271304909371429],[-3.271304909371429,3.271304909371429]],"chisq":14.457150818717125,"df":1,"p":0.0001433844448193909,"log_p":-8.849981109745316},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ treat, rho = 1)"}},
{"id":"open.gehan.fh0_1","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"fleming-harrington","rho":0,"gamma":1},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[3.8784853604943565,6.447148307932204],"weighted_expected":[7.25194127095357,3.073692397472989],"variance":[[0.8721500239394372,-0.8721500239394371],[-0.8721500239394371,0.8721500239394371]],"chisq":13.048448624020747,"df":1,"p":0.0003035357302577289,"log_p":-8.100011227020968},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.gehan.fh1_1","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"fleming-harrington","rho":1,"gamma":1},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[1.8580399468093305,3.4088613360793993],"weighted_expected":[3.5226909673762252,1.744210315512504],"variance":[[0.21748333819218071,-0.2174833381921807],[-0.2174833381921807,0.2174833381921807]],"chisq":12.741495708630962,"df":1,"p":0.000357631578166934,"log_p":-7.936007212727701},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.gehan.fh0.5_0.5","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"fleming-harrington","rho":0.5,"gamma":0.5},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[4.077304540280651,7.846918477589336],"weighted_expected":[7.893333174885094,4.030889842984891],"variance":[[1.056752820182317,-1.056752820182317],[-1.056752820182317,1.056752820182317]],"chisq":13.780019567498035,"df":1,"p":0.00020551029318430843,"log_p":-8.490014436794253},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.gehan.fh1_0","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"fleming-harrington","rho":1,"gamma":0},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[5.121514639505644,14.552851692067799],"weighted_expected":[11.99855967707756,7.67580665449588],"variance":[[3.2713049093714295,-3.2713049093714295],[-3.2713049093714295,3.2713049093714295]],"chisq":14.457150818717139,"df":1,"p":0.00014338444481938972,"log_p":-8.849981109745324},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.gehan.fh0_0.5","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"fleming-harrington","rho":0,"gamma":0.5},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[5.745973527098978,10.416520985579746],"weighted_expected":[10.978571062825127,5.183923449853597],"variance":[[1.9289028441217542,-1.9289028441217542],[-1.9289028441217542,1.9289028441217542]],"chisq":14.194637668935444,"df":1,"p":0.00016483959852936727,"log_p":-8.710537687013687},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.gehan.gehan","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"gehan","weight":"w = n(t)"},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[197,580],"weighted_expected":[468,309],"variance":[[5457.111560534158,-5457.111560534158],[-5457.111560534158,5457.111560534158]],"chisq":13.457852049631065,"df":1,"p":0.0002439829218905537,"log_p":-8.318412327372474},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = n(t)"}},
{"id":"open.gehan.tarone-ware","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"tarone-ware","weight":"w = sqrt(n(t))"},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[40.802092967899846,107.71341985265687],"weighted_expected":[91.96484142420942,56.5506713963473],"variance":[[173.0825401635999,-173.08254016359987],[-173.08254016359987,173.08254016359987]],"chisq":15.123575301872693,"df":1,"p":0.00010069788442397025,"log_p":-9.203385767159846},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = sqrt(n(t))"}},
{"id":"open.gehan.peto","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"peto","weight":"w = S~(t), S~ = prod(1 - d/(n+1))"},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[4.763222648764264,13.519681206186716],"weighted_expected":[11.125432104374369,7.157471750576603],"variance":[[2.8739922735579113,-2.8739922735579113],[-2.8739922735579113,2.8739922735579113]],"chisq":14.084139866856571,"df":1,"p":0.0001748116153796006,"log_p":-8.651801647410462},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t), S~ = prod(1 - d/(n+1))"}},
{"id":"open.gehan.modified-peto","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"test":"modified-peto","weight":"w = S~(t) n(t)/(n(t)+1)"},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[19.25050094803113,10.74949905196887],"weighted_observed":[4.545245598110973,13.033782352788144],"weighted_expected":[10.667856725651648,6.911171225247467],"variance":[[2.6946731228089806,-2.6946731228089806],[-2.6946731228089806,2.6946731228089806]],"chisq":13.911285454915728,"df":1,"p":0.00019164431810767235,"log_p":-8.55986941381084},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t) n(t)/(n(t)+1)"}},
{"id":"open.gehan.paired.logrank","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"strata":["pair"],"test":"g-rho","rho":0,"gamma":0},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[16.5,13.5],"weighted_observed":[9,21],"weighted_expected":[16.5,13.5],"variance":[[5.25,-5.25],[-5.25,5.25]],"chisq":10.714285714285715,"df":1,"p":0.0010631149171586036,"log_p":-6.846552079013287,"peto_hr":{"definition":"exp((O-E)/V), second group vs first","hr":4.172733883598096,"lower":1.773886704259472,"upper":9.81556940559874},"z":{"definition":"(O-E)/sqrt(V) of the second group","value":3.2732683535398857,"one_sided_p_lower":0.9994684425414206}},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ treat + strata(pair), rho = 0)"}},
{"id":"open.gehan.paired.grho0.5","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"strata":["pair"],"test":"g-rho","rho":0.5,"gamma":0},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[16.5,13.5],"weighted_observed":[7.242640687119286,20.121320343559645],"weighted_expected":[14.742640687119287,12.621320343559644],"variance":[[5.25,-5.25],[-5.25,5.25]],"chisq":10.714285714285715,"df":1,"p":0.0010631149171586036,"log_p":-6.846552079013287},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ treat + strata(pair), rho = 0.5)"}},
{"id":"open.gehan.paired.grho1","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"strata":["pair"],"test":"g-rho","rho":1,"gamma":0},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[16.5,13.5],"weighted_observed":[6,19.5],"weighted_expected":[13.5,12],"variance":[[5.25,-5.25],[-5.25,5.25]],"chisq":10.714285714285715,"df":1,"p":0.0010631149171586036,"log_p":-6.846552079013287},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ treat + strata(pair), rho = 1)"}},
{"id":"open.gehan.paired.gehan","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"strata":["pair"],"test":"gehan","weight":"w = n(t)"},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[16.5,13.5],"weighted_observed":[12,39],"weighted_expected":[27,24],"variance":[[21,-21],[-21,21]],"chisq":10.714285714285715,"df":1,"p":0.0010631149171586036,"log_p":-6.846552079013287},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = n(t)"}},
{"id":"open.gehan.paired.tarone-ware","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"strata":["pair"],"test":"tarone-ware","weight":"w = sqrt(n(t))"},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[16.5,13.5],"weighted_observed":[10.242640687119286,28.45584412271572],"weighted_expected":[20.849242404917497,17.8492424049175],"variance":[[10.500000000000002,-10.500000000000002],[-10.500000000000002,10.500000000000002]],"chisq":10.714285714285728,"df":1,"p":0.0010631149171585975,"log_p":-6.846552079013294},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = sqrt(n(t))"}},
{"id":"open.gehan.paired.peto","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"strata":["pair"],"test":"peto","weight":"w = S~(t), S~ = prod(1 - d/(n+1))"},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[16.5,13.5],"weighted_observed":[4.000000000000001,12.999999999999998],"weighted_expected":[8.999999999999998,7.999999999999997],"variance":[[2.333333333333334,-2.333333333333334],[-2.333333333333334,2.333333333333334]],"chisq":10.714285714285715,"df":1,"p":0.0010631149171586036,"log_p":-6.846552079013287},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t), S~ = prod(1 - d/(n+1))"}},
{"id":"open.gehan.paired.modified-peto","kind":"logrank","data":"gehan.csv","analysis":{"time":"time","event":"event","group":["treat"],"strata":["pair"],"test":"modified-peto","weight":"w = S~(t) n(t)/(n(t)+1)"},"expected":{"groups":["6-MP","control"],"n":[21,21],"observed":[9,21],"expected":[16.5,13.5],"weighted_observed":[2.3333333333333335,8.500000000000002],"weighted_expected":[5.666666666666669,5.166666666666668],"variance":[[1.0370370370370372,-1.0370370370370372],[-1.0370370370370372,1.0370370370370372]],"chisq":10.714285714285717,"df":1,"p":0.0010631149171586025,"log_p":-6.846552079013289},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t) n(t)/(n(t)+1)"}},
{"id":"open.tiny_ties.logrank","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"g-rho","rho":0,"gamma":0},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[9,8],"weighted_expected":[7.1492673992674,9.8507326007326],"variance":[[3.5949537659721438,-3.5949537659721438],[-3.5949537659721438,3.5949537659721438]],"chisq":0.95278309051861,"df":1,"p":0.3290118958890494,"log_p":-1.1116613711529642,"peto_hr":{"definition":"exp((O-E)/V), second group vs first","hr":0.597611727986744,"lower":0.21256010334383157,"upper":1.6801825545295406},"z":{"definition":"(O-E)/sqrt(V) of the second group","value":-0.9761060856887482,"one_sided_p_lower":0.1645059479445247}},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ arm, rho = 0)"}},
{"id":"open.tiny_ties.grho0.5","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"g-rho","rho":0.5,"gamma":0},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[7.892719306020284,6.444339910494323],"weighted_expected":[6.196236517892549,8.140822698622058],"variance":[[2.6809195593450026,-2.6809195593450017],[-2.680919559345002,2.6809195593450017]],"chisq":1.0735323409393227,"df":1,"p":0.30014893457756636,"log_p":-1.20347647892388},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ arm, rho = 0.5)"}},
{"id":"open.tiny_ties.grho1","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"g-rho","rho":1,"gamma":0},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[7.033274725274726,5.351704866562009],"weighted_expected":[5.47345054945055,6.911529042386186],"variance":[[2.153467474005806,-2.153467474005806],[-2.153467474005807,2.153467474005807]],"chisq":1.129829676489003,"df":1,"p":0.28781167210855985,"log_p":-1.245448929032423},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ arm, rho = 1)"}},
{"id":"open.tiny_ties.fh0_1","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"fleming-harrington","rho":0,"gamma":1},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[1.9667252747252744,2.6482951334379905],"weighted_expected":[1.6758168498168495,2.9392035583464153],"variance":[[0.3865821212879467,-0.3865821212879467],[-0.3865821212879467,0.3865821212879467]],"chisq":0.2189126372444562,"df":1,"p":0.6398696860760146,"log_p":-0.44649073886709834},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.fh1_1","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"fleming-harrington","rho":1,"gamma":1},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[1.2257220355029586,1.3776939564727715],"weighted_expected":[1.007315976843968,1.5961000151317621],"variance":[[0.10586397519852278,-0.10586397519852278],[-0.10586397519852278,0.10586397519852278]],"chisq":0.4505896020766475,"df":1,"p":0.5020550946618905,"log_p":-0.689045414990043},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.fh0.5_0.5","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"fleming-harrington","rho":0.5,"gamma":0.5},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[2.887844947876405,3.068658678081992],"weighted_expected":[2.3514080309161987,3.605095595042199],"variance":[[0.5274520853391954,-0.5274520853391954],[-0.5274520853391954,0.5274520853391954]],"chisq":0.5455747998279609,"df":1,"p":0.4601314872203385,"log_p":-0.7762429885606311},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.fh1_0","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"fleming-harrington","rho":1,"gamma":0},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[7.033274725274726,5.351704866562009],"weighted_expected":[5.47345054945055,6.911529042386186],"variance":[[2.1534674740058066,-2.1534674740058066],[-2.1534674740058066,2.1534674740058066]],"chisq":1.1298296764890046,"df":1,"p":0.28781167210855946,"log_p":-1.245448929032424},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.fh0_0.5","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"fleming-harrington","rho":0,"gamma":0.5},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[3.5570064399469796,4.138706461969058],"weighted_expected":[2.945242836447063,4.750470065468973],"variance":[[0.9140342066271422,-0.9140342066271422],[-0.9140342066271422,0.9140342066271422]],"chisq":0.40945372049940143,"df":1,"p":0.5222469055277661,"log_p":-0.6496148038329713},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.gehan","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"gehan","weight":"w = n(t)"},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[181,128],"weighted_expected":[140,169],"variance":[[1526.1987520525454,-1526.1987520525454],[-1526.1987520525454,1526.1987520525454]],"chisq":1.101429284842008,"df":1,"p":0.29395264989585596,"log_p":-1.2243365793901688},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = n(t)"}},
{"id":"open.tiny_ties.tarone-ware","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"tarone-ware","weight":"w = sqrt(n(t))"},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[39.482210066004015,30.712816447248084],"weighted_expected":[30.840601250954116,39.35442526229798],"variance":[[67.81871542250853,-67.81871542250853],[-67.81871542250853,67.81871542250853]],"chisq":1.101132665918399,"df":1,"p":0.2940176658183102,"log_p":-1.2241154256312745},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = sqrt(n(t))"}},
{"id":"open.tiny_ties.peto","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"peto","weight":"w = S~(t), S~ = prod(1 - d/(n+1))"},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[6.047558305439537,4.6046986235769225],"weighted_expected":[4.724420923651128,5.927836005365331],"variance":[[1.6330797538755741,-1.6330797538755741],[-1.6330797538755741,1.6330797538755741]],"chisq":1.0720190039287405,"df":1,"p":0.3004898455977479,"log_p":-1.202341317265854},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t), S~ = prod(1 - d/(n+1))"}},
{"id":"open.tiny_ties.modified-peto","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"test":"modified-peto","weight":"w = S~(t) n(t)/(n(t)+1)"},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.1492673992674,9.8507326007326],"weighted_observed":[5.746257234360121,4.305406380609292],"weighted_expected":[4.480086680874415,5.571576934094997],"variance":[[1.484650697757796,-1.484650697757796],[-1.484650697757796,1.484650697757796]],"chisq":1.0798417923727934,"df":1,"p":0.2987329508117096,"log_p":-1.208205245777568},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t) n(t)/(n(t)+1)"}},
{"id":"open.tiny_ties.st.logrank","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"g-rho","rho":0,"gamma":0},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[9,8],"weighted_expected":[7.245985060690942,9.754014939309057],"variance":[[3.796208842131932,-3.7962088421319327],[-3.796208842131933,3.796208842131932]],"chisq":0.8104318111201619,"df":1,"p":0.36799261640433856,"log_p":-0.9996924051331385,"peto_hr":{"definition":"exp((O-E)/V), second group vs first","hr":0.6299947156468281,"lower":0.23038900262016468,"upper":1.7227095791428628},"z":{"definition":"(O-E)/sqrt(V) of the second group","value":-0.900239863103252,"one_sided_p_lower":0.18399630820216928}},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ arm + strata(s), rho = 0)"}},
{"id":"open.tiny_ties.st.grho0.5","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"g-rho","rho":0.5,"gamma":0},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[7.97416460765895,6.4151917675964585],"weighted_expected":[6.264723638707121,8.124632736548286],"variance":[[2.820136859588527,-2.8201368595885263],[-2.8201368595885263,2.820136859588527]],"chisq":1.0361867426382043,"df":1,"p":0.3087099960630949,"log_p":-1.175352966841512},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ arm + strata(s), rho = 0.5)"}},
{"id":"open.tiny_ties.st.grho1","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"g-rho","rho":1,"gamma":0},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[7.1581512605042015,5.30436974789916],"weighted_expected":[5.523401360544218,6.939119647859142],"variance":[[2.259085120701695,-2.259085120701695],[-2.259085120701695,2.259085120701695]],"chisq":1.182959956191958,"df":1,"p":0.2767542301173972,"log_p":-1.28462542253316},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"survdiff(Surv(time, event) ~ arm + strata(s), rho = 1)"}},
{"id":"open.tiny_ties.st.fh0_1","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"fleming-harrington","rho":0,"gamma":1},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[1.8418487394957983,2.69563025210084],"weighted_expected":[1.7225837001467255,2.814895291449913],"variance":[[0.4150202436565752,-0.4150202436565752],[-0.4150202436565752,0.4150202436565752]],"chisq":0.034273387451206415,"df":1,"p":0.8531264985876146,"log_p":-0.15884744402414036},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.st.fh1_1","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"fleming-harrington","rho":1,"gamma":1},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[1.1996296589223925,1.3943607470359092],"weighted_expected":[1.0296673049051552,1.5643231010531462],"variance":[[0.11262501948720335,-0.11262501948720335],[-0.11262501948720335,0.11262501948720335]],"chisq":0.256490093538788,"df":1,"p":0.6125418272604009,"log_p":-0.4901380494901343},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.st.fh0.5_0.5","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"fleming-harrington","rho":0.5,"gamma":0.5},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[2.857426438106342,3.089948896936703],"weighted_expected":[2.398518085541443,3.548857249501602],"variance":[[0.5610517388868311,-0.5610517388868311],[-0.5610517388868311,0.5610517388868311]],"chisq":0.3753608828869684,"df":1,"p":0.5400965306787656,"log_p":-0.6160073948833414},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.st.fh1_0","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"fleming-harrington","rho":1,"gamma":0},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[7.1581512605042015,5.30436974789916],"weighted_expected":[5.523401360544218,6.939119647859142],"variance":[[2.259085120701695,-2.259085120701695],[-2.259085120701695,2.259085120701695]],"chisq":1.182959956191954,"df":1,"p":0.2767542301173981,"log_p":-1.2846254225331568},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.st.fh0_0.5","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"fleming-harrington","rho":0,"gamma":0.5},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[3.453210989347552,4.183811015206521],"weighted_expected":[3.0127624260631745,4.624259578490901],"variance":[[0.9760719825434062,-0.9760719825434062],[-0.9760719825434062,0.9760719825434062]],"chisq":0.19875064582201288,"df":1,"p":0.65573118415656,"log_p":-0.4220043542700645},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S(t-)^rho (1-S(t-))^gamma, hypergeometric variance"}},
{"id":"open.tiny_ties.st.gehan","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"gehan","weight":"w = n(t)"},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[102,65],"weighted_expected":[76,91],"variance":[[492.6018893387315,-492.6018893387315],[-492.6018893387315,492.6018893387315]],"chisq":1.3723049274282362,"df":1,"p":0.2414162597581759,"log_p":-1.4212326165051032},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = n(t)"}},
{"id":"open.tiny_ties.st.tarone-ware","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"tarone-ware","weight":"w = sqrt(n(t))"},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[29.426665104199937,21.894035022365806],"weighted_expected":[22.683074039106305,28.637626087459445],"variance":[[38.15702472621978,-38.15702472621978],[-38.15702472621978,38.15702472621978]],"chisq":1.1918125372590096,"df":1,"p":0.274964250730193,"log_p":-1.291114187110706},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = sqrt(n(t))"}},
{"id":"open.tiny_ties.st.peto","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"peto","weight":"w = S~(t), S~ = prod(1 - d/(n+1))"},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[6.2069915424082085,4.544509379509379],"weighted_expected":[4.78001045030807,5.971490471609519],"variance":[[1.7260662406097864,-1.7260662406097864],[-1.7260662406097864,1.7260662406097864]],"chisq":1.1797200995553507,"df":1,"p":0.2774129850823162,"log_p":-1.2822479622390766},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t), S~ = prod(1 - d/(n+1))"}},
{"id":"open.tiny_ties.st.modified-peto","kind":"logrank","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","group":["arm"],"strata":["s"],"test":"modified-peto","weight":"w = S~(t) n(t)/(n(t)+1)"},"expected":{"groups":["A","B"],"n":[15,15],"observed":[9,8],"expected":[7.245985060690942,9.754014939309057],"weighted_observed":[5.650575840822504,4.00491198393958],"weighted_expected":[4.322076257446658,5.3334115673154265],"variance":[[1.4378879380145457,-1.4378879380145457],[-1.4378879380145457,1.4378879380145457]],"chisq":1.227433026155577,"df":1,"p":0.26790683478775723,"log_p":-1.3171159902980443},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"own","call":"own: w = S~(t) n(t)/(n(t)+1)"}},
{"id":"open.ovarian.efron.fit","kind":"cox","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":26,"events":12,"terms":["age","resid.ds","rx","ecog.ps"],"coef":[0.12481307879516082,0.8261864408243936,-0.9144999195553158,0.33621168622608155],"se":[0.04689036300789799,0.7896110608452384,0.6533156306656027,0.6439230627313189],"z":[2.6618066226985255,1.0463207543470874,-1.3997827032297034,0.52213021350715],"p":[0.00777225158811209,0.2954129663432827,0.16157839895518855,0.6015796713208983],"hr":[1.132936663387325,2.2845896884964407,0.40071696671233614,1.399635276963245],"hr_lower":[1.033457168449471,0.4860601971872637,0.11136134258642044,0.39619279682287545],"hr_upper":[1.241991949383785,10.738073339449787,1.4419194639874622,4.944509148650105],"vcov":[[0.002198706143012448,-0.013267364855525925,0.005149472591052248,-0.0038604672654976527],[-0.013267364855525925,0.6234856274091427,-0.09390567388976742,0.15541635173770793],[0.005149472591052248,-0.09390567388976742,0.42682131327199424,-0.08625102175576209],[-0.0038604672654976527,0.15541635173770793,-0.08625102175576209,0.41463691071728204]],"loglik_null":-34.98494037116256,"loglik":-26.463293516710806,"lr_test":{"chisq":17.043293708903505,"df":4,"p":0.0018958669878527243,"log_p":-6.2680790316963355},"wald_test":{"chisq":14.250068987388337,"df":4,"p":0.006538257932917585,"log_p":-5.030084520109636},"score_test":{"chisq":20.81278939123566,"df":4,"p":0.0003449122368376572,"log_p":-7.972220559272321},"aic":60.92658703342161,"bic_events":62.86621363257361,"concordance":{"c":0.8073394495412844,"se":0.06822536745999808,"concordant":176,"discordant":42,"tied_risk":0,"tied_time":0,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ age + resid.ds + rx + ecog.ps, ties = \"efron\")"}},
{"id":"open.ovarian.efron.zph.km","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"km"},"expected":{"transform":"km","per":"term","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.16985488494197964,1.155495967889835,0.595114605660253,2.927912544700483],"df":[1,1,1,1],"p":[0.6802408082171107,0.2824015993874943,0.44044811978642906,0.08705999344207005],"global":{"chisq":4.4550989078433245,"df":4,"p":0.34790483904265}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.ovarian.efron.zph.identity","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.373078329204171,1.3848443763184548,0.3171113369743948,2.7441874341877677],"df":[1,1,1,1],"p":[0.5413310778738665,0.23927769426412882,0.573348819003214,0.0976086848470062],"global":{"chisq":4.348223153832508,"df":4,"p":0.36092546791939845}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.ovarian.efron.zph.rank","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.19525457098580737,0.9364024899393045,0.50954808008473,2.912751303980022],"df":[1,1,1,1],"p":[0.6585787981349681,0.3332047497018331,0.4753345542138915,0.08788183632551858],"global":{"chisq":4.141545116535683,"df":4,"p":0.38718859437781217}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.ovarian.efron.zph.log","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"log"},"expected":{"transform":"log","per":"term","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.5626217808469282,0.8987060307182992,0.6242806118776228,2.704308756739263],"df":[1,1,1,1],"p":[0.4532058118598295,0.34312890894528053,0.42946101749844773,0.10007745075495225],"global":{"chisq":3.7297862945959617,"df":4,"p":0.44380850984665465}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.ovarian.efron.zph.km.coef","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"km","per":"coefficient"},"expected":{"transform":"km","per":"coefficient","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.16985488494197964,1.155495967889835,0.595114605660253,2.927912544700483],"df":[1,1,1,1],"p":[0.6802408082171107,0.2824015993874943,0.44044811978642906,0.08705999344207005],"global":{"chisq":4.4550989078433245,"df":4,"p":0.34790483904265}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, terms = FALSE)"}},
{"id":"open.ovarian.breslow.fit","kind":"cox","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":26,"events":12,"terms":["age","resid.ds","rx","ecog.ps"],"coef":[0.12481307879516082,0.8261864408243936,-0.9144999195553158,0.33621168622608155],"se":[0.04689036300789799,0.7896110608452384,0.6533156306656027,0.6439230627313189],"z":[2.6618066226985255,1.0463207543470874,-1.3997827032297034,0.52213021350715],"p":[0.00777225158811209,0.2954129663432827,0.16157839895518855,0.6015796713208983],"hr":[1.132936663387325,2.2845896884964407,0.40071696671233614,1.399635276963245],"hr_lower":[1.033457168449471,0.4860601971872637,0.11136134258642044,0.39619279682287545],"hr_upper":[1.241991949383785,10.738073339449787,1.4419194639874622,4.944509148650105],"vcov":[[0.002198706143012448,-0.013267364855525925,0.005149472591052248,-0.0038604672654976527],[-0.013267364855525925,0.6234856274091427,-0.09390567388976742,0.15541635173770793],[0.005149472591052248,-0.09390567388976742,0.42682131327199424,-0.08625102175576209],[-0.0038604672654976527,0.15541635173770793,-0.08625102175576209,0.41463691071728204]],"loglik_null":-34.98494037116256,"loglik":-26.463293516710806,"lr_test":{"chisq":17.043293708903505,"df":4,"p":0.0018958669878527243,"log_p":-6.2680790316963355},"wald_test":{"chisq":14.250068987388337,"df":4,"p":0.006538257932917585,"log_p":-5.030084520109636},"score_test":{"chisq":20.81278939123566,"df":4,"p":0.0003449122368376572,"log_p":-7.972220559272321},"aic":60.92658703342161,"bic_events":62.86621363257361,"concordance":{"c":0.8073394495412844,"se":0.06822536745999808,"concordant":176,"discordant":42,"tied_risk":0,"tied_time":0,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ age + resid.ds + rx + ecog.ps, ties = \"breslow\")"}},
{"id":"open.ovarian.breslow.zph.km","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"km"},"expected":{"transform":"km","per":"term","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.16985488494197964,1.155495967889835,0.595114605660253,2.9279125447004835],"df":[1,1,1,1],"p":[0.6802408082171107,0.2824015993874943,0.44044811978642906,0.08705999344206995],"global":{"chisq":4.4550989078433245,"df":4,"p":0.34790483904265}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.ovarian.breslow.zph.identity","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.373078329204171,1.3848443763184548,0.3171113369743949,2.7441874341877677],"df":[1,1,1,1],"p":[0.5413310778738665,0.23927769426412882,0.5733488190032139,0.0976086848470062],"global":{"chisq":4.348223153832508,"df":4,"p":0.36092546791939845}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.ovarian.breslow.zph.rank","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.19525457098580737,0.9364024899393043,0.50954808008473,2.912751303980022],"df":[1,1,1,1],"p":[0.6585787981349681,0.3332047497018332,0.4753345542138915,0.08788183632551858],"global":{"chisq":4.141545116535683,"df":4,"p":0.38718859437781217}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.ovarian.breslow.zph.log","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"log"},"expected":{"transform":"log","per":"term","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.5626217808469282,0.8987060307182992,0.6242806118776231,2.704308756739263],"df":[1,1,1,1],"p":[0.4532058118598295,0.34312890894528053,0.42946101749844756,0.10007745075495225],"global":{"chisq":3.7297862945959617,"df":4,"p":0.44380850984665465}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.ovarian.breslow.zph.km.coef","kind":"cox_zph","data":"ovarian.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"resid.ds","type":"numeric"},{"name":"rx","type":"numeric"},{"name":"ecog.ps","type":"numeric"}],"formula":"age + resid.ds + rx + ecog.ps","terms":["age","resid.ds","rx","ecog.ps"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"km","per":"coefficient"},"expected":{"transform":"km","per":"coefficient","terms":["age","resid.ds","rx","ecog.ps"],"chisq":[0.16985488494197964,1.155495967889835,0.595114605660253,2.9279125447004835],"df":[1,1,1,1],"p":[0.6802408082171107,0.2824015993874943,0.44044811978642906,0.08705999344206995],"global":{"chisq":4.4550989078433245,"df":4,"p":0.34790483904265}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, terms = FALSE)"}},
{"id":"open.aml.efron.fit","kind":"cox","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":23,"events":18,"terms":["x=Nonmaintained"],"coef":[0.9155325750147176],"se":[0.5119342751720054],"z":[1.78837913266719],"p":[0.07371486063904575],"hr":[2.498105326172141],"hr_lower":[0.9159072574364083],"hr_upper":[6.813495766063302],"vcov":[[0.2620767020958865]],"loglik_null":-42.72483926276022,"loglik":-41.03261559645838,"lr_test":{"chisq":3.384447332603685,"df":1,"p":0.06581424016234029,"log_p":-2.7209190482243577},"wald_test":{"chisq":3.198299922159451,"df":1,"p":0.07371486063904574,"log_p":-2.6075508632194033},"score_test":{"chisq":3.416734395517303,"df":1,"p":0.06453856175894368,"log_p":-2.740492377097736},"aic":84.06523119291676,"bic_events":84.95560295081292,"concordance":{"c":0.6190476190476191,"se":0.0631849960441082,"concordant":81,"discordant":31,"tied_risk":98,"tied_time":1,"tied_both":2}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ x, ties = \"efron\")"}},
{"id":"open.aml.efron.zph.km","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"km"},"expected":{"transform":"km","per":"term","terms":["x"],"chisq":[0.00787507772332374],"df":[1],"p":[0.9292872433645925],"global":{"chisq":0.00787507772332374,"df":1,"p":0.9292872433645925}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.aml.efron.zph.identity","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["x"],"chisq":[0.20217513948385554],"df":[1],"p":[0.6529708350274892],"global":{"chisq":0.20217513948385554,"df":1,"p":0.6529708350274892}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.aml.efron.zph.rank","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["x"],"chisq":[0.0004207146628664179],"df":[1],"p":[0.9836354738580527],"global":{"chisq":0.0004207146628664179,"df":1,"p":0.9836354738580527}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.aml.efron.zph.log","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"log"},"expected":{"transform":"log","per":"term","terms":["x"],"chisq":[0.009526715205703291],"df":[1],"p":[0.9222460387321093],"global":{"chisq":0.009526715205703291,"df":1,"p":0.9222460387321093}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.aml.efron.zph.km.coef","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"km","per":"coefficient"},"expected":{"transform":"km","per":"coefficient","terms":["x=Nonmaintained"],"chisq":[0.00787507772332374],"df":[1],"p":[0.9292872433645925],"global":{"chisq":0.00787507772332374,"df":1,"p":0.9292872433645925}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, terms = FALSE)"}},
{"id":"open.aml.breslow.fit","kind":"cox","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":23,"events":18,"terms":["x=Nonmaintained"],"coef":[0.9042197236857002],"se":[0.5122479073041512],"z":[1.7651994489238836],"p":[0.07753025120861838],"hr":[2.4700038854262174],"hr_lower":[0.9050476128460985],"hr_upper":[6.740992526166754],"vcov":[[0.26239791853748223]],"loglik_null":-42.89812389717403,"loglik":-41.25011435006887,"lr_test":{"chisq":3.2960190942103225,"df":1,"p":0.06944800054678404,"log_p":-2.6671770000193433},"wald_test":{"chisq":3.115929094481183,"df":1,"p":0.07753025120861826,"log_p":-2.5570870806092434},"score_test":{"chisq":3.3225614162730652,"df":1,"p":0.06833528466189791,"log_p":-2.6833290328917805},"aic":84.50022870013774,"bic_events":85.3906004580339,"concordance":{"c":0.6190476190476191,"se":0.0631849960441082,"concordant":81,"discordant":31,"tied_risk":98,"tied_time":1,"tied_both":2}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ x, ties = \"breslow\")"}},
{"id":"open.aml.breslow.zph.km","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"km"},"expected":{"transform":"km","per":"term","terms":["x"],"chisq":[0.013575453335469723],"df":[1],"p":[0.9072453914450777],"global":{"chisq":0.013575453335469723,"df":1,"p":0.9072453914450777}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.aml.breslow.zph.identity","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["x"],"chisq":[0.2260396538992775],"df":[1],"p":[0.6344760423341459],"global":{"chisq":0.2260396538992775,"df":1,"p":0.6344760423341459}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.aml.breslow.zph.rank","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["x"],"chisq":[0.002309714553984699],"df":[1],"p":[0.9616688313811096],"global":{"chisq":0.002309714553984699,"df":1,"p":0.9616688313811096}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.aml.breslow.zph.log","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"log"},"expected":{"transform":"log","per":"term","terms":["x"],"chisq":[0.0047004032801268225],"df":[1],"p":[0.9453402675103963],"global":{"chisq":0.0047004032801268225,"df":1,"p":0.9453402675103963}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.aml.breslow.zph.km.coef","kind":"cox_zph","data":"aml.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"factor","levels":["Maintained","Nonmaintained"],"reference":"Maintained"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"km","per":"coefficient"},"expected":{"transform":"km","per":"coefficient","terms":["x=Nonmaintained"],"chisq":[0.013575453335469723],"df":[1],"p":[0.9072453914450777],"global":{"chisq":0.013575453335469723,"df":1,"p":0.9072453914450777}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, terms = FALSE)"}},
{"id":"open.gehan.efron.fit","kind":"cox","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":42,"events":30,"terms":["treat=control"],"coef":[1.5721251488290655],"se":[0.4123967177094553],"z":[3.8121669773731575],"p":[0.00013775376198676539],"hr":[4.816873898279393],"hr_lower":[2.1465082127254598],"hr_upper":[10.80931068158597],"vcov":[[0.17007105277753218]],"loglik_null":-93.18426999684773,"loglik":-85.00842457737166,"lr_test":{"chisq":16.351690838952152,"df":1,"p":5.260920532886997e-05,"log_p":-9.852619447280137},"wald_test":{"chisq":14.532617063374394,"df":1,"p":0.00013775376198676544,"log_p":-8.890042800055419},"score_test":{"chisq":17.246536795716583,"df":1,"p":3.282954131415523e-05,"log_p":-10.324181798094058},"aic":172.0168491547433,"bic_events":173.41804653640546,"concordance":{"c":0.6900420757363254,"se":0.04113538894787913,"concordant":335,"discordant":64,"tied_risk":314,"tied_time":2,"tied_both":15}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ treat, ties = \"efron\")"}},
{"id":"open.gehan.efron.zph.km","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"km"},"expected":{"transform":"km","per":"term","terms":["treat"],"chisq":[0.022863378052822018],"df":[1],"p":[0.8798128949572568],"global":{"chisq":0.022863378052822018,"df":1,"p":0.8798128949572568}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.gehan.efron.zph.identity","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["treat"],"chisq":[0.00019662542627662613],"df":[1],"p":[0.9888121749094463],"global":{"chisq":0.00019662542627662613,"df":1,"p":0.9888121749094463}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.gehan.efron.zph.rank","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["treat"],"chisq":[0.006595280500191342],"df":[1],"p":[0.9352738873834496],"global":{"chisq":0.006595280500191342,"df":1,"p":0.9352738873834496}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.gehan.efron.zph.log","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"log"},"expected":{"transform":"log","per":"term","terms":["treat"],"chisq":[0.25322854478276074],"df":[1],"p":[0.6148108786510162],"global":{"chisq":0.25322854478276074,"df":1,"p":0.6148108786510162}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.gehan.efron.zph.km.coef","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"km","per":"coefficient"},"expected":{"transform":"km","per":"coefficient","terms":["treat=control"],"chisq":[0.022863378052822018],"df":[1],"p":[0.8798128949572568],"global":{"chisq":0.022863378052822018,"df":1,"p":0.8798128949572568}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, terms = FALSE)"}},
{"id":"open.gehan.breslow.fit","kind":"cox","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":42,"events":30,"terms":["treat=control"],"coef":[1.5091914125858783],"se":[0.4095644063667413],"z":[3.6848695568395766],"p":[0.00022881979907346756],"hr":[4.523072016187172],"hr_lower":[2.0268035107001783],"hr_upper":[10.093815387436354],"vcov":[[0.16774300296254122]],"loglik_null":-93.98505047824518,"loglik":-86.37962207114556,"lr_test":{"chisq":15.210856814199246,"df":1,"p":9.614905419475675e-05,"log_p":-9.249610922745868},"wald_test":{"chisq":13.578263650923097,"df":1,"p":0.00022881979907346775,"log_p":-8.382575767790508},"score_test":{"chisq":15.930539564032712,"df":1,"p":6.570987456242964e-05,"log_p":-9.63026134601341},"aic":174.75924414229112,"bic_events":176.16044152395327,"concordance":{"c":0.6900420757363254,"se":0.04113538894787913,"concordant":335,"discordant":64,"tied_risk":314,"tied_time":2,"tied_both":15}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ treat, ties = \"breslow\")"}},
{"id":"open.gehan.breslow.zph.km","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"km"},"expected":{"transform":"km","per":"term","terms":["treat"],"chisq":[0.06417968638101826],"df":[1],"p":[0.8000077290629194],"global":{"chisq":0.06417968638101826,"df":1,"p":0.8000077290629194}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.gehan.breslow.zph.identity","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["treat"],"chisq":[0.017629001737287864],"df":[1],"p":[0.8943719187329099],"global":{"chisq":0.017629001737287864,"df":1,"p":0.8943719187329099}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.gehan.breslow.zph.rank","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["treat"],"chisq":[0.035439581047541954],"df":[1],"p":[0.8506775171625933],"global":{"chisq":0.035439581047541954,"df":1,"p":0.8506775171625933}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.gehan.breslow.zph.log","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"log"},"expected":{"transform":"log","per":"term","terms":["treat"],"chisq":[0.34769350399544807],"df":[1],"p":[0.5554216943948306],"global":{"chisq":0.34769350399544807,"df":1,"p":0.5554216943948306}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.gehan.breslow.zph.km.coef","kind":"cox_zph","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"km","per":"coefficient"},"expected":{"transform":"km","per":"coefficient","terms":["treat=control"],"chisq":[0.06417968638101826],"df":[1],"p":[0.8000077290629194],"global":{"chisq":0.06417968638101826,"df":1,"p":0.8000077290629194}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, terms = FALSE)"}},
{"id":"open.gehan.paired.efron.fit","kind":"cox","data":"gehan.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"treat","type":"factor","levels":["6-MP","control"],"reference":"6-MP"}],"formula":"treat","terms":["treat"],"strata":["pair"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":42,"events":30,"terms":["treat=control"],"coef":[1.7917594692280514],"se":[0.6236095644623227],"z":[2.873207165725416],"p":[0.004063275732958832],"hr":[5.999999999999979],"hr_lower":[1.7673958331215607],"hr_upper":[20.368951496517237],"vcov":[[0.3888888888888879]],"loglik_null":-14.556090791758852,"loglik":-8.61244268405659,"lr_test":{"chisq":11.887296215404522,"df":1,"p":0.0005651810546168491,"log_p":-7.478364427501886},"wald_test":{"chisq":8.255319417175878,"df":1,"p":0.004063275732958837,"log_p":-5.505765799903439},"score_test":{"chisq":10.714285714285715,"df":1,"p":0.0010631149171586036,"log_p":-6.846552079013287},"aic":19.22488536811318,"bic_events":20.626082749775335,"concordance":{"c":0.8571428571428572,"se":0.10798984943120778,"concordant":18,"discordant":3,"tied_risk":0,"tied_time":0,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ treat + strata(pair), ties = \"efron\")"}},
{"id":"open.kidney.efron.fit","kind":"cox","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":76,"events":58,"terms":["age","sex","disease=GN","disease=AN","disease=PKD"],"coef":[0.003180697784471692,-1.4831372512002308,0.08795655206060425,0.3507941981101575,-1.4311077608000848],"se":[0.011146145053860728,0.3582295499878659,0.4063688989674566,0.39971744726161607,0.6311085510267378],"robust_se":[0.007194544861251016,0.4008483120945985,0.2869876359796828,0.2749657686783133,0.8713207744409955],"z":[0.442098540743357,-3.6999962490804172,0.30648202582090023,1.275774071064668,-1.6424579819277536],"p":[0.6584179003196935,0.00021560265361015985,0.7592376631381392,0.2020353958823447,0.10049512717416613],"hr":[1.003185761571038,0.2269246508464778,1.0919406784251215,1.4201950170159185,0.2390439719784354],"hr_lower":[0.9891390595464513,0.10343772831178845,0.6221781089318767,0.8285079839904105,0.04333194753420221],"hr_upper":[1.0174319399340255,0.4978337981918652,1.9163876518356664,2.434441098132121,1.3187041845770817],"vcov":[[0.00012423654956170396,-0.000254005036083313,-0.0020125543423133462,-0.002418210126038917,-0.002498691915769826],[-0.000254005036083313,0.12832841048450888,0.03279096869861709,0.001164105270862583,0.10860272071696199],[-0.0020125543423133462,0.03279096869861709,0.16513568204802292,0.0910443715985804,0.11225778668343635],[-0.002418210126038917,0.001164105270862583,0.0910443715985804,0.15977403764534284,0.09093526303045052],[-0.002498691915769826,0.10860272071696199,0.11225778668343635,0.09093526303045052,0.3982980031790685]],"robust_vcov":[[5.176147576055339e-05,-0.00023037394476815187,0.00045937201194272415,-0.0004883820289006198,-0.0002540743026615468],[-0.00023037394476815187,0.16067936930908863,-0.006307586871456115,0.005801515933973952,0.20483747650633616],[0.00045937201194272415,-0.006307586871456115,0.08236190320520692,0.021461167028054107,0.023497248038402595],[-0.0004883820289006198,0.005801515933973952,0.021461167028054107,0.07560617394485569,0.021630647857109265],[-0.0002540743026615468,0.20483747650633616,0.023497248038402595,0.021630647857109265,0.7591998919724563]],"loglik_null":-187.9027615888637,"loglik":-179.07934114804107,"lr_test":{"chisq":17.64684088164529,"df":5,"p":0.003423185406753557,"log_p":-5.677183755913066},"wald_test":{"chisq":16.747500546917404,"df":5,"p":0.005004420217865155,"log_p":-5.297433713511375},"score_test":{"chisq":20.13168931305153,"df":5,"p":0.0011805732223038453,"log_p":-6.741755176844825},"robust_score_test":{"chisq":10.378756035626692,"df":5,"p":0.06518769901615086,"log_p":-2.7304844932455437},"aic":368.15868229608213,"bic_events":378.4608973488142,"concordance":{"c":0.6972081218274112,"se":0.04338328098312276,"concordant":1362,"discordant":585,"tied_risk":23,"tied_time":11,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ age + sex + disease, ties = \"efron\", cluster = id)"}},
{"id":"open.kidney.efron.zph.km","kind":"cox_zph","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"km"},"expected":{"transform":"km","per":"term","terms":["age","sex","disease"],"chisq":[0.10481484386595454,5.953444106292332,1.9846057496482856],"df":[1,1,3],"p":[0.7461263995398525,0.014688560766026997,0.575607979190723],"global":{"chisq":7.869412500231704,"df":5,"p":0.16358092884905234}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.kidney.efron.zph.identity","kind":"cox_zph","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["age","sex","disease"],"chisq":[0.06005646829545862,5.778233179508031,3.2310496356034535],"df":[1,1,3],"p":[0.8064067123329595,0.01622584384744564,0.35735511582234775],"global":{"chisq":9.740619244059328,"df":5,"p":0.08292727531336809}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.kidney.efron.zph.rank","kind":"cox_zph","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["age","sex","disease"],"chisq":[0.12285380953545649,5.574330639623239,1.378570737961567],"df":[1,1,3],"p":[0.72595968005903,0.018225630286285342,0.7105654673276488],"global":{"chisq":7.403954795836891,"df":5,"p":0.19228884643965002}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.kidney.efron.zph.log","kind":"cox_zph","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"log"},"expected":{"transform":"log","per":"term","terms":["age","sex","disease"],"chisq":[0.008525732525845537,5.868376711649694,1.6347851876660884],"df":[1,1,3],"p":[0.9264319659083328,0.015415260074051288,0.6515284827001288],"global":{"chisq":7.4105369704637125,"df":5,"p":0.1918541556939286}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.kidney.breslow.fit","kind":"cox","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":76,"events":58,"terms":["age","sex","disease=GN","disease=AN","disease=PKD"],"coef":[0.0034303826938666257,-1.471530488261888,0.08939075396020922,0.35182831812975174,-1.427717937163194],"se":[0.01114770068640944,0.35788704675528893,0.40679786578083704,0.4001920655762759,0.6309159004738324],"robust_se":[0.007151242797049138,0.3968473157349063,0.2874073472287298,0.2751153519015905,0.8668682146616095],"z":[0.4796904246185189,-3.708052013749463,0.3110245956554083,1.2788392784987213,-1.646983835623178],"p":[0.631447537621129,0.000208859761832679,0.7557819236765184,0.20095365900480783,0.09956136836643546],"hr":[1.0034362731902062,0.2295738560812837,1.0935078653829973,1.4216644287578428,0.23985566385380067],"hr_lower":[0.9894700367179193,0.1054691343300417,0.6225587388476149,0.829122088072502,0.043860180648743086],"hr_upper":[1.0175996412116672,0.4997116524262375,1.920717479394612,2.43767447167398,1.3116849641702535],"vcov":[[0.00012427123059377348,-0.00028340688462200286,-0.0020345627089097193,-0.0024309520215235283,-0.0025278950961508517],[-0.00028340688462200286,0.12808313823522238,0.032593269113903305,0.001107577681209763,0.10826129717709179],[-0.0020345627089097193,0.032593269113903305,0.1654845036038439,0.09147504687674232,0.11249614514269012],[-0.0024309520215235283,0.001107577681209763,0.09147504687674232,0.16015368935020632,0.09116800483831164],[-0.0025278950961508517,0.10826129717709179,0.11249614514269012,0.09116800483831164,0.3980548734707067]],"robust_vcov":[[5.114027354234718e-05,-0.0003003899862185309,0.0004083040906029804,-0.0005180817606710259,-0.0003407017958773605],[-0.0003003899862185309,0.1574877920060004,-0.0067044676277114934,0.005514449002220382,0.1997629296480367],[0.0004083040906029804,-0.0067044676277114934,0.08260298324105567,0.021689732470113753,0.02323731112708515],[-0.0005180817606710259,0.005514449002220382,0.021689732470113753,0.07568845685193595,0.022192879664966983],[-0.0003407017958773605,0.1997629296480367,0.02323731112708515,0.022192879664966983,0.7514605015906063]],"loglik_null":-188.1550958212474,"loglik":-179.3943112173216,"lr_test":{"chisq":17.5215692078516,"df":5,"p":0.003609828381392597,"log_p":-5.624095047547843},"wald_test":{"chisq":16.700224487360938,"df":5,"p":0.005104858887929265,"log_p":-5.277562469681095},"score_test":{"chisq":19.86815790031453,"df":5,"p":0.001322956088555262,"log_p":-6.627886585212495},"robust_score_test":{"chisq":10.550906631205226,"df":5,"p":0.06104820452666849,"log_p":-2.7960914887404824},"aic":368.7886224346432,"bic_events":379.09083748737527,"concordance":{"c":0.6977157360406091,"se":0.04335174067571598,"concordant":1363,"discordant":584,"tied_risk":23,"tied_time":11,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ age + sex + disease, ties = \"breslow\", cluster = id)"}},
{"id":"open.kidney.breslow.zph.km","kind":"cox_zph","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"km"},"expected":{"transform":"km","per":"term","terms":["age","sex","disease"],"chisq":[0.09629558693316077,5.923561016324792,1.9795256005571946],"df":[1,1,3],"p":[0.7563211954770808,0.014939734019778207,0.5766670998040595],"global":{"chisq":7.773427569099525,"df":5,"p":0.16917247935073837}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.kidney.breslow.zph.identity","kind":"cox_zph","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["age","sex","disease"],"chisq":[0.06693621228120905,5.755136422267329,3.2403028948480292],"df":[1,1,3],"p":[0.7958510277681348,0.016440518981385273,0.3560381658893353],"global":{"chisq":9.620305545050572,"df":5,"p":0.08673696266598402}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.kidney.breslow.zph.rank","kind":"cox_zph","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["age","sex","disease"],"chisq":[0.11570610461555957,5.55122849098387,1.3713139986002494],"df":[1,1,3],"p":[0.7337390511399888,0.018467720813520837,0.7122724482291602],"global":{"chisq":7.320483959819889,"df":5,"p":0.19787558897046142}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.kidney.breslow.zph.log","kind":"cox_zph","data":"kidney.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"age","type":"numeric"},{"name":"sex","type":"numeric"},{"name":"disease","type":"factor","levels":["Other","GN","AN","PKD"],"reference":"Other"}],"formula":"age + sex + disease","terms":["age","sex","disease"],"cluster":"id","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"log"},"expected":{"transform":"log","per":"term","terms":["age","sex","disease"],"chisq":[0.006460189767781412,5.846869163544384,1.6311088848468631],"df":[1,1,3],"p":[0.9359387665398868,0.015604789476499072,0.652356839444025],"global":{"chisq":7.336705134790108,"df":5,"p":0.19677906442193083}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.tiny_weights.efron.fit","kind":"cox","data":"tiny_weights.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","terms":["x"],"weights":"w","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":9,"events":5,"terms":["x"],"coef":[0.8726042463828863],"se":[0.7125704364901139],"z":[1.224586653750394],"p":[0.22073099897394616],"hr":[2.3931350586449107],"hr_lower":[0.5921423922412208],"hr_upper":[9.671821311827879],"vcov":[[0.5077566269597114]],"loglik_null":-30.292179605853164,"loglik":-29.416784600136204,"lr_test":{"chisq":1.7507900114339208,"df":1,"p":0.1857774477470643,"log_p":-1.6832058391564007},"wald_test":{"chisq":1.4996124725435878,"df":1,"p":0.22073099897394619,"log_p":-1.5108105180659321},"score_test":{"chisq":1.5754191722406943,"df":1,"p":0.20942176059285678,"log_p":-1.5634050671633322},"aic":60.83356920027241,"bic_events":60.44300711270651,"concordance":{"c":0.6375,"se":0.1606371590728621,"concordant":34,"discordant":12,"tied_risk":34,"tied_time":21,"tied_both":12}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ x, ties = \"efron\", weights = w)"}},
{"id":"open.tiny_weights.breslow.fit","kind":"cox","data":"tiny_weights.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","terms":["x"],"weights":"w","conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":9,"events":5,"terms":["x"],"coef":[0.8595574444935894],"se":[0.7130941996103028],"z":[1.2053911600505611],"p":[0.22805233248076742],"hr":[2.362115095312991],"hr_lower":[0.5838673254998398],"hr_upper":[9.556259581282275],"vcov":[[0.5085033375178585]],"loglik_null":-32.86755077890047,"loglik":-32.02104627643326,"lr_test":{"chisq":1.6930090049344244,"df":1,"p":0.19320479059832396,"log_p":-1.644004561453559},"wald_test":{"chisq":1.4529678487280375,"df":1,"p":0.2280523324807675,"log_p":-1.4781801479408962},"score_test":{"chisq":1.524038751125263,"df":1,"p":0.21700933143130732,"log_p":-1.5278149243786452},"aic":66.04209255286652,"bic_events":65.65153046530062,"concordance":{"c":0.6375,"se":0.1606371590728621,"concordant":34,"discordant":12,"tied_risk":34,"tied_time":21,"tied_both":12}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ x, ties = \"breslow\", weights = w)"}},
{"id":"open.tiny_weights.exp.breslow.fit","kind":"cox","data":"tiny_weights.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","expand_by":"w"},"expected":{"n":19,"events":13,"terms":["x"],"coef":[0.8595574444935893],"se":[0.7130941996103028],"z":[1.2053911600505611],"p":[0.22805233248076742],"hr":[2.3621150953129906],"hr_lower":[0.5838673254998398],"hr_upper":[9.556259581282275],"vcov":[[0.5085033375178585]],"loglik_null":-32.86755077890047,"loglik":-32.02104627643326,"lr_test":{"chisq":1.6930090049344244,"df":1,"p":0.19320479059832396,"log_p":-1.644004561453559},"wald_test":{"chisq":1.452967848728037,"df":1,"p":0.22805233248076756,"log_p":-1.478180147940896},"score_test":{"chisq":1.524038751125263,"df":1,"p":0.21700933143130732,"log_p":-1.5278149243786452},"aic":66.04209255286652,"bic_events":66.60704191032806,"concordance":{"c":0.6375,"se":0.12589096534799468,"concordant":34,"discordant":12,"tied_risk":34,"tied_time":21,"tied_both":25}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ x, ties = \"breslow\")"}},
{"id":"open.tiny_test1.efron.fit","kind":"cox","data":"tiny_test1.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":6,"events":4,"terms":["x"],"coef":[1.6768574855882048],"se":[1.277615576278031],"z":[1.3124898574524673],"p":[0.18935490599482377],"hr":[5.348721099922363],"hr_lower":[0.4372618649744035],"hr_upper":[65.42719522643345],"vcov":[[1.6323015607482454]],"loglik_null":-4.276666119016055,"loglik":-3.3589748402633477,"lr_test":{"chisq":1.8353825575054152,"df":1,"p":0.17549310538520105,"log_p":-1.7401555224023242},"wald_test":{"chisq":1.7226296259155978,"df":1,"p":0.18935490599482385,"log_p":-1.6641322153062708},"score_test":{"chisq":2.036144578313254,"df":1,"p":0.15359852170573443,"log_p":-1.873413082626504},"aic":8.717949680526695,"bic_events":8.104244041646586,"concordance":{"c":0.7777777777777778,"se":0.05920779658410764,"concordant":5,"discordant":0,"tied_risk":4,"tied_time":1,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ x, ties = \"efron\")"}},
{"id":"open.tiny_test1.breslow.fit","kind":"cox","data":"tiny_test1.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":6,"events":4,"terms":["x"],"coef":[1.475284914828868],"se":[1.2557343930105218],"z":[1.174838344032285],"p":[0.24005939641272542],"hr":[4.372281323268433],"hr_lower":[0.3730998243203117],"hr_upper":[51.23787984791403],"vcov":[[1.5768688657895036]],"loglik_null":-4.564348191467836,"loglik":-3.8247495050028655,"lr_test":{"chisq":1.4791973729299412,"df":1,"p":0.22390014298197533,"log_p":-1.4965551167801538},"wald_test":{"chisq":1.3802451346085218,"df":1,"p":0.24005939641272545,"log_p":-1.4268689012064972},"score_test":{"chisq":1.6,"df":1,"p":0.20590321073206835,"log_p":-1.5803490714222395},"aic":9.64949901000573,"bic_events":9.03579337112562,"concordance":{"c":0.7777777777777778,"se":0.05920779658410764,"concordant":5,"discordant":0,"tied_risk":4,"tied_time":1,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ x, ties = \"breslow\")"}},
{"id":"open.tiny_test2.efron.fit","kind":"cox","data":"tiny_test2.csv","analysis":{"start":"start","time":"stop","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":10,"events":7,"terms":["x"],"coef":[-0.021105209580175213],"se":[0.7951768738198816],"z":[-0.02654152840083203],"p":[0.9788254103809588],"hr":[0.9791159467726223],"hr_lower":[0.20605271526051933],"hr_upper":[4.652537754779754],"vcov":[[0.6323062606579598]],"loglik_null":-9.169518377455928,"loglik":-9.169166464724759,"lr_test":{"chisq":0.000703825462338159,"df":1,"p":0.9788348375379975,"log_p":-0.021392355956691797},"wald_test":{"chisq":0.0007044527298521732,"df":1,"p":0.9788254103809589,"log_p":-0.0214019870017607},"score_test":{"chisq":0.000704473406128923,"df":1,"p":0.9788250997102451,"log_p":-0.02140230439315632},"aic":20.338332929449518,"bic_events":20.28424307850483,"concordance":{"c":0.5263157894736842,"se":0.12912866505048937,"concordant":7,"discordant":6,"tied_risk":6,"tied_time":0,"tied_both":1}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(start, stop, event) ~ x, ties = \"efron\")"}},
{"id":"open.tiny_test2.breslow.fit","kind":"cox","data":"tiny_test2.csv","analysis":{"start":"start","time":"stop","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","terms":["x"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":10,"events":7,"terms":["x"],"coef":[-0.08452608066130916],"se":[0.7938172774855354],"z":[-0.10648052525267612],"p":[0.9152011061539885],"hr":[0.918947688300875],"hr_lower":[0.1939064689793359],"hr_upper":[4.355011249900667],"vcov":[[0.6301458700345475]],"loglik_null":-9.392661928770137,"loglik":-9.387015118366335,"lr_test":{"chisq":0.011293620807602878,"df":1,"p":0.9153669839274605,"log_p":-0.08843021878526884},"wald_test":{"chisq":0.011338102258085798,"df":1,"p":0.9152011061539885,"log_p":-0.08861144971005634},"score_test":{"chisq":0.011343495214462948,"df":1,"p":0.9151810174216841,"log_p":-0.08863340002528992},"aic":20.77403023673267,"bic_events":20.719940385787982,"concordance":{"c":0.5263157894736842,"se":0.12912866505048937,"concordant":7,"discordant":6,"tied_risk":6,"tied_time":0,"tied_both":1}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(start, stop, event) ~ x, ties = \"breslow\")"}},
{"id":"open.tiny_ties.efron.fit","kind":"cox","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":30,"events":17,"terms":["arm=B"],"coef":[-0.4849143438011474],"se":[0.49284954756146376],"z":[-0.9838993384500839],"p":[0.3251650090111386],"hr":[0.615749937304549],"hr_lower":[0.23436355702286363],"hr_upper":[1.6177770558993856],"vcov":[[0.24290067653153952]],"loglik_null":-45.988566070966066,"loglik":-45.50413260276333,"lr_test":{"chisq":0.968866936405476,"df":1,"p":0.32496292431957463,"log_p":-1.1240441821765987},"wald_test":{"chisq":0.9680579082025129,"df":1,"p":0.3251650090111386,"log_p":-1.1234225054643336},"score_test":{"chisq":0.9857648728862959,"df":1,"p":0.32077968417773095,"log_p":-1.1370007336181527},"aic":93.00826520552665,"bic_events":93.84147854958287,"concordance":{"c":0.5782442748091603,"se":0.07052544918535093,"concordant":87,"discordant":46,"tied_risk":129,"tied_time":10,"tied_both":5}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ arm, ties = \"efron\")"}},
{"id":"open.tiny_ties.efron.zph.km","kind":"cox_zph","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"km"},"expected":{"transform":"km","per":"term","terms":["arm"],"chisq":[0.21597820619468594],"df":[1],"p":[0.6421215598170936],"global":{"chisq":0.21597820619468594,"df":1,"p":0.6421215598170936}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.tiny_ties.efron.zph.identity","kind":"cox_zph","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["arm"],"chisq":[0.15155463017990356],"df":[1],"p":[0.6970541031363531],"global":{"chisq":0.15155463017990356,"df":1,"p":0.6970541031363531}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.tiny_ties.efron.zph.rank","kind":"cox_zph","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["arm"],"chisq":[0.1414822682092522],"df":[1],"p":[0.706811861258573],"global":{"chisq":0.1414822682092522,"df":1,"p":0.706811861258573}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.tiny_ties.efron.zph.log","kind":"cox_zph","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron","transform":"log"},"expected":{"transform":"log","per":"term","terms":["arm"],"chisq":[0.10699829515401503],"df":[1],"p":[0.743587760226335],"global":{"chisq":0.10699829515401503,"df":1,"p":0.743587760226335}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.tiny_ties.breslow.fit","kind":"cox","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":30,"events":17,"terms":["arm=B"],"coef":[-0.45006282197068814],"se":[0.492648019466786],"z":[-0.9135585736400815],"p":[0.36094884249720616],"hr":[0.6375880958229274],"hr_lower":[0.242771356780877],"hr_upper":[1.674491527029798],"vcov":[[0.24270207108454672]],"loglik_null":-46.90531042044836,"loglik":-46.487482946271754,"lr_test":{"chisq":0.8356549483532092,"df":1,"p":0.36064242198931507,"log_p":-1.0198683323443947},"wald_test":{"chisq":0.8345892674713005,"df":1,"p":0.36094884249720616,"log_p":-1.0190190412251976},"score_test":{"chisq":0.8477328231324213,"df":1,"p":0.35719450326553437,"log_p":-1.0294748184925564},"aic":94.97496589254351,"bic_events":95.80817923659973,"concordance":{"c":0.5782442748091603,"se":0.07052544918535093,"concordant":87,"discordant":46,"tied_risk":129,"tied_time":10,"tied_both":5}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ arm, ties = \"breslow\")"}},
{"id":"open.tiny_ties.breslow.zph.km","kind":"cox_zph","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"km"},"expected":{"transform":"km","per":"term","terms":["arm"],"chisq":[0.21647241176025545],"df":[1],"p":[0.6417410097633979],"global":{"chisq":0.21647241176025545,"df":1,"p":0.6417410097633979}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"km\")"}},
{"id":"open.tiny_ties.breslow.zph.identity","kind":"cox_zph","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"identity"},"expected":{"transform":"identity","per":"term","terms":["arm"],"chisq":[0.1561456640156985],"df":[1],"p":[0.6927301907264081],"global":{"chisq":0.1561456640156985,"df":1,"p":0.6927301907264081}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"identity\")"}},
{"id":"open.tiny_ties.breslow.zph.rank","kind":"cox_zph","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"rank"},"expected":{"transform":"rank","per":"term","terms":["arm"],"chisq":[0.14535536722637563],"df":[1],"p":[0.7030140488511357],"global":{"chisq":0.14535536722637563,"df":1,"p":0.7030140488511357}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"rank\")"}},
{"id":"open.tiny_ties.breslow.zph.log","kind":"cox_zph","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow","transform":"log"},"expected":{"transform":"log","per":"term","terms":["arm"],"chisq":[0.11266572880637617],"df":[1],"p":[0.7371294149450609],"global":{"chisq":0.11266572880637617,"df":1,"p":0.7371294149450609}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"cox.zph(fit, transform = \"log\")"}},
{"id":"open.tiny_ties.st.efron.fit","kind":"cox","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"strata":["s"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"efron"},"expected":{"n":30,"events":17,"terms":["arm=B"],"coef":[-0.44119689936358086],"se":[0.4908263455345118],"z":[-0.8988859367015348],"p":[0.3687134195159323],"hr":[0.6432660354296424],"hr_lower":[0.24580939528862925],"hr_upper":[1.6833823290256933],"vcov":[[0.240910501470764]],"loglik_null":-35.64530671197092,"loglik":-35.24086720519759,"lr_test":{"chisq":0.8088790135466581,"df":1,"p":0.3684518783345139,"log_p":-0.9984451638461375},"wald_test":{"chisq":0.8079959271997956,"df":1,"p":0.36871341951593234,"log_p":-0.9977355775616088},"score_test":{"chisq":0.8204714114947383,"df":1,"p":0.3650423722512859,"log_p":-1.0077418437776904},"aic":72.48173441039518,"bic_events":73.3149477544514,"concordance":{"c":0.5928571428571429,"se":0.07485175547569066,"concordant":50,"discordant":24,"tied_risk":66,"tied_time":4,"tied_both":1}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ arm + strata(s), ties = \"efron\")"}},
{"id":"open.tiny_ties.st.breslow.fit","kind":"cox","data":"tiny_ties.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"arm","type":"factor","levels":["A","B"],"reference":"A"}],"formula":"arm","terms":["arm"],"strata":["s"],"conf_level":0.95,"missing":"rows with a missing value in any used column are dropped","ties":"breslow"},"expected":{"n":30,"events":17,"terms":["arm=B"],"coef":[-0.4235386165464218],"se":[0.49104397044078435],"z":[-0.8625268652952472],"p":[0.38839765597963366],"hr":[0.6547258919254525],"hr_lower":[0.2500818253088364],"hr_upper":[1.7141029462185102],"vcov":[[0.24112418090624987]],"loglik_null":-36.184369853824535,"loglik":-35.81187696391627,"lr_test":{"chisq":0.7449857798165311,"df":1,"p":0.38806842096061656,"log_p":-0.9465736122234051},"wald_test":{"chisq":0.7439525933560456,"df":1,"p":0.3883976559796338,"log_p":-0.9457255776510624},"score_test":{"chisq":0.7545075212498896,"df":1,"p":0.38505286453454673,"log_p":-0.9543746436412315},"aic":73.62375392783254,"bic_events":74.45696727188876,"concordance":{"c":0.5928571428571429,"se":0.07485175547569066,"concordant":50,"discordant":24,"tied_risk":66,"tied_time":4,"tied_both":1}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event) ~ arm + strata(s), ties = \"breslow\")"}},
{"id":"open.hand.tiny_test1.breslow","kind":"cox","data":"tiny_test1.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","ties":"breslow"},"expected":{"terms":["x"],"coef":[1.4752849148290008],"loglik":-3.8247495050028655,"loglik_null":-4.564348191467836},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"hand","call":"closed form from the partial likelihood"}},
{"id":"open.hand.tiny_test1.efron","kind":"cox","data":"tiny_test1.csv","analysis":{"time":"time","event":"event","covariates":[{"name":"x","type":"numeric"}],"formula":"x","ties":"efron"},"expected":{"terms":["x"],"coef":[1.676857485592897],"loglik":-3.3589748402633473,"loglik_null":-4.276666119016055},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"hand","call":"closed form from the partial likelihood"}},
{"id":"open.hand.tiny_flat.km","kind":"km_landmark","data":"tiny_flat.csv","analysis":{"time":"time","event":"event","times":[54,75,77,84,87]},"expected":{"curves":[{"time":[54,75,77,84,87],"surv":[0.9,0.8,0.7,0.6,0.5],"std_err":[0.09486832980505139,0.1264911064067352,0.14491376746189438,0.15491933384829668,0.15811388300841897]}]},"tolerance":{"rel":1e-09,"abs":1e-12},"source":{"tool":"hand","call":"binomial: no censoring before t = 87"}},
{"id":"open.ovarian.age.conc.n_G2","kind":"concordance","data":"ovarian.csv","analysis":{"time":"time","event":"event","score":"age","higher_score_means":"higher risk","timewt":"n/G2"},"expected":{"c":0.770826271618724,"se":0.08155821059933965,"n":26,"concordant":190.69253705839634,"discordant":56.69464223162032,"tied_score":0,"tied_time":0,"tied_both":0},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"concordance(Surv ~ age, reverse = TRUE, timewt = \"n/G2\")"}},
{"id":"open.ovarian.age.conc.S","kind":"concordance","data":"ovarian.csv","analysis":{"time":"time","event":"event","score":"age","higher_score_means":"higher risk","timewt":"S"},"expected":{"c":0.7778041636982507,"se":0.08197945168076658,"n":26,"concordant":179.8222222222222,"discordant":51.36993464052286,"tied_score":0,"tied_time":0,"tied_both":0},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"concordance(Surv ~ age, reverse = TRUE, timewt = \"S\")"}},
{"id":"open.ovarian.age.conc.I","kind":"concordance","data":"ovarian.csv","analysis":{"time":"time","event":"event","score":"age","higher_score_means":"higher risk","timewt":"I"},"expected":{"c":0.7640849663812167,"se":0.08294001686605368,"n":26,"concordant":8.651091287229395,"discordant":2.671067461949815,"tied_score":0,"tied_time":0,"tied_both":0},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"concordance(Surv ~ age, reverse = TRUE, timewt = \"I\")"}},
{"id":"open.aml.time.conc.n","kind":"concordance","data":"aml.csv","analysis":{"time":"time","event":"event","score":"s","higher_score_means":"higher risk","timewt":"n"},"expected":{"c":0.5023809523809524,"se":0.0789567239874659,"n":23,"concordant":88,"discordant":87,"tied_score":35,"tied_time":3,"tied_both":0},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"R survival","call":"concordance(Surv ~ s, reverse = TRUE, timewt = \"n\")"}},
{"id":"open.tiny_cr.cif","kind":"cif","data":"tiny_cr.csv","analysis":{"time":"time","event":"cause","causes":[1,2],"group":["arm"]},"expected":{"curves":[{"group":{"arm":"A"},"n":8,"time":[1,2,4,5,7,9,10,12],"n_risk":[8,7,6,5,4,3,2,1],"event_free":[0.875,0.875,0.7291666666666667,0.7291666666666667,0.546875,0.36458333333333337,0.18229166666666669,0],"causes":[{"cause":1,"cif":[0.125,0.125,0.2708333333333333,0.2708333333333333,0.453125,0.6354166666666666,0.6354166666666666,0.8177083333333333],"std_err_infinitesimal_jackknife":[0.11692679333668567,0.11692679333668567,0.16497623636395276,0.16497623636395276,0.20058001020737753,0.20008633480903892,0.20008633480903892,0.1631678927129485],"std_err_aalen":[0.125,0.125,0.17921510973005472,0.17921510973005472,0.22648765526207185,0.23670396362673127,0.23670396362673127,0.28366828351328455]},{"cause":2,"cif":[0,0,0,0,0,0,0.18229166666666669,0.18229166666666669],"std_err_infinitesimal_jackknife":[0,0,0,0,0,0,0.16316789271294846,0.16316789271294846],"std_err_aalen":[0,0,0,0,0,0,0.217341766200752,0.217341766200752]}]},{"group":{"arm":"B"},"n":8,"time":[2,3,4,6,8,9,11,13],"n_risk":[8,7,6,5,4,3,2,1],"event_free":[0.875,0.75,0.625,0.5,0.5,0.33333333333333337,0.33333333333333337,0.33333333333333337],"causes":[{"cause":1,"cif":[0,0.125,0.125,0.125,0.125,0.29166666666666663,0.29166666666666663,0.29166666666666663],"std_err_infinitesimal_jackknife":[0,0.11692679333668567,0.11692679333668567,0.11692679333668567,0.11692679333668567,0.1745115537934592,0.1745115537934592,0.1745115537934592],"std_err_aalen":[0,0.12626906806902635,0.12626906806902635,0.12626906806902635,0.12626906806902635,0.20448293719755273,0.20448293719755273,0.20448293719755273]},{"cause":2,"cif":[0.125,0.125,0.25,0.375,0.375,0.375,0.375,0.375],"std_err_infinitesimal_jackknife":[0.11692679333668567,0.11692679333668567,0.15309310892394862,0.1711632992203644,0.1711632992203644,0.1711632992203644,0.1711632992203644,0.1711632992203644],"std_err_aalen":[0.125,0.125,0.1659476411839363,0.18797087510202565,0.18797087510202565,0.18797087510202565,0.18797087510202565,0.18797087510202565]}]}]},"tolerance":{"rel":1e-08,"abs":1e-11},"source":{"tool":"R survival","call":"survfit(Surv(time, factor(event)) ~ group); variance also by cmprsk::cuminc"}},
{"id":"open.tiny_cr.gray","kind":"gray","data":"tiny_cr.csv","analysis":{"time":"time","event":"cause","causes":[1,2],"group":["arm"],"rho":0},"expected":{"rho":0,"tests":[{"cause":1,"chisq":2.4440156151128987,"df":1,"p":0.11797387321056692},{"cause":2,"chisq":1.0959430827326186,"df":1,"p":0.2951581550899966}]},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"cmprsk","call":"cmprsk::cuminc(rho = 0)$Tests"}},
{"id":"open.tiny_cr.gray_rho1","kind":"gray","data":"tiny_cr.csv","analysis":{"time":"time","event":"cause","causes":[1,2],"group":["arm"],"rho":1},"expected":{"rho":1,"tests":[{"cause":1,"chisq":2.175420971675562,"df":1,"p":0.14023113900880446},{"cause":2,"chisq":1.3269752722168944,"df":1,"p":0.24934403362095856}]},"tolerance":{"rel":1e-08,"abs":1e-10},"source":{"tool":"cmprsk","call":"cmprsk::cuminc(rho = 1)$Tests"}},
{"id":"open.tiny_cr.finegray1","kind":"finegray","data":"tiny_cr.csv","analysis":{"time":"time","event":"cause","cause":1,"covariates":["B"]},"expected":{"cause":1,"terms":["B"],"coef":[-1.287832152153475],"se":[0.7724525598290315],"shr":[0.2758681755581157],"shr_lower":[0.06070001406616662],"shr_upper":[1.2537600107111393],"z":[-1.6671990218253838],"p":[0.09547483718741659],"loglik":-14.699985129981009,"loglik_null":-16.02760140340654},"tolerance":{"rel":1e-05,"abs":1e-07},"source":{"tool":"cmprsk","call":"cmprsk::crr(gtol = 1e-10)"}},
{"id":"open.tiny_cr.causespecific1","kind":"cox","data":"tiny_cr.csv","analysis":{"time":"time","event":"cause","event_value":1,"covariates":[{"name":"B","type":"numeric"}],"ties":"efron","formula":"B"},"expected":{"n":16,"events":7,"terms":["B"],"coef":[-0.938922938157173],"se":[0.8369199773511056],"z":[-1.1218789891106578],"p":[0.2619138952853271],"hr":[0.391048792352395],"hr_lower":[0.075830404520906],"hr_upper":[2.0165942535372814],"vcov":[[0.700435048489375]],"loglik_null":-13.996230833391254,"loglik":-13.298198178412873,"lr_test":{"chisq":1.3960653099567608,"df":1,"p":0.23738347846302557,"log_p":-1.4380783928971268},"wald_test":{"chisq":1.2586124662079516,"df":1,"p":0.26191389528532716,"log_p":-1.3397394731854306},"score_test":{"chisq":1.3536379018612519,"df":1,"p":0.244643139402873,"log_p":-1.407954704138167},"aic":28.596396356825746,"bic_events":28.542306505881058,"concordance":{"c":0.6203703703703703,"se":0.10897879221175191,"concordant":21,"discordant":8,"tied_risk":25,"tied_time":1,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event == 1) ~ X)"}},
{"id":"open.tiny_cr.finegray2","kind":"finegray","data":"tiny_cr.csv","analysis":{"time":"time","event":"cause","cause":2,"covariates":["B"]},"expected":{"cause":2,"terms":["B"],"coef":[1.182740010687839],"se":[1.0154427552571],"shr":[3.2633034505183067],"shr_lower":[0.44597551927870066],"shr_upper":[23.878327284394683],"z":[1.1647530149431033],"p":[0.24411898260480708],"loglik":-9.464668582388892,"loglik_null":-10.071790019491914},"tolerance":{"rel":1e-05,"abs":1e-07},"source":{"tool":"cmprsk","call":"cmprsk::crr(gtol = 1e-10)"}},
{"id":"open.tiny_cr.causespecific2","kind":"cox","data":"tiny_cr.csv","analysis":{"time":"time","event":"cause","event_value":2,"covariates":[{"name":"B","type":"numeric"}],"ties":"efron","formula":"B"},"expected":{"n":16,"events":4,"terms":["B"],"coef":[1.0116873942943407],"se":[1.1556541778446305],"z":[0.8754239924794828],"p":[0.3813432499538247],"hr":[2.7502378374778726],"hr_lower":[0.28554570564780724],"hr_upper":[26.488957855399104],"vcov":[[1.3355365787697488]],"loglik_null":-8.776475789346321,"loglik":-8.33729693782497,"lr_test":{"chisq":0.8783577030427026,"df":1,"p":0.34865188612271036,"log_p":-1.053681315541394},"wald_test":{"chisq":0.7663671666087176,"df":1,"p":0.38134324995382474,"log_p":-0.9640553909249646},"score_test":{"chisq":0.8336226134391271,"df":1,"p":0.3612270999175074,"log_p":-1.0182484327966177},"aic":18.67459387564994,"bic_events":18.06088823676983,"concordance":{"c":0.7083333333333334,"se":0.07993655856403706,"concordant":17,"discordant":2,"tied_risk":17,"tied_time":0,"tied_both":0}},"tolerance":{"rel":1e-06,"abs":1e-08},"source":{"tool":"R survival","call":"coxph(Surv(time, event == 2) ~ X)"}},
{"id":"open.tiny_cr.all.cif","kind":"cif","data":"tiny_cr.csv","analysis":{"time":"time","event":"cause","causes":[1,2]},"expected":{"curves":[{"n":16,"time":[1,2,3,4,5,6,7,8,9,10,11,12,13],"n_risk":[16,15,13,12,10,9,8,7,6,4,3,2,1],"event_free":[0.9375,0.875,0.8076923076923077,0.6730769230769231,0.6730769230769231,0.5982905982905983,0.5235042735042735,0.5235042735042735,0.34900284900284906,0.2617521367521368,0.2617521367521368,0.1308760683760684,0.1308760683760684],"causes":[{"cause":1,"cif":[0.0625,0.0625,0.12980769230769232,0.19711538461538464,0.19711538461538464,0.19711538461538464,0.27190170940170943,0.27190170940170943,0.4464031339031339,0.4464031339031339,0.4464031339031339,0.5772792022792024,0.5772792022792024],"std_err_infinitesimal_jackknife":[0.06051536478449089,0.06051536478449089,0.0857820274553689,0.1021710752470991,0.1021710752470991,0.1021710752470991,0.11677398326998156,0.11677398326998156,0.138221684060538,0.138221684060538,0.138221684060538,0.14815068592748845,0.14815068592748845],"std_err_aalen":[0.0625,0.0625,0.08898835144537263,0.10627561859998741,0.10627561859998741,0.10627561859998741,0.12236096957921112,0.12236096957921112,0.1477950082317641,0.1477950082317641,0.1477950082317641,0.1799149734564616,0.1799149734564616]},{"cause":2,"cif":[0,0.0625,0.0625,0.1298076923076923,0.1298076923076923,0.2045940170940171,0.2045940170940171,0.2045940170940171,0.2045940170940171,0.2918447293447294,0.2918447293447294,0.2918447293447294,0.2918447293447294],"std_err_infinitesimal_jackknife":[0,0.06051536478449089,0.06051536478449089,0.0857820274553689,0.0857820274553689,0.10602036588372928,0.10602036588372928,0.10602036588372928,0.10602036588372928,0.12472741944725867,0.12472741944725867,0.12472741944725867,0.12472741944725867],"std_err_aalen":[0,0.06263873490988711,0.06263873490988711,0.08924728263238582,0.08924728263238582,0.11088399318029817,0.11088399318029817,0.11088399318029817,0.11088399318029817,0.13548009894771182,0.13548009894771182,0.13548009894771182,0.13548009894771182]}]}]},"tolerance":{"rel":1e-08,"abs":1e-11},"source":{"tool":"R survival","call":"survfit(Surv(time, factor(event)) ~ group); variance also by cmprsk::cuminc"}}
]}
"""#

  /// The data files by name.
  static let files: [String: String] = [
"aml.csv": #"""
time,event,x,s
9,1,Maintained,1
13,1,Maintained,2
13,0,Maintained,3
18,1,Maintained,4
23,1,Maintained,0
28,0,Maintained,1
31,1,Maintained,2
34,1,Maintained,3
45,0,Maintained,4
48,1,Maintained,0
161,0,Maintained,1
5,1,Nonmaintained,2
5,1,Nonmaintained,3
8,1,Nonmaintained,4
8,1,Nonmaintained,0
12,1,Nonmaintained,1
16,0,Nonmaintained,2
23,1,Nonmaintained,3
27,1,Nonmaintained,4
30,1,Nonmaintained,0
33,1,Nonmaintained,1
43,1,Nonmaintained,2
45,1,Nonmaintained,3
"""#,
"delayed_entry_case.csv": #"""
"e","t","s","x","xs"
2.97,9.39,1,-1.17,8.83
1.19,1.23,0,0.31,10.31
0.35,2.12,1,-1.6,8.4
0.21,1.51,0,0.99,10.99
0.73,1.03,1,1.02,11.02
2.38,3.45,0,0.84,10.84
1.02,4.12,1,0.12,10.12
2.92,5.9,1,-0.43,9.57
0.5,2.78,1,0.46,10.46
1.38,2.2,0,0.65,10.65
0.52,5.41,1,0.61,10.61
0.69,1.15,0,-0.89,9.11
2.32,5.65,0,1.54,11.54
0.29,2.33,0,-1.24,8.76
1.36,6.17,1,1.1,11.1
0.25,8.92,0,0.98,10.98
1.68,3.44,1,0.3,10.3
0.03,3.66,1,-1.55,8.45
2.96,7.5,1,1.57,11.57
0.95,4.52,1,0.69,10.69
1.92,16.05,1,-0.18,9.82
0.89,1.32,0,0.73,10.73
2.99,3.48,1,1.53,11.53
2.72,3,1,0.51,10.51
2.97,6.69,1,0.03,10.03
0.2,2.37,0,-1.47,8.53
1.88,8.14,1,1.02,11.02
1.47,5.74,0,-0.59,9.41
2.91,6.12,1,0.81,10.81
1.09,4.66,0,0.87,10.87
2.04,2.15,1,0.37,10.37
0.79,7.52,1,1.13,11.13
0.56,1.8,0,-0.76,9.24
0.56,4.83,0,0.45,10.45
1.14,11.84,0,0.92,10.92
2.54,3.41,1,0.27,10.27
1.49,1.94,1,1.01,11.01
2.37,4.31,0,-1.46,8.54
2.52,8.73,0,-0.87,9.13
1.37,3.6,0,0.17,10.17
2.4,2.61,1,0.21,10.21
1.15,3.98,1,0.48,10.48
2.28,3.67,0,-0.07,9.93
1.31,4.58,1,-0.89,9.11
2.71,4.45,1,0.49,10.49
0.96,6.53,0,0.34,10.34
0.25,1.09,0,-1.1,8.9
2.45,11.19,0,-0.36,9.64
2.7,4.57,1,1.1,11.1
2.9,2.94,1,-0.91,9.09
1.72,3.25,1,-0.21,9.79
2.16,4.23,0,0.68,10.68
2.32,4.05,1,-0.8,9.2
1.88,3.93,1,-1.59,8.41
2.17,3.3,1,1.18,11.18
1.16,1.26,0,1.22,11.22
0.49,6.54,0,-0.01,9.99
0.56,0.99,1,0.35,10.35
1.17,3.74,1,0.09,10.09
0.82,2.29,0,0.01,10.01
"""#,
"gehan.csv": #"""
pair,time,event,treat
1,1,1,control
1,10,1,6-MP
2,22,1,control
2,7,1,6-MP
3,3,1,control
3,32,0,6-MP
4,12,1,control
4,23,1,6-MP
5,8,1,control
5,22,1,6-MP
6,17,1,control
6,6,1,6-MP
7,2,1,control
7,16,1,6-MP
8,11,1,control
8,34,0,6-MP
9,8,1,control
9,32,0,6-MP
10,12,1,control
10,25,0,6-MP
11,2,1,control
11,11,0,6-MP
12,5,1,control
12,20,0,6-MP
13,4,1,control
13,19,0,6-MP
14,15,1,control
14,6,1,6-MP
15,8,1,control
15,17,0,6-MP
16,23,1,control
16,35,0,6-MP
17,5,1,control
17,6,1,6-MP
18,11,1,control
18,13,1,6-MP
19,4,1,control
19,9,0,6-MP
20,1,1,control
20,6,0,6-MP
21,8,1,control
21,10,0,6-MP
"""#,
"kidney.csv": #"""
id,time,event,age,sex,disease,frail
1,8,1,28,1,Other,2.3
1,16,1,28,1,Other,2.3
2,23,1,48,2,GN,1.9
2,13,0,48,2,GN,1.9
3,22,1,32,1,Other,1.2
3,28,1,32,1,Other,1.2
4,447,1,31,2,Other,0.5
4,318,1,32,2,Other,0.5
5,30,1,10,1,Other,1.5
5,12,1,10,1,Other,1.5
6,24,1,16,2,Other,1.1
6,245,1,17,2,Other,1.1
7,7,1,51,1,GN,3
7,9,1,51,1,GN,3
8,511,1,55,2,GN,0.5
8,30,1,56,2,GN,0.5
9,53,1,69,2,AN,0.7
9,196,1,69,2,AN,0.7
10,15,1,51,1,GN,0.4
10,154,1,52,1,GN,0.4
11,7,1,44,2,AN,0.6
11,333,1,44,2,AN,0.6
12,141,1,34,2,Other,1.2
12,8,0,34,2,Other,1.2
13,96,1,35,2,AN,1.4
13,38,1,35,2,AN,1.4
14,149,0,42,2,AN,0.4
14,70,0,42,2,AN,0.4
15,536,1,17,2,Other,0.4
15,25,0,17,2,Other,0.4
16,17,1,60,1,AN,1.1
16,4,0,60,1,AN,1.1
17,185,1,60,2,Other,0.8
17,177,1,60,2,Other,0.8
18,292,1,43,2,Other,0.8
18,114,1,44,2,Other,0.8
19,22,0,53,2,GN,0.5
19,159,0,53,2,GN,0.5
20,15,1,44,2,Other,1.3
20,108,0,44,2,Other,1.3
21,152,1,46,1,PKD,0.2
21,562,1,47,1,PKD,0.2
22,402,1,30,2,Other,0.6
22,24,0,30,2,Other,0.6
23,13,1,62,2,AN,1.7
23,66,1,63,2,AN,1.7
24,39,1,42,2,AN,1
24,46,0,43,2,AN,1
25,12,1,43,1,AN,0.7
25,40,1,43,1,AN,0.7
26,113,0,57,2,AN,0.5
26,201,1,58,2,AN,0.5
27,132,1,10,2,GN,1.1
27,156,1,10,2,GN,1.1
28,34,1,52,2,AN,1.8
28,30,1,52,2,AN,1.8
29,2,1,53,1,GN,1.5
29,25,1,53,1,GN,1.5
30,130,1,54,2,GN,1.5
30,26,1,54,2,GN,1.5
31,27,1,56,2,AN,1.7
31,58,1,56,2,AN,1.7
32,5,0,50,2,AN,1.3
32,43,1,51,2,AN,1.3
33,152,1,57,2,PKD,2.9
33,30,1,57,2,PKD,2.9
34,190,1,44,2,GN,0.7
34,5,0,45,2,GN,0.7
35,119,1,22,2,Other,2.2
35,8,1,22,2,Other,2.2
36,54,0,42,2,Other,0.7
36,16,0,42,2,Other,0.7
37,6,0,52,2,PKD,2.1
37,78,1,52,2,PKD,2.1
38,63,1,60,1,PKD,1.2
38,8,0,60,1,PKD,1.2
"""#,
"lung.csv": #"""
inst,time,event,age,sex,ph.ecog,ph.karno,pat.karno,meal.cal,wt.loss
3,306,1,74,1,1,90,100,1175,
3,455,1,68,1,0,90,90,1225,15
3,1010,0,56,1,0,90,90,,15
5,210,1,57,1,1,90,60,1150,11
1,883,1,60,1,0,100,90,,0
12,1022,0,74,1,1,50,80,513,0
7,310,1,68,2,2,70,60,384,10
11,361,1,71,2,2,60,80,538,1
1,218,1,53,1,1,70,80,825,16
7,166,1,61,1,2,70,70,271,34
6,170,1,57,1,1,80,80,1025,27
16,654,1,68,2,2,70,70,,23
11,728,1,68,2,1,90,90,,5
21,71,1,60,1,,60,70,1225,32
12,567,1,57,1,1,80,70,2600,60
1,144,1,67,1,1,80,90,,15
22,613,1,70,1,1,90,100,1150,-5
16,707,1,63,1,2,50,70,1025,22
1,61,1,56,2,2,60,60,238,10
21,88,1,57,1,1,90,80,1175,
11,301,1,67,1,1,80,80,1025,17
6,81,1,49,2,0,100,70,1175,-8
11,624,1,50,1,1,70,80,,16
15,371,1,58,1,0,90,100,975,13
12,394,1,72,1,0,90,80,,0
12,520,1,70,2,1,90,80,825,6
4,574,1,60,1,0,100,100,1025,-13
13,118,1,70,1,3,60,70,1075,20
13,390,1,53,1,1,80,70,875,-7
1,12,1,74,1,2,70,50,305,20
12,473,1,69,2,1,90,90,1025,-1
1,26,1,73,1,2,60,70,388,20
7,533,1,48,1,2,60,80,,-11
16,107,1,60,2,2,50,60,925,-15
12,53,1,61,1,2,70,100,1075,10
1,122,1,62,2,2,50,50,1025,
22,814,1,65,1,2,70,60,513,28
15,965,0,66,2,1,70,90,875,4
1,93,1,74,1,2,50,40,1225,24
1,731,1,64,2,1,80,100,1175,15
5,460,1,70,1,1,80,60,975,10
11,153,1,73,2,2,60,70,1075,11
10,433,1,59,2,0,90,90,363,27
12,145,1,60,2,2,70,60,,
7,583,1,68,1,1,60,70,1025,7
7,95,1,76,2,2,60,60,625,-24
1,303,1,74,1,0,90,70,463,30
3,519,1,63,1,1,80,70,1025,10
13,643,1,74,1,0,90,90,1425,2
22,765,1,50,2,1,90,100,1175,4
3,735,1,72,2,1,90,90,,9
12,189,1,63,1,0,80,70,,0
21,53,1,68,1,0,90,100,1025,0
1,246,1,58,1,0,100,90,1175,7
6,689,1,59,1,1,90,80,1300,15
1,65,1,62,1,0,90,80,725,
5,5,1,65,2,0,100,80,338,5
22,132,1,57,1,2,70,60,,18
3,687,1,58,2,1,80,80,1225,10
1,345,1,64,2,1,90,80,1075,-3
22,444,1,75,2,2,70,70,438,8
12,223,1,48,1,1,90,80,1300,68
21,175,1,73,1,1,80,100,1025,
11,60,1,65,2,1,90,80,1025,0
3,163,1,69,1,1,80,60,1125,0
3,65,1,68,1,2,70,50,825,8
16,208,1,67,2,2,70,,538,2
5,821,0,64,2,0,90,70,1025,3
22,428,1,68,1,0,100,80,1039,0
6,230,1,67,1,1,80,100,488,23
13,840,0,63,1,0,90,90,1175,-1
3,305,1,48,2,1,80,90,538,29
5,11,1,74,1,2,70,100,1175,0
2,132,1,40,1,1,80,80,,3
21,226,1,53,2,1,90,80,825,3
12,426,1,71,2,1,90,90,1075,19
1,705,1,51,2,0,100,80,1300,0
6,363,1,56,2,1,80,70,1225,-2
3,11,1,81,1,0,90,,731,15
1,176,1,73,1,0,90,70,169,30
4,791,1,59,1,0,100,80,768,5
13,95,1,55,1,1,70,90,1500,15
11,196,0,42,1,1,80,80,1425,8
21,167,1,44,2,1,80,90,588,-1
16,806,0,44,1,1,80,80,1025,1
6,284,1,71,1,1,80,90,1100,14
22,641,1,62,2,1,80,80,1150,1
21,147,1,61,1,0,100,90,1175,4
13,740,0,44,2,1,90,80,588,39
1,163,1,72,1,2,70,70,910,2
11,655,1,63,1,0,100,90,975,-1
22,239,1,70,1,1,80,100,,23
5,88,1,66,1,1,90,80,875,8
10,245,1,57,2,1,80,60,280,14
1,588,0,69,2,0,100,90,,13
12,30,1,72,1,2,80,60,288,7
3,179,1,69,1,1,80,80,,25
12,310,1,71,1,1,90,100,,0
11,477,1,64,1,1,90,100,910,0
3,166,1,70,2,0,90,70,,10
1,559,0,58,2,0,100,100,710,15
6,450,1,69,2,1,80,90,1175,3
13,364,1,56,1,1,70,80,,4
6,107,1,63,1,1,90,70,,0
13,177,1,59,1,2,50,,,32
12,156,1,66,1,1,80,90,875,14
26,529,0,54,2,1,80,100,975,-3
1,11,1,67,1,1,90,90,925,
21,429,1,55,1,1,100,80,975,5
3,351,1,75,2,2,60,50,925,11
13,15,1,69,1,0,90,70,575,10
1,181,1,44,1,1,80,90,1175,5
10,283,1,80,1,1,80,100,1030,6
3,201,1,75,2,0,90,100,,1
6,524,1,54,2,1,80,100,,15
1,13,1,76,1,2,70,70,413,20
3,212,1,49,1,2,70,60,675,20
1,524,1,68,1,2,60,70,1300,30
16,288,1,66,1,2,70,60,613,24
15,363,1,80,1,1,80,90,346,11
22,442,1,75,1,0,90,90,,0
26,199,1,60,2,2,70,80,675,10
3,550,1,69,2,1,70,80,910,0
11,54,1,72,1,2,60,60,768,-3
1,558,1,70,1,0,90,90,1025,17
22,207,1,66,1,1,80,80,925,20
7,92,1,50,1,1,80,60,1075,13
12,60,1,64,1,1,80,90,993,0
16,551,0,77,2,2,80,60,750,28
12,543,0,48,2,0,90,60,,4
4,293,1,59,2,1,80,80,925,52
16,202,1,53,1,1,80,80,,20
6,353,1,47,1,0,100,90,1225,5
13,511,0,55,2,1,80,70,,49
1,267,1,67,1,0,90,70,313,6
22,511,0,74,2,2,60,40,96,37
12,371,1,58,2,1,80,70,,0
13,387,1,56,1,2,80,60,1075,
1,457,1,54,1,1,90,90,975,-5
5,337,1,56,1,0,100,100,1500,15
21,201,1,73,2,2,70,60,1225,-16
3,404,0,74,1,1,80,70,413,38
26,222,1,76,1,2,70,70,1500,8
1,62,1,65,2,1,80,90,1075,0
11,458,0,57,1,1,80,100,513,30
26,356,0,53,2,1,90,90,,2
16,353,1,71,1,0,100,80,775,2
16,163,1,54,1,1,90,80,1225,13
12,31,1,82,1,0,100,90,413,27
13,340,1,59,2,0,100,90,,0
13,229,1,70,1,1,70,60,1175,-2
22,444,0,60,1,0,90,100,,7
5,315,0,62,2,0,90,90,,0
16,182,1,53,2,1,80,60,,4
32,156,1,55,1,2,70,30,1025,10
,329,1,69,1,2,70,80,713,20
26,364,0,68,2,1,90,90,,7
4,291,1,62,1,2,70,60,475,27
12,179,1,63,1,1,80,70,538,-2
1,376,0,56,2,1,80,90,825,17
32,384,0,62,2,0,90,90,588,8
10,268,1,44,2,1,90,100,2450,2
11,292,0,69,1,2,60,70,2450,36
6,142,1,63,1,1,90,80,875,2
7,413,0,64,1,1,80,70,413,16
16,266,0,57,2,0,90,90,1075,3
11,194,1,60,2,1,80,60,,33
21,320,1,46,1,0,100,100,860,4
6,181,1,61,1,1,90,90,730,0
12,285,1,65,1,0,100,90,1025,0
13,301,0,61,1,1,90,100,825,2
2,348,1,58,2,0,90,80,1225,10
2,197,1,56,1,1,90,60,768,37
16,382,0,43,2,0,100,90,338,6
1,303,0,53,1,1,90,80,1225,12
13,296,0,59,2,1,80,100,1025,0
1,180,1,56,1,2,60,80,1225,-2
13,186,1,55,2,1,80,70,,
1,145,1,53,2,1,80,90,588,13
7,269,0,74,2,0,100,100,588,0
13,300,0,60,1,0,100,100,975,5
1,284,0,39,1,0,100,90,1225,-5
16,350,1,66,2,0,90,100,1025,
32,272,0,65,2,1,80,90,,-1
12,292,0,51,2,0,90,80,1225,0
12,332,0,45,2,0,90,100,975,5
2,285,1,72,2,2,70,90,463,20
3,259,0,58,1,0,90,80,1300,8
15,110,1,64,1,1,80,60,1025,12
22,286,1,53,1,0,90,90,1225,8
16,270,1,72,1,1,80,90,488,14
16,81,1,52,1,2,60,70,1075,
12,131,1,50,1,1,90,80,513,
1,225,0,64,1,1,90,80,825,33
22,269,1,71,1,1,90,90,1300,-2
12,225,0,70,1,0,100,100,1175,6
32,243,0,63,2,1,80,90,825,0
21,279,0,64,1,1,90,90,,4
1,276,0,52,2,0,100,80,975,0
32,135,1,60,1,1,90,70,1275,0
15,79,1,64,2,1,90,90,488,37
22,59,1,73,1,1,60,60,2200,5
32,240,0,63,2,0,90,100,1025,0
3,202,0,50,2,0,100,100,635,1
26,235,0,63,2,0,100,90,413,0
33,105,1,62,1,2,,70,,
5,224,0,55,2,0,80,90,,23
13,239,1,50,2,2,60,60,1025,-3
21,237,0,69,1,1,80,70,,
33,173,0,59,2,1,90,80,,10
1,252,0,60,2,0,100,90,488,-2
6,221,0,67,1,1,80,70,413,23
15,185,0,69,1,1,90,70,1075,0
11,92,0,64,2,2,70,100,,31
11,13,1,65,1,1,80,90,,10
11,222,0,65,1,1,90,70,1025,18
13,192,0,41,2,1,90,80,,-10
21,183,1,76,1,2,80,60,825,7
11,211,0,70,2,2,70,30,131,3
2,175,0,57,2,0,80,80,725,11
22,197,0,67,1,1,80,90,1500,2
11,203,0,71,2,1,80,90,1025,0
1,116,1,76,1,1,80,80,,0
1,188,0,77,1,1,80,60,,3
13,191,0,39,1,0,90,90,2350,-5
32,105,0,75,2,2,60,70,1025,5
6,174,0,66,1,1,90,100,1075,1
22,177,0,58,2,1,80,90,1060,0
"""#,
"lung_certified.csv": #"""
"time","status","age","sex","ph.ecog","ph.karno","wt.loss"
455,1,68,1,0,90,15
1010,0,56,1,0,90,15
210,1,57,1,1,90,11
883,1,60,1,0,100,0
1022,0,74,1,1,50,0
310,1,68,2,2,70,10
361,1,71,2,2,60,1
218,1,53,1,1,70,16
166,1,61,1,2,70,34
170,1,57,1,1,80,27
654,1,68,2,2,70,23
728,1,68,2,1,90,5
567,1,57,1,1,80,60
144,1,67,1,1,80,15
613,1,70,1,1,90,-5
707,1,63,1,2,50,22
61,1,56,2,2,60,10
301,1,67,1,1,80,17
81,1,49,2,0,100,-8
624,1,50,1,1,70,16
371,1,58,1,0,90,13
394,1,72,1,0,90,0
520,1,70,2,1,90,6
574,1,60,1,0,100,-13
118,1,70,1,3,60,20
390,1,53,1,1,80,-7
12,1,74,1,2,70,20
473,1,69,2,1,90,-1
26,1,73,1,2,60,20
533,1,48,1,2,60,-11
107,1,60,2,2,50,-15
53,1,61,1,2,70,10
814,1,65,1,2,70,28
965,0,66,2,1,70,4
93,1,74,1,2,50,24
731,1,64,2,1,80,15
460,1,70,1,1,80,10
153,1,73,2,2,60,11
433,1,59,2,0,90,27
583,1,68,1,1,60,7
95,1,76,2,2,60,-24
303,1,74,1,0,90,30
519,1,63,1,1,80,10
643,1,74,1,0,90,2
765,1,50,2,1,90,4
735,1,72,2,1,90,9
189,1,63,1,0,80,0
53,1,68,1,0,90,0
246,1,58,1,0,100,7
689,1,59,1,1,90,15
5,1,65,2,0,100,5
132,1,57,1,2,70,18
687,1,58,2,1,80,10
345,1,64,2,1,90,-3
444,1,75,2,2,70,8
223,1,48,1,1,90,68
60,1,65,2,1,90,0
163,1,69,1,1,80,0
65,1,68,1,2,70,8
208,1,67,2,2,70,2
821,0,64,2,0,90,3
428,1,68,1,0,100,0
230,1,67,1,1,80,23
840,0,63,1,0,90,-1
305,1,48,2,1,80,29
11,1,74,1,2,70,0
132,1,40,1,1,80,3
226,1,53,2,1,90,3
426,1,71,2,1,90,19
705,1,51,2,0,100,0
363,1,56,2,1,80,-2
11,1,81,1,0,90,15
176,1,73,1,0,90,30
791,1,59,1,0,100,5
95,1,55,1,1,70,15
196,0,42,1,1,80,8
167,1,44,2,1,80,-1
806,0,44,1,1,80,1
284,1,71,1,1,80,14
641,1,62,2,1,80,1
147,1,61,1,0,100,4
740,0,44,2,1,90,39
163,1,72,1,2,70,2
655,1,63,1,0,100,-1
239,1,70,1,1,80,23
88,1,66,1,1,90,8
245,1,57,2,1,80,14
588,0,69,2,0,100,13
30,1,72,1,2,80,7
179,1,69,1,1,80,25
310,1,71,1,1,90,0
477,1,64,1,1,90,0
166,1,70,2,0,90,10
559,0,58,2,0,100,15
450,1,69,2,1,80,3
364,1,56,1,1,70,4
107,1,63,1,1,90,0
177,1,59,1,2,50,32
156,1,66,1,1,80,14
529,0,54,2,1,80,-3
429,1,55,1,1,100,5
351,1,75,2,2,60,11
15,1,69,1,0,90,10
181,1,44,1,1,80,5
283,1,80,1,1,80,6
201,1,75,2,0,90,1
524,1,54,2,1,80,15
13,1,76,1,2,70,20
212,1,49,1,2,70,20
524,1,68,1,2,60,30
288,1,66,1,2,70,24
363,1,80,1,1,80,11
442,1,75,1,0,90,0
199,1,60,2,2,70,10
550,1,69,2,1,70,0
54,1,72,1,2,60,-3
558,1,70,1,0,90,17
207,1,66,1,1,80,20
92,1,50,1,1,80,13
60,1,64,1,1,80,0
551,0,77,2,2,80,28
543,0,48,2,0,90,4
293,1,59,2,1,80,52
202,1,53,1,1,80,20
353,1,47,1,0,100,5
511,0,55,2,1,80,49
267,1,67,1,0,90,6
511,0,74,2,2,60,37
371,1,58,2,1,80,0
457,1,54,1,1,90,-5
337,1,56,1,0,100,15
201,1,73,2,2,70,-16
404,0,74,1,1,80,38
222,1,76,1,2,70,8
62,1,65,2,1,80,0
458,0,57,1,1,80,30
356,0,53,2,1,90,2
353,1,71,1,0,100,2
163,1,54,1,1,90,13
31,1,82,1,0,100,27
340,1,59,2,0,100,0
229,1,70,1,1,70,-2
444,0,60,1,0,90,7
315,0,62,2,0,90,0
182,1,53,2,1,80,4
156,1,55,1,2,70,10
329,1,69,1,2,70,20
364,0,68,2,1,90,7
291,1,62,1,2,70,27
179,1,63,1,1,80,-2
376,0,56,2,1,80,17
384,0,62,2,0,90,8
268,1,44,2,1,90,2
292,0,69,1,2,60,36
142,1,63,1,1,90,2
413,0,64,1,1,80,16
266,0,57,2,0,90,3
194,1,60,2,1,80,33
320,1,46,1,0,100,4
181,1,61,1,1,90,0
285,1,65,1,0,100,0
301,0,61,1,1,90,2
348,1,58,2,0,90,10
197,1,56,1,1,90,37
382,0,43,2,0,100,6
303,0,53,1,1,90,12
296,0,59,2,1,80,0
180,1,56,1,2,60,-2
145,1,53,2,1,80,13
269,0,74,2,0,100,0
300,0,60,1,0,100,5
284,0,39,1,0,100,-5
272,0,65,2,1,80,-1
292,0,51,2,0,90,0
332,0,45,2,0,90,5
285,1,72,2,2,70,20
259,0,58,1,0,90,8
110,1,64,1,1,80,12
286,1,53,1,0,90,8
270,1,72,1,1,80,14
225,0,64,1,1,90,33
269,1,71,1,1,90,-2
225,0,70,1,0,100,6
243,0,63,2,1,80,0
279,0,64,1,1,90,4
276,0,52,2,0,100,0
135,1,60,1,1,90,0
79,1,64,2,1,90,37
59,1,73,1,1,60,5
240,0,63,2,0,90,0
202,0,50,2,0,100,1
235,0,63,2,0,100,0
224,0,55,2,0,80,23
239,1,50,2,2,60,-3
173,0,59,2,1,90,10
252,0,60,2,0,100,-2
221,0,67,1,1,80,23
185,0,69,1,1,90,0
92,0,64,2,2,70,31
13,1,65,1,1,80,10
222,0,65,1,1,90,18
192,0,41,2,1,90,-10
183,1,76,1,2,80,7
211,0,70,2,2,70,3
175,0,57,2,0,80,11
197,0,67,1,1,80,2
203,0,71,2,1,80,0
116,1,76,1,1,80,0
188,0,77,1,1,80,3
191,0,39,1,0,90,-5
105,0,75,2,2,60,5
174,0,66,1,1,90,1
177,0,58,2,1,80,0
"""#,
"ovarian.csv": #"""
time,event,age,resid.ds,rx,ecog.ps
59,1,72.3315,2,1,1
115,1,74.4932,2,1,1
156,1,66.4658,2,1,2
421,0,53.3644,2,2,1
431,1,50.3397,2,1,1
448,0,56.4301,1,1,2
464,1,56.937,2,2,2
475,1,59.8548,2,2,2
477,0,64.1753,2,1,1
563,1,55.1781,1,2,2
638,1,56.7562,1,1,2
744,0,50.1096,1,2,1
769,0,59.6301,2,2,2
770,0,57.0521,2,2,1
803,0,39.2712,1,1,1
855,0,43.1233,1,1,2
1040,0,38.8932,2,1,2
1106,0,44.6,1,1,1
1129,0,53.9068,1,2,1
1206,0,44.2055,2,2,1
1227,0,59.589,1,2,2
268,1,74.5041,2,1,2
329,1,43.137,2,1,1
353,1,63.2192,1,2,2
365,1,64.4247,2,2,1
377,0,58.3096,1,2,1
"""#,
"small_arms.csv": #"""
time,event,arm
1,1,a
3,1,a
4,0,a
2,1,b
5,1,b
"""#,
"small_arms2.csv": #"""
time,event,arm
1,1,a
2,0,a
3,1,b
4,1,b
5,1,b
"""#,
"small_between.csv": #"""
time,event
10,1
10,0
20,1
20,0
30,1
"""#,
"small_deciles.csv": #"""
time,event
1,1
2,1
3,1
4,1
5,1
6,1
7,1
8,1
9,1
10,1
"""#,
"small_entry.csv": #"""
start,time,event
0,2,1
0,3,1
1,3,0
1,4,1
2,5,1
2,6,1
"""#,
"small_floats.csv": #"""
time,event,w
1,1,2.1
2,1,0.9
3,1,0.9
4,1,0.9
5,1,0.9
"""#,
"small_forty.csv": #"""
time,event,x
1,1,1
2,1,1
3,1,1
4,1,0
5,1,1
6,1,0
7,1,0
8,1,0
9,1,0
10,1,0
11,1,0
12,1,0
13,1,0
14,1,0
15,1,0
16,1,0
17,1,0
18,1,0
19,1,0
20,1,0
21,1,0
22,1,0
23,1,0
24,1,0
25,1,0
26,1,0
27,1,0
28,1,0
29,1,0
30,1,0
31,1,0
32,1,0
33,1,0
34,1,0
35,1,0
36,1,0
37,1,0
38,1,0
39,1,0
40,1,0
"""#,
"small_nearties.csv": #"""
time,event
2,1
2.0000000000000004,1
3,1
"""#,
"small_pairs.csv": #"""
time,event,risk
1,1,5
2,1,4
2,1,1
2,0,3
3,0,2
"""#,
"small_seven.csv": #"""
time,event,x,tiny,copies,large,far,small
4,1,0,0.0001,2,1000000000,1000000000000,0
3,1,2,0.0001,1,1020000000,1000020000000,2e-7
1,1,1,0.0001,3,1010000000,1000010000000,1e-7
1,0,1,0.0001,1,1010000000,1000010000000,1e-7
2,1,1,0.0001,2,1010000000,1000010000000,1e-7
2,1,0,0.0001,1,1000000000,1000000000000,0
3,0,0,0.0001,1,1000000000,1000000000000,0
"""#,
"small_silent.csv": #"""
time,event,arm
1,1,0
2,1,0
3,1,0
4,0,1
5,0,1
6,0,1
"""#,
"tiny_cr.csv": #"""
time,cause,arm,B
1,1,A,0
2,2,B,1
2,0,A,0
3,1,B,1
4,1,A,0
4,2,B,1
5,0,A,0
6,2,B,1
7,1,A,0
8,0,B,1
9,1,A,0
9,1,B,1
10,2,A,0
11,0,B,1
12,1,A,0
13,0,B,1
"""#,
"tiny_flat.csv": #"""
time,event
54,1
75,1
77,1
84,1
87,1
92,0
103,0
105,0
112,0
118,0
"""#,
"tiny_test1.csv": #"""
time,event,x
9,1,0
3,,2
1,1,1
1,0,1
6,1,1
6,1,0
8,0,0
"""#,
"tiny_test2.csv": #"""
start,stop,event,x
1,2,1,1
2,3,1,0
5,6,1,0
2,7,1,1
1,8,1,0
7,9,1,1
3,9,1,1
4,9,0,1
8,14,0,0
8,17,0,0
"""#,
"tiny_ties.csv": #"""
time,event,arm,s
2,1,A,u
2,1,A,v
2,0,A,u
3,1,A,u
3,0,A,v
5,1,A,u
5,1,A,u
5,1,A,v
5,0,A,u
7,1,A,u
7,0,A,v
8,0,A,u
8,1,A,u
10,1,A,v
12,0,A,u
2,1,B,u
3,1,B,v
3,0,B,u
3,0,B,u
5,1,B,v
5,0,B,u
7,1,B,u
7,1,B,v
7,0,B,u
8,1,B,u
10,0,B,v
10,1,B,u
11,1,B,u
12,0,B,v
12,0,B,u
"""#,
"tiny_weights.csv": #"""
time,event,x,w
1,1,2,1
1,0,0,2
2,1,1,3
2,1,1,4
2,1,0,3
2,0,1,2
3,0,0,1
4,1,1,2
5,0,0,1
"""#,
  ]
}
