"""What operators see of their network, and what they do about it."""

import asyncio
import dataclasses
from datetime import timedelta
from typing import Any

import msgspec
import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rostra.core import clock
from rostra.core.jobs import Limits, Runner, Work
from rostra.core.mail import Mailer
from rostra.core.operating import presence
from rostra.core.operating.presence import present
from rostra.core.site import Site
from tests.network import Network, Person

HEALTH = "/api/rostra/v1/admin/health"
FAILED = "/api/rostra/v1/admin/jobs/failed"
MAIL = "/api/rostra/v1/admin/mail/test"


def keys(health: Any) -> set[str]:
    return {problem["key"] for problem in health["problems"]}


async def given_up(network: Network, kind: str, error: str = "Boom") -> int:
    async with network.services.db.connection() as tx:
        cursor = await tx.execute(
            "insert into jobs (kind, data, tries, error, failed_at) values (%s, '{\"id\": 7}', 8, %s, now())"
            " returning id",
            (kind, error),
        )
        row = await cursor.fetchone()
    assert row is not None
    return row[0]


async def test_a_network_without_a_worker_says_so(network: Network, owner: Person) -> None:
    health = await owner.get(HEALTH)
    assert "worker-missing" in keys(health)
    assert health["problems"][0]["severity"] == "error"
    assert health["problems"][0]["message"]


async def test_who_is_at_work_is_seen_with_what_they_have_to_do(
    network: Network, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "EVERY", 0.01)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def wait(services: Any, event: Any) -> None:
        begun.set()
        await go_on.wait()

    from rostra.accounts.model import AccountUpdated
    from rostra.core import events

    runner = Runner(network.services, Work({AccountUpdated: [wait]}), Limits())
    db = network.services.db
    async with (
        present(db, "worker", lambda: {"running": runner.running}),
        present(db, "web", lambda: {"streams": 3}),
    ):
        working = asyncio.create_task(runner.run())
        async with db.transaction() as tx:
            await events.record(tx, AccountUpdated(account_id=owner.account_id))
        await asyncio.wait_for(begun.wait(), 15)
        await asyncio.sleep(0.2)
        health = await owner.get(HEALTH)
        assert "worker-missing" not in keys(health)
        assert health["streams"] == 3
        assert {process["kind"] for process in health["processes"]} == {"worker", "web"}
        (kind,) = [each for each in health["queues"]["kinds"] if each["running"]]
        assert kind == {
            "kind": "AccountUpdated.wait",
            "waiting": 0,
            "running": 1,
            "later": 0,
            "failed": 0,
            "oldest_seconds": 0.0,
        }
        go_on.set()
        runner.stop()
        await asyncio.wait_for(working, 15)
    assert (await owner.get(HEALTH))["processes"] == []  # who ends says so


async def test_the_numbers_are_those_of_the_database_and_the_disk(network: Network, owner: Person) -> None:
    (network.settings.data / "media").mkdir(parents=True, exist_ok=True)
    (network.settings.data / "media" / "one").write_bytes(b"x" * 300_000)
    health = await owner.get(HEALTH)
    database, disk = health["database"], health["disk"]
    assert database["size"] > 1_000_000
    assert 0 < database["connections"] <= database["max_connections"]
    assert database["migration"] > "0022"
    assert database["pending_migrations"] == []
    assert disk["folders"]["media"] >= 300_000
    assert disk["folders"]["uploads"] is None
    assert disk["counted_at"]
    assert 0 < disk["data"]["free"] <= disk["data"]["total"]
    assert health["backups"] is None
    assert "backup-missing" in keys(health)


async def test_what_waits_too_long_is_a_problem(network: Network, owner: Person) -> None:
    async with network.services.db.connection() as tx:
        await tx.execute(
            "insert into jobs (kind, data, run_at) values ('Slow.thing', '{}', now() - interval '2 minutes'),"
            " ('Slow.thing', '{}', now() + interval '1 hour')"
        )
        await tx.execute("insert into events (type, data) values ('Unknown', '{}')")
    health = await owner.get(HEALTH)
    (kind,) = health["queues"]["kinds"]
    assert (kind["kind"], kind["waiting"], kind["later"]) == ("Slow.thing", 1, 1)
    assert 119 < kind["oldest_seconds"] < 300
    assert health["queues"]["events"] == 1
    (problem,) = [each for each in health["problems"] if each["key"] == "queue-late"]
    assert problem["severity"] == "warning"
    assert problem["values"]["waiting"] == 1


async def test_jobs_that_were_given_up_are_tried_again_or_dropped(network: Network, owner: Person) -> None:
    first, second, third = [await given_up(network, "Poll.end", f"Boom {n}") for n in range(3)]
    assert "jobs-failed" in keys(await owner.get(HEALTH))
    listed = await owner.get(FAILED)
    assert {(job["id"], job["error"]) for job in listed} == {
        (str(first), "Boom 0"),
        (str(second), "Boom 1"),
        (str(third), "Boom 2"),
    }
    assert listed[0]["data"] == {"id": 7}
    assert len(await owner.get(FAILED, params={"limit": 2})) == 2
    assert await owner.post(f"{FAILED}/{first}/retry") == {"count": 1}
    await owner.post(f"{FAILED}/{first}/retry", 404)
    assert await owner.delete(f"{FAILED}/{second}") == {"count": 1}
    await owner.delete(f"{FAILED}/{second}", 404)
    await owner.delete(f"{FAILED}/{first}", 404)  # it waits again: that can't be dropped
    assert await owner.post(f"{FAILED}/retry") == {"count": 1}
    assert await owner.get(FAILED) == []
    async with network.services.db.connection() as tx:
        await tx.execute("delete from jobs")


async def test_an_operator_sends_themselves_a_mail(network: Network, owner: Person) -> None:
    assert await owner.post(MAIL) == {"to": "olga@people.example", "method": "folder"}
    (path,) = (network.settings.data / "mail").glob("*.eml")
    assert b"To: olga@people.example" in path.read_bytes()
    mail = (await owner.get(HEALTH))["mail"]
    assert mail["last_sent_at"]
    assert (mail["method"], mail["server"], mail["last_failed_at"]) == ("folder", None, None)


async def test_mail_that_does_not_go_out_is_a_problem_until_it_does(network: Network) -> None:
    settings = msgspec.structs.replace(network.settings, smtp_url="smtp://user:secret@127.0.0.1:9")
    mailer = Mailer(settings, network.services.db)
    other = Network(dataclasses.replace(network.services, site=Site(settings), mailer=mailer))
    olga = await other.person("olga", "owner", ("admin:read", "admin:write"))
    refused = await olga.post(MAIL, 503)
    assert "could not be sent" in refused["error"]
    await given_up(network, "AccountCreated.mail_confirmation")
    health = await olga.get(HEALTH)
    assert {"mail-fails", "mails-given-up"} <= keys(health)
    assert health["mail"]["server"] == "127.0.0.1:9"
    assert health["mail"]["failed"] == 1
    assert "secret" not in msgspec.json.encode(health).decode()
    assert "olga@" not in health["mail"]["last_error"]
    await Mailer(network.settings, network.services.db).send("a@b.example", "Hello", "Hello")
    assert "mail-fails" not in keys(await olga.get(HEALTH))
    await other.close()


async def test_only_those_who_run_the_network_see_how_it_is(
    network: Network, owner: Person, moderator: Person
) -> None:
    alice = await network.person("alice", scopes=("read", "write", "admin:read", "admin:write"))
    for person in (alice, moderator):
        await person.get(HEALTH, 403)
        await person.get(FAILED, 403)
        await person.post(MAIL, 403)
    narrow = Person(
        network, "olga", owner.account_id, await network.token(owner.account_id, ("read", "write"))
    )
    await narrow.get(HEALTH, 403)
    reading = Person(
        network, "olga", owner.account_id, await network.token(owner.account_id, ("admin:read",))
    )
    await reading.get(HEALTH)
    await reading.post(f"{FAILED}/retry", 403)


async def test_a_database_that_is_behind_is_a_problem(network: Network, owner: Person, database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("delete from schema_migrations where name = '0023_operating'")
    health = await owner.get(HEALTH)
    assert health["database"]["pending_migrations"] == ["0023_operating"]
    assert health["problems"][0]["key"] == "migrations-pending"


def certified(network: Network, name: str, days: int) -> None:
    """A certificate where Caddy keeps it."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    made = (
        x509.CertificateBuilder()
        .subject_name(names)
        .issuer_name(names)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(clock.now() - timedelta(days=90))
        .not_valid_after(clock.now() + timedelta(days=days, hours=1))
        .sign(key, hashes.SHA256())
    )
    folder = network.settings.data / "caddy" / "certificates" / "authority" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))


@pytest.mark.parametrize(
    ("days", "problem"), [(60, None), (3, "certificate-ends"), (-2, "certificate-expired")]
)
async def test_a_certificate_that_ends_is_a_problem(network: Network, days: int, problem: str | None) -> None:
    settings = msgspec.structs.replace(network.settings, domain="sea.example")
    other = Network(dataclasses.replace(network.services, site=Site(settings)))
    olga = await other.person("olga", "owner", ("admin:read",))
    assert (await olga.get(HEALTH))["certificate"] is None
    certified(network, "sea.example", days)
    health = await olga.get(HEALTH)
    assert health["certificate"]["issuer"] == "CN=Test authority"
    assert health["certificate"]["name"] == "sea.example"
    assert {key for key in keys(health) if key.startswith("certificate")} == ({problem} if problem else set())
    assert "mail-to-folder" in keys(health)
    await other.close()
