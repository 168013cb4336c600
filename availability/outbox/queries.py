"""The SQL of notices, and of where they go. Every look-up is by organisation and role: another's do not exist here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, text, tuple_, update
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from availability.access.identity import Identity
from availability.outbox.tables import CalendarFeed, ContactAddress, NoticeTold, Webhook

_NOTICE = NoticeTold.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it


def _columns(table: type[SQLModel]) -> Any:  # noqa: ANN401 - SQLAlchemy's collection of columns
    return table.__table__.columns  # type: ignore[attr-defined]  # SQLModel does not declare it


def _own(table: type[SQLModel], caller: Identity) -> ColumnElement[bool]:
    columns = _columns(table)
    return and_(columns.organisation == caller.organisation, columns.role == caller.role.value)


def notices(
    session: Session,
    caller: Identity,
    *,
    unread: bool,
    since: datetime | None,
    after: Sequence[Any] | None,
    limit: int,
) -> list[Row[Any]]:
    """The newest first."""
    wanted = [_own(NoticeTold, caller)]
    if unread:
        wanted.append(_NOTICE.c.read_at.is_(None))
    if since is not None:
        wanted.append(_NOTICE.c.told_at >= since)
    if after is not None:
        wanted.append(tuple_(_NOTICE.c.told_at, _NOTICE.c.id) < tuple_(*after))
    newest_first = (_NOTICE.c.told_at.desc(), _NOTICE.c.id.desc())
    return list(session.execute(select(*_NOTICE.columns).where(*wanted).order_by(*newest_first).limit(limit)))


def count_unread(session: Session, caller: Identity) -> int:
    statement = select(func.count()).where(_own(NoticeTold, caller), _NOTICE.c.read_at.is_(None))
    return session.execute(statement).scalar_one()


def mark_read(session: Session, caller: Identity, ids: Sequence[UUID]) -> list[UUID]:
    """Those that were unread; the others keep the moment at which they were read."""
    unread = and_(_own(NoticeTold, caller), _NOTICE.c.id.in_(ids), _NOTICE.c.read_at.is_(None))
    statement = update(_NOTICE).where(unread).values(read_at=func.now()).returning(_NOTICE.c.id)
    return list(session.execute(statement).scalars())


Kept = type[ContactAddress] | type[Webhook] | type[CalendarFeed]
"""What an organisation keeps about how it is told."""


def keep(session: Session, kept: Kept, caller: Identity, **values: Any) -> Row[Any]:  # noqa: ANN401 - per column
    """Raises IntegrityError when there is one just like it."""
    own = {"organisation": caller.organisation, "role": caller.role.value}
    return session.execute(insert(kept).values(**own, **values).returning(*_columns(kept))).one()


def kept_by(session: Session, kept: Kept, caller: Identity) -> list[Row[Any]]:
    """All of them, oldest first."""
    columns = _columns(kept)
    return list(session.execute(select(*columns).where(_own(kept, caller)).order_by(columns.made_at, columns.id)))


def find_kept(session: Session, kept: Kept, caller: Identity, wanted: UUID) -> Row[Any] | None:
    statement = select(*_columns(kept)).where(_own(kept, caller), _columns(kept).id == wanted)
    return session.execute(statement).one_or_none()


def forget(session: Session, kept: Kept, caller: Identity, unwanted: UUID) -> bool:
    """Whether there was one. What was on its way there goes with it."""
    statement = delete(kept).where(_own(kept, caller), _columns(kept).id == unwanted).returning(_columns(kept).id)
    return session.execute(statement).one_or_none() is not None


MOST_SECRETS = 3
"""Former secrets of one webhook that count at once."""

_RENEW = text("""
    WITH replaced AS (SELECT id, secret FROM webhook WHERE id = :webhook FOR UPDATE),
        kept AS (
            INSERT INTO former_secret (webhook_id, secret, ends_at)
            SELECT id, secret, now() + CAST(:counts AS interval) FROM replaced
            RETURNING ends_at
        ),
        renewed AS (UPDATE webhook SET secret = :secret WHERE id = :webhook)
    SELECT ends_at FROM kept
""")

_END_SECRETS = text("UPDATE former_secret SET ends_at = now() WHERE webhook_id = :webhook AND ends_at > now()")

_COUNTING = text("SELECT count(*) FROM former_secret WHERE webhook_id = :webhook AND ends_at > now()")


def secrets_counting(session: Session, webhook: UUID) -> int:
    """How many former secrets of this webhook count still."""
    return int(session.execute(_COUNTING, {"webhook": webhook}).scalar_one())


def renew_secret(session: Session, webhook: UUID, secret: str, counts: timedelta) -> datetime:
    """Replace the secret. The one of before counts a while yet; for no time: then all before it end now too."""
    if not counts:
        session.execute(_END_SECRETS, {"webhook": webhook})
    renewed = session.execute(_RENEW, {"webhook": webhook, "secret": secret, "counts": counts})
    ends_at: datetime = renewed.scalar_one()
    return ends_at


def feed_of(session: Session, digest: str) -> Row[Any] | None:
    """Whose calendar it is, by the digest of its secret."""
    columns = _columns(CalendarFeed)
    return session.execute(select(*columns).where(columns.digest == digest)).one_or_none()
