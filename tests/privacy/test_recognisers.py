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
        ("705 triple cinq 0148", "705 triple cinq 0148"),
        ("cinq un quatre triple cinq zéro un double deux", "cinq un quatre triple cinq zéro un double deux"),
        ("819 555 0188 poste deux cent quatre", "819 555 0188 poste deux cent quatre"),
    ],
    Email(): [
        ("écris à nadia.b@example.com", "nadia.b@example.com"),
        ("marie point cote arobase gmail", "marie point cote arobase gmail"),
        ("nom(at)site.ca", "nom(at)site.ca"),
        ("lina tiret b [at] outlook point com", "lina tiret b [at] outlook point com"),
        ("marie.cote a gmail.com", "marie.cote a gmail.com"),
        ("g u a d a 8 8 @ hotmail.com", "g u a d a 8 8 @ hotmail.com"),
        ("écris à petite fleur 22 arobase yahoo point ca", "petite fleur 22 arobase yahoo point ca"),
        ("kim.lee(at)outlook,com", "kim.lee(at)outlook,com"),
        ("virement à chuy.rdz a gmail com", "chuy.rdz a gmail com"),
        (
            "courriel marmotte trente-deux a courriel point nb point ca",
            "marmotte trente-deux a courriel point nb point ca",
        ),
        ("kwe_rising chez gmail", "kwe_rising chez gmail"),
        ("petite lune point 09 arobase gmail", "petite lune point 09 arobase gmail"),
    ],
    Link(): [
        ("regarde https://annonce.example/f?id=3", "https://annonce.example/f?id=3"),
        ("www.exemple.test", "www.exemple.test"),
        ("sur annonces-mtl.com/fille", "annonces-mtl.com/fille"),
        ("l'ip c 198.51.100.23", "198.51.100.23"),
        ("lodgerooms . example / r / 88", "lodgerooms . example / r / 88"),
        ("x point com barre oblique rive sud", "x point com barre oblique rive sud"),
        ("le site c'est belles maisons point com", "belles maisons point com"),
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
        ("2e etage du 9415 hastings est", "2e etage du 9415 hastings est"),
        ("elle reste sur rangoon crescent au 88", "rangoon crescent au 88"),
        ("donald street unit 1906", "donald street unit 1906"),
        ("old pit road", "old pit road"),
        ("range road 244 passé le silo", "range road 244"),
        ("lot douze du parc des épinettes", "lot douze du parc des épinettes"),
        ("borne vingt-sept sur la concession six", "borne vingt-sept sur la concession six"),
        ("le troisième rang de la savane", "troisième rang de la savane"),
        ("ruelle du forgeron", "ruelle du forgeron"),
        ("tourne à route du petit portage", "route du petit portage"),
        ("la côte des pères", "la côte des pères"),
        ("côte à gédéon", "côte à gédéon"),
        ("appart c, bâtisse du fond, rue des peupliers", "appart c, bâtisse du fond, rue des peupliers"),
        ("rue de la falaise app deux", "rue de la falaise app deux"),
        ("avenue des pluviers app du bas", "avenue des pluviers app du bas"),
        ("stationnement rue du marais", "stationnement rue du marais"),
        ("coin principale et du couvent", "coin principale et du couvent"),
        ("coin pine et cedar", "coin pine et cedar"),
        ("angle salk pis martial", "angle salk pis martial"),
        ("coin 4e rue & laurendeau", "coin 4e rue & laurendeau"),
        ("entre papineau et delorimier", "entre papineau et delorimier"),
        ("un condo sur granville", "granville"),
        ("parké su curé-labelle", "curé-labelle"),
        ("appart 12 sur balzac", "appart 12 sur balzac"),
        ("5519 51 ave ne", "5519 51 ave ne"),
        ("6 st-zénon", "6 st-zénon"),
        ("1 bis rue de la saline", "1 bis rue de la saline"),
        ("90 king, app b", "90 king, app b"),
        ("trois cent douze rue notre-dame", "trois cent douze rue notre-dame"),
        ("77 avenu des pins porte 5", "77 avenu des pins porte 5"),
        ("1200 bld pie-neuf", "1200 bld pie-neuf"),
        ("rue lachance, numéro douze", "rue lachance, numéro douze"),
        ("le nom de la rue, des Quenouilles", "des Quenouilles"),
        ("rue ontario", "rue ontario"),
        ("elle reste sur la rue principale", "la rue principale"),
    ],
    PostalCode(): [("H2X 1Y4", "H2X 1Y4"), ("h2x1y4", "h2x1y4"), ("code postal g1k", "g1k")],
    BirthDate(): [
        ("elle est née le 03/11/2005", "03/11/2005"),
        ("née en 98", "98"),
        ("ddn 14 mars 2003", "14 mars 2003"),
        ("annif le 30 mai", "le 30 mai"),
        ("1998-04-12", "1998-04-12"),
        ("bday 9 march oh five", "9 march oh five"),
        ("deux mille huit son année", "deux mille huit"),
        ("née en 2006", "en 2006"),
        ("née le 8 du 8 2008", "le 8 du 8 2008"),
        ("elle est de quatre-vingt-dix-huit", "quatre-vingt-dix-huit"),
        ("elle est de 98", "98"),
        ("son bb de mars 2023", "mars 2023"),
        ("du 3 mai 89", "3 mai 89"),
        ("le six du neuf quatre-vingt-quatorze pour sa naissance", "le six du neuf quatre-vingt-quatorze"),
    ],
    IdentityNumber(): [
        ("nas 046 454 286", "046 454 286"),
        ("TREM 8512 3456", "TREM 8512 3456"),
        ("passeport EB0012008", "EB0012008"),
        ("uci 80-1144-2290", "80-1144-2290"),
        ("dossier no 22-004871", "22-004871"),
        ("NAS commence par zéro quatre deux, la suite cinq cinq un", "zéro quatre deux"),
        ("NAS commence par zéro quatre deux, la suite cinq cinq un", "cinq cinq un"),
        ("son NAS c'est 930, après 412", "412"),
        ("ramq T R E N 9 5 5 2 1 4 1 1", "T R E N 9 5 5 2 1 4 1 1"),
        ("passeport AB un deux trois quatre cinq six", "AB un deux trois quatre cinq six"),
    ],
    Plate(): [
        ("la plaque c'est K47 RZB", "K47 RZB"),
        ("un char ABC 123", "ABC 123"),
        ("van blanche 0qq 55t", "0qq 55t"),
        ("C B T trois un sept un ram gris", "C B T trois un sept"),
        ("le char à lenny: h d 3-2-2-9, y tourne", "h d 3-2-2-9"),
        ("plaque n 4 4 8 1 w", "n 4 4 8 1 w"),
        ("la van: 9 1 2 - T R F", "9 1 2 - T R F"),
        ("son char c'est bq0 55k", "bq0 55k"),
        ("plaque: QC 41N KD", "QC 41N KD"),
    ],
    Account(): [
        ("carte 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("compte 815-30021-7745120", "815-30021-7745120"),
        ("sa carte finit par 4521", "4521"),
        ("trans 0 0 5 8 1 inst 003 cpte 77 0 12 9 4", "trans 0 0 5 8 1 inst 003 cpte 77 0 12 9 4"),
        ("compte 90 441 2 8", "compte 90 441 2 8"),
        ("folio 77 4 1 2 0 9", "77 4 1 2 0 9"),
    ],
    Handle(): [
        ("son insta @roi.du.bloc_h0", "@roi.du.bloc_h0"),
        ("snap : kalamansi09x", "kalamansi09x"),
        ("pseudo lili_rose_44", "lili_rose_44"),
        ("tiktok @neige tombe 09", "@neige tombe 09"),
    ],
    Secret(): [
        ("le code de la porte est 4821", "4821"),
        ("code de la barrière 4471#", "4471#"),
        ("mot de passe wifi kalamansi_09", "kalamansi_09"),
        ("wifi homard rouge cinquante 6", "homard rouge cinquante 6"),
        ("le cadenas du bunkhouse c'est dix-huit 4 trente-deux", "dix-huit 4 trente-deux"),
        ("mdp tortue 4 4 tortue", "tortue 4 4 tortue"),
        ("wifi chez tante mona c'est mona2birds", "mona2birds"),
        ("le code c'est 5 5 4 1 carré", "5 5 4 1 carré"),
        ("cadenas 12 gauche 30 droite 8", "12 gauche 30 droite 8"),
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
        "elle a fait un double shift",
        "double dose",
    ],
    Email(): [
        "elle a un gmail",
        "a gmail pis facebook",
        "on se voit à la maison",
        "elle est chez bell",
        "insta @roi.du.nord",
        "on se parle à midi point final",
        "à ce point ça va",
    ],
    Link(): ["pas sûre.me rappelle", "www.canada.ca", "à 9.5 km", "elle part . ca va", "point com"],
    Address(): [
        "dans la rue",
        "la rue d'en arrière",
        "bus 55 direction nord",
        "chambre 12",
        "reste 2 jours",
        "le 24 décembre",
        "après 9 arrêts",
        "sur la 20",
        "elle longe la rue principale",
        "avant le 30, le bail finit",
        "jusqu'à 5h30",
        "du poignet demain",
        "à deux rues de chez lui",
        "le chemin du retour",
        "la première rue à gauche",
        "au premier rang",
        "elle garde le 911 sur l'écran",
        "entre Caraquet et Tracadie",
        "entre sa mère et sa soeur",
        "dans le coin cuisine et salon",
        "au coin de la table et du mur",
        "à côté de la maison",
        "de l'autre côté de la fenêtre",
        "une app à 14 ans",
        "la côte d'ivoire",
        "elle dort sur le divan",
        "reste sur facebook",
        "habite sur Montréal",
        "google drive",
        "en route des vacances",
        "10 minutes ouest de la ville",
    ],
    PostalCode(): ["à 2h30 elle part", "le 3e étage", "mon 1 a 1 est dans 10 min"],
    BirthDate(): [
        "elle est née à Manille",
        "rendez-vous le 14 mars",
        "le 2026-11-21",
        "née ici",
        "il est de 98 kilos",
        "le loyer est de 800 piasses",
        "elle est arrivée en mars 2023",
        "un bail de mars 2023 à juin 2024",
        "elle est de Laval",
    ],
    IdentityNumber(): [
        "permis de travail fermé",
        "dossier ouvert en 2021",
        "911",
        "son passeport depuis deux mois",
        "dossier de 3 pages",
        "passeport expiré en 2021",
    ],
    Plate(): [
        "les 200 piasses",
        "bus 123",
        "chambre 304",
        "14h30",
        "le char a 4 portes",
        "a 4 heures du char",
        "un guide de la OMS 2003",
        "il la suit sur Life360",
    ],
    Account(): [
        "son compte est gelé",
        "450 $ sur sa carte",
        "carte soleil",
        "son compte a 200 piasses",
        "le compte pour 4 filles",
    ],
    Handle(): ["sur facebook avec sa soeur", "snap ouvert", "si y barre la porte", "les 22 filles"],
    Secret(): [
        "le mot de passe est changé",
        "mot de passe partagé",
        "un code de couleur",
        "que se passe-t-il si elle consomme",
        "son passe-temps",
        "le wifi marche 2 jours",
        "un code à quatre chiffres",
        "le Code criminel",
        "devant la porte 24/7",
        "le code change aux 2 semaines",
    ],
    ExactPlace(): ["un motel sur la 20", "le bar du coin", "l'école de sa fille", "à l'hôtel avec lui"],
    Leftover(): ["12 500 $", "24h sur 24", "covid19", "2e étage", "de 18 à 25 ans", "life360"],
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
