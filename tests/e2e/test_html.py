"""Built pages (of those made alike some, see `toured`) are valid HTML by the standard, judged by html-validate without the network."""

import json
import subprocess
from pathlib import Path

from tests.e2e.conftest import toured

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
RULES = Path(__file__).with_name("htmlvalidate.json")


def test_pages_are_valid(site_folder: Path) -> None:
    pages = toured(path.relative_to(site_folder).as_posix() for path in site_folder.rglob("*.html"))
    done = subprocess.run(
        ["node", VALIDATOR, "--config", RULES, "--formatter", "json", *pages],
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
