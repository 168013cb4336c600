"""The promises of the database, said as a person would: constraint → refusal.

Messages judge the input first; a constraint speaks only when two requests meet, or when a message forgot something.
"""

from availability.refusals import Conflict, Fault, Invalid, Refusal


def _wrong(pointer: str, detail: str) -> tuple[type[Refusal], str, tuple[Fault, ...]]:
    return Invalid, "De invoer klopt niet.", (Fault(pointer, detail),)


def _meets(detail: str) -> tuple[type[Refusal], str, tuple[Fault, ...]]:
    return Conflict, detail, ()


PUT_TO_OTHERS = ("enrolment_form", "referral", "refusal", "place_option", "network_request", "ret_registration")
"""What is made of a case when it is put to somebody."""

CONSTRAINTS: dict[str, tuple[type[Refusal], str, tuple[Fault, ...]]] = {
    "ck_capacity_statement_places": _wrong("/totalPlaces", "Geef bij plekken getallen van 0 tot en met 100000."),
    "ck_capacity_statement_open_places": _wrong(
        "/openPlaces", "Vrij is meer dan er over is: totaal min bezet min gereserveerd."
    ),
    "ck_capacity_statement_waits": _wrong("/intakeWaitDays", "Geef bij wachttijden 0 tot en met 3650 dagen."),
    "ck_capacity_statement_counts": _wrong("/waitingCount", "Geef bij aantallen getallen van 0 tot en met 100000."),
    "ck_capacity_statement_source": _wrong("", "De herkomst van de opgave is onbekend."),
    "fk_capacity_statement_offer_id_offer": _meets("Dit aanbod bestaat niet meer."),
    "uq_capacity_statement_idempotency": _meets("Deze Idempotency-Key is al gebruikt voor een andere opgave."),
    "ck_care_request_urgency": _wrong("/urgency", "Kies regular of urgent."),
    "ck_care_request_birth_month": _wrong("/birthMonth", "Geef een maand als jjjj-mm."),
    "ck_care_request_status": _wrong("/status", "Kies open, started of closed."),
    "ck_care_request_siblings": _wrong("/siblings", "Geef 0 tot en met 12."),
    "fk_care_request_municipality_code_municipality": _wrong("/municipality", "Deze gemeente kennen wij niet."),
    "fk_care_request_pc4_postcode": _wrong("/pc4", "Deze postcode kennen wij niet."),
    "ck_guarantee_version_subject": _wrong("/careType", "Kies een zorgvorm, of een groep van zorgvormen."),
    "ck_guarantee_version_ages": _wrong("/ageUntil", "De hoogste leeftijd ligt onder de laagste."),
    "ck_guarantee_version_reach": _wrong("/reach", "Kies municipality, region, neighbours of country."),
    "ck_guarantee_version_max_km": _wrong("/maxKm", "Geef 1 tot en met 400 km."),
    "ck_guarantee_version_places": _wrong("/places", "Geef 1 tot en met 100 plekken."),
    "ck_guarantee_version_within_days": _wrong("/withinDays", "Geef 0 tot en met 365 dagen."),
    "ck_guarantee_version_period": _wrong("/validUntil", "De laatste dag ligt vóór de eerste."),
    "fk_guarantee_version_region_code_youth_region": _meets("Deze jeugdregio bestaat niet meer."),
    "fk_guarantee_version_care_type_code_care_type": _wrong("/careType", "Deze zorgvorm kennen wij niet."),
    "ck_contact_register_update_term_days": _wrong("/updateTermDays", "Geef 1 tot en met 730 dagen."),
    "fk_contact_register_region_code_youth_region": _meets("Deze jeugdregio bestaat niet meer."),
    "ck_contact_kind": _wrong("/kind", "Deze soort contact kennen wij niet."),
    "ck_contact_reachable": _wrong("", "Geef een telefoonnummer, een e-mailadres of een website."),
    "fk_contact_municipality_code_municipality": _wrong("/municipality", "Deze gemeente kennen wij niet."),
    "fk_contact_region_code_youth_region": _meets("Deze jeugdregio bestaat niet meer."),
    "uq_contact_name": _meets("Deze contactpersoon staat al in het register."),
    "ck_case_event_kind": _wrong("/kind", "Deze gebeurtenis kennen wij niet."),
    "ck_case_event_values": _wrong("", "Wat bij de gebeurtenis hoort, klopt niet."),
    "ck_case_event_idempotency": _wrong("Idempotency-Key", "Stuur bij een sleutel ook de inhoud mee."),
    "uq_case_event_idempotency": _meets("Deze Idempotency-Key is al gebruikt voor iets anders. Neem een nieuwe."),
    "fk_case_event_care_request_id_care_request": _meets("Deze casus bestaat niet meer."),
    "fk_case_note_event_id_case_event": _meets("Deze gebeurtenis bestaat niet meer."),
    "fk_case_event_refers_to_case_event": _wrong("/refersTo", "Deze gebeurtenis bestaat niet."),
    "ck_council_target_indicator": _wrong("/targets", "Voor dit cijfer is geen doel mogelijk."),
    "ck_council_target_value": _wrong("/targets", "Geef een doel van 0 tot en met 100000."),
    "fk_council_target_region_code_youth_region": _meets("Deze jeugdregio bestaat niet meer."),
    "ck_contract_scope": _wrong("/scope", "Kies local, regional, supraregional of national."),
    "ck_contract_period": _wrong("/validUntil", "De laatste dag ligt vóór de eerste."),
    "ck_contract_suspension": _wrong("/suspendedUntil", "Zeg vanaf en tot welke dag het contract is opgeschort."),
    "ck_contract_update_term": _wrong("/updateTermDays", "Geef 1 tot en met 366 dagen."),
    "ck_contract_answer_term": _wrong("/answerTermDays", "Geef 1 tot en met 5 werkdagen."),
    "fk_contract_provider_agb_provider": _wrong("/provider", "Deze aanbieder kennen wij niet."),
    "uq_contract_provider_agb_number": _meets("Deze aanbieder heeft al een contract met dit nummer."),
    "ck_contract_line_area_code": _wrong("/lines", "Geef een gemeente (GM0202), een regio (JZ28) of NL."),
    "fk_contract_line_contract_id_contract": _meets("Dit contract bestaat niet meer."),
    "fk_contract_line_care_type_code_care_type": _wrong("/lines", "Deze zorgvorm kennen wij niet."),
    "ck_contract_change_source": _wrong("", "De herkomst van de wijziging is onbekend."),
    "fk_contract_change_contract_id_contract": _meets("Dit contract bestaat niet meer."),
    "uq_contract_change_contract_id_version": _meets("Iemand anders was u voor. Haal het contract opnieuw op."),
    "ck_offer_ages": _wrong("/ageUntil", "De hoogste leeftijd ligt onder de laagste."),
    "ck_offer_genders": _wrong("/genders", "Kies minstens één."),
    "ck_offer_setting": _wrong("/setting", "Deze plek van hulp kennen wij niet."),
    "ck_offer_travels_km": _wrong("/travelsKm", "Geef 0 tot en met 400 km."),
    "ck_offer_publication": _wrong("/publishedUntil", "De laatste dag ligt vóór de eerste."),
    "ck_offer_needs": _wrong("/excludes", "Dit kenmerk staat ook bij waar u op bent ingericht."),
    "fk_offer_provider_agb_provider": _meets("Deze aanbieder kennen wij niet."),
    "fk_offer_location_id_location": _wrong("/locationId", "Deze locatie bestaat niet."),
    "fk_offer_care_type_code_care_type": _wrong("/careType", "Deze zorgvorm kennen wij niet."),
    "fk_served_area_offer_id_offer": _meets("Dit aanbod bestaat niet meer."),
    "fk_served_area_municipality_code_municipality": _wrong("/municipalities", "Deze gemeente kennen wij niet."),
    "fk_location_provider_agb_provider": _meets("Deze aanbieder kennen wij niet."),
    "fk_location_pc4_postcode": _wrong("/pc4", "Deze postcode kennen wij niet."),
    "fk_location_municipality_code_municipality": _wrong("/pc4", "Deze gemeente kennen wij niet."),
    "fk_region_product_region_code_youth_region": _meets("Deze jeugdregio kennen wij niet."),
    "fk_region_product_care_type_code_care_type": _wrong("/careType", "Deze zorgvorm kennen wij niet."),
    "fk_protection_table_statement_region_code_youth_region": _meets("Deze jeugdregio kennen wij niet."),
    "fk_ranking_care_request_id_care_request": _meets("Deze casus bestaat niet meer."),
    **dict.fromkeys(
        (f"fk_{table}_care_request_id_care_request" for table in PUT_TO_OTHERS), _meets("Deze casus bestaat niet meer.")
    ),
    **dict.fromkeys(
        (f"fk_{table}_form_id_enrolment_form" for table in ("referral", "network_request", "ret_registration")),
        _meets("Dit aanmeldformulier bestaat niet meer."),
    ),
    **dict.fromkeys(
        (f"fk_{table}_offer_id_offer" for table in ("referral", "refusal", "place_option")),
        _wrong("/offerId", "Dit aanbod kennen wij niet."),
    ),
    **dict.fromkeys(
        (f"fk_{table}_provider_agb_provider" for table in ("referral", "refusal", "network_member")),
        _meets("Deze aanbieder kennen wij niet."),
    ),
    **dict.fromkeys(
        (f"fk_{table}_referral_id_referral" for table in ("refusal", "place_option")),
        _meets("Deze aanmelding bestaat niet meer."),
    ),
    **dict.fromkeys(
        (f"fk_{table}_region_code_youth_region" for table in ("network_member", "network_request", "ret_registration")),
        _meets("Deze jeugdregio kennen wij niet."),
    ),
    "fk_referral_contract_id_contract": _meets("Dit contract bestaat niet meer."),
    "fk_referral_network_request_id_network_request": _meets("Deze vraag aan het netwerk bestaat niet meer."),
    "fk_ret_registration_ranking_id_ranking": _wrong("/rankingId", "Deze rangschikking is er niet."),
    "ck_referral_put_to": _wrong("/offerId", "Kies een aanbod."),
    "ck_refusal_number": _wrong("", "Het nummer van de afwijzing klopt niet."),
    "ck_place_option_ended": _wrong("", "Een optie die voorbij is, zegt ook hoe."),
    "ck_place_option_ended_how": _wrong("", "Een optie is vrijgegeven, gebruikt of verlopen."),
    "ck_network_member_period": _wrong("/members", "De laatste dag ligt vóór de eerste."),
    "uq_place_option_running": _meets("Voor deze casus wordt bij dit aanbod al een plek vastgehouden."),
    "uq_referral_network_member": _meets("Deze aanbieder is al gevraagd."),
    "fk_refusal_event_id_case_event": _meets("Deze gebeurtenis bestaat niet meer."),
    "uq_refusal_event_id": _meets("Deze aanmelding is al afgewezen."),
    "ck_contact_address_email": _wrong("/email", "Geef een e-mailadres, zoals intake@organisatie.nl."),
    "uq_contact_address_email": _meets("Dit e-mailadres staat er al."),
    "uq_webhook_url": _meets("Deze webhook is er al."),
    "uq_calendar_feed_digest": _meets("Probeer het opnieuw."),
}
"""The family, the sentence and the field; a test holds that no constraint that input can reach is missing."""


def refusal_by(constraint: str) -> Refusal | None:
    """What a person is told when this constraint says no; None when nobody could have asked for it."""
    if constraint not in CONSTRAINTS:
        return None
    family, sentence, faults = CONSTRAINTS[constraint]
    return family(sentence, faults)
