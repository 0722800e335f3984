# Everything runs through .venv/bin/python -m …, with paths relative to this folder, so that the
# checkout may lie in a path with spaces or Chinese characters in it.
# Another Python: make site PYTHON=python3.12

PY := .venv/bin/python
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help site serve check test fast browser lock holidays pinyin card clean distclean

help: ## 列出这些命令
	@sh tools/help.sh

site: ## 装好所需，建成网站 site/
	@sh tools/setup.sh build
	@$(PY) -m sitegen build
	@printf '网站建好了，在 %s/site/\n看一看：make serve\n' "$$(pwd)"

serve: ## 建成网站并在本机打开（127.0.0.1，端口可用 PORT=8080 指定）
	@sh tools/setup.sh build
	@$(PY) -m sitegen build
	@$(PY) -m sitegen serve --port $(PORT)

check: ## 只检查政策和指南，不建网站
	@sh tools/setup.sh build
	@$(PY) -m sitegen check

test: ## 装好所需（含浏览器），跑全部检查和测试
	@sh tools/setup.sh test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m pytest

fast: ## 不开浏览器的测试
	@sh tools/setup.sh tools
	@$(PY) -m pytest -m "not e2e" --ignore=tests/e2e

lock: ## 重新锁定 Python 软件包的版本（只在改动 pyproject.toml 之后需要）
	@sh tools/setup.sh build
	@$(PY) tools/lock.py

holidays: ## 更新放假安排 calculator/holidays.py（国务院办公厅公布新的一年以后）
	@sh tools/setup.sh tools
	@$(PY) tools/holidays.py

pinyin: ## 更新汉字的读音 sitegen/search/readings.py（搜索用）
	@sh tools/setup.sh build
	@$(PY) tools/pinyin.py

card: ## 重画分享卡片和图标 templates/images/*.png（改了字或标志以后；要 Chromium 和中文字体）
	@sh tools/setup.sh tools
	@$(PY) -m tools.card

clean: ## 删去建成的网站和缓存
	rm -rf site .cache .artifacts .mypy_cache .ruff_cache .pytest_cache .hypothesis

distclean: clean ## 连同装好的软件包一起删去
	rm -rf .venv node_modules
