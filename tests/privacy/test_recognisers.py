"""One table of examples for each kind of pattern: what it finds, what it leaves alone. All data are invented."""

from __future__ import annotations

import pytest

from balise.privacy.folding import fold
from balise.privacy.lists import load_lists
from balise.privacy.names_in_context import NameInContext
from balise.privacy.recognisers import Recogniser
from balise.privacy.recognisers.account import Account
from balise.privacy.recognisers.address import Address
from balise.privacy.recognisers.birth_date import BirthDate
from balise.privacy.recognisers.email import Email
from balise.privacy.recognisers.exact_place import ExactPlace
from balise.privacy.recognisers.handle import Handle
from balise.privacy.recognisers.identity_number import IdentityNumber
from balise.privacy.recognisers.leftover import Leftover
from balise.privacy.recognisers.link import Link
from balise.privacy.recognisers.phone import Phone
from balise.privacy.recognisers.plate import Plate
from balise.privacy.recognisers.postal_code import PostalCode
from balise.privacy.recognisers.secret import Secret

FOUND: dict[Recogniser, list[tuple[str, str]]] = {
    Phone(): [
        ("son cell c'est 438-555-0143", "438-555-0143"),
        ("appelle au (514) 555 0182 stp", "(514) 555 0182"),
        ("555-0117", "555-0117"),
        ("+1.438.555.0143", "+1.438.555.0143"),
        ("4 3 8 5 5 5 0 1 4 3", "4 3 8 5 5 5 0 1 4 3"),
        ("quatre un huit cinq cinq cinq zéro un sept deux", "quatre un huit cinq cinq cinq zéro un sept deux"),
        ("quatre cent trente-huit 555 01 43", "quatre cent trente-huit 555 01 43"),
        ("four five zero, 555, 0164", "four five zero, 555, 0164"),
        ("mère au pays : +509 3455 0101", "+509 3455 0101"),
        ("514 555 0182 poste 204", "514 555 0182 poste 204"),
        ("４３８-555-0143", "４３８-555-0143"),
        ("438\u200b5550143", "438\u200b5550143"),
    ],
    Email(): [
        ("écris à nadia.b@example.com", "nadia.b@example.com"),
        ("marie point cote arobase gmail", "marie point cote arobase gmail"),
        ("nom(at)site.ca", "nom(at)site.ca"),
        ("lina tiret b [at] outlook point com", "lina tiret b [at] outlook point com"),
        ("marie.cote a gmail.com", "marie.cote a gmail.com"),
    ],
    Link(): [
        ("regarde https://annonce.example/f?id=3", "https://annonce.example/f?id=3"),
        ("www.exemple.test", "www.exemple.test"),
        ("sur annonces-mtl.com/fille", "annonces-mtl.com/fille"),
        ("l'ip c 198.51.100.23", "198.51.100.23"),
    ],
    Address(): [
        ("a reste au 4127 rue des erables app 3", "4127 rue des erables app 3"),
        ("88 chemin du lac a la truite", "88 chemin du lac a la truite"),
        ("dépose-la au 45 maple street", "45 maple street"),
        ("app 14, 902 dunant", "app 14, 902 dunant"),
        ("deux mille quatre cent dix rue champagne", "deux mille quatre cent dix rue champagne"),
        ("c'est dans la rue sainte-catherine", "rue sainte-catherine"),
        ("3e avenue", "3e avenue"),
        ("rang 9", "rang 9"),
        ("RR 4 boite 55", "RR 4 boite 55"),
    ],
    PostalCode(): [("H2X 1Y4", "H2X 1Y4"), ("h2x1y4", "h2x1y4"), ("code postal g1k", "g1k")],
    BirthDate(): [
        ("elle est née le 03/11/2005", "03/11/2005"),
        ("née en 98", "98"),
        ("ddn 14 mars 2003", "14 mars 2003"),
        ("annif le 30 mai", "le 30 mai"),
        ("1998-04-12", "1998-04-12"),
    ],
    IdentityNumber(): [
        ("nas 046 454 286", "046 454 286"),
        ("TREM 8512 3456", "TREM 8512 3456"),
        ("passeport EB0012008", "EB0012008"),
        ("uci 80-1144-2290", "80-1144-2290"),
        ("dossier no 22-004871", "22-004871"),
    ],
    Plate(): [
        ("la plaque c'est K47 RZB", "K47 RZB"),
        ("un char ABC 123", "ABC 123"),
        ("van blanche 0qq 55t", "0qq 55t"),
    ],
    Account(): [
        ("carte 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("compte 815-30021-7745120", "815-30021-7745120"),
        ("sa carte finit par 4521", "4521"),
    ],
    Handle(): [
        ("son insta @roi.du.bloc_h0", "@roi.du.bloc_h0"),
        ("snap : kalamansi09x", "kalamansi09x"),
        ("pseudo lili_rose_44", "lili_rose_44"),
    ],
    Secret(): [
        ("le code de la porte est 4821", "4821"),
        ("code de la barrière 4471#", "4471#"),
        ("mot de passe wifi kalamansi_09", "kalamansi_09"),
    ],
    ExactPlace(): [
        ("le motel Rossignol", "Rossignol"),
        ("à l'école Sainte-Bernadette", "Bernadette"),
        ("le bar « La Cachotte »", "La Cachotte"),
    ],
    Leftover(): [("réf 8841207", "8841207"), ("lot AX-4471-B", "AX-4471-B")],
    NameInContext(): [
        ("elle s'appelle nadège", "nadège"),
        ("mme Tremblay attend", "Tremblay"),
        ("alias Kiki", "Kiki"),
    ],
}
LEFT_ALONE: dict[Recogniser, list[str]] = {
    Phone(): [
        "1-833-900-1010",
        "appelez le 1 800 563 0808",
        "911",
        "9-8-8",
        "12 500 $",
        "de 8h30 à 16:45",
        "2019-2023",
    ],
    Email(): ["elle a un gmail", "a gmail pis facebook", "on se voit à la maison"],
    Link(): ["pas sûre.me rappelle", "www.canada.ca", "à 9.5 km"],
    Address(): [
        "dans la rue",
        "la rue d'en arrière",
        "bus 55 direction nord",
        "chambre 12",
        "reste 2 jours",
        "le 24 décembre",
        "après 9 arrêts",
        "sur la 20",
    ],
    PostalCode(): ["à 2h30 elle part", "le 3e étage"],
    BirthDate(): ["elle est née à Manille", "rendez-vous le 14 mars", "le 2026-11-21", "née ici"],
    IdentityNumber(): ["permis de travail fermé", "dossier ouvert en 2021", "911"],
    Plate(): ["les 200 piasses", "bus 123", "chambre 304", "14h30"],
    Account(): ["son compte est gelé", "450 $ sur sa carte", "carte soleil"],
    Handle(): ["sur facebook avec sa soeur", "snap ouvert", "si y barre la porte"],
    Secret(): ["le mot de passe est changé", "mot de passe partagé", "un code de couleur"],
    ExactPlace(): ["un motel sur la 20", "le bar du coin", "l'école de sa fille", "à l'hôtel avec lui"],
    Leftover(): ["12 500 $", "24h sur 24", "covid19", "2e étage", "de 18 à 25 ans"],
    NameInContext(): ["elle s'appelle comment", "madame est partie", "monsieur le juge"],
}


def _cases(table: dict[Recogniser, list[object]]) -> list[object]:
    return [
        pytest.param(recogniser, case, id=f"{recogniser.name}-{place}")
        for recogniser, cases in table.items()
        for place, case in enumerate(cases)
    ]


@pytest.mark.parametrize(("recogniser", "case"), _cases(FOUND))
def test_found(recogniser: Recogniser, case: tuple[str, str]) -> None:
    text, expected = case
    message = fold(text)
    spans = [message.back(found.start, found.end) for found in recogniser.find(message, load_lists())]
    start = text.index(expected)
    covered = {place for low, high in spans for place in range(low, high)}
    assert all(place in covered for place in range(start, start + len(expected)) if text[place].isalnum()), spans


@pytest.mark.parametrize(("recogniser", "text"), _cases(LEFT_ALONE))
def test_left_alone(recogniser: Recogniser, text: str) -> None:
    message = fold(text)
    assert [message.text[found.start : found.end] for found in recogniser.find(message, load_lists())] == []
