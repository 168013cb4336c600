"""A list of contracts: what it would do is shown first, what is wrong is said per row, and it is saved whole."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text

from tests.availability.builders import AMSTERDAM, ARNHEM, a_contract, a_provider
from tests.availability.contract_lists.lister import HEADER, Lister
from tests.availability.contracts.manager import REGION
from tests.availability.intake.planner import Cells, as_csv, as_workbook, rows_of


def _outcomes(previewed: Any) -> dict[str, str]:
    return {each["number"]: each["outcome"] for each in previewed["contracts"]}


def _changes(contract: Any) -> list[tuple[str, Any, Any]]:
    return [(each["column"], each["was"], each["becomes"]) for each in contract["changes"]]


def _sentence(lister: Lister, row: Cells) -> str:
    (faulty,) = lister.preview(row)["faultyRows"]
    (fault,) = faulty["faults"]
    detail: str = fault["detail"]
    return detail


def _lines(lines: Any) -> list[tuple[str, str]]:
    return [(line["careType"]["name"], line["area"]["code"]) for line in lines]


class TestSaving:
    def test_rows_with_one_number_are_one_contract(self, lister: Lister) -> None:
        rows = (lister.row(), lister.row(care="pleegzorg", area="Arnhem"), lister.row("2027-2", agb=lister.other))
        previewed = lister.preview(*rows)
        assert _outcomes(previewed) == {"2027-1": "new", "2027-2": "new"}
        assert lister.save(*rows).json()["saved"]
        contract = next(each for each in lister.get("/contracts").json()["items"] if each["number"] == "2027-1")
        assert [(line["careType"]["code"], line["area"]["code"]) for line in contract["lines"]] == [
            ("gezinshuis", REGION),
            ("pleegzorg", ARNHEM),
        ]
        assert (contract["scope"], contract["validFrom"], contract["validUntil"]) == ("regional", "2027-01-01", None)
        (change,) = lister.get(f"/contracts/{contract['id']}/history").json()["items"]
        assert change["source"] == "import"

    def test_sent_again_nothing_changes(self, lister: Lister) -> None:
        lister.save(lister.row())
        before = lister.changes
        assert lister.save(lister.row()).json()["counts"] == {"new": 0, "changed": 0, "unchanged": 1, "faulty": 0}
        assert lister.changes == before

    def test_what_changes_is_told(self, lister: Lister) -> None:
        lister.save(lister.row())
        previewed = lister.preview(lister.row(last="31-12-2028"), lister.row(care="pleegzorg", last="31-12-2028"))
        (contract,) = previewed["contracts"]
        assert _changes(contract) == [("Einddatum", None, "2028-12-31")]
        assert (_lines(contract["linesAdded"]), contract["linesRemoved"]) == ([("Pleegzorg", REGION)], [])

    def test_one_care_type_for_another_is_a_change_that_names_both(self, lister: Lister) -> None:
        lister.save(lister.row())
        (contract,) = lister.preview(lister.row(care="pleegzorg"))["contracts"]
        assert contract["outcome"] == "changed"
        assert (_lines(contract["linesAdded"]), _lines(contract["linesRemoved"])) == (
            [("Pleegzorg", REGION)],
            [("Gezinshuis", REGION)],
        )

    def test_of_a_new_contract_all_that_is_agreed_is_told(self, lister: Lister) -> None:
        (contract,) = lister.preview(lister.row(last="31-12-2028"))["contracts"]
        assert _changes(contract) == [
            ("Reikwijdte", None, "regionaal"),
            ("Ingangsdatum", None, "2027-01-01"),
            ("Einddatum", None, "2028-12-31"),
            ("Actualiseren binnen (dagen)", None, 30),
            ("Antwoord binnen (werkdagen)", None, 5),
        ]
        assert _lines(contract["linesAdded"]) == [("Gezinshuis", REGION)]

    def test_a_contract_that_is_not_in_the_list_stays(self, lister: Lister) -> None:
        a_contract(lister.session, lister.other, (REGION,), number="blijft")
        lister.save(lister.row())
        assert lister.numbers() == {"blijft", "2027-1"}

    def test_only_what_was_previewed_is_saved(self, lister: Lister) -> None:
        file = as_csv(HEADER, lister.row())
        seen = lister.preview(lister.row())["etag"]
        lister.add(number="2027-1")
        assert lister.send(file, if_match=seen).status_code == 412
        now = lister.preview(lister.row())["etag"]
        assert lister.send(file, if_match=now).status_code == 200

    def test_a_name_that_means_something_else_meanwhile_is_not_saved_unseen(self, lister: Lister) -> None:
        def confirm(care_type: str) -> None:
            said = {"items": [{"name": "Perceel 3", "careType": care_type}]}
            lister.client.post(f"/regions/{REGION}/products", json=said, headers=lister.headers)

        confirm("gezinshuis")
        row = lister.row(care="Perceel 3")
        seen = lister.preview(row)["etag"]
        confirm("pleegzorg")
        assert lister.send(as_csv(HEADER, row), if_match=seen).status_code == 412

    def test_one_faulty_row_keeps_out_all(self, lister: Lister) -> None:
        before = lister.changes
        refused = lister.save(lister.row(), lister.row("2027-2", care="Iets anders"))
        assert refused.status_code == 400
        (fault,) = refused.json()["errors"]
        assert fault["pointer"] == "/rows/3/careType"
        assert fault["detail"].startswith("Rij 3, Zorgvorm: Wij weten niet welke zorgvorm dit is.")
        assert lister.changes == before


class TestReading:
    @pytest.mark.parametrize(
        ("area", "code"),
        [
            ("Arnhem", ARNHEM), ("gemeente Arnhem", ARNHEM), ("gm0202", ARNHEM), ("", REGION),
            ("Centraal Gelderland", REGION), ("Jeugdregio Centraal Gelderland", REGION),
        ],
    )  # fmt: skip
    def test_an_area_by_name_or_by_code(self, lister: Lister, area: str, code: str) -> None:
        lister.save(lister.row(area=area))
        (contract,) = lister.get("/contracts").json()["items"]
        assert contract["lines"][0]["area"]["code"] == code

    def test_a_provider_by_name_or_without_the_zeros_in_front(self, lister: Lister) -> None:
        zeros = a_provider(lister.session, agb_code="01234567", name="Zorg Met Nullen")
        header = (*HEADER, "Aanbieder")
        named = (*lister.row("2027-2", agb=""), "jeugdhulp de eik")
        assert lister.faults((*lister.row(agb="1234567"), ""), named, header=header) == {}
        lister.save((*lister.row(agb="1234567"), ""), named, header=header)
        found = {each["provider"]["agbCode"] for each in lister.get("/contracts").json()["items"]}
        assert found == {zeros, lister.provider}

    def test_the_name_that_the_region_confirmed_is_understood(self, lister: Lister) -> None:
        row = lister.row(care="Perceel 3 (wonen)")
        assert lister.preview(row)["unknownProducts"] == ["Perceel 3 (wonen)"]
        said = {"items": [{"name": "Perceel 3 (wonen)", "careType": "gezinshuis"}]}
        lister.client.post(f"/regions/{REGION}/products", json=said, headers=lister.headers)
        assert lister.preview(row)["unknownProducts"] == []
        assert lister.save(row).json()["saved"]

    def test_other_headers_other_separators_and_a_choice(self, lister: Lister) -> None:
        header = ("Contract nr", "AGB", "Perceel", "Gemeente of regio", "Looptijd vanaf", "Geldig tot")
        choices = '{"columns": {"Looptijd vanaf": "validFrom"}}'
        file = as_csv(header, lister.row(), delimiter=",", encoding="cp1252")
        read = {each["header"]: each["field"] for each in lister.send(file, choices, dryRun="true").json()["columns"]}
        assert read == dict(
            zip(header, ("number", "provider", "careType", "area", "validFrom", "validUntil"), strict=True)
        )

    def test_without_the_columns_it_is_no_list(self, lister: Lister) -> None:
        refused = lister.send(as_csv(("Naam", "Kleur"), ("a", "b")))
        assert refused.status_code == 400
        assert refused.json()["type"].endswith("/unreadable-file")


class TestFaults:
    def test_every_fault_of_every_row_at_once(self, lister: Lister) -> None:
        wrong = (
            lister.row(number="", agb="99999999", care="", area="Atlantis", first="volgend jaar"),
            lister.row(agb="abc"),
            lister.row("2027-3", area=AMSTERDAM),
            lister.row("2027-4", care="Jongerenwerk"),
            lister.row("2027-5", first=""),
            lister.row("2027-6", last="1-1-2020"),
            lister.row("2027-7"), lister.row("2027-7"),
        )  # fmt: skip
        assert lister.faults(*wrong) == {
            2: [
                ("Ingangsdatum", "unreadable"), ("AGB-code", "unknown"), ("Contractnummer", "missing"),
                ("Zorgvorm", "missing"), ("Gebied", "unknown"),
            ],
            3: [("AGB-code", "unreadable")],
            4: [("Gebied", "not-allowed")],
            5: [("Zorgvorm", "general")],
            6: [("Ingangsdatum", "missing")],
            7: [("Einddatum", "period")],
            9: [(None, "double")],
        }  # fmt: skip

    def test_rows_of_one_contract_agree_on_its_terms(self, lister: Lister) -> None:
        rows = lister.row(last="31-12-2028"), lister.row(care="pleegzorg", last="31-12-2029")
        assert lister.faults(*rows) == {3: [("Einddatum", "disagrees")]}

    def test_a_contract_that_is_partly_anothers_cannot_be_taken(self, lister: Lister) -> None:
        a_contract(lister.session, lister.provider, (ARNHEM, AMSTERDAM), number="2027-1")
        assert lister.faults(lister.row()) == {2: [("Contractnummer", "not-allowed")]}
        assert _sentence(lister, lister.row()) == "Dit contract geldt nu ook voor een gebied dat niet van u is."

    def test_a_number_that_another_region_uses_is_said_to_be_that(self, lister: Lister) -> None:
        a_contract(lister.session, lister.provider, (AMSTERDAM,), number="2027-1")
        assert _sentence(lister, lister.row()) == (
            "Deze aanbieder heeft al een contract met dit nummer, voor een gebied dat niet van u is."
            " Geef een ander nummer."
        )

    def test_a_number_that_excel_made_a_day_of_is_refused(self, lister: Lister) -> None:
        file = as_workbook(HEADER, (date(2026, 1, 1), *lister.row()[1:]))
        (row,) = lister.send(file, dryRun="true").json()["faultyRows"]
        assert [(fault["column"], fault["detail"]) for fault in row["faults"]] == [
            (
                "Contractnummer",
                "Excel maakte hier een datum van. Maak de cel op als tekst en vul het nummer opnieuw in.",
            )
        ]

    @pytest.mark.parametrize("product", ["-", "026 123 45 67", "x" * 201])
    def test_a_product_that_nobody_can_name_is_not_asked(self, lister: Lister, product: str) -> None:
        previewed = lister.preview(lister.row(care=product), lister.row("2027-2", care="Perceel 3"))
        assert previewed["unknownProducts"] == ["Perceel 3"]
        assert [row["row"] for row in previewed["faultyRows"]] == [2, 3]

    def test_the_table_comes_back_with_what_to_correct(self, lister: Lister) -> None:
        file = as_workbook(("Lijst 2027",), HEADER, lister.row(), lister.row("2027-2", area="Atlantis"))
        back = lister.send(file, dryRun="true", format="xlsx")
        sheet = rows_of(back.content, "Contracten")
        assert sheet[1][-1] == "Wat moet u aanpassen?"
        assert sheet[2][-1] in {None, ""}
        assert sheet[3][-1].startswith("Gebied: Dit gebied kennen wij niet.")


class TestTemplate:
    def test_it_holds_the_own_contracts_and_sent_back_it_changes_nothing(self, lister: Lister) -> None:
        lines = [{"careType": "gezinshuis", "area": REGION}, {"careType": "pleegzorg", "area": ARNHEM}]
        terms: dict[str, Any] = {"validUntil": "2028-12-31", "suspendedFrom": "2027-02-01", "updateTermDays": 14}
        assert lister.add(lines=lines, **terms).status_code == 201
        a_contract(lister.session, lister.other, ("NL",), number="landelijk", scope="national")
        for kind in ("xlsx", "csv"):
            given = lister.get("/contract-imports/template", format=kind)
            assert given.status_code == 200
            back = lister.send(given.content, dryRun="true").json()
            assert _outcomes(back) == {"2026-1": "unchanged"}, back

    @pytest.mark.parametrize("role", ["provider", "local-team", "ret-chair"])
    def test_only_a_manager_keeps_lists(self, lister: Lister, role: str) -> None:
        headers = lister.as_(ARNHEM if role != "provider" else lister.provider, role)
        assert lister.get("/contract-imports/template", headers).status_code == 403
        assert lister.send(b"x", headers=headers).status_code == 403


@pytest.fixture
def statements(lister: Lister) -> Iterator[list[str]]:
    """Every statement that the database is given."""
    given: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        given.append(statement)

    connection = lister.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield given
    event.remove(connection, "before_cursor_execute", note)


@pytest.mark.slow
def test_a_long_list_asks_the_database_no_more_often_than_a_short_one(lister: Lister, statements: list[str]) -> None:
    def asked(count: int, last: str = "") -> int:
        rows = [lister.row(f"{count}-{at}", last=last) for at in range(count)]
        statements.clear()
        assert lister.save(*rows).status_code == 200
        return len(statements)

    assert asked(400) <= asked(2)
    assert asked(400, last="31-12-2028") <= asked(2, last="31-12-2028")


@pytest.mark.slow
def test_ten_thousand_rows_that_name_three_thousand_providers_are_one_list(lister: Lister) -> None:
    """Compared one by one that would be thirty million names."""
    lister.session.execute(
        text("INSERT INTO provider (agb_code, name)"
             " SELECT (91000000 + n)::text, 'Jeugdzorg Locatie ' || n FROM generate_series(0, 2999) AS n")
    )  # fmt: skip
    header = (*HEADER, "Aanbieder")
    rows = [(*lister.row(f"N{at}", agb=""), f"jeugdzorg locatie {at % 3000}") for at in range(10_000)]
    previewed = lister.preview(*rows, header=header)
    assert previewed["counts"]["new"] == 10_000
    assert lister.save(*rows, header=header).json()["counts"] == previewed["counts"]
