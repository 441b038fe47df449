# survkit: `make reproduce` makes the VISION and CARD comparisons, `make test` passes the tests; both set up what they need
# first, and do no work twice.
.PHONY: build reconstruct reproduce test install documentation consumer matrix fuzz sanitize format lint
survkit = .build/release/survkit
# A program that carries its libraries starts in 2 ms instead of 10 (docs/decisions/0011-static-program.md). The linker's
# warnings are about look-ups of users and groups, which survkit has none of. `make build static=` links to shared libraries.
# survkit-readstat, which survkit starts for SAS, Stata and SPSS files, is linked to ReadStat's shared library: there is no other.
static = $(if $(filter Linux,$(shell uname -s)),-Xswiftc -static-executable -Xswiftc -use-ld=lld -Xlinker -w)

build:
	@scripts/install-dependencies
	swift build -c release --product survkit $(static)
	swift build -c release --product survkit-readstat

# Rows are made from the published facts alone; the same facts give the same bytes.
reconstruct: build
	@for trial in vision card; do for endpoint in os rpfs; do \
	  $(survkit) reconstruct data/$$trial/published.json --endpoint $$endpoint -o data/$$trial/$$endpoint.csv --force \
	  || exit; echo; done; done

reproduce: reconstruct
	$(survkit) reproduce all --data data --out notebooks-out --force

# The two programs without their symbols, a manual page for every command, completions of bash, zsh and fish, under $(prefix).
prefix = /usr/local
install: build
	swift build -c release --product generate-manual $(static)
	install -d $(DESTDIR)$(prefix)/bin $(DESTDIR)$(prefix)/share/man/man1 \
	  $(DESTDIR)$(prefix)/share/bash-completion/completions $(DESTDIR)$(prefix)/share/zsh/site-functions \
	  $(DESTDIR)$(prefix)/share/fish/vendor_completions.d
	install -s -m 755 $(survkit) .build/release/survkit-readstat $(DESTDIR)$(prefix)/bin
	.build/release/generate-manual $(survkit) --multi-page --date 2026-01-01 -o $(DESTDIR)$(prefix)/share/man/man1
	$(survkit) --generate-completion-script bash > $(DESTDIR)$(prefix)/share/bash-completion/completions/survkit
	$(survkit) --generate-completion-script zsh > $(DESTDIR)$(prefix)/share/zsh/site-functions/_survkit
	$(survkit) --generate-completion-script fish > $(DESTDIR)$(prefix)/share/fish/vendor_completions.d/survkit.fish

documentation:
	scripts/documentation

# A package of its own that depends on this one.
consumer:
	swift run --package-path Tests/Consumer

# What computes most in optimised code, with all checks, in a build of its own beside that of `swift test`.
tests = .build/tests
test:
	@scripts/install-dependencies --test
	@mkdir -p $(tests); rm -f $(tests)/calls.jsonl
	SURVKIT_OPTIMISED=1 SURVKIT_CALLS=$(CURDIR)/$(tests)/calls.jsonl \
	  swift test --scratch-path $(tests) --xunit-output $(tests)/results.xml

# From the last run of the tests: requirement -> code -> tests -> result, and every option -> tests.
matrix:
	scripts/traceability

# docs/validation/fuzzing.md; seconds for each of the targets.
seconds = 60
fuzz:
	@scripts/install-dependencies
	scripts/fuzz $(seconds)

sanitize:
	@scripts/install-dependencies --test
	scripts/sanitize

format:
	swift format -i -r Sources Tests Fuzz Package.swift Benchmarks/Sources Benchmarks/Package.swift

lint:
	swift format lint --strict -r Sources Tests Fuzz Package.swift Benchmarks/Sources Benchmarks/Package.swift
	scripts/check-imports
	scripts/check-documented-tests
	scripts/embed-selftest --check
