# survkit: `make reproduce` does the main job, `make test` passes the tests; both set up what they need first.
.PHONY: build test format lint deps

build: deps
	swift build -c release 

deps:
	@scripts/install-dependencies

test:
	@scripts/install-dependencies --test
	swift test

format:
	swift format -i -r Sources Tests Package.swift

lint:
	swift format lint --strict -r Sources Tests Package.swift
	scripts/check-imports
