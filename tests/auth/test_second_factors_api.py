"""Second factors by API. (Making a passkey needs a browser: test_in_browser.py.)"""

from datetime import timedelta
from typing import Any

import pytest
from pyotp.totp import TOTP

from rostra.core import clock
from tests.auth.support import Browser, mails
from tests.network import PASSWORD, Network, Person

HERE = "/api/rostra/v1/second_factors"


async def passkey(network: Network, person: Person, name: str) -> str:
    async with network.services.db.connection() as tx:
        cursor = await tx.execute(
            "insert into passkeys (id, user_id, credential_id, public_key, sign_count, name)"
            " select coalesce(max(id), 0) + 1, %s, decode(md5(random()::text), 'hex'), '', 0, %s"
            " from passkeys"
            " returning id",
            (person.account_id, name),
        )
        row = await cursor.fetchone()
    assert row is not None
    return str(row[0])


async def with_password(person: Person, path: str, expect: int = 200, **fields: Any) -> Any:
    await person.post(HERE + path, 422, json={"password": "guess", **fields})
    return await person.post(HERE + path, expect, json={"password": PASSWORD, **fields})


async def test_an_authenticator_app_is_turned_on_and_off(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    assert await alice.get(HERE) == {"totp_enabled_at": None, "recovery_codes_left": 0, "passkeys": []}
    begun = await with_password(alice, "/totp/begin")
    assert begun["uri"].startswith("otpauth://totp/")
    assert (await alice.get(HERE))["totp_enabled_at"] is None
    await alice.post(HERE + "/totp/confirm", 422, json={"code": "000000"})
    app, now = TOTP(begun["secret"]), clock.now()
    codes = (await alice.post(HERE + "/totp/confirm", json={"code": app.at(now)}))["recovery_codes"]
    assert len(set(codes)) == 10
    factors = await alice.get(HERE)
    assert factors["totp_enabled_at"]
    assert factors["recovery_codes_left"] == 10
    assert (await alice.get("/api/v1/user"))["two_factor_enabled_at"] == factors["totp_enabled_at"]
    await with_password(alice, "/totp/begin", 409)
    browser = Browser(network)
    await browser.open("/auth/sign_in")
    await browser.send(login="alice", password=PASSWORD)
    assert browser.heading == "One more step"
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=60))
    await browser.send(code=app.at(now + timedelta(seconds=60)))
    assert await browser.is_signed_in()
    fresh = (await with_password(alice, "/recovery_codes"))["recovery_codes"]
    assert not set(fresh) & set(codes)
    assert (await with_password(alice, "/totp/remove"))["recovery_codes_left"] == 0
    await with_password(alice, "/totp/remove", 404)
    await with_password(alice, "/recovery_codes", 404)
    assert len(await mails(network)) == 3


async def test_passkeys_are_renamed_and_removed_by_their_member_alone(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first, second = await passkey(network, alice, "Key"), await passkey(network, alice, "Phone")
    listed = (await alice.get(HERE))["passkeys"]
    assert [(each["id"], each["name"]) for each in listed] == [(first, "Key"), (second, "Phone")]
    path = f"/passkeys/{first}"
    await bob.patch(HERE + path, 404, json={"name": "Mine"})
    await with_password(bob, f"{path}/remove", 404)
    renamed = await alice.patch(HERE + path, json={"name": "  Blue\nkey " + "x" * 100})
    assert renamed["name"].startswith("Blue key x")
    assert len(renamed["name"]) == 50
    left = await with_password(alice, f"{path}/remove")
    assert [each["id"] for each in left["passkeys"]] == [second]
    await with_password(alice, f"{path}/remove", 404)


async def test_what_no_browser_has_made_is_no_passkey(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    begun = await with_password(alice, "/passkeys/options")
    assert begun["options"]["rp"]["id"] == "localhost"
    assert begun["options"]["user"]["name"] == "alice"
    for credential in ("", "{}", "[]", "x" * 20_000):
        await alice.post(HERE + "/passkeys", 422, json={"token": begun["token"], "credential": credential})
        begun = await with_password(alice, "/passkeys/options")
    await bob.post(HERE + "/passkeys", 422, json={"token": begun["token"], "credential": "{}"})
    await alice.post(HERE + "/passkeys", 422, json={"token": "", "credential": "{}"})
    assert (await alice.get(HERE))["passkeys"] == []
