"""The calculators: their list, the choice of a place for one of them, and one page a calculator and place."""

from collections.abc import Iterator, Mapping

from calculator.kinds import KINDS, Kind
from calculator.national import SOURCES as SERVICE_SOURCES
from sitegen.pages.compare import compare_link
from sitegen.pages.disputes import dispute_links, of_calculator
from sitegen.pages.forms import CURVED, form_view
from sitegen.pages.frame import Draft
from sitegen.pages.groups import grouped
from sitegen.pages.links import Place
from sitegen.pages.listing import calculator_href, contents_words, provinces
from sitegen.pages.words import date_words
from sitegen.pages.worked import Examples
from sitegen.views import CalculatorIndex, CalculatorPage, KindIndex, Link
from sitegen.world import AreaFile, World

_QUESTIONS = {
    "inpatient": "住院花的钱，能报多少？",
    "filing_comparison": "去外地住院，备不备案差多少？",
    "outpatient": "门诊看病，能报多少？",
    "chronic": "慢特病门诊，能报多少？",
    "rescue": "急诊抢救，能报多少？",
    "special_drug": "双通道药品，能报多少？",
    "year": "一年看病，一共能报多少？",
    "comparison": "同一笔费用，哪个城市报得多？",
    "resident_cap": "居民医保一年最多报多少？",
    "flexible_contribution": "灵活就业，每月交多少？",
    "payroll": "工资条上的社保扣多少？",
    "base_tiers": "缴费基数有哪几档？",
    "coverage_break": "断缴了，停什么，等多久？",
    "retirement_years": "退休时医保缴满了吗？",
    "maternity": "生孩子能领多少？",
    "care_insurance": "长期护理，长护险付多少？",
    "employee_contribution": "每月扣多少医保，进个人账户多少？",
    "resident_contribution": "居民医保一年交多少？",
    "reconciliation": "结算单和算出来的不一样，可能是什么原因？",
    "transfer": "换城市参保，年限和余额怎么接？",
    "need_filing": "去外地看病，要不要备案？",
    "filing_validity": "备案能用到哪一天？",
    "emergency_filing": "在外地看急诊，最晚哪天补备案？",
    "manual_claim": "手工报销带什么？",
    "may_share": "个人账户能不能给家人用？",
    "sharing_split": "家庭共济，先扣谁的钱？",
    "account_away": "个人账户在外地能不能用？",
    "pharmacy": "药店买药能不能报？",
    "operation": "这个手术能不能报？",
    "chronic_review": "慢特病什么时候复审？",
}
_BILLS = "下面的例子，费用全在医保范围内，没写到的费用都按 0 算。表里的金额取整到元。"
_SAMPLE = "下面是一个例子，情形写在前面。"
_OTHERS = "下面的例子按整数算好，表里的金额取整到元。"
_UNKNOWN = "不知道的就选“不知道”，结果会给出一个范围。"
_WAITING = "填好以后按“算一算”，结果写在这里：医保付多少，您自己付多少，一步一步怎么来的。"
_WAITING_TOLD = "填好以后按“算一算”，结果写在这里：怎么办，为什么，还有什么要去问。"
_CRUMBS = (("calc/", "算一算"),)


def question(kind: Kind) -> str:
    """A calculator's title as the reader's question."""
    return _QUESTIONS.get(kind.id, kind.title)


def kinds_in(world: World) -> Mapping[str, tuple[AreaFile, ...]]:
    """The calculators that have at least one place, with their places."""
    found = {
        name: tuple(entry for entry in world.areas.values() if kind.form(entry.area) is not None)
        for name, kind in KINDS.items()
    }
    return {name: entries for name, entries in found.items() if entries}


def calculator_drafts(world: World) -> Iterator[Draft]:
    """The list, then for each calculator its places and its pages."""
    kinds = kinds_in(world)
    yield _index(kinds)
    for name, entries in kinds.items():
        yield _kind(KINDS[name], entries, world)
        for entry in entries:
            yield _calculator(KINDS[name], entry, kinds, world)


def _links(
    kind: str, entries: tuple[AreaFile, ...], here: Place, fictional: bool, current: str = ""
) -> tuple[Link, ...]:
    return tuple(
        Link(href=here.to(calculator_href(kind, entry.id)), text=entry.area.name, current=entry.id == current)
        for entry in entries
        if entry.fictional == fictional
    )


def _index(kinds: Mapping[str, tuple[AreaFile, ...]]) -> Draft:
    here = Place("calc/index.html")

    def link(name: str) -> Link:
        real = sum(not entry.fictional for entry in kinds[name])
        where = f"{real} 个参保地能算。" if real else "还没有收录真实地方的规定，先看虚构的示例。"
        return Link(href=here.to(f"calc/{name}/"), text=question(KINDS[name]), note=f"{KINDS[name].summary}{where}")

    return Draft(
        path=here.path,
        title="算一算：您要算什么？",
        description="住院、门诊、异地就医、缴费：选一个计算器，再选参保地，填上费用就知道医保付多少、您自己付多少。",
        template="calculators.html",
        view=CalculatorIndex(groups=grouped(kinds, link), compare=compare_link(here)),
        crumbs=_CRUMBS,
    )


def _kind(kind: Kind, entries: tuple[AreaFile, ...], world: World) -> Draft:
    here = Place(f"calc/{kind.id}/index.html")
    hrefs = {entry.id: here.to(calculator_href(kind.id, entry.id)) for entry in entries}
    notes = {entry.id: f"核对于 {date_words(entry.area.checked_on)}。" for entry in entries}
    return Draft(
        path=here.path,
        title=question(kind),
        description=f"{kind.summary}先选参保地。",
        template="kind.html",
        view=KindIndex(
            title=question(kind),
            summary=kind.summary,
            provinces=provinces((e for e in entries if not e.fictional), hrefs, notes),
            fictional=provinces((e for e in entries if e.fictional), hrefs, notes),
            missing=tuple(e.area.name for e in world.real_areas() if e.id not in hrefs),
        ),
        crumbs=_CRUMBS,
    )


def _calculator(kind: Kind, entry: AreaFile, kinds: Mapping[str, tuple[AreaFile, ...]], world: World) -> Draft:
    here = Place(f"calc/{kind.id}/{entry.id}/index.html")
    area = entry.area
    form = kind.form(area)
    assert form is not None
    names = dict.fromkeys((*area.sources, *(name for name in SERVICE_SOURCES if name in world.shared_sources)))
    links = {name: here.to(world.source(area.id, name).href) for name in names}
    examples = Examples(kind, area)
    title = f"{area.name}：{question(kind)}"
    return Draft(
        path=here.path,
        title=title + ("（示例）" if area.fictional else ""),
        description=f"{area.name}，{kind.summary}填上费用就能算，每一步写明规则和出处；页面上有已经算好的例子。",
        template="calculator.html",
        modified=area.checked_on,
        view=CalculatorPage(
            title=title,
            summary=kind.summary,
            area_name=area.name,
            fictional=area.fictional,
            area=Link(href=here.to(f"areas/{area.id}/"), text=f"看{area.name}的全部数字", note=contents_words(area)),
            form=form_view(form, kind.id, entry, here, world),
            tables=tuple(examples.tables()),
            premise=_SAMPLE if examples.sample else _BILLS if examples.has_bill else _OTHERS,
            unknown=_UNKNOWN if not examples.sample else "",
            waiting=_WAITING_TOLD if examples.sample else _WAITING,
            assumptions=examples.assumptions(),
            silence=examples.silence(),
            slip=examples.slip(links),
            curve=examples.curve() if kind.id in CURVED else None,
            switch=_links(kind.id, kinds[kind.id], here, fictional=False, current=area.id),
            switch_fictional=_links(kind.id, kinds[kind.id], here, fictional=True, current=area.id),
            others=grouped(
                (other for other, entries in kinds.items() if other != kind.id and entry in entries),
                lambda other: Link(href=here.to(calculator_href(other, area.id)), text=KINDS[other].title),
            ),
            checked_on=date_words(area.checked_on),
            method=Link(href=here.to("method/"), text="怎么算、算不了什么"),
            disputes=dispute_links(of_calculator(kind.id, area.id, world), here),
        ),
        crumbs=(*_CRUMBS, (f"calc/{kind.id}/", kind.title)),
        scripted=True,
    )
