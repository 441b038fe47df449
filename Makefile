# survkit: `make build` builds the command line, `make test` passes the tests; both set up what they need first.
.PHONY: build test format lint

build:
	@scripts/install-dependencies
	swift build -c release --product survkit

test:
	@scripts/install-dependencies --test
	swift test

format:
	swift format -i -r Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift

lint:
	swift format lint --strict -r Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift
	scripts/check-imports
