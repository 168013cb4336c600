"""The SQL of waits: what became of every referral, what was counted before, and what is learnt of both.

A wait begins when the provider received the form, and ends at the start of help (the begin date of the 305). A referral
that was refused or never answered was on no list and says nothing of it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.cases.standing import STANDING
from availability.supply.queries import UPDATE_TERM
from matcher.case_events import EventKind
from matcher.suppression import SMALLEST_SHOWN
from matcher.turnover import REMEMBERED_DAYS

REFERRED_WITHIN_DAYS = 2 * REMEMBERED_DAYS
"""Who was referred longer ago and still waits is on no list that says something of today's."""


def _kinds(*kinds: EventKind) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


_PLACED = _kinds(EventKind.STARTED, EventKind.DIRECT_PLACEMENT)
_ON_THE_LIST = _kinds(EventKind.REFERRAL_ACCEPTED, EventKind.NETWORK_CONFIRMED)
_TURNED_DOWN = _kinds(EventKind.REFERRAL_REFUSED, EventKind.NETWORK_DECLINED, EventKind.NO_ANSWER)
_LEFT = _kinds(EventKind.REFERRAL_WITHDRAWN, EventKind.ACCEPTANCE_WITHDRAWN)
_OVER = _kinds(EventKind.WITHDRAWN, EventKind.ENDED)

COURSE = f"""
    WITH {STANDING},
    course AS (
        SELECT referral.id, referral.offer_id, referral.sent_on,
            min(day) FILTER (WHERE kind = '{EventKind.STARTED}' AND own) AS own_start,
            min(day) FILTER (WHERE kind = '{EventKind.STARTED}' AND about) AS a_start,
            min(day) FILTER (WHERE kind = '{EventKind.ALLOCATION_SENT}' AND about) AS allocated_on,
            min(day) FILTER (WHERE kind IN ({_LEFT}) AND own OR kind IN ({_OVER}, {_PLACED}) AND NOT own) AS over_on,
            bool_or(kind IN ({_ON_THE_LIST}) AND own) AS on_the_list,
            bool_or(kind IN ({_TURNED_DOWN}) AND own) AS turned_down
        FROM referral
        JOIN happened ON happened.care_request_id = referral.care_request_id AND happened.day >= referral.sent_on
        CROSS JOIN LATERAL (
            SELECT happened.referral_id IS NOT DISTINCT FROM referral.id AS own,
                coalesce(happened.referral_id = referral.id,
                    coalesce(happened.party, referral.provider_agb) = referral.provider_agb) AS about
        ) whose
        WHERE referral.offer_id IS NOT NULL AND referral.sent_on > :today - {REFERRED_WITHIN_DAYS}
          AND (CAST(:provider AS text) IS NULL OR referral.provider_agb = :provider)
        GROUP BY referral.id
    ),
    waited AS (
        SELECT course.*, started_on, least(coalesce(started_on, over_on), :today) AS until
        FROM course
        CROSS JOIN LATERAL (SELECT coalesce(own_start, CASE WHEN on_the_list THEN a_start END) AS started_on) starts
        WHERE (started_on IS NOT NULL OR NOT coalesce(turned_down, false))
          AND (started_on IS NULL OR started_on <= :today)
    )
"""  # noqa: S608 - from constants
"""`waited`: one row per referral that was on a list. A start that names no referral is about the provider it names, or
about any; then it counts where the child was accepted."""

_REFERRALS = text(f"""
    {COURSE}
    SELECT waited.offer_id, offer.care_type_code, membership.region_code, waited.started_on IS NOT NULL AS started,
        said.intake_wait_days + said.treatment_wait_days AS stated, waited.until - waited.sent_on AS waited,
        CASE WHEN waited.until < :today THEN :today - waited.until ELSE 0 END AS ended_days_ago
    FROM waited
    JOIN offer ON offer.id = waited.offer_id
    JOIN location ON location.id = offer.location_id
    LEFT JOIN region_membership membership
        ON membership.municipality_code = location.municipality_code AND membership.valid @> CAST(:today AS date)
    JOIN LATERAL (
        SELECT intake_wait_days, treatment_wait_days FROM capacity_statement said
        WHERE said.offer_id = waited.offer_id
          AND said.stated_at < (waited.sent_on + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
        ORDER BY said.id DESC LIMIT 1
    ) said ON true
    ORDER BY waited.offer_id
""")  # noqa: S608 - from constants

_COUNTS = text(f"""
    SELECT said.offer_id, offer.care_type_code, membership.region_code, said.total_places AS places,
        :today - CAST(said.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS days_ago,
        said.started_last_90_days + coalesce(said.withdrawn_last_90_days, 0) AS gone
    FROM capacity_statement said
    JOIN offer ON offer.id = said.offer_id
    JOIN location ON location.id = offer.location_id
    LEFT JOIN region_membership membership
        ON membership.municipality_code = location.municipality_code AND membership.valid @> CAST(:today AS date)
    WHERE said.started_last_90_days IS NOT NULL
      AND said.stated_at > (CAST(:today AS date) - {REMEMBERED_DAYS}) AT TIME ZONE 'Europe/Amsterdam'
    ORDER BY said.offer_id, said.id DESC
""")  # noqa: S608 - from constants

_KEEP = text("""
    INSERT INTO learnt_wait AS kept (offer_id, realised_wait, realised_spread, late_days, left_before, over_days)
    SELECT * FROM unnest(
        CAST(:offer_id AS bigint[]), CAST(:realised_wait AS real[]), CAST(:realised_spread AS real[]),
        CAST(:late_days AS real[]), CAST(:left_before AS real[]), CAST(:over_days AS real[]))
    ON CONFLICT (offer_id) DO UPDATE SET
        realised_wait = excluded.realised_wait, realised_spread = excluded.realised_spread,
        late_days = excluded.late_days, left_before = excluded.left_before, over_days = excluded.over_days,
        learnt_at = now()
    WHERE (kept.realised_wait, kept.realised_spread, kept.late_days, kept.left_before, kept.over_days)
        IS DISTINCT FROM (excluded.realised_wait, excluded.realised_spread, excluded.late_days, excluded.left_before,
                          excluded.over_days)
""")
"""Only what changed is written: every written row is read again by every board."""

_FORGET = text("DELETE FROM learnt_wait WHERE offer_id <> ALL (CAST(:offer_id AS bigint[]))")

_NEWS = text(f"""
    INSERT INTO clockwork_mark (work, position)
    SELECT 'waits', concat_ws(' ', CAST(:today AS date), max(id))
    FROM case_event WHERE kind IN ('{EventKind.STARTED}', '{EventKind.CORRECTED}')
    ON CONFLICT (work) DO UPDATE SET position = excluded.position, at = now()
    WHERE clockwork_mark.position <> excluded.position
    RETURNING work
""")  # noqa: S608 - from constants


def referrals(session: Session, today: date) -> Sequence[Row[Any]]:
    """Every referral of the last two years that was on a list while a wait was stated."""
    return session.execute(_REFERRALS, {"today": today, "provider": None}).all()


def counts(session: Session, today: date) -> Sequence[Row[Any]]:
    """The counts in every statement of the last year."""
    return session.execute(_COUNTS, {"today": today}).all()


def keep(session: Session, learnt: dict[str, list[Any]]) -> None:
    """Columns of `learnt_wait`; what is known of other offers is forgotten."""
    session.execute(_KEEP, learnt)
    session.execute(_FORGET, {"offer_id": learnt["offer_id"]})


def is_news(session: Session, today: date) -> bool:
    """Whether a day began or a child started since this was last asked."""
    return session.execute(_NEWS, {"today": today}).first() is not None


# --- what a provider gets back -------------------------------------------------------------------------------------

_OWN_OFFERS = text(f"""
    SELECT offer.id, offer.name, offer.care_type_code, location.place, said.stated_at,
        CASE WHEN said.id IS NOT NULL
            THEN :today - CAST(said.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) END AS age_days,
        {UPDATE_TERM} AS update_term,
        said.intake_wait_days + said.treatment_wait_days AS stated_wait_days,
        learnt.realised_wait AS realised_wait_days, learnt.late_days
    FROM offer
    JOIN location ON location.id = offer.location_id
    LEFT JOIN current_capacity ON current_capacity.offer_id = offer.id
    LEFT JOIN capacity_statement said ON said.id = current_capacity.statement_id
    LEFT JOIN learnt_wait learnt ON learnt.offer_id = offer.id
    WHERE offer.provider_agb = :provider
      AND offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :today
    ORDER BY offer.name, offer.id
""")  # noqa: S608 - ours

_EVER_OFFERED = text("SELECT id, care_type_code FROM offer WHERE provider_agb = :provider")

# Per case only its newest ranking counts: a worker who looks again has not a second child. Whether a contract ran is
# told by the candidates that were kept, not by its dates of now. A day counts whole, or not at all.
_QUESTIONS = text("""
    WITH area AS (
        SELECT line.care_type_code, coalesce(member.municipality_code, line.area_code) AS municipality
        FROM contract JOIN contract_line line ON line.contract_id = contract.id
        LEFT JOIN region_membership member
            ON member.region_code = line.area_code AND member.valid @> CAST(:until AS date)
        WHERE contract.provider_agb = :provider
        UNION
        SELECT offer.care_type_code, served.municipality_code
        FROM served_area served JOIN offer ON offer.id = served.offer_id WHERE offer.provider_agb = :provider
    ),
    newest AS (
        SELECT DISTINCT ON (care_request_id)
            id, ranked_at, CAST(ranked_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS day
        FROM ranking
        WHERE ranked_at >= CAST(:since AS date)::timestamp AT TIME ZONE 'Europe/Amsterdam'
          AND ranked_at < (CAST(:until AS date) + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
          AND EXISTS (
            SELECT FROM area WHERE area.municipality IN ('NL', ranking.question ->> 'municipality')
              AND ranking.question -> 'care_types' ? area.care_type_code)
        ORDER BY care_request_id, ranked_at DESC
    ),
    numbered AS (SELECT id, day, row_number() OVER (ORDER BY ranked_at DESC, id) AS number FROM newest),
    reach AS (
        SELECT coalesce(max(day) FILTER (WHERE number > :most) + 1, CAST(:since AS date)) AS since FROM numbered
    )
    SELECT ranking.question, ranking.candidates, ranking.today, ranking.as_of, ranking.weights_version, reach.since
    FROM numbered JOIN reach ON numbered.day >= reach.since JOIN ranking USING (id)
    ORDER BY numbered.number
""").execution_options(yield_per=50)

_STARTS = text(f"""
    {COURSE}
    SELECT waited.offer_id, waited.started_on, waited.until - waited.sent_on AS waited_days,
        CASE WHEN allocated_on <= started_on THEN started_on - allocated_on END AS after_allocation_days,
        said.intake_wait_days + said.treatment_wait_days AS stated_wait_days
    FROM waited
    JOIN LATERAL (
        SELECT intake_wait_days, treatment_wait_days FROM capacity_statement said
        WHERE said.offer_id = waited.offer_id
          AND said.stated_at < (waited.sent_on + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
        ORDER BY said.id DESC LIMIT 1
    ) said ON true
    WHERE started_on > :today - {REMEMBERED_DAYS}
    ORDER BY waited.offer_id, started_on DESC, waited.id
""")  # noqa: S608 - from constants


def offers_of(session: Session, provider: str, today: date) -> Sequence[Row[Any]]:
    """The provider's published offers, what holds of each and what was learnt of it."""
    return session.execute(_OWN_OFFERS, {"provider": provider, "today": today}).all()


def ever_offered(session: Session, provider: str) -> dict[int, str]:
    """The care type of each of its offers, also of those that ended."""
    return {row.id: row.care_type_code for row in session.execute(_EVER_OFFERED, {"provider": provider})}


def questions_around(session: Session, provider: str, since: date, until: date, most: int) -> Iterator[Row[Any]]:
    """The stored rankings of these days for care that the provider is contracted for, where it is; one per case, newest
    first. Of more than `most` only the newest whole days: `since` in each row is the first of them."""
    asked = {"provider": provider, "since": since, "until": until, "most": most}
    return iter(session.execute(_QUESTIONS, asked))


def starts_of(session: Session, provider: str, today: date) -> Sequence[Row[Any]]:
    """Every start of the past year that we know of, newest first per offer."""
    return session.execute(_STARTS, {"provider": provider, "today": today}).all()


# --- for oversight -------------------------------------------------------------------------------------------------

_PER_CARE_TYPE = text(f"""
    {COURSE}
    SELECT offer.care_type_code, count(*) AS starts,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY said.wait_days))::int AS stated_wait_days,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY waited.until - waited.sent_on))::int AS realised_wait_days
    FROM waited
    JOIN offer ON offer.id = waited.offer_id
    JOIN referral ON referral.id = waited.id
    JOIN care_request ON care_request.id = referral.care_request_id
    JOIN region_membership membership
        ON membership.municipality_code = care_request.municipality_code AND membership.valid @> CAST(:today AS date)
    JOIN LATERAL (
        SELECT intake_wait_days + treatment_wait_days AS wait_days FROM capacity_statement said
        WHERE said.offer_id = waited.offer_id
          AND said.stated_at < (waited.sent_on + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
        ORDER BY said.id DESC LIMIT 1
    ) said ON true
    WHERE started_on > :today - {REMEMBERED_DAYS} AND membership.region_code = :region
    GROUP BY offer.care_type_code HAVING count(*) >= {SMALLEST_SHOWN}
    ORDER BY offer.care_type_code
""")  # noqa: S608 - from constants


def stated_against_realised(session: Session, region: str, today: date) -> Sequence[Row[Any]]:
    """Per care type with five or more starts in the past year of a region's own children, wherever the help is: the
    stated and the real wait, in the middle. Only starts: who still waits would make the real one longer."""
    return session.execute(_PER_CARE_TYPE, {"region": region, "today": today, "provider": None}).all()
