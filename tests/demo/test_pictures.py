"""The pictures can be drawn, and show something."""

import numpy as np
import pytest
import pyvips

from rostra.demo import content, pictures


def pixels(jpeg: bytes) -> np.ndarray:
    return np.asarray(pyvips.Image.new_from_buffer(jpeg, "").numpy(), np.float32)


def assert_shows_something(picture: np.ndarray) -> None:
    assert picture.std() > 8
    assert len(np.unique(picture.reshape(-1, 3) // 16, axis=0)) > 12


@pytest.fixture
def half_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large enough to see something, and drawn in a quarter of the time."""
    monkeypatch.setattr(pictures, "HEIGHT", 428)
    monkeypatch.setattr(pictures, "WIDTH", 640)


@pytest.mark.slow
@pytest.mark.usefixtures("half_size")
@pytest.mark.parametrize("name", pictures.PICTURES)
def test_pictures_show_something(name: str):
    picture = pixels(pictures.draw(name))
    assert picture.shape == (428, 640, 3)
    assert_shows_something(picture)


@pytest.mark.slow
@pytest.mark.usefixtures("half_size")
@pytest.mark.parametrize("name", pictures.HEADERS)
def test_headers_are_three_times_as_wide_as_high(name: str):
    picture = pixels(pictures.draw_header(name))
    assert picture.shape == (160, 480, 3)
    assert picture.std() > 4


def test_everybody_has_an_avatar_of_their_own():
    avatars = {person.name: pictures.draw_avatar(person.name) for person in content.people()}
    assert len(set(avatars.values())) == len(avatars)
    for avatar in avatars.values():
        assert_shows_something(pixels(avatar))


def test_a_picture_is_the_same_each_time():
    first = pictures.draw("plakat")
    assert pixels(first).shape == (853, 1280, 3)
    assert pictures.draw("plakat") == first


def test_nobody_draws_what_is_not_in_the_list():
    with pytest.raises(KeyError):
        pictures.draw("nothing")
