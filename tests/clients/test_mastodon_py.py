"""The unmodified Mastodon.py: apps, signing in, signing up, and the own profile."""

import asyncio
import base64
import functools
import hashlib
import secrets
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from mastodon import Mastodon, MastodonError, MastodonUnauthorizedError

from tests.clients.support import App, app_of, code_on_page, consent, signed_in
from tests.media.pictures import MARK, encode, exif_with_place, plain
from tests.network import Network

pytestmark = pytest.mark.slow

SCOPES = ["read", "write", "follow", "push"]
CALLBACK = "https://app.example/callback"


async def in_thread(method: Any, *args: Any, **options: Any) -> Any:
    return await asyncio.to_thread(functools.partial(method, *args, **options))


async def register(network: Network, **options: Any) -> Mastodon:
    """An app that was registered just now, without a token."""
    client_id, client_secret = await in_thread(
        Mastodon.create_app, "Tide", scopes=SCOPES, api_base_url=network.settings.base_url, **options
    )
    return Mastodon(client_id, client_secret, api_base_url=network.settings.base_url)


async def test_an_app_registers_and_a_member_carries_the_code_over(live: Network) -> None:
    await live.person("alice")
    app = await register(live)
    url = await in_thread(app.auth_request_url, scopes=SCOPES, allow_http=True)
    code = await code_on_page(live, url, "alice")
    token = await in_thread(app.log_in, code=code, scopes=SCOPES, allow_http=True)
    assert len(token) == 43
    assert (await in_thread(app.me)).username == "alice"
    assert (await in_thread(app.app_verify_credentials)).name == "Tide"


async def test_a_member_is_sent_back_to_the_app_with_a_code_and_its_state(live: Network) -> None:
    await live.person("alice")
    app = await register(live, redirect_uris=[CALLBACK])
    url = await in_thread(
        app.auth_request_url, redirect_uris=CALLBACK, scopes=SCOPES, state="high tide", allow_http=True
    )
    way_back = (await consent(live, url, "alice", 303)).headers["location"]
    assert way_back.startswith(f"{CALLBACK}?")
    answer = parse_qs(urlsplit(way_back).query)
    assert answer["state"] == ["high tide"]
    await in_thread(app.log_in, code=answer["code"][0], redirect_uri=CALLBACK, scopes=SCOPES, allow_http=True)
    assert (await in_thread(app.account_verify_credentials)).acct == "alice"


async def test_a_code_with_pkce_needs_its_verifier(live: Network) -> None:
    await live.person("alice")
    app = await register(live)
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = await in_thread(app.auth_request_url, scopes=SCOPES, allow_http=True)
    url = f"{asked}&{urlencode({'code_challenge': challenge, 'code_challenge_method': 'S256'})}"
    # Mastodon.py knows nothing of PKCE: that it can't exchange such a code is the point of it.
    stolen = await code_on_page(live, url, "alice")
    with pytest.raises(MastodonError):
        await in_thread(app.log_in, code=stolen, scopes=SCOPES, allow_http=True)
    form = {
        "grant_type": "authorization_code",
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_uri": "urn:ietf:wg:oauth:2.0:oob",
        "code": await code_on_page(live, url, "alice"),
        "code_verifier": verifier,
    }
    async with httpx.AsyncClient(base_url=live.settings.base_url) as http:
        answer = await http.post("/oauth/token", data=form)
    member = signed_in(live, answer.json()["access_token"])
    assert (await in_thread(member.me)).username == "alice"


async def test_a_code_works_once(live: Network) -> None:
    await live.person("alice")
    app = await register(live)
    code = await code_on_page(
        live, await in_thread(app.auth_request_url, scopes=SCOPES, allow_http=True), "alice"
    )
    await in_thread(app.log_in, code=code, scopes=SCOPES, allow_http=True)
    with pytest.raises(MastodonError):
        await in_thread(app.log_in, code=code, scopes=SCOPES, allow_http=True)


async def test_an_app_gets_a_token_of_its_own(live: Network) -> None:
    app = await register(live)
    form = {
        "grant_type": "client_credentials",
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "scope": "read",
    }
    async with httpx.AsyncClient(base_url=live.settings.base_url) as http:
        token = (await http.post("/oauth/token", data=form)).json()["access_token"]
    own = signed_in(live, token)
    assert (await in_thread(own.app_verify_credentials)).name == "Tide"
    with pytest.raises(MastodonError):
        await in_thread(own.me)


async def test_a_revoked_token_is_worth_nothing(live: Network) -> None:
    await live.person("alice")
    app = await register(live)
    url = await in_thread(app.auth_request_url, scopes=SCOPES, allow_http=True)
    code = await code_on_page(live, url, "alice")
    token = await in_thread(app.log_in, code=code, scopes=SCOPES, allow_http=True)
    await in_thread(app.revoke_access_token, allow_http=True)
    with pytest.raises(MastodonUnauthorizedError):
        await in_thread(signed_in(live, token).me)


async def test_somebody_signs_up_in_the_app(live: Network) -> None:
    app = await register(live)
    token = await in_thread(
        app.create_account,
        "bob",
        "correct horse battery",
        "bob@people.example",
        agreement=True,
        scopes=SCOPES,
    )
    bob = App(live, signed_in(live, token))
    assert (await bob.me()).username == "bob"
    assert (await bob.status_post("moin")).content == "<p>moin</p>"


async def test_a_sign_up_that_breaks_rules_says_which(live: Network) -> None:
    await live.person("alice")
    app = await register(live)
    token, problems = await in_thread(
        app.create_account,
        "alice",
        "short",
        "not an address",
        agreement=True,
        scopes=SCOPES,
        return_detailed_error=True,
    )
    assert token is None
    assert {field for field, found in problems["details"].items() if found} == {
        "username",
        "email",
        "password",
    }


async def test_a_profile_has_fields_and_pictures(live: Network) -> None:
    alice = await app_of(live, "alice")
    await alice.account_update_credentials(
        display_name="Alice of the Harbour",
        note="Tides and #boats",
        avatar=encode(plain(500, 500), "JPEG", exif=exif_with_place()),
        avatar_mime_type="image/jpeg",
        header=encode(plain(1500, 500), "PNG"),
        header_mime_type="image/png",
        fields=[("Home", "Kiel"), ("Site", "https://alice.example")],
        locked=True,
        bot=False,
        discoverable=True,
        indexable=True,
    )
    me = await alice.me()
    assert (me.display_name, me.source.note) == ("Alice of the Harbour", "Tides and #boats")
    assert "boats</span></a>" in me.note
    assert [(field.name, field.value) for field in me.source.fields] == [
        ("Home", "Kiel"),
        ("Site", "https://alice.example"),
    ]
    assert 'href="https://alice.example"' in me.fields[1].value
    assert (me.locked, me.bot, me.discoverable, me.indexable) == (True, False, True, True)
    assert isinstance(me.created_at, datetime)
    async with httpx.AsyncClient() as http:
        for address in (me.avatar, me.header):
            picture = await http.get(address)
            assert picture.status_code == 200
            assert picture.headers["content-type"].startswith("image/")
            assert MARK not in picture.content


async def test_pictures_of_a_profile_are_taken_down(live: Network) -> None:
    alice = await app_of(live, "alice")
    plain_face = (await alice.me()).avatar
    await alice.account_update_credentials(avatar=encode(plain(80, 80), "PNG"), avatar_mime_type="image/png")
    assert (await alice.me()).avatar != plain_face
    await alice.account_delete_avatar()
    await alice.account_delete_header()
    assert (await alice.me()).avatar == plain_face


async def test_what_new_statuses_are_like_is_a_matter_of_preferences(live: Network) -> None:
    alice = await app_of(live, "alice")
    await live.http.patch(
        "/api/v1/accounts/update_credentials",
        data={"source[privacy]": "private", "source[language]": "de"},
        headers={"Authorization": f"Bearer {alice.mastodon.access_token}"},
    )
    preferences = await alice.preferences()
    assert preferences["posting:default:visibility"] == "private"
    assert preferences["posting:default:language"] == "de"
    status = await alice.status_post("hallo")
    assert (status.visibility, status.language) == ("private", "de")


async def test_the_network_says_what_it_is(live: Network) -> None:
    anybody = App(live, signed_in(live))
    instance = await anybody.instance_v2()
    assert instance.domain == live.settings.local_domain
    assert instance.configuration.statuses.max_characters == live.settings.status_characters
    assert (await anybody.instance_v1()).uri == live.settings.local_domain
    assert await anybody.retrieve_mastodon_version()
    assert anybody.mastodon.verify_minimum_version("4.3.0")
    assert len(await anybody.instance_activity()) == 12
    assert await anybody.instance_rules() is not None
