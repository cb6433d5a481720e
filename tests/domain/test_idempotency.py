"""The same request twice has one effect, and one answer."""

import asyncio
from dataclasses import replace

import pytest

from domain.idempotency import InProgress, KeyReused, earlier_answer, remember_answer
from domain.scope import Actor, ActorKind

BODY = {"to": "Anna", "words": "Call me"}


async def carry_out(unit_of_work, scope, key="k1", body=BODY, answer="done"):
    """What a mutation does: claim the key, act, and keep the answer, in one transaction."""
    async with unit_of_work(scope) as uow:
        earlier = await earlier_answer(uow, key, body)
        if earlier is not None:
            return earlier, False
        await remember_answer(uow, key, {"result": answer})
        return {"result": answer}, True


async def test_the_second_request_gets_the_first_answer(unit_of_work, scope):
    await carry_out(unit_of_work, scope, answer="first")
    assert await carry_out(unit_of_work, scope, answer="second") == ({"result": "first"}, False)


async def test_racing_requests_have_one_effect_and_one_answer(unit_of_work, scope):
    racing = [carry_out(unit_of_work, scope, answer=str(number)) for number in range(8)]
    outcomes = await asyncio.gather(*racing)
    assert sum(acted for _, acted in outcomes) == 1
    assert len({answer["result"] for answer, _ in outcomes}) == 1


async def test_a_key_with_another_request_is_refused(unit_of_work, scope):
    await carry_out(unit_of_work, scope)
    with pytest.raises(KeyReused):
        await carry_out(unit_of_work, scope, body=BODY | {"words": "Never call me"})


async def test_the_order_of_words_in_a_request_does_not_matter(unit_of_work, scope):
    await carry_out(unit_of_work, scope)
    _, acted = await carry_out(unit_of_work, scope, body=dict(reversed(BODY.items())))
    assert not acted


async def test_another_actor_may_use_the_same_key(unit_of_work, scope):
    await carry_out(unit_of_work, scope)
    other = replace(scope, actor=Actor(ActorKind.KEY, "another"))
    assert (await carry_out(unit_of_work, other))[1]


async def test_another_tenant_may_use_the_same_key(unit_of_work, scope, other_scope):
    await carry_out(unit_of_work, scope)
    assert (await carry_out(unit_of_work, other_scope))[1]


async def test_a_request_that_failed_may_be_tried_again(unit_of_work, scope):
    with pytest.raises(RuntimeError):
        async with unit_of_work(scope) as uow:
            await earlier_answer(uow, "k1", BODY)
            raise RuntimeError("the printer is on fire")
    assert (await carry_out(unit_of_work, scope))[1]


async def test_a_request_without_an_answer_is_not_carried_out_again(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await earlier_answer(uow, "k1", BODY)
    with pytest.raises(InProgress):
        await carry_out(unit_of_work, scope)
