"""The languages that a status can be in."""

# ISO 639-1, and the ISO 639-3 codes and Chinese regions of Mastodon (app/helpers/languages_helper.rb).
_ISO_639_1 = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gu gv ha he hi ho hr ht hu hy hz ia id ie
    ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv
    mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm
    rn ro ru rw sa sc sd se sg si sk sl sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt
    tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_ISO_639_3 = "ast chr ckb cnr csb jbo kab ldn lfn moh nds pdc sco sma smj szl tok vai xal zba zgh"
# Ours: languages of the regions where German is spoken, and the sign languages of our two tongues.
_REGIONAL = "bar dsb frr gsw hsb stq ase bfi gsg sgg ssr"
_WITH_REGION = "ms-Arab zh-CN zh-HK zh-TW zh-YUE"

LANGUAGES = frozenset(f"{_ISO_639_1} {_ISO_639_3} {_REGIONAL} {_WITH_REGION}".split())
"""All tags that `language_tag` gives."""

UNNAMED = {
    "bfi": "British Sign Language",
    "gsg": "German Sign Language",
    "ldn": "Láadan",
    "sgg": "Swiss German Sign Language",
    "ssr": "Swiss French Sign Language",
    "tw": "Twi",
    "zba": "Balaibalan",
    "zh-YUE": "Cantonese",
}
"""English names of those for which the Unicode CLDR has none, or another one's."""

_CANONICAL = {tag.lower(): tag for tag in LANGUAGES}


def language_tag(value: str | None) -> str | None:
    """The tag of `LANGUAGES` for the BCP 47 tag `value`; None if it names no language that we know.

    Regions are dropped as in Mastodon (`de-AT` and `de_AT` are `de`), but not from Chinese (`zh-TW`).
    """
    if not value or len(value) > 35:
        return None
    tag = value.strip().replace("_", "-").lower()
    return _CANONICAL.get(tag) or _CANONICAL.get(tag.partition("-")[0])
