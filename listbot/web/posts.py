"""Posts: the list of all, and one with what was read in it, to be corrected, released or dropped."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Role
from listbot.domain.eligibility import searched
from listbot.domain.matching import Shortlist
from listbot.domain.reading import Need
from listbot.domain.shortlist import shortlist
from listbot.domain.states import PostState
from listbot.domain.wording import redacted_subject
from listbot.domain.work import Change, Queue, StoredPost
from listbot.pipeline import moderate
from listbot.pipeline.look import PROMISING
from listbot.pipeline.office import PostQuery
from listbot.pipeline.parsing import parsed_post
from listbot.web import presence
from listbot.web.doors import Door
from listbot.web.highlight import legend, marked
from listbot.web.lists import PAGE, address_of, offset_of
from listbot.web.needform import BINDING, TERNARY, need_from, said
from listbot.web.site import Site, back, form_of, number, page, site_of, visitor_of, word

DROPS = {
    "not a plea": "It is no plea",
    "settled": "It is settled already",
    "outside": "Not our field",
    "duplicate": "Asked before",
}
"""Why a post is left alone."""


async def posts(request: Request) -> Response:
    """All posts, found by word, state and list."""
    site, asked = site_of(request), request.query_params
    state = PostState(asked["state"]) if asked.get("state") in set(PostState) else None
    query = PostQuery(
        words=asked.get("q", "")[:100],
        state=state,
        list_name=asked.get("list", "")[:100],
        oldest_first=asked.get("order") == "oldest",
    )
    offset = offset_of(request)
    found = await site.office.insight.posts(query, PAGE, offset)
    lists = [x.name for x in site.office.context.identity.lists]
    return page(
        request,
        "posts.html",
        found=found,
        query=query,
        offset=offset,
        size=PAGE,
        address=address_of(request),
        states=list(PostState),
        lists=lists,
        today=site.today(),
    )


async def post(request: Request) -> Response:
    """One post."""
    return await _page(request, reveal=False)


async def reveal(request: Request) -> Response:
    """The same with identifiers shown: written down who looked."""
    site, id = site_of(request), request.path_params["id"]
    await site.office.drafts.note("post", id, "revealed identifiers", visitor_of(request).email, site.now())
    return await _page(request, reveal=True)


async def _page(
    request: Request,
    *,
    reveal: bool,
    needs: Sequence[Need] | None = None,
    faults: Sequence[dict[str, str]] = (),
    status: int = 200,
) -> Response:
    site, id = site_of(request), request.path_params["id"]
    stored = await site.office.context.cases.post(id)
    parsed = await parsed_post(site.office.context, stored)
    text = f"{stored.post.subject}\n{parsed.text}"
    opened = await site.office.context.cases.needs(post=id)
    held = moderate.held(stored)
    changes = await site.office.context.cases.changes(Queue.POST, id)
    if needs is None:
        needs = stored.reading.needs if held and stored.reading else ()
    return page(
        request,
        "post.html",
        status,
        post=stored,
        subject=redacted_subject(stored),
        held=held,
        marked=marked(text, stored.reading, reveal=reveal),
        legend=legend(stored.reading),
        revealed=reveal,
        hidden=sorted({i.kind for i in stored.reading.identifiers}) if stored.reading else [],
        attachments=parsed.attachments,
        needs=[*needs, Need()] if held else [],
        faults=[*faults, *({} for _ in range(len(needs) + 1 - len(faults)))],
        listed=[await _listed(site, stored, need) for need in needs] if held else [],
        opened=opened,
        changes=changes,
        dropped=_dropped(stored, changes),
        looking=await presence.looks(site, visitor_of(request).email, "post", id),
        drops=DROPS,
        today=site.today(),
        fields=form_words(site),
    )


def _dropped(post: StoredPost, changes: Sequence[Change]) -> Change | None:
    """The drop that can be undone."""
    last = next((c for c in reversed(changes) if c.what == "set aside"), None)
    return last if last and "state" in last.detail and post.state is PostState.SET_ASIDE else None


def form_words(site: Site) -> dict[str, object]:
    """What the form of a need is made of."""
    reliefs = sorted(site.labels.items(), key=lambda pair: pair[1].casefold())
    return {"reliefs": reliefs, "binding": BINDING, "ternary": TERNARY, "said_as": said}


async def _listed(site: Site, post: StoredPost, need: Need) -> Shortlist:
    """Who would be asked, as far as a first look tells."""
    context = site.office.context
    candidates = await context.registry.candidates(searched(need, context.rules()), site.now(), PROMISING)
    return shortlist(need, post.post.author, candidates, context.rules(), site.now())


async def release(request: Request) -> Response:
    """The post is acted on with the needs of the form, or only looked at with them; a fault in it changes nothing."""
    site, form, id = site_of(request), await form_of(request), request.path_params["id"]
    stored = await site.office.context.cases.post(id)
    before = stored.reading.needs if stored.reading else ()
    needs: list[Need] = []
    faults: list[dict[str, str]] = []
    for n in range(number(word(form, "clients"), 0, 30, 0)):
        old = before[n] if n < len(before) else Need()
        need, fault = need_from(form, f"n{n}_", old, site.labels, site.office.locate)
        wanted = word(form, f"n{n}_use") == "yes" or (n >= len(before) and (need.places or need.relief))
        if wanted:
            needs.append(need)
            faults.append(fault)
    if word(form, "do") == "look":
        return await _page(request, reveal=False, needs=needs or before, faults=faults)
    if any(faults) or not needs:
        if not needs:
            faults = [{"place": "Say where help is needed for at least one client, or drop the post."}]
        return await _page(request, reveal=False, needs=needs or before, faults=faults, status=400)
    await moderate.release(site.office, stored, needs, visitor_of(request).email)
    return back(request, f"/posts/{id}", "Released. The search begins at once.")


async def drop(request: Request) -> Response:
    """The post is left alone."""
    site, form, id = site_of(request), await form_of(request), request.path_params["id"]
    stored = await site.office.context.cases.post(id)
    await moderate.drop(site.office, stored, visitor_of(request).email, word(form, "why", 200) or "not a plea")
    return back(request, "/", f"Post {id} is left alone.", [id])


async def towns(request: Request) -> Response:
    """Completion of places: options for the field's list."""
    site = site_of(request)
    typed = next((value for key, value in request.query_params.items() if key.endswith("place") or key == "q"), "")
    return page(request, "towns.html", towns=site.office.complete(typed[:60]))


DOORS = (
    Door("GET", "/posts", posts, Role.READER),
    Door("GET", "/posts/{id:int}", post, Role.READER),
    Door("POST", "/posts/{id:int}/reveal", reveal, Role.MODERATOR),
    Door("POST", "/posts/{id:int}/release", release, Role.MODERATOR),
    Door("POST", "/posts/{id:int}/drop", drop, Role.MODERATOR),
    Door("GET", "/towns", towns, Role.READER),
)
