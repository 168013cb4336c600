"""Keeping capacity up to date by spreadsheet: template out, file in, preview, and all of it or nothing."""

import csv
import json
import sys
import time
from typing import Any

import pytest
from sqlalchemy import insert

from availability.intake.upload import LARGEST_FILE
from availability.supply.tables import Offer
from tests.availability.builders import a_location, a_provider, a_statement, an_offer
from tests.availability.intake.planner import CSV, XLSX, Planner, as_csv, as_workbook, rows_of
from tests.conftest import Token

pytestmark = pytest.mark.slow


def with_column(rows: list[list[Any]], column: str, values: dict[int, object]) -> bytes:
    """The template with other values in a column, per offer."""
    at = rows[0].index(column)
    return as_workbook(*([*row[:at], values.get(row[0], row[at]), *row[at + 1 :]] for row in rows))


@pytest.fixture
def sheet(planner: Planner) -> list[list[Any]]:
    return rows_of(planner.template().content)


class TestTemplate:
    def test_it_holds_the_own_offers_with_what_holds_now(self, planner: Planner, sheet: list[list[Any]]) -> None:
        assert [row[0] for row in sheet[1:]] == [planner.never, planner.willows, planner.anchor]
        filled = dict(zip(sheet[0], sheet[2], strict=True))
        assert (filled["Aanbod"], filled["Plaats"]) == ("Gezinshuis De Wilgen", "Arnhem")
        assert (filled["Totaal"], filled["Vrij"], filled["Opnamestop"]) == (12, 2, "nee")
        assert filled["Versie"] == planner.versions[planner.willows]

    def test_an_offer_without_a_statement_is_left_blank(self, sheet: list[list[Any]]) -> None:
        assert set(sheet[1][3:]) == {None}

    def test_sent_back_unchanged_it_confirms_what_holds(self, planner: Planner) -> None:
        sent = planner.send(planner.template().content)
        assert sent.status_code == 200, sent.text
        assert sent.json()["counts"] == {"changed": 0, "first": 0, "unchanged": 2, "empty": 1, "faulty": 0}
        assert planner.current(planner.willows)["source"] == "confirmation"
        assert planner.current(planner.willows)["note"] == "- twee groepen"

    def test_as_csv_it_is_the_same(self, planner: Planner) -> None:
        written = planner.template(format="csv")
        assert written.headers["content-type"] == "text/csv; charset=utf-8"
        assert written.content.startswith("\ufeffAanbod-id;Aanbod;Plaats;Totaal;".encode())
        assert planner.send(written.content).json()["counts"]["unchanged"] == 2

    def test_no_text_in_it_is_a_formula(self, planner: Planner) -> None:
        an_offer(planner.session, planner.provider, name='=HYPERLINK("http://x";"klik")')
        (evil,) = [row for row in rows_of(planner.template().content) if "HYPERLINK" in str(row[1])]
        assert evil[1].startswith("'=")
        assert ";'- twee groepen;" in planner.template(format="csv").content.decode("utf-8-sig")

    def test_it_explains_every_column(self, planner: Planner, sheet: list[list[Any]]) -> None:
        explained = {row[0]: row[1] for row in rows_of(planner.template().content, "Uitleg") if len(row) > 1}
        assert all(explained[header] for header in sheet[0])


class TestSaving:
    def test_what_changed_is_stated_and_what_did_not_is_confirmed(
        self, planner: Planner, sheet: list[list[Any]]
    ) -> None:
        before = planner.statements, planner.audited
        sent = planner.send(with_column(sheet, "Vrij", {planner.willows: 1}))
        assert sent.json()["saved"] is True
        assert planner.current(planner.willows)["openPlaces"] == 1
        assert planner.current(planner.willows)["source"] == "import"
        assert planner.current(planner.anchor)["source"] == "confirmation"
        assert (planner.statements, planner.audited) == (before[0] + 2, before[1] + 2)

    def test_a_preview_says_old_and_new_and_saves_nothing(self, planner: Planner, sheet: list[list[Any]]) -> None:
        before = planner.statements, planner.audited
        previewed = planner.preview(with_column(sheet, "Vrij", {planner.willows: 1}))
        (row,) = [each for each in previewed["rows"] if each["outcome"] == "changed"]
        assert (row["row"], row["offerId"], row["offer"]) == (3, planner.willows, "Gezinshuis De Wilgen")
        assert row["changes"] == [{"field": "openPlaces", "column": "Vrij", "was": 2, "becomes": 1}]
        assert previewed["saved"] is False
        assert (planner.statements, planner.audited) == before

    def test_one_faulty_row_keeps_all_out(self, planner: Planner, sheet: list[list[Any]]) -> None:
        before = planner.statements
        refused = planner.send(with_column(sheet, "Vrij", {planner.willows: 1, planner.anchor: 99}))
        assert refused.status_code == 400
        assert refused.json()["detail"] == "Er is niets opgeslagen. Kijk 1 rij na, en stuur het bestand opnieuw."
        (fault,) = refused.json()["errors"]
        assert fault["pointer"] == "/rows/4/openPlaces"
        assert fault["detail"].startswith("Rij 4, Vrij: Vrij (99) is meer dan er over is: totaal 12 min bezet 9")
        assert planner.statements == before

    def test_a_column_that_is_not_there_stays_as_it_is(self, planner: Planner) -> None:
        planner.send(as_csv(["Aanbod-id", "Wachtend"], [planner.willows, 7]))
        now = planner.current(planner.willows)
        assert (now["waitingCount"], now["totalPlaces"], now["note"]) == (7, 12, "- twee groepen")

    def test_an_emptied_cell_is_unknown_and_an_emptied_number_is_missing(
        self, planner: Planner, sheet: list[list[Any]]
    ) -> None:
        assert planner.faults(with_column(sheet, "Opmerking", {planner.willows: None})) == {}
        assert planner.faults(with_column(sheet, "Totaal", {planner.willows: None})) == {3: [("Totaal", "missing")]}

    def test_a_first_statement_needs_every_number(self, planner: Planner) -> None:
        short = as_csv(["Aanbod-id", "Totaal", "Bezet", "Gereserveerd", "Vrij"], [planner.never, 8, 8, 0, 0])
        assert [code for _, code in planner.faults(short)[2]] == ["missing"] * 3
        header = ["Aanbod-id", "Totaal", "Bezet", "Gereserveerd", "Vrij", "Intake", "Start", "Stop"]
        sent = planner.send(as_csv(header, [planner.never, 8, 8, 0, 0, "2 weken", 30, "ja"]))
        assert sent.json()["counts"]["first"] == 1
        assert planner.current(planner.never)["intakeWaitDays"] == 14

    def test_the_body_may_be_the_file_itself(self, planner: Planner) -> None:
        file = as_csv(["Aanbod-id", "Vrij"], [planner.willows, 0])
        headers = planner.headers | {"Content-Type": CSV}
        assert planner.client.post("/capacity-imports", content=file, headers=headers).status_code == 200
        assert planner.current(planner.willows)["openPlaces"] == 0


class TestSomebodyElse:
    def test_a_row_that_changed_meanwhile_is_a_fault_of_that_row(
        self, planner: Planner, sheet: list[list[Any]]
    ) -> None:
        a_statement(
            planner.session, planner.anchor, total_places=5, occupied_places=5, reserved_places=0, open_places=0
        )
        assert planner.faults(with_column(sheet, "Vrij", {planner.willows: 1})) == {4: [("Versie", "changed")]}

    def test_a_first_statement_by_another_is_not_overwritten(self, planner: Planner, sheet: list[list[Any]]) -> None:
        figures = {"Totaal": 4, "Bezet": 4, "Gereserveerd": 0, "Vrij": 0}
        figures |= {"Wachttijd intake (dagen)": 1, "Wachttijd start (dagen)": 1}
        sheet[1] = [figures.get(header, cell) for header, cell in zip(sheet[0], sheet[1], strict=True)]
        a_statement(planner.session, planner.never)
        assert planner.faults(as_workbook(*sheet)) == {2: [("Versie", "stated-already")]}

    def test_what_is_saved_is_what_was_previewed(self, planner: Planner) -> None:
        file = as_csv(["Aanbod-id", "Vrij"], [planner.willows, 1])
        previewed = planner.preview(file)
        a_statement(planner.session, planner.willows)
        assert planner.send(file, if_match=previewed["etag"]).status_code == 412
        assert planner.send(file, if_match=planner.preview(file)["etag"]).status_code == 200

    def test_an_offer_of_another_provider_is_unknown(self, planner: Planner) -> None:
        anothers = an_offer(planner.session, a_provider(planner.session))
        a_statement(planner.session, anothers)
        faults = planner.faults(as_csv(["Aanbod-id", "Vrij"], [anothers, 1]))
        assert faults == {2: [("Aanbod-id", "unknown-offer")]}

    @pytest.mark.parametrize("role", ["local-team", "contract-manager", "official"])
    def test_who_has_no_places_has_no_template(self, planner: Planner, token: Token, role: str) -> None:
        headers = {"Authorization": token(role, "GM0202")}
        assert planner.client.get("/capacity-imports/template", headers=headers).status_code == 403
        assert planner.client.post("/capacity-imports", content=b"niets", headers=headers).status_code == 403

    def test_an_administrator_says_whose_file_it_is(self, planner: Planner, token: Token) -> None:
        path, headers = "/capacity-imports/template", {"Authorization": token("admin", "-")}
        assert planner.client.get(path, headers=headers).json()["errors"][0]["pointer"] == "?provider"
        found = planner.client.get(path, headers=headers, params={"provider": planner.provider, "format": "csv"})
        assert b"Gezinshuis De Wilgen" in found.content

    def test_a_provider_cannot_say_it_is_another(self, planner: Planner) -> None:
        assert planner.template(provider="41000001").status_code == 403


class TestAskedBack:
    def test_an_unlikely_jump_is_a_question(self, planner: Planner, sheet: list[list[Any]]) -> None:
        file = with_column(sheet, "Totaal", {planner.willows: 300})
        assert planner.faults(file) == {3: [("Totaal", "unlikely-jump")]}
        refused = planner.send(file)
        assert refused.status_code == 409
        assert refused.json()["errors"][0]["detail"].startswith("Rij 3, Totaal: Het totaal gaat van 12 naar 300.")
        assert planner.send(file, choices='{"confirmed": true}').status_code == 200
        assert planner.current(planner.willows)["totalPlaces"] == 300

    def test_a_name_that_is_only_alike_is_a_proposal(self, planner: Planner) -> None:
        file = as_csv(["Aanbod", "Plaats", "Vrij"], ["Gezinshuis de Wilg", "Arnhem", 1])
        previewed = planner.preview(file)
        (row,) = previewed["rows"]
        assert row["faults"][0]["detail"].startswith("Bedoelt u Gezinshuis De Wilgen in Arnhem?")
        assert row["proposals"][0]["offerId"] == planner.willows
        assert planner.send(file).status_code == 400
        confirmed = json.dumps({"offers": [{"row": 2, "offerId": planner.willows}]})
        assert planner.send(file, choices=confirmed).status_code == 200
        assert planner.current(planner.willows)["openPlaces"] == 1

    def test_the_very_name_and_place_need_no_question(self, planner: Planner) -> None:
        file = as_csv(["Aanbod", "Plaats", "Vrij"], ["gezinshuis  DE WILGEN", "arnhem", 1])
        assert planner.preview(file)["counts"]["changed"] == 1

    def test_two_of_the_same_name_are_told_apart_by_a_human(self, planner: Planner) -> None:
        location = a_location(planner.session, planner.provider)
        an_offer(planner.session, planner.provider, location, name="Gezinshuis De Wilgen")
        file = as_csv(["Aanbod", "Plaats", "Vrij"], ["Gezinshuis De Wilgen", "Arnhem", 1])
        (row,) = planner.preview(file)["rows"]
        assert row["faults"][0]["code"] == "ambiguous-offer"
        assert len(row["proposals"]) == 2

    def test_a_column_may_be_named_by_who_sends_it(self, planner: Planner) -> None:
        file = as_csv(["Aanbod-id", "Kamertjes", "Vrij"], [planner.willows, 13, 2])
        assert [each["how"] for each in planner.preview(file)["columns"]] == ["name", "ignored", "name"]
        choices = json.dumps({"columns": {"Kamertjes": "totalPlaces"}})
        (row,) = planner.preview(file, choices)["rows"]
        assert row["changes"] == [{"field": "totalPlaces", "column": "Totaal", "was": 12, "becomes": 13}]

    @pytest.mark.parametrize(
        "choices", ["{", '{"columns": {"Vrij": "geheim"}}', '{"offers": [{"row": 0}]}', '{"confirmed": "ja"}']
    )
    def test_choices_that_cannot_be_read_are_refused(self, planner: Planner, choices: str) -> None:
        refused = planner.send(as_csv(["Aanbod-id", "Vrij"], [planner.willows, 1]), choices=choices)
        assert refused.status_code == 400
        assert refused.json()["errors"]


class TestCorrections:
    def test_the_table_comes_back_with_what_to_correct(self, planner: Planner) -> None:
        sent = as_workbook(
            ["Overzicht van onze plekken"],
            [],
            ["Aanbod-id", "Aanbod", "Vrij", "Plek vanaf"],
            [planner.willows, "Gezinshuis De Wilgen", 1, None],
            [planner.anchor, "Logeeropvang Het Anker", "veel", "gauw"],
        )
        answer = planner.send(sent, dryRun="true", format="xlsx")
        assert answer.headers["content-type"] == XLSX
        rows = rows_of(answer.content, "Sheet")
        assert rows[0][0] == "Overzicht van onze plekken"
        assert rows[2][4] == "Wat moet u aanpassen?"
        assert rows[3][2:] == [1, None, None]
        assert rows[4][4] == "Vrij: Geef een heel getal.\nPlek vanaf: Geef een datum, bijvoorbeeld 1-12-2026."

    def test_what_was_sent_does_not_come_back_as_a_formula(self, planner: Planner) -> None:
        sent = as_csv(["Aanbod-id", "Vrij", "Opmerking"], [planner.willows, "x", "=1+1"])
        rows = rows_of(planner.send(sent, dryRun="true", format="xlsx").content)
        assert rows[1][2] == "'=1+1"

    def test_corrected_it_can_be_sent_again(self, planner: Planner) -> None:
        sent = as_workbook(["Aanbod-id", "Vrij"], [planner.willows, "een"])
        rows = rows_of(planner.send(sent, dryRun="true", format="xlsx").content, "Sheet")
        rows[1][1] = 1
        assert planner.send(as_workbook(*rows)).json()["counts"]["changed"] == 1

    def test_it_is_only_for_a_preview(self, planner: Planner) -> None:
        answer = planner.send(as_csv(["Aanbod-id", "Vrij"], [planner.willows, 1]), format="xlsx")
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "?format")


FILLED_IN = {"Totaal": 8, "Bezet": 6, "Gereserveerd": 0, "Vrij": 2, "Opnamestop": "nee"} | {
    "Wachttijd intake (dagen)": 10,
    "Wachttijd start (dagen)": 20,
}


@pytest.mark.slow
def test_ten_thousand_rows_are_previewed_and_saved(planner: Planner, capsys: pytest.CaptureFixture[str]) -> None:
    _give_offers(planner, 9_997)
    began = time.perf_counter()
    assert planner.template().status_code == 200
    told = [f"sjabloon xlsx {time.perf_counter() - began:.1f} s"]
    header, *rows = csv.reader(planner.template(format="csv").content.decode("utf-8-sig").splitlines(), delimiter=";")
    filled: list[list[object]] = [
        [*header],
        *([FILLED_IN.get(name, cell) for name, cell in zip(header, row, strict=True)] for row in rows),
    ]
    as_text = as_csv(*filled)
    for what, file, query in (
        ("voorbeeld csv", as_text, {"dryRun": "true"}),
        ("voorbeeld xlsx", as_workbook(*filled), {"dryRun": "true"}),
        ("opslaan csv", as_text, {}),
    ):
        began = time.perf_counter()
        counts = planner.send(file, **query).json()["counts"]
        told.append(f"{what} {time.perf_counter() - began:.1f} s")
        assert counts == {"changed": 2, "first": 9_998, "unchanged": 0, "empty": 0, "faulty": 0}
    assert planner.statements == 10_002
    with capsys.disabled():
        sys.stdout.write(f"\n10.000 rijen: {', '.join(told)}\n")


def _give_offers(planner: Planner, count: int) -> None:
    location = a_location(planner.session, planner.provider)
    shape = {"provider_agb": planner.provider, "location_id": location, "care_type_code": "gezinshuis"}
    shape |= {"setting": "family", "published_from": "2020-01-01"}
    planner.session.execute(insert(Offer), [{**shape, "name": f"Gezinshuis {number}"} for number in range(count)])


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"geen formulier"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n1\r\n--x--'),
        ("multipart/form-data; boundary=x; charset=onzin", b"--x\r\n\r\n--x--"),
        ("application/json", b"{}"),
    ],
)
def test_a_form_that_cannot_be_read_is_a_sentence(planner: Planner, kind: str, body: bytes) -> None:
    answer = planner.client.post("/capacity-imports", content=body, headers=planner.headers | {"Content-Type": kind})
    assert answer.status_code == 400
    assert answer.json()["detail"].endswith(".")


def test_a_file_that_is_too_large_is_not_read_to_its_end(planner: Planner) -> None:
    headers = planner.headers | {"Content-Type": CSV}
    answer = planner.client.post("/capacity-imports", content=b"a" * (LARGEST_FILE + 1), headers=headers)
    assert answer.status_code == 413
