"""Every page there is: the application's own list of routes, filled in with what the demo cooperative has."""

import itertools
import re
from typing import Any, Final

from playwright.sync_api import Page, Response

from tests.browser.conftest import Site
from tests.catalogue.making import LISTED, spreadsheet
from tests.certificates.making import SAID as CERTIFICATE
from tests.laboratory.making import SAID as REPORT
from tests.routes import every_route
from trace.demo import story
from trace.kit.ids import new_id
from trace.kit.shortcodes import SERIAL_LENGTH, new_code
from trace.records.kinds import COMMANDS

# What a route's parameter may be, by its name; a page with it is looked at with every one of them.
Things = dict[str, list[str]]

# What a form says, as the browser takes it.
Fields = dict[str, str | float | bool]

# Pages that are another page when their address says more.
FURTHER: Final = (
    "/app/batches/new?harvest={left_harvest_id}",
    "/app/batches/{batch_id}/print?stationery=avery-l7165&start=3",
    "/app/batches/{batch_id}/print?stationery=roll-20x20&count=none",
    "/b/{label}",
    "/en/b/{label}",
    "/app/operations/new/{work}",
    "/app/operations/new/{work}?batch={batch_id}",
    "/app/operations/new/make?harvest={left_harvest_id}",
    "/app/cycles/{cycle_id}?harvest={left_harvest_id}",
    "/app/log?cycle={cycle_id}",
    "/app/log/{cycle_id}/harvest?like={record_id}",
    "/app/inputs?q=khong+co",
    "/app/inputs/new?kind=pesticide",
    "/app/purchases/new?bought={input_id}",
    "/app/purchases?after={purchase_id}",
    "/app/inputs/new?kind=fertiliser",
    "/app/certificates?batch={batch_id}",
    "/app/tests?cycle={cycle_id}",
    "/app/tests/new?batch={batch_id}",
    "/app/holds/new?batch={batch_id}",
    "/app/shipments/new?batch={batch_id}",
    "/app/units/new?batch={batch_id}",
    "/app/units/pallet?box={unit_id}",
    "/find?code=7K3M-9Q2U",
    "/find?code=TMD-DL-261108-01",
    "/en/find?code=12345678",
    "/01/09521234560012/10/TMD-DL-261108-01?linkType=linkset",
    "/01/9521234560012",
    "/414/9521234561002/254/KL8G?linkType=linkset",
    "/01/09521234560050",  # a good number that nobody uses here
    "/no/such/page",
    "/app/no/such/page",
)
# Files, programs' business, and what only leads back to the page it was asked on in another language.
_NO_PAGE: Final = re.compile(
    r"\.\w+$|/(file|original)$|^/api/v1/|^/language$|^/\.well-known/|^/(healthz|readyz)$"
)


def sign_in(page: Page, site: Site, phone: str = story.MANAGER[1], password: str = story.PASSWORD) -> None:
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Số điện thoại").fill(phone)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{site.url}/app")


def speak_english(page: Page, site: Site) -> None:
    """For the pages that remember the language instead of having it in their address."""
    page.goto(f"{site.url}/language?to=en&back=/sign-in")


class Api:
    """What the person signed in on a page can ask and tell without pages."""

    def __init__(self, page: Page, site: Site) -> None:
        self.request = page.request
        self.site = site

    def all(self, path: str) -> list[Any]:
        answer = self.request.get(f"{self.site.url}/api/v1{path}")
        assert answer.ok, answer.text()
        given = answer.json()
        return list(given if isinstance(given, list) else given["items"])

    def tell(self, path: str, **said: Any) -> Any:
        answer = self.request.post(
            f"{self.site.url}/api/v1{path}",
            data={"id": str(new_id()), **said},
            headers={"Origin": self.site.url},  # as a page of ours would send it
        )
        assert answer.ok, answer.text()
        return answer.json()


def live_in(page: Page, site: Site) -> Things:
    """Add to the demo what it has none of, as its manager, and say what the parameters of routes may be."""
    api = Api(page, site)
    batch = next(one for one in api.all("/batches") if one["state"] == "published")
    form = _form_of_report(page, site, batch["code"])
    members = {one["role"]: one["id"] for one in api.all("/members")}
    invited = api.tell("/invitations", role="viewer")
    reset = api.tell("/password-resets", membership_id=members["recorder"])
    api.tell("/keys", name="Phần mềm kế toán", scope="read")
    reported = _report(page, site, batch["code"], form)
    return {
        "complaint_id": _complaints(api),
        "membership_id": list(members.values()),
        "token": [one["link"].rpartition("/")[2] for one in (invited, reset)] + [reported],
        "product_id": _products(api),
        "photo_id": [api.all("/photos")[0]["id"]],
        "input_id": _inputs(api),
        "purchase_id": _purchases(api),
        "list_id": _lists(api),
        "area_id": [api.all("/areas")[0]["id"]],
        "household_id": _households(api),
        "purpose": ["name", "photo"],
        "plot_id": [api.all("/plots")[0]["id"]],
        "kind": list(COMMANDS),
        "slug": ["refused"],
        "crop": ["dua-luoi", "vai"],
        "recipe_id": [_recipe(api)],
        "step": ["harvest"],
        "of": ["batch"],
        "thing_id": [api.all("/batches")[0]["id"]],
        **_batches(api),
        **_shipments(api),
        **_labels(api),
        "hold_id": _holds(api),
        "recall_id": [_recall(api)],
        "certificate_id": _certificates(api),
        "test_id": _tests(api),
    }


def _form_of_report(page: Page, site: Site, code: str) -> Fields:
    """Opened before everything else: whoever sends it at once is taken for a program."""
    opened = page.request.get(f"{site.url}/b/{code}/report").text()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', opened))


def _report(page: Page, site: Site, code: str, form: Fields) -> str:
    """The token of the link that the sender is given, once it is no longer too early."""
    said = {**form, "matter": "label", "text": "Nhãn ghi 60 kg (minh họa).", "contact": "0900 000 099"}
    for _ in range(20):
        answer = page.request.post(
            f"{site.url}/b/{code}/report", form=said, headers={"Origin": site.url}, max_redirects=0
        )
        if answer.status == 303:
            return answer.headers["location"].rpartition("/")[2]
        assert "Gửi nhanh quá" in answer.text(), answer.text()
        page.wait_for_timeout(500)
    raise AssertionError("the form is still too young")


def _recall(api: Api) -> str:
    """A drill, because the rest of the walk still works with the batch."""
    cause = api.all("/batches")[0]["id"]
    started = api.tell("/recalls", cause="batch", cause_id=cause, reason="Diễn tập", drill=True)
    return str(started["id"])


def _complaints(api: Api) -> list[str]:
    """One that was answered and is open still."""
    [sent] = api.all("/complaints")
    api.tell("/complaints/reply", complaint_id=sent["id"], text="Chúng tôi cân lại (minh họa).")
    return [sent["id"]]


def _labels(api: Api) -> Things:
    """A roll printed ahead, one label of which is on goods and one spoiled; the rest are on nothing yet."""
    batch = next(one for one in api.all("/batches") if one["lot_code"][-2:] == "01")
    ahead = api.tell("/labels", stationery="roll-50x30", count=3, has_serials=True)
    again = api.tell(
        "/labels/reprint", run_id=ahead["id"], first=1, last=2, stationery="roll-50x30", reason="Kẹt giấy"
    )
    on, void, unused = (str(one) for one in api.all(f"/labels/{ahead['id']}/numbers"))
    at = story.at("19/11", "08:00").isoformat()
    api.tell("/labels/activate", batch_id=batch["id"], first=on, happened_at=at)
    api.tell("/labels/void", first=void, reason="Rách (minh họa)")
    return {"run_id": [ahead["id"], again["id"]], "label": [on, void, unused, new_code(SERIAL_LENGTH)]}


def _holds(api: Api) -> list[str]:
    """One that a failed test led to, and one of a plot that was kept and released."""
    placed = api.tell("/holds", plot_id=api.all("/plots")[-1]["id"], reason="Chờ kết quả (minh họa)")
    for decision in ("kept", "released"):
        api.tell("/holds/decide", hold_id=placed["id"], decision=decision, reason="Minh họa")
    return [one["id"] for one in api.all("/holds")]


def _certificates(api: Api) -> list[str]:
    """One that holds and one that ended; one limited and corrected, whose correction was withdrawn."""
    limited = api.tell("/certificates", **CERTIFICATE, quantity="2", unit="tan")
    told = {"corrects_id": limited["id"], "correction_reason": "Chép nhầm số"}
    gone = api.tell("/certificates", **CERTIFICATE, **told, photo_id=api.all("/photos")[0]["id"])
    api.tell(
        "/certificates/withdraw", certificate_id=gone["id"], withdrawn_on="2026-11-01", reason="Minh họa"
    )
    return [one["id"] for one in api.all("/certificates")]


def _tests(api: Api) -> list[str]:
    """One that failed and those that passed; one that was withdrawn."""
    crop = api.all("/cycles")[-1]["id"]
    gone = api.tell("/tests", **REPORT, cycle_id=crop)
    api.tell("/tests/withdraw", test_id=gone["id"], reason="Nhầm mẫu (minh họa)")
    return [one["id"] for one in api.all("/tests")]


def _households(api: Api) -> list[str]:
    """One that agrees to everything, one that took a consent back, and one whose person was erased."""
    gone = api.tell("/households", code="TV-06", name="Lê Thị Giang", phone="0900 000 006")["id"]
    api.tell("/households/erase", household_id=gone, reason="asked")
    ids = {one["code"]: one["id"] for one in api.all("/households")}
    return [ids["TV-01"], ids["TV-02"], gone]


def _recipe(api: Api) -> str:
    """One that has waited for some days."""
    growing = next(one for one in api.all("/cycles") if one["plot_code"] == "NM-D1")
    fed = {"fertiliser": "KNO3", "amount": "2.5", "unit": "kg"}
    plots = [growing["id"]]
    made = api.tell(
        "/recipes", name="Châm phân", lines=[fed], clock="00:05", from_on="2026-11-01", cycle_ids=plots
    )
    return str(made["id"])


def _products(api: Api) -> list[str]:
    """One with a photograph, and one that is no longer offered."""
    photographed = next(one["id"] for one in api.all("/products") if one["photo_id"])
    retired = api.tell("/products", name="Dưa gang", lot_prefix="TMD-DG")
    api.tell("/products/retire", product_id=retired["id"])
    return [photographed, retired["id"]]


def _inputs(api: Api) -> list[str]:
    """One with all that a label can say, one with nothing, and one that is no longer offered."""
    pesticide = {"kind": "pesticide", "unit": "ml"}
    full = api.tell(
        "/inputs",
        **pesticide,
        trade_name="Thuốc mẫu 100SL",
        active_ingredient="imidacloprid 100 g/L",
        kills_insects=True,
        re_entry_hours=24,
        max_applications=2,
        max_dose="100",
        max_dose_unit="ml",
        intervals=[{"crop": "Dưa lưới", "phi_days": 7}],
    )
    bare, gone = (api.tell("/inputs", **pesticide, trade_name=name) for name in ("Nhãn mờ", "Thuốc cũ"))
    api.tell("/inputs/retire", input_id=gone["id"])
    return [full["id"], bare["id"], gone["id"]]


def _lists(api: Api) -> list[str]:
    """A list of allowed pesticides, as it was looked at and imported."""
    answer = api.request.post(
        f"{api.site.url}/api/v1/pesticide-lists/preview",
        multipart={
            "standing": "allowed",
            "file": {"name": "a.xlsx", "mimeType": "text/csv", "buffer": spreadsheet(LISTED)},
        },
        headers={"Origin": api.site.url},
    )
    kept = {name: answer.json()[name] for name in ("file_sha256", "replaces_id")}
    said = {"standing": "allowed", "circular": "75/2025/TT-BNNMT", "in_force_on": "2026-02-10"}
    return [api.tell("/pesticide-lists", **said, **kept)["id"]]


def _purchases(api: Api) -> list[str]:
    """One that stands, one that was corrected, and one that was withdrawn."""
    bought = api.tell("/inputs", kind="fertiliser", trade_name="Phân mẫu", unit="kg")["id"]
    said = {"input_id": bought, "bought_on": "2026-08-20", "packs": 4, "content": "25", "unit": "kg"}
    first, twice = (api.tell("/purchases", **said)["id"] for _ in range(2))
    api.tell("/purchases/withdraw", purchase_id=twice, reason="Ghi hai lần")
    lot = {"lot_number": "L1", "corrects_id": first, "correction_reason": "Quên số lô"}
    return [api.tell("/purchases", **said, **lot)["id"], first, twice]


def _batches(api: Api) -> Things:
    """The pages of batches, and the diary of one with late entries, a correction and a retraction."""
    published = {one["lot_code"][-2:]: one for one in api.all("/batches")}
    left = api.all("/harvests")[0]
    merged = next(one for one in api.all("/batches") if one["lot_code"] == story.GRADED.lot_code)
    done = {one["kind"]: one for one in api.all("/operations")}
    draft = api.tell("/batches", harvest_id=left["id"], quantity="100", lot_code="X" * 20)
    cycle = published["02"]["cycle_id"]
    lines = {line["kind"]: line for line in api.all(f"/cycles/{cycle}/records")}
    _correct(api, lines["irrigation"], method="drip", litres="450")
    api.tell("/records", kind="retraction", corrects_id=lines["other"]["id"], correction_reason="Ghi nhầm")
    no_codes = ["7K3M9Q2M", "7K3M9Q2", "7K3M9Q2U", "7K3M9Q2N"]  # nobody's, too short, strange, mistyped
    return {
        "code": [
            *(published[lot]["code"] for lot in ("01", "02", "06")),
            merged["code"],
            draft["code"],
            *no_codes,
        ],
        "gtin": ["09521234560012", "123"],
        "gln": ["9521234561002", "9521234560012"],
        "lot": ["TMD-DL-261108-01", "NO-SUCH-LOT"],
        "rest": ["09521234560012", "09521234560012/10/TMD-DL-261108-01/21/1", "123"],
        "batch_id": [merged["id"], draft["id"]],
        "operation_id": [done[kind]["id"] for kind in ("grade", "make")],
        "work": ["grade", "transform", "loss", "move"],
        "cycle_id": [cycle],
        "record_id": [lines["harvest"]["id"]],
        "left_harvest_id": [left["id"]],
    }


def _shipments(api: Api) -> Things:
    """One that is under way, one that was taken back, and a box that stays."""
    buyer, supplier = (
        api.tell("/partners", kind=kind, name=name)["id"]
        for kind, name in (("buyer", "Cửa hàng Nông sản Sạch"), ("supplier", "Đại lý phân bón"))
    )
    stocked = next(one for one in api.all("/batches") if one["lot_code"] == story.GRADED.lot_code)
    at = story.at("19/11", "08:00").isoformat()
    line = {"batch_id": stocked["id"], "kg": "1"}
    first, undone = (
        api.tell("/shipments", partner_id=buyer, happened_at=at, inputs=[line])["id"] for _ in range(2)
    )
    api.tell("/operations", kind="take_back", happened_at=at, takes_back_id=undone, reason="Nhầm xe")
    box = api.tell("/boxes", happened_at=at, contents=[line])["id"]
    return {"partner_id": [buyer, supplier], "shipment_id": [first, undone], "unit_id": [box]}


def _correct(api: Api, line: Any, **said: Any) -> None:
    same = {name: line[name] for name in ("kind", "cycle_id", "happened_at")}
    reason = "Quên ghi số lít"
    api.tell("/records", **same, corrects_id=line["id"], correction_reason=reason, sure=True, **said)


def routes() -> list[str]:
    """The path of every route that answers with a page."""
    return [path for method, path in every_route() if method == "GET" and not _NO_PAGE.search(path)]


def addresses(things: Things, *, of_members: bool) -> list[str]:
    """Every address at which there is a page, for members or for strangers."""
    found = []
    for path in [*routes(), *FURTHER]:
        if path.startswith("/app") == of_members:
            names = re.findall(r"{(\w+)}", path)
            for values in itertools.product(*(things[name] for name in names)):
                filled = dict(zip(names, values, strict=True))
                found.append(path.format(**filled))
    return list(dict.fromkeys(found))


def visit(page: Page, address: str) -> Response:
    """The answer, which must be a page, if only one that says why there is nothing."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status < 500, address
    assert answer.headers["content-type"].startswith("text/html"), address
    return answer
