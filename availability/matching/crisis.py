"""Crisis stands outside the routes: a child in danger gets a phone number, not a ranking.

Who to call: jeugdhulp and ggz have a regional crisis service; for the safety of people there is Veilig Thuis, day and
night on 0800-2000 (veiligthuis.nl). After that the directors place directly (regional agreement).
"""

import orjson

CRISIS_ROUTES: dict[str, bytes] = {
    "nl": orjson.dumps(
        {
            "text": "Dit is een crisis. Bel nu; wacht niet op een aanmelding.",
            "contacts": [
                {"when": "Er is direct gevaar.", "who": "Alarmnummer", "phone": "112"},
                {
                    "when": "Iemand is niet veilig thuis.",
                    "who": "Crisisteam van Veilig Thuis",
                    "phone": "0800-2000",
                },
                {
                    "when": "Een jeugdige is in crisis en heeft direct hulp nodig.",
                    "who": "Crisisdienst van uw jeugdregio",
                    "phone": None,
                },
            ],
        }
    ),
    "en": orjson.dumps(
        {
            "text": "This is a crisis. Call now; do not wait for a referral.",
            "contacts": [
                {"when": "There is immediate danger.", "who": "Emergency number", "phone": "112"},
                {
                    "when": "Somebody is not safe at home.",
                    "who": "Crisis team of Veilig Thuis",
                    "phone": "0800-2000",
                },
                {
                    "when": "A young person is in crisis and needs help at once.",
                    "who": "Crisis service of your youth region",
                    "phone": None,
                },
            ],
        }
    ),
}
