"""The errands of a guide: in the guide, and on a sheet of their own whose links lead where they led."""

from sitegen.build import pages_of, prepare
from sitegen.world import Html
from tests.build.tree import FILES, GUIDE, miniature

BODY = """
::: short
打电话。
:::

## 期限 {#deadline}

三天。{source}`article`

```{checklist} 补备案
id: p-07
who: 本人
where: 窗口
bring: [病历, 身份证]
steps:
  - 先减{term}`起付线`。
  - 看[期限](#deadline)，付{value}`employee/inpatient/layers.basic.deductible.amount.secondary`。
say: “怎么补？”
calculator: inpatient
```
"""


def test_a_checklist_stands_in_its_guide_and_on_a_sheet() -> None:
    head = FILES[GUIDE].split("---\n")[1]
    prepared = prepare(miniature({GUIDE: f"---\n{head}---\n{BODY}"}))
    assert [str(problem) for problem in prepared.problems] == []
    (guide,) = prepared.world.guides
    html = "".join(block.html for block in guide.body if isinstance(block, Html))
    pages = {page.path: page.html for page in pages_of(prepared.world)}
    sheet = pages["checklists/p-07/index.html"]

    assert '<a href="../../checklists/p-07/">打印这张清单</a>' in html
    assert '<li>先减<a class="gloss" href="#word-deductible">起付线</a>。</li>' in html
    assert '看<a href="#deadline">期限</a>' in html
    assert "<ul>\n<li>病历</li>\n<li>身份证</li>\n</ul>" in html
    assert '<ul class="ticks">\n<li>病历</li>' in sheet
    assert '<li>先减<a class="gloss" href="../../glossary/#deductible">起付线</a>。</li>' in sheet
    assert '看<a href="../../guides/zhu-yuan/#deadline">期限</a>' in sheet
    assert '<data value="600">600 元</data>' in sheet
    assert '<form class="form"' in sheet  # the calculator that knows the reader's case
    assert '<a href="p-07/">补备案</a>' in pages["checklists/index.html"]
