# Made from pascom_facade/_async/cdr.py by `python -m scripts.unasync`: edit that file.
"""The CDR as one iterator: every record once, although the instance has no paging.

It takes a time range and truncates its answer (100 rows unless asked, at most 1000; vendor page, public facts B). So
the range that is wanted is divided into stretches, each of which is asked for until its answer is complete.

1. The first question is without a range. A short answer is all there is. A truncated one shows the pace of calls, and
   in which order rows come.
2. How times are to be written is not published, so one way after the other is tried on calls that the first answer
   had: the one is right that brings just these.
3. From there on, stretches are as wide as one answer can be expected to bring whole; two are under way while the caller
   works. A complete answer is a page. A truncated one is a page up to its last rows only if the instance was seen to
   sort by nothing but the beginning of calls; in any other order any row may be missing, so it is discarded and a
   shorter range is asked for.
4. One that takes no notice of ranges is asked by position, if its document has parameters for that (`cdr_positions`).
5. An instance that keeps the other end of what it truncates is walked the other way around, and its pages are turned.

Each page has milliseconds of its own: nothing twice, nothing between. Each answer is checked against the calls that are
known: none from outside its range, none missing, not empty where calls are. What fails is asked again, then found out
anew, and then an error.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Callable
from contextlib import closing
from itertools import pairwise
from math import inf
from time import time
from typing import TYPE_CHECKING, Any

from ..answers import Answer
from ..cdr import Call, read_calls
from ..cdr_habits import DEFAULT_ROWS, TOO_MANY, UNCLEAR, Knowledge, clock_offset
from ..cdr_options import TimeFormat, formats
from ..cdr_plan import Plan
from ..cdr_positions import NoPositions, Positions, hours_back
from ..cdr_proof import Proof
from ..cdr_query import Page, Query, Reply, contradiction, is_refusal, one_moment, read_reply
from ..cdr_stretch import Doubt, NoRanges, Stretch, Turned
from ..errors import AnsweredWithError, PascomError, TooManyCalls, UnexpectedAnswer
from ._concurrency import cancel_all, result_of, sleep, start
from .cdr_positions import pages_by_position

if TYPE_CHECKING:
    from ._concurrency import Running

Fetch = Callable[[dict[str, Any]], Answer]

HELD = 16
"""Pages that are kept in memory to be given the other way around."""
DAY = 86_400_000


def calls(query: Query, knowledge: Knowledge, fetch: Fetch, retries: int) -> Iterator[Call]:
    """Every record of the query once."""
    left = query.limit
    with closing(Walk(query, knowledge, fetch, retries).pages()) as pages:
        for page in pages:
            picked = query.take(page)
            for call in picked[:left]:
                yield call
            if left is not None and (left := left - len(picked)) <= 0:
                return


class Walk:
    """From the near end of a query's range to the far one."""

    ahead = 2
    """Answers that are fetched while the caller works."""

    def __init__(self, query: Query, knowledge: Knowledge, fetch: Fetch, retries: int) -> None:
        self._query, self._knowledge, self._fetch, self._retries = query, knowledge, fetch, retries
        self._filters: dict[str, Any] = {}
        self._rows = knowledge.options.rows
        self._any = False
        """Whether there are calls at all, as far as seen."""

    def pages(self) -> Generator[Page]:
        """In order. Raises TooManyCalls where records would be lost."""
        first, last = self._query.first, self._query.last
        doubted = False
        while True:
            try:
                with closing(self._pages(first, last)) as pages:
                    for page in pages:
                        yield page
                        if self._query.newest_first:
                            last = page.first - 1
                        else:
                            first = page.last + 1
                return
            except NoRanges as none:
                if self._knowledge.other_way():
                    continue
                reply = self._without_ranges(none.refused)
                yield Page(reply.answer, first, last)
                return
            except Doubt as doubt:
                if doubted or doubt.late:
                    raise contradiction(doubt.reply) from None
                doubted = True
                self._knowledge.forget()

    def _pages(self, first: float, last: float) -> Generator[Page]:
        if first > last:
            return
        reply = None
        if not self._remembered():
            reply = self._survey()
            if not reply.stamps and self._any:
                raise contradiction(reply)
            if self._all_there_is(reply):
                yield Page(reply.answer, first, last)
                return
            if page := self._enough(reply, first, last):
                yield page
            if self._first_rows() < self._rows and not self._filters:  # too few to plan with
                reply = self._survey(self._rows)
            if self._knowledge.by_position:
                with closing(self._by_position(first, last, reply)) as pages:
                    for page in pages:
                        yield page
                return
        habits = self._knowledge.habits
        for turned in ("oldest" if habits.keeps == "newest" else "newest", "any", None):
            try:
                with closing(self._ways(first, last, reply)) as pages:
                    for page in pages:
                        yield page
                return
            except Turned:
                habits.keeps, self._knowledge.kept_whole = turned, False
        raise contradiction(reply or self._survey())

    # The first answer

    def _remembered(self) -> bool:
        """Whether enough is known to ask for ranges at once."""
        habits = self._knowledge.habits
        wanted = self._query.filters
        if all(habits.filters.get(name) for name in wanted):
            self._filters = wanted
        return habits.format is not None and self._enough_by_plan() and all(name in habits.filters for name in wanted)

    def _enough_by_plan(self) -> bool:
        """Whether the newest calls aren't had for less without a range."""
        query = self._query
        return query.limit is None or query.last < inf or not query.newest_first

    def _first_rows(self) -> int:
        """A few calls are no reason for a large answer. (Some more, as the last rows aren't relied on.)"""
        limit = self._query.limit
        if limit is None or self._query.user is not None or self._query.filters:
            return self._rows
        return min(self._rows, max(limit + limit // 10 + 2, DEFAULT_ROWS))

    def _survey(self, rows: int | None = None) -> Reply:
        """An answer without a range; with the filters, if these turn out to hold before it is cut."""
        rows = rows or self._first_rows()
        reply = self._ask(None, -inf, inf, rows)
        if self._filters:
            return reply
        if not reply.stamps:  # it may be a mistake
            reply = self._ask(None, -inf, inf, rows)
        self._knowledge.learn(reply.stamps, rows)
        if not self._query.filters or self._all_there_is(reply):
            return reply
        return self._filtered(reply)

    def _filtered(self, every: Reply) -> Reply:
        """Find out whether the instance filters before it cuts: then calls come that were not among those without."""
        query, knowledge = self._query, self._knowledge
        habits, self._filters = knowledge.habits, query.filters
        try:
            reply = self._ask(None, -inf, inf, self._rows)
            rows = read_calls(reply.answer)
            fresh = len(set(reply.stamps) - set(every.stamps)) > 5 + len(every.stamps) // 50
        except AnsweredWithError as error:
            if not is_refusal(error):
                raise
            rows, fresh = [], False
        for name in query.filters:
            if not all(query.matches(name, call) for call in rows):
                habits.filters[name] = fresh = False
                knowledge.tell(f"the instance takes no notice of {name}: more is fetched than needed")
        if fresh:
            habits.filters |= dict.fromkeys(query.filters, True)
            return reply
        self._filters = {}
        return every

    def _all_there_is(self, reply: Reply) -> bool:
        size = len(reply.stamps)
        if self._knowledge.whole(size, self._first_rows(), 0):
            return True
        self._knowledge.learn_order(read_calls(reply.answer))
        return False

    def _enough(self, reply: Reply, first: float, last: float) -> Page | None:
        """The newest calls, if a few are wanted and nothing hints at others between them."""
        query, stamps = self._query, reply.stamps
        if query.limit is None or not query.newest_first or self._knowledge.habits.keeps != "newest":
            return None
        page = Page(reply.answer, max(first, stamps[-1] + 1), last)
        wanted = query.take(page)
        if len(wanted) < query.limit or stamps != sorted(stamps, reverse=True):
            return None
        times = [int(time() * 1000), *stamps[: stamps.index(wanted[query.limit - 1].place.timestamp) + 1]]
        if any(newer - older > DAY for newer, older in pairwise(times)):  # sorted by id, with imported calls?
            return None
        return page

    # The way

    def _ways(self, first: float, last: float, reply: Reply | None) -> Generator[Page]:
        """The way that the instance's answers go; turned around, if the caller wants the other."""
        query, keeps = self._query, self._knowledge.habits.keeps
        newest_first = query.newest_first if keeps in ("any", None) else keeps == "newest"
        plan = Plan(self._knowledge, (first, last), newest_first, reply.stamps if reply else [], bool(self._filters))
        if reply:
            self._prove(plan, reply)
        if newest_first == query.newest_first:
            with closing(self._walk(plan)) as pages:
                for page in pages:
                    yield page
            return
        held: list[Page] = []
        with closing(self._walk(plan)) as pages:
            for page in pages:
                held.append(page)
                if len(held) == HELD:
                    break
        if plan.todo:
            with closing(self._walk(self._other_way(plan))) as pages:
                for page in pages:
                    yield page
        for page in reversed(held):
            yield page
        if newest_first and held and (arrived := plan.arrived()):
            with closing(self._walk(arrived)) as pages:
                for page in pages:
                    yield page

    def _walk(self, plan: Plan) -> Generator[Page]:
        try:
            while plan.todo:
                self._prepare(plan)
                stretch = plan.todo.popleft()
                page = plan.settle(stretch, self._answer(stretch))
                if plan.dropped:
                    cancel_all(plan.dropped)
                    plan.dropped.clear()
                if page:
                    if self.ahead:
                        self._prepare(plan)
                    yield page
        finally:
            cancel_all(stretch.reply for stretch in plan.todo if stretch.reply)

    def _prepare(self, plan: Plan) -> None:
        """Have the next stretches asked for."""
        for index in range(max(self.ahead, 1)):
            if index >= len(plan.todo):
                break
            if plan.todo[index].reply is None and plan.todo[index].answer is None:
                stretch = plan.next(index)
                if stretch is None:
                    break
                stretch.rows = self._rows
                stretch.reply = start(self._ask, self._knowledge.habits.format, *plan.asked(stretch), stretch.rows)

    def _answer(self, stretch: Stretch) -> Reply:
        if stretch.answer is not None:
            return stretch.answer
        running: Running[Reply] = stretch.reply
        try:
            reply = result_of(running)
        except AnsweredWithError as error:
            if self._knowledge.habits.format is None or not is_refusal(error):
                raise
            raise Doubt(Reply(Answer(error.status or 400, {}, b"", "GET", "cdr/"), []), late=False) from error
        if not self._filters:
            self._knowledge.learn(reply.stamps, stretch.rows)
        return reply

    def _other_way(self, plan: Plan) -> Plan:
        """A plan for what another has left, the other way around: from the first calls on, which are to be found."""
        other = plan.turned()
        for near in other.search(plan.pace.span * min(HELD, max(plan.pages_left - 0.5, 0.5))):
            near.rows, near.reply = self._rows, None
            near.answer = self._ask(self._knowledge.habits.format, *other.asked(near), self._rows)
        return other

    # How times are written

    def _prove(self, plan: Plan, reply: Reply) -> None:
        """Find out how ranges are taken. Raises NoRanges if in no known way."""
        knowledge, habits = self._knowledge, self._knowledge.habits
        if habits.format is not None:
            return
        newest = max(reply.stamps)
        candidates = formats(knowledge.options, clock_offset(read_calls(reply.answer)), newest)
        proof, refused = Proof(plan), 0
        for probe in proof.probes():
            for candidate in candidates:
                first, last = plan.asked(probe)
                try:
                    answer = self._ask(candidate, first, last, self._rows)
                except AnsweredWithError as error:
                    if not is_refusal(error):
                        raise
                    refused += 1
                    continue
                honours = proof.honours(candidate, probe, answer, self._rows)
                if proof.turned(candidate):
                    raise Turned
                if proof.shows(probe, honours, answer):
                    habits.format, knowledge.confirmed = candidate, True
                    proof.begin(probe, answer, reply)
                    return
        if one_moment(reply) and not knowledge.options.has_positions:
            raise TooManyCalls(TOO_MANY if max(reply.stamps) == min(reply.stamps) else UNCLEAR)
        raise NoRanges(bool(refused))

    def _without_ranges(self, refused: bool) -> Reply:
        """An answer that may pass for all there is. Raises TooManyCalls if others are surely left out."""
        knowledge, options = self._knowledge, self._knowledge.options
        names = f"{options.timefrom} and {options.timeto}"
        knowledge.tell(f"the instance takes no notice of {names} in any known format: more is fetched than needed")
        reply = self._survey(self._rows)
        if not reply.stamps:
            raise contradiction(reply)
        if len(reply.stamps) in (DEFAULT_ROWS, self._rows) or refused:
            raise knowledge.range_error(len(reply.stamps), refused)
        knowledge.tell("calls that are answered regardless of the range are taken as all: less than were asked for")
        return reply

    # By position

    def _by_position(self, first: float, last: float, reply: Reply) -> Generator[Page]:
        positions = Positions(self._knowledge, (first, last), self._query.newest_first, reply)

        def ask(position: dict[str, Any], rows: int) -> Reply:
            return self._ask(None, -inf, inf, rows, position)

        try:
            with closing(pages_by_position(ask, positions, reply)) as pages:
                for page in pages:
                    yield page
        except NoPositions:
            raise self._knowledge.range_error(len(reply.stamps), refused=False) from None

    # Asking

    def _ask(
        self, format: TimeFormat | None, first: float, last: float, rows: int, position: dict[str, Any] | None = None
    ) -> Reply:
        """One answer; again if it cannot be read, as when PHP died amid a 200."""
        options, habits = self._knowledge.options, self._knowledge.habits
        ends = format.written(first, last) if format else (None, None)
        names = (options.timefrom, options.timeto)
        asked = {name: text for name, text in zip(names, ends, strict=True) if text is not None}
        asked |= self._filters | (position or {})
        if format is None:
            asked |= hours_back(options, self._query.first)
        attempts = self._retries + 1
        for attempt in range(attempts + 1):
            limit = {options.limit: rows} if habits.takes_limit else {}
            try:
                reply = read_reply(self._fetch(asked | limit))
                self._any |= bool(reply.stamps)
                if not reply.doubtful or attempt >= max(1, attempts - 1):
                    return reply
            except UnexpectedAnswer:
                if attempt >= attempts - 1:
                    raise
            except AnsweredWithError as error:
                if not (is_refusal(error) and limit and habits.largest is None):
                    raise
                self._without_limit(asked, error)
                continue
            sleep(0.2 * (attempt + 1))
        raise AssertionError("the last attempt returns or raises")

    def _without_limit(self, asked: dict[str, Any], error: AnsweredWithError) -> None:
        """Find out whether it is the limit that the instance refuses."""
        knowledge = self._knowledge
        try:
            self._fetch(asked)
        except PascomError:
            raise error from None
        knowledge.habits.takes_limit = False
        limit = knowledge.options.limit
        knowledge.tell(f"the instance refuses {limit}: more pages are needed; cdr_options= has its name")
