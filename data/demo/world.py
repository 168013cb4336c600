"""A whole world: made from a plan as columns, then written noun by noun."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from availability.access import loading as access
from availability.access.tables import DemoAccount
from availability.cases import loading as cases
from availability.contacts import loading as contacts
from availability.guarantees import loading as guarantees
from availability.products import loading as products
from availability.protection_tables import loading as protection_tables
from availability.referrals import loading as referrals
from availability.supply import loading as supply
from availability.waits.learning import learn
from data.demo.accounts import make_accounts, make_institutions
from data.demo.cases import make_cases
from data.demo.coming_of_age import make_ages
from data.demo.contacts import make_contacts
from data.demo.contracts import make_contracts
from data.demo.ground import Ground, read_ground
from data.demo.guarantees import make_guarantees
from data.demo.history import make_history
from data.demo.lives import make_lives
from data.demo.locations import make_locations
from data.demo.network import make_network
from data.demo.offers import make_offers
from data.demo.past_searches import make_past_searches
from data.demo.past_steps import make_past_steps
from data.demo.plan import SEED, WORLDS, Plan
from data.demo.products import make_products
from data.demo.protection_tables import make_table_statements
from data.demo.providers import make_providers
from data.demo.served_areas import make_served_areas
from data.demo.statements import make_statements


@dataclass(frozen=True)
class World:
    """Every noun as columns, with the table's column names; some carry more, for whoever wants to look."""

    ground: Ground
    providers: pd.DataFrame
    locations: pd.DataFrame
    contracts: pd.DataFrame
    contract_lines: pd.DataFrame
    offers: pd.DataFrame
    served_areas: pd.DataFrame
    statements: pd.DataFrame
    current: pd.DataFrame
    institutions: pd.DataFrame
    cases: pd.DataFrame
    past_cases: pd.DataFrame
    forms: pd.DataFrame
    referrals: pd.DataFrame
    events: pd.DataFrame
    accounts: pd.DataFrame
    ages: pd.DataFrame
    past_steps: pd.DataFrame
    searched_cases: pd.DataFrame
    searched_forms: pd.DataFrame
    searched_referrals: pd.DataFrame
    searched_events: pd.DataFrame
    living_cases: pd.DataFrame
    living_forms: pd.DataFrame
    living_referrals: pd.DataFrame
    living_events: pd.DataFrame
    routes: pd.DataFrame
    brokers: pd.DataFrame
    registers: pd.DataFrame
    contacts: pd.DataFrame
    network_members: pd.DataFrame
    network_requests: pd.DataFrame
    network_referrals: pd.DataFrame
    network_events: pd.DataFrame
    options: pd.DataFrame
    table_statements: pd.DataFrame
    products: pd.DataFrame
    guarantees: pd.DataFrame


def make_world(plan: Plan) -> World:
    """No database, no clock: the same plan makes the same world."""
    country = read_ground(plan.today)
    ground = country.within(plan.regions)
    providers = make_providers(ground, country, plan)
    locations = make_locations(providers, country, plan)
    offers = make_offers(providers, locations, ground, plan)
    agreed = make_contracts(providers, offers, country, plan)
    said = make_statements(offers, providers, ground, plan)
    past = make_history(ground, offers, locations, said.statements, plan)
    institutions = make_institutions()
    plain = make_cases(ground, institutions, plan)
    searched = make_past_searches(ground, offers, agreed, institutions, plan)
    lives = make_lives(ground, offers, agreed, institutions, plan)
    register = make_contacts(ground, plan)
    network = make_network(lives, offers, agreed, said, plan)
    return World(
        ground,
        providers,
        locations,
        agreed.contracts,
        agreed.lines,
        offers,
        make_served_areas(offers, locations, country, plan),
        said.statements,
        said.current,
        institutions,
        plain,
        past.cases,
        past.forms,
        past.referrals,
        past.events,
        make_accounts(providers, institutions),
        make_ages([plain, past.cases, searched.cases], searched.events, plan.today),
        make_past_steps(past, ground, plan),
        searched.cases,
        searched.forms,
        searched.referrals,
        searched.events,
        lives.cases,
        lives.forms,
        lives.referrals,
        lives.events,
        lives.routes,
        lives.brokers,
        register.registers,
        register.contacts,
        network.members,
        network.requests,
        network.referrals,
        network.events,
        network.options,
        make_table_statements(plan.regions, plan),
        make_products(plan),
        make_guarantees(plan),
    )


def write_world(session: Session, world: World, progress: Callable[[float], None] = lambda _: None) -> dict[str, int]:
    """Into tables without supply, in the session's transaction. Answers how many rows each noun has."""
    steps: tuple[tuple[str, Callable[[Session, pd.DataFrame], int], pd.DataFrame], ...] = (
        ("providers", supply.write_providers, world.providers),
        ("locations", supply.write_locations, world.locations),
        ("contracts", supply.write_contracts, world.contracts),
        ("contract lines", supply.write_contract_lines, world.contract_lines),
        ("offers", supply.write_offers, world.offers),
        ("served areas", supply.write_served_areas, world.served_areas),
        ("statements", supply.write_statements, world.statements),
        ("current", supply.write_current, world.current),
        ("institutions", access.write_institutions, world.institutions),
        ("accounts", access.write_accounts, world.accounts),
        ("routes", cases.write_routes, world.routes),
        ("care brokers", cases.write_brokers, world.brokers),
        ("cases", cases.write_cases, world.cases),
        ("living cases", cases.write_cases, world.living_cases),
        ("past cases", cases.write_cases, world.past_cases),
        ("searched cases", cases.write_cases, world.searched_cases),
        ("forms", referrals.write_forms, world.forms),
        ("referrals", referrals.write_referrals, world.referrals),
        ("events", cases.write_events, world.events),
        ("ages", cases.write_events, world.ages),
        ("past steps", cases.write_events, world.past_steps),
        ("searched forms", referrals.write_forms, world.searched_forms),
        ("searched referrals", referrals.write_referrals, world.searched_referrals),
        ("searched events", cases.write_events, world.searched_events),
        ("living forms", referrals.write_forms, world.living_forms),
        ("living referrals", referrals.write_referrals, world.living_referrals),
        ("living events", cases.write_events, world.living_events),
        ("network members", referrals.write_members, world.network_members),
        ("network requests", referrals.write_network_requests, world.network_requests),
        ("network referrals", referrals.write_referrals, world.network_referrals),
        ("network events", cases.write_events, world.network_events),
        ("options", referrals.write_options, world.options),
        ("contact registers", contacts.write_registers, world.registers),
        ("contacts", contacts.write_contacts, world.contacts),
        ("table statements", protection_tables.write_table_statements, world.table_statements),
        ("product names", products.write_products, world.products),
        ("guarantees", guarantees.write_guarantees, world.guarantees),
    )
    rows = sum(len(columns) for _, _, columns in steps)
    counts: dict[str, int] = {}
    for name, write, columns in steps:
        counts[name] = write(session, columns)
        progress(MADE + (1 - MADE) * sum(counts.values()) / rows)
    counts["refusals"] = referrals.write_refusals(session)
    supply.settle(session)
    return counts


MADE = 0.12
"""How far we are when the columns are made and nothing is written yet."""


def load_world(
    session: Session,
    world: str = "region",
    *,
    offers: int | None = None,
    seed: int = SEED,
    today: date,
    progress: Callable[[float], None] = lambda _: None,
) -> dict[str, int]:
    """Make a world and write it; `progress` hears how far it is, from 0 to 1. Answers how many rows each noun has."""
    made = make_world(WORLDS[world].at(today, seed, offers))
    progress(MADE)
    counts = write_world(session, made, progress)
    learn(session, today)
    return counts


def demo_accounts(session: Session) -> list[DemoAccount]:
    """The people to be in the demo, in the order in which they are listed."""
    return list(session.scalars(select(DemoAccount).order_by(col(DemoAccount.sort))))
