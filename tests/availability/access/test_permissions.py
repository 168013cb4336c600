from time import time

import pytest

from availability.access.identity import Identity, Role
from availability.access.messages import ROLE_NAMES
from availability.access.permissions import PERMISSIONS, Action, Relation, allowed, require
from availability.refusals import NotAllowed


def _caller(role: Role) -> Identity:
    return Identity("abc", role, "GM0202", time() + 60)


def test_every_action_is_in_the_table_and_every_role_has_a_name() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert set(ROLE_NAMES) == set(Role)


def test_every_action_may_be_done_by_somebody() -> None:
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_a_nearer_relation_has_every_right_of_a_wider_one(action: Action, role: Role) -> None:
    rights = [allowed(_caller(role), action, relation) for relation in Relation]
    assert rights == sorted(rights, reverse=True)


def test_a_provider_states_its_own_capacity_and_nobody_elses() -> None:
    provider = _caller(Role.PROVIDER)
    require(provider, Action.STATE_CAPACITY, Relation.OWN)
    with pytest.raises(NotAllowed):
        require(provider, Action.STATE_CAPACITY, Relation.REGION)


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.CONTRACT_MANAGER, Role.ADMIN])
def test_who_is_never_a_party_never_sees_a_case(role: Role) -> None:
    assert not allowed(_caller(role), Action.SEE_CASE, Relation.OWN)


def test_nobody_sees_the_case_of_another_without_being_a_party_of_it() -> None:
    assert not any(allowed(_caller(role), Action.SEE_CASE, Relation.REGION) for role in Role)
