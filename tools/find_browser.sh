#!/bin/sh
# Print the path of a Chromium that tests can drive, installing one where that is possible; nothing where it is not.
# In this order: SUSHUI_CHROMIUM, the system's, Debian's package (as root), Playwright's own (not in CI).
set -eu

find_chromium() {
    for candidate in "${SUSHUI_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$candidate" ] && command -v "$candidate"; then return; fi
    done
    return 1
}

is_debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_packages() {
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

driver_runs() { .venv/bin/playwright --version >/dev/null 2>&1; } # it brings a Node that needs libatomic

has_chinese_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ]; }

playwrights_own() {
    [ -z "${CI:-}" ] && .venv/bin/playwright install chromium >&2 && .venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)'
}

if is_debian_root; then
    find_chromium >/dev/null || install_packages chromium >&2 || true
    driver_runs || install_packages libatomic1 >&2 || true
    has_chinese_font || install_packages fonts-noto-cjk fontconfig >&2 || true
fi
driver_runs || echo "sushui: Playwright does not run here; on Debian it needs: apt-get install libatomic1" >&2
find_chromium || playwrights_own || true
