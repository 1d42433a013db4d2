"""Words meet in German, English and languages without spaces, however they are written."""

import pytest

from tests.media.pictures import encode, plain
from tests.media.uploading import send
from tests.network import Network
from tests.search.test_operators import ids


@pytest.mark.parametrize(
    ("language", "text", "queries", "others"),
    [
        ("de", "Die Häuser am Fluß", ["Haus", "häuser", "HÄUSER", "Hauser", "haeuser", "fluss"], ["Maus"]),
        ("en", "She was running over houses", ["run", "runs", "Running", "house"], ["runner"]),
        ("en", "Häuser, wrongly said to be English", ["Häuser", "häuser"], []),
        ("fr", "Déjà vu à l'école", ["deja", "DÉJÀ", "ecole", "l'école"], ["ecol"]),
        (
            "ja",
            "東京タワーに行きました",
            ["東京", "タワー", "東京タワー", "京", "ﾀﾜｰ", "行き"],
            ["京都", "東タ"],
        ),
        ("zh", "今天天气很好", ["天气", "天", "今天天气", "很好"], ["好很", "今气"]),
        ("ko", "서울에서 만나요", ["서울", "만나"], ["부산"]),
        ("th", "สวัสดีครับ", ["สวัสดี", "ครับ"], ["ขอบคุณ"]),
        ("ru", "Привет, Мир", ["привет", "мир"], ["миру"]),
        ("el", "Καλημέρα κόσμε", ["καλημερα", "Κόσμε"], []),
        ("hi", "नमस्ते दुनिया", ["नमस्ते"], ["नमस"]),
    ],
)
async def test_texts_are_found_by(
    network: Network, language: str, text: str, queries: list[str], others: list[str]
) -> None:
    alice = await network.person("alice")
    status = await alice.publish(text, language=language)
    for query in queries:
        assert await ids(alice, query) == [status["id"]], query
    for query in others:
        assert await ids(alice, query) == [], query


async def test_a_phrase_may_mix_scripts(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("I love 東京タワー in spring", language="en")
    assert await ids(alice, '"love 東京タワー in"') == [status["id"]]
    assert await ids(alice, '"東京タワー spring"') == []


async def test_descriptions_of_pictures_are_found(network: Network) -> None:
    alice = await network.person("alice")
    picture = await send(alice, encode(plain(), "JPEG"), 200, description="Ein Leuchtturm")
    status = await alice.publish("Abend", media_ids=[picture["id"]])
    assert await ids(alice, "leuchtturm") == [status["id"]]
