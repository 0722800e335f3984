"""Every built page is valid HTML by the standard, judged by html-validate without the network."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
RULES = Path(__file__).with_name("htmlvalidate.json")


def test_every_page_is_valid(site_folder: Path) -> None:
    done = subprocess.run(
        ["node", VALIDATOR, "--config", RULES, "--formatter", "json", "**/*.html"],
        cwd=site_folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    reports = json.loads(done.stdout)
    problems = [
        f"{Path(report['filePath']).relative_to(site_folder)}:{m['line']}:{m['column']}: {m['message']} [{m['ruleId']}]"
        for report in reports
        for m in report["messages"]
    ]
    assert problems == []
    assert done.returncode == 0
