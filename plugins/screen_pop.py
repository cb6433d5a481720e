"""Looking up who calls in the customer files of a business, while the telephone rings: briefly."""

import asyncio
import logging
from dataclasses import dataclass

from domain.crm.ports import CrmProvider, OnFile
from domain.scope import Scope
from domain.work import UnitsOfWork
from plugins.providers import Providers
from tenants.service import job_scope

log = logging.getLogger(__name__)

JOB = "screen_pop"
# Seconds by which an answer may come later because of this.
BUDGET = 0.3


@dataclass(frozen=True)
class ScreenPop:
    """Implements `CustomerFiles`; made once per process."""

    unit_of_work: UnitsOfWork
    providers: Providers
    budget: float = BUDGET

    async def who_calls(self, scope: Scope, phone: str) -> OnFile | None:
        """The one who has this number; never raises, never takes long."""
        try:
            async with asyncio.timeout(self.budget):
                return await self._ask(scope, phone)
        except TimeoutError:
            log.info("A customer file was too slow for a call")
        except Exception as fault:
            log.warning("A customer file was not asked: %s", type(fault).__name__)
        return None

    async def _ask(self, scope: Scope, phone: str) -> OnFile | None:
        work = await job_scope(scope.tenant_id, JOB)
        port: type[CrmProvider] = CrmProvider  # type: ignore[type-abstract]
        async with self.unit_of_work(work, read_only=True) as uow:
            chosen = await self.providers.of(uow, port)
        asked = (one.provider.find(phone, "") for one in chosen)
        answers = await asyncio.gather(*asked, return_exceptions=True)
        for one, answer in zip(chosen, answers, strict=True):
            if isinstance(answer, BaseException):
                log.warning("%s was not asked: %s", one.plugin, type(answer).__name__)
        told = [answer for answer in answers if not isinstance(answer, BaseException)]
        found = [each for answer in told for each in answer]
        named = {each.name.casefold(): each for each in found if each.name}
        # A telephone that several people share tells nobody's name.
        return next(iter(named.values())) if len(named) == 1 else None
