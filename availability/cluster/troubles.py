"""What can go wrong with the private database server, as sentences that say what to do."""

from pathlib import Path


class ClusterTrouble(Exception):
    """The private server cannot be used; the text says why and what helps."""


class PostgresMissing(ClusterTrouble):
    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL is niet gevonden op deze computer. Typ: make install. "
            "Hebt u al een server? Zet dan ZORG_DATABASE_URL."
        )


class PostgisMissing(ClusterTrouble):
    def __init__(self, version: int) -> None:
        super().__init__(f"PostGIS ontbreekt bij PostgreSQL {version}. Typ: make install.")


class NoServerUser(ClusterTrouble):
    def __init__(self, user: str) -> None:
        super().__init__(
            f"PostgreSQL draait niet als root, en de gebruiker {user} bestaat niet. "
            "Typ: make install. Of werk als gewone gebruiker."
        )


class NamelessUser(ClusterTrouble):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"Gebruiker {number} heeft geen naam op deze computer; PostgreSQL kan dan niet starten. "
            "Voeg de gebruiker toe, of zet ZORG_DATABASE_URL."
        )


class ForeignOwner(ClusterTrouble):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"De map {folder} is van een andere gebruiker. "
            f"Werk als die gebruiker, of verwijder de map: sudo rm -rf {folder}"
        )


class OtherVersion(ClusterTrouble):
    def __init__(self, made_with: str, installed: str) -> None:
        super().__init__(
            f"De database is gemaakt met PostgreSQL {made_with}; hier staat PostgreSQL {installed}. "
            f"Installeer versie {made_with}, of begin opnieuw: make demo ARGS=--fresh"
        )


class NotACluster(ClusterTrouble):
    def __init__(self, data: Path) -> None:
        super().__init__(f"In {data} staat geen hele database. Begin opnieuw: make demo ARGS=--fresh")


class StillInUse(ClusterTrouble):
    def __init__(self) -> None:
        super().__init__(
            "De database van deze map is nog in gebruik door een ander zorg-commando of een test. Stop dat eerst."
        )


class ProgramFailed(ClusterTrouble):
    """A program of PostgreSQL gave up; its own last words help whoever looks further."""

    def __init__(self, what: str, last_words: str, log: Path | None = None) -> None:
        where = f" Meer staat in {log}." if log else ""
        ending = "\n".join(last_words.strip().splitlines()[-8:])
        super().__init__(
            f"{what} is mislukt.{where} Opnieuw beginnen kan met: make demo ARGS=--fresh\n"
            f"Laatste regels van PostgreSQL:\n{ending}"
        )
