"""Invented names, visibly so: whimsical enough that no provider carries them, plain enough to read a page of them.

Whoever doubts looks at the code or the address. AGB codes begin with the two digits of a kind of care, and those are
handed out from 01: a code in `00` is well-formed and belongs to nobody. Websites and e-mail end in `.example`, which no
one can register (RFC 2606).
"""

import numpy as np
import pandas as pd

from data.demo.chance import Column, Rng

ADJECTIVES = """
Fluitende Wakkere Zingende Dansende Koperen Blauwe Zilveren Ruisende Dromende Vrolijke Gestreepte Gouden Groene
Houten Kleurige Lachende Mosgroene Nieuwsgierige Oranje Paarse Rode Stille Warme Witte Zachte Zonnige Glazen Gele
Vlijtige Gespikkelde Fluwelen Kristallen Rustige Tevreden Vliegende Wandelende Zwevende Geduldige Moedige Rieten
Bonte Ronde Heldere Lichte Stoere Trotse Kalme Dappere Drijvende Wuivende Zijden Glimmende Kabbelende Luisterende
Spelende Springende Stralende
"""

DE_NOUNS = """
Wilg Merel Beuk Otter Zwaluw Kastanje Hommel Libel Vlinder Egel Uil Bever Reiger Kievit Linde Els Esdoorn Den Spar
Eik Berk Populier Hazelaar Klaproos Zonnebloem Margriet Korenbloem Vos Haas Das Eekhoorn Marter Dolfijn Snoek
Kikker Salamander Brug Molen Poort Toren Vuurtoren Lantaarn Klok Sleutel Ladder Veerpont Roeiboot Kano Vlieger
Trommel Harp Fluit Viool Kaars Ster Komeet Maan Wolk Regenboog Zeester Schelp Parel Duin Heuvel Beek Bron Kade Tuin
Boomgaard Moestuin Wei Akker Kwikstaart Wielewaal Nachtegaal Putter Sijs Leeuwerik Grutto Wulp Ooievaar Kraanvogel
Pelikaan IJsvogel Specht Roodborst
"""
HET_NOUNS = """
Anker Kompas Hert Lam Veulen Kuiken Eiland Nest Baken Venster Zeil Palet Kasteel Prieel Roer Schip Vlot Wiel
Madeliefje Viooltje Vergeetmijnietje Winterkoninkje Puttertje Bootje Bruggetje Trapje Treintje Weiland Bos Strand
Riet Duinpad Tuinpad Kompasroosje
"""

THINGS = [f"De {{}} {noun}" for noun in DE_NOUNS.split()] + [f"Het {{}} {noun}" for noun in HET_NOUNS.split()]
HOUSES = [thing.replace("{} ", "") for thing in THINGS]


def invented(rng: Rng, patterns: Column, places: Column) -> Column:
    """One name for each pattern ("Gezinshuis {}"); the place is added once the thousands of names are used up."""
    adjectives, things = np.array(ADJECTIVES.split(), object), np.array(THINGS, object)
    every, row = len(adjectives) * len(things), np.arange(len(patterns))
    slots = rng.permutation(every)[row % every]
    parts = zip(patterns, adjectives[slots % len(adjectives)], things[slots // len(adjectives)], strict=True)
    names = pd.Series([pattern.format(thing.format(adjective)) for pattern, adjective, thing in parts], dtype=object)
    names = names.where(row < every, names + " " + places)
    again = names.groupby(names).cumcount()
    return names.where(again == 0, names + " " + (again + 1).astype(str)).to_numpy(object)


def houses(rng: Rng, n: int) -> Column:
    """Names for buildings and groups: "De Merel", "Het Anker"."""
    return np.array(HOUSES, object)[rng.integers(0, len(HOUSES), n)]


def addresses(names: Column) -> pd.Series:
    """A domain that cannot exist, from a name."""
    plain = pd.Series(names, dtype="str").str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii")
    return plain.str.lower().str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-") + ".example"


def agb_codes(n: int, first: int) -> Column:
    """Eight digits in the block `00`, which nobody is given."""
    return np.array([f"{code:08d}" for code in range(first, first + n)], object)
