"""An invented registry, for the demonstration, tests, benchmarks and simulations: nobody in it exists.

Spread, skills, licences and gaps are drawn to look like a network of immigration advocates; every address ends in `.example`.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from listbot.domain.registry import Level, Taker, TakerKind

T = TypeVar("T")

CROWDED = frozenset({"CA", "TX", "NY", "FL", "NJ", "IL", "GA", "NC", "VA", "MA", "MD", "WA", "AZ", "LA", "TN", "CO", "PA"})
"""States with most cases before immigration courts, and most advocates."""

CROWD = 3.0
"""How much more often one of their towns is drawn."""

_TOWNS = """
Anchorage,AK,99511,61.22,-149.9; Fairbanks,AK,99708,64.84,-147.72; Huntsville,AL,35809,34.73,-86.59;
Birmingham,AL,35225,33.52,-86.8; Little Rock,AR,72210,34.75,-92.29; Fort Smith,AR,72905,35.39,-94.4; Pago
Pago,AS,96799,-14.28,-170.7; Phoenix,AZ,85028,33.45,-112.07; Tucson,AZ,85719,32.22,-110.93; Mesa,AZ,85207,33.42,-111.82; Los
Angeles,CA,90033,34.05,-118.24; San Diego,CA,92130,32.72,-117.17; San Jose,CA,95124,37.34,-121.89; San
Francisco,CA,94124,37.77,-122.42; Fresno,CA,93722,36.75,-119.77; Sacramento,CA,94268,38.58,-121.49; Long
Beach,CA,90810,33.77,-118.19; Oakland,CA,94611,37.8,-122.27; Denver,CO,80225,39.74,-104.98; Colorado
Springs,CO,80919,38.83,-104.82; Aurora,CO,80015,39.73,-104.83; Bridgeport,CT,06605,41.18,-73.19; New
Haven,CT,06509,41.31,-72.93; Washington,DC,20217,38.9,-77.04; Wilmington,DE,19810,39.75,-75.55; Dover,DE,19903,39.16,-75.52;
Jacksonville,FL,32218,30.33,-81.66; Miami,FL,33151,25.77,-80.19; Tampa,FL,33621,27.95,-82.46; Orlando,FL,32822,28.54,-81.38;
Hialeah,FL,33012,25.86,-80.28; Tallahassee,FL,32307,30.44,-84.28; Atlanta,GA,30338,33.75,-84.39;
Columbus,GA,31906,32.46,-84.99; Savannah,GA,31408,32.08,-81.1; Athens,GA,30604,33.96,-83.38; Tamuning,GU,96931,13.49,144.78;
Honolulu,HI,96815,21.31,-157.86; Pearl City,HI,96782,21.4,-157.97; Des Moines,IA,50320,41.6,-93.61; Cedar
Rapids,IA,52405,42.01,-91.64; Boise,ID,83713,43.61,-116.2; Meridian,ID,83646,43.61,-116.39; Chicago,IL,60630,41.85,-87.65;
Aurora,IL,60505,41.76,-88.32; Rockford,IL,61105,42.27,-89.09; Joliet,IL,60433,41.52,-88.08;
Indianapolis,IN,46224,39.77,-86.16; Fort Wayne,IN,46825,41.13,-85.13; Wichita,KS,67211,37.69,-97.34; Overland
Park,KS,66213,38.98,-94.67; Louisville,KY,40223,38.25,-85.76; Lexington,KY,40515,37.99,-84.48; New
Orleans,LA,70141,29.95,-90.08; Baton Rouge,LA,70815,30.44,-91.19; Shreveport,LA,71119,32.52,-93.75;
Boston,MA,02133,42.36,-71.06; South Boston,MA,02127,42.33,-71.05; Worcester,MA,01606,42.26,-71.8;
Baltimore,MD,21224,39.29,-76.61; Columbia,MD,21045,39.24,-76.84; Germantown,MD,20875,39.17,-77.27; Silver
Spring,MD,20906,38.99,-77.03; Portland,ME,04104,43.66,-70.26; Lewiston,ME,04241,44.1,-70.22; Detroit,MI,48219,42.33,-83.05;
Grand Rapids,MI,49512,42.96,-85.67; Minneapolis,MN,55424,44.98,-93.26; Saint Paul,MN,55117,44.94,-93.09; Kansas
City,MO,64132,39.1,-94.58; Springfield,MO,65806,37.22,-93.3; Saipan,MP,96950,15.21,145.75; Jackson,MS,39211,32.3,-90.19;
Gulfport,MS,39503,30.37,-89.09; Billings,MT,59105,45.78,-108.5; Missoula,MT,59803,46.87,-113.99;
Charlotte,NC,28226,35.23,-80.84; Raleigh,NC,27615,35.77,-78.64; Greensboro,NC,27410,36.07,-79.79;
Durham,NC,27706,35.99,-78.9; Fargo,ND,58106,46.88,-96.79; Omaha,NE,68119,41.26,-95.94; Lincoln,NE,68510,40.8,-96.67;
Manchester,NH,03104,43.0,-71.45; Nashua,NH,03061,42.77,-71.47; Newark,NJ,07108,40.74,-74.17; Jersey
City,NJ,07305,40.73,-74.08; Paterson,NJ,07505,40.92,-74.17; Albuquerque,NM,87115,35.08,-106.65; Las
Cruces,NM,88005,32.31,-106.78; Las Vegas,NV,89126,36.17,-115.14; Henderson,NV,89014,36.04,-114.98;
Brooklyn,NY,11218,40.65,-73.95; Staten Island,NY,10305,40.56,-74.14; Buffalo,NY,14215,42.89,-78.88;
Jamaica,NY,11431,40.69,-73.81; Rochester,NY,14616,43.16,-77.62; Yonkers,NY,10703,40.93,-73.9; Columbus,OH,43216,39.96,-83.0;
Cleveland,OH,44118,41.5,-81.69; Cincinnati,OH,45226,39.13,-84.51; Oklahoma City,OK,73127,35.47,-97.52;
Tulsa,OK,74127,36.15,-95.99; Portland,OR,97222,45.52,-122.68; Eugene,OR,97403,44.05,-123.09;
Philadelphia,PA,19127,39.95,-75.16; Pittsburgh,PA,15227,40.44,-80.0; Allentown,PA,18104,40.61,-75.49; San
Juan,PR,00916,18.47,-66.11; Carolina,PR,00983,18.38,-65.96; Providence,RI,02905,41.82,-71.41; Warwick,RI,02887,41.7,-71.42;
Columbia,SC,29212,34.0,-81.03; Charleston,SC,29409,32.78,-79.93; Sioux Falls,SD,57109,43.55,-96.7;
Nashville,TN,37215,36.17,-86.78; Memphis,TN,38122,35.15,-90.05; Houston,TX,77064,29.76,-95.36; San
Antonio,TX,78230,29.42,-98.49; Dallas,TX,75243,32.78,-96.81; Fort Worth,TX,76120,32.73,-97.32; Austin,TX,78728,30.27,-97.74;
El Paso,TX,79954,31.76,-106.49; Arlington,TX,76007,32.74,-97.11; Corpus Christi,TX,78414,27.8,-97.4; Salt Lake
City,UT,84118,40.76,-111.89; West Valley City,UT,84120,40.69,-112.0; Virginia Beach,VA,23456,36.85,-75.98;
Norfolk,VA,23509,36.85,-76.28; Chesapeake,VA,23323,36.82,-76.28; Richmond,VA,23234,37.55,-77.46;
Christiansted,VI,00821,17.75,-64.71; Burlington,VT,05402,44.48,-73.21; Seattle,WA,98125,47.61,-122.33;
Spokane,WA,99210,47.66,-117.43; Tacoma,WA,98416,47.25,-122.44; Milwaukee,WI,53215,43.04,-87.91;
Madison,WI,53715,43.07,-89.4; Huntington,WV,25714,38.42,-82.44; Charleston,WV,25324,38.35,-81.63;
Cheyenne,WY,82003,41.14,-104.82
"""

_FIRST = """Ada Alba Amal Anika Arlo Asa Bela Bram Calla Cato Cleo Cyra Dara Della Dov Edda Eero Elio Enzo Esme Fenn Fia Gale Gita
Hale Hana Idris Ilse Ines Iona Ivo Jael Jori Juno Kaia Kenji Lark Leda Lio Lumi Mads Mara Mio Nadir Nell Noor Oona Orla Otis
Paz Pia Quill Rafi Rhea Rio Rune Sabe Sela Sol Tamsin Taro Thea Tova Uma Vale Vesna Wren Xan Yael Yuri Zadie Zora"""

_LAST = """Alderbrook Amberfield Ashwhistle Birchwater Bluecandle Brightmoor Cloudsley Copperleaf Coralline Dawnbridge Dewhollow
Driftmark Elmshadow Fairlantern Fernsby Flintharbor Foxglen Frostmeadow Goldenwick Greywillow Hazelford Heatherstone Inkwell
Ironbloom Juniperson Kestrelow Larkspring Lindenwald Maplethorpe Marblecrest Mistlebank Moonacre Nettlewood Northquill Oakhaven
Opalridge Paperwhite Pebblecroft Quickriver Ravenscote Redcurrant Rosewater Saltmarsh Silverbirch Snowberry Starkwell Stonepath
Sunmeadow Thistledown Tidewell Umberleigh Velvetine Vinterose Wavecrest Whistlebrook Willowmere Winterbourne Yarrowby"""

_OFFICES = """
Harbor Justice; Open Door Legal; Lantern Law; Bridgeway Advocates; River City Defense; Common Ground Legal; New Leaf Immigration;
North Star Legal Aid; Safe Passage Law; Cedar Street Clinic; Welcome Table Legal; Kite and Key Law; Granite Legal Services;
Blue Heron Law; Gateway Defenders; Sanctuary Counsel; Prairie Rights; Lighthouse Immigration; Two Rivers Legal; Meridian Advocates
"""

_PROFILES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (30, ("asylum", "withholding", "cat", "removal_defense", "bond", "cancellation_nonlpr", "motion_to_reopen", "work_permit")),
    (20, ("sijs", "guardianship", "asylum", "removal_defense", "work_permit")),
    (14, ("u_visa", "t_visa", "vawa", "work_permit", "adjustment")),
    (14, ("naturalization", "adjustment", "family_petition", "daca", "tps", "i751", "consular", "refugee_adjustment")),
    (8, ("habeas", "circuit_petition", "bia_appeal", "stay_of_removal", "motion_to_reopen", "bond")),
    (5, ("deferred_action_labor", "u_visa", "t_visa", "work_permit")),
    (9, ("cancellation_lpr", "cancellation_nonlpr", "bond", "removal_defense", "bia_appeal", "asylum", "adjustment")),
)

_LANGUAGES = (
    *(("es", 55), ("fr", 9), ("ht", 5), ("pt", 6), ("ar", 5), ("zh", 4)),
    *(("ru", 3), ("uk", 2), ("fa", 2), ("am", 1), ("sw", 1), ("hi", 2)),
)

_KINDS = (
    (TakerKind.ATTORNEY, 78),
    (TakerKind.ACCREDITED_FULL, 5),
    (TakerKind.ACCREDITED_PARTIAL, 6),
    (TakerKind.ORGANIZATION, 5),
    (TakerKind.CLINIC, 3),
    (TakerKind.LAW_STUDENT, 3),
)


def invented_takers(number: int, seed: int = 0, today: date = date(2026, 1, 15)) -> list[Taker]:
    """So many invented takers, the same for the same seed. `today` dates consents and pauses.

    About one in twenty has no consent yet, one in fifteen pauses, one in ten has no room; a sixth of the cells is unknown.
    """
    towns = [tuple(cell.strip() for cell in row.split(",")) for row in " ".join(_TOWNS.split()).split(";")]
    offices = [name.strip() for name in " ".join(_OFFICES.split()).split(";")]
    weights = [CROWD if town[1] in CROWDED else 1.0 for town in towns]
    return [_taker(index, random.Random(f"{seed}:{index}"), towns, weights, offices, today) for index in range(number)]


def _taker(
    index: int, dice: random.Random, towns: list[tuple[str, ...]], weights: list[float], offices: list[str], today: date
) -> Taker:
    city, state, zip_code, lat, lon = dice.choices(towns, weights)[0]
    first, last = dice.choice(_FIRST.split()), dice.choice(_LAST.split())
    kind = _weighted(dice, _KINDS)
    office = f"{dice.choice(offices)} of {city}"
    bound = kind is not TakerKind.ATTORNEY
    organization = office if bound or dice.random() < 0.4 else ""
    taker = Taker(
        email=f"{first}.{last}.{index}@{'alumni' if not bound else 'office'}.example".lower(),
        name=office if kind in (TakerKind.ORGANIZATION, TakerKind.CLINIC) else f"{first} {last}",
        kind=kind,
        organization=organization,
        cohort=str(dice.randint(today.year - 11, today.year - 1)),
        city=city,
        state=state,
        zip=zip_code,
        lat=round(float(lat) + dice.uniform(-0.15, 0.15), 4),
        lon=round(float(lon) + dice.uniform(-0.15, 0.15), 4),
        bar_states=_bars(dice, state, towns) if kind is TakerKind.ATTORNEY else frozenset(),
        relief=_relief(dice),
        languages=frozenset(code for code, share in _LANGUAGES if dice.random() * 100 < share),
        consent_at=today - timedelta(days=dice.randint(1, 1400)) if dice.random() < 0.95 else None,
    )
    return _with_limits(taker, dice, today)


def _with_limits(taker: Taker, dice: random.Random, today: date) -> Taker:
    """What people say of where, for whom and how much they work; some say nothing."""

    def maybe(value: Any, share: float) -> Any:
        return value if dice.random() < share else None

    return replace(
        taker,
        service_states=frozenset({taker.state}) if dice.random() < 0.4 else frozenset(),
        radius_miles=maybe(dice.choice([40, 75, 100, 150, 300]), 0.45),
        remote=maybe(dice.random() < 0.45, 0.8),
        detained=maybe(dice.random() < 0.5, 0.8),
        minors=maybe(dice.random() < 0.75, 0.8),
        scopes=dice.choice([frozenset({"full", "limited"}), frozenset({"limited"}), frozenset({"full"}), frozenset()]),
        open_slots=maybe(dice.choice([0, 1, 1, 2, 2, 3, 4]), 0.7),
        paused_until=maybe(today + timedelta(days=dice.randint(3, 200)), 0.07),
        max_asks_per_month=maybe(dice.choice([1, 2, 3, 4]), 0.4),
        funding_limits=frozenset({dice.choice(["no_uac", "no_detained", "income_eligible"])})
        if dice.random() < 0.08
        else frozenset(),
    )


def _bars(dice: random.Random, home: str, towns: list[tuple[str, ...]]) -> frozenset[str]:
    bars = {home} if dice.random() < 0.85 else set()
    if dice.random() < 0.3 or not bars:
        bars.add(dice.choice(towns)[1])
    return frozenset(bars)


def _relief(dice: random.Random) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for _ in range(_weighted(dice, ((1, 30), (2, 45), (3, 25)))):
        for relief in _weighted(dice, tuple((profile, weight) for weight, profile in _PROFILES)):
            if dice.random() < 0.75:
                found.setdefault(relief, _weighted(dice, ((Level.EXPERT, 35), (Level.ABLE, 45), (Level.MENTORED, 20))))
    return found


def _weighted(dice: random.Random, choices: tuple[tuple[T, int], ...]) -> T:
    return dice.choices([value for value, _ in choices], [weight for _, weight in choices])[0]
