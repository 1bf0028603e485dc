"""The words that the bench's news is made of; the first of a list is the most frequent.

Nouns, verbs and adjectives were listed for this bench. Places are those of the ledger's own table,
and speakers are pairs of common given and family names: no person is meant.
"""

from importlib.resources import files

NOUNS = """
government law plan talks agreement budget report election police court border deal company vote
minister president parliament council tax bill price attack economy war market army investigation
bank hospital school energy water security strike budget inflation treaty debt sanctions reform
protest ceasefire union airport railway harbour bridge factory mine pipeline gas oil grid reactor
forest river coast dam flood drought earthquake storm fire vaccine virus clinic surgery patient
pension wage salary worker teacher farmer nurse student pupil soldier veteran refugee migrant
prisoner hostage witness judge prosecutor lawyer jury verdict sentence appeal charge crime fraud
murder theft bribe scandal inquiry commission committee delegation summit conference negotiation
mediator envoy embassy ambassador visa passport customs tariff export import subsidy loan bond
interest deficit surplus growth recession crisis bailout merger takeover shareholder dividend
profit loss turnover brand patent software network data privacy satellite rocket drone missile tank
helicopter submarine frigate weapon ammunition barracks offensive retreat frontline village suburb
district province capital mayor governor senator deputy coalition opposition party manifesto ballot
referendum constitution amendment decree veto mandate quota curfew embargo blockade checkpoint
corridor convoy shelter tent camp grain wheat maize rice sugar cattle fishery harvest fertiliser
pesticide soil emission carbon climate glacier reef species park museum theatre festival orchestra
film novel newspaper broadcaster journalist editor archive library university laboratory trial
dose infection outbreak lockdown mask test screening cancer diabetes therapy abortion birth
funeral marriage divorce custody adoption childcare kindergarten curriculum exam tuition dormitory
stadium league match coach goal medal doping transfer contract lease rent mortgage housing
apartment landlord tenant skyscraper tunnel motorway ferry tram bicycle pavement parking taxi
airline pilot runway luggage tourist hotel casino brewery vineyard bakery supermarket warehouse
parcel courier postage stamp coin note wallet ledger audit auditor invoice receipt pension fund
""".split()

VERBS = """
support reject approve sign close open build extend cut raise end cancel delay publish finance
protect ban limit review restore sell buy lease inspect repair replace evacuate reform reopen
suspend privatise nationalise subsidise investigate expand reduce freeze lift enforce amend
postpone modernise dismantle rename relocate merge audit license regulate monitor guarantee rebuild
""".split()

ADJECTIVES = """
new national public military economic regional foreign joint annual local temporary federal
financial private nuclear digital northern southern coastal rural urban emergency independent legal
medical disputed planned controversial interim voluntary bilateral strategic industrial academic
agricultural maritime judicial electoral fiscal environmental municipal seasonal mandatory costly
derelict contaminated unfinished overcrowded understaffed outdated experimental offshore
""".split()

# What is counted, and what becomes of it.
COUNTED = """
people soldiers workers homes students jobs refugees patients companies civilians passengers
schools farmers vehicles villages prisoners households tonnes hectares tourists
""".split()
FATES = """
killed injured evacuated registered closed destroyed affected displaced arrested counted hired
rescued vaccinated detained dismissed relocated
""".split()

CUES = """
said told stated added announced claimed warned insisted denied argued confirmed promised
explained conceded wrote reported suggested maintained
""".split()

OFFICES = """
minister spokeswoman mayor governor chairwoman director ambassador senator commissioner secretary
analyst professor general negotiator chief economist prosecutor
""".split()
ACTORS = """
government council ministry parliament police court army union opposition commission company
university hospital mayor governor
""".split()

GIVEN = """
Maria James Anna David Elena Thomas Fatima Michael Olga Daniel Ingrid Peter Amina Robert Sofia Jan
Leila Martin Nadia Paul Grace Omar Julia Viktor Chloe Hassan Irina Samuel Marta Andrei Yuki Carlos
Helena Ivan Priya Lucas Zofia Kofi Emma Mateo Astrid Tariq Rosa Felix Hana Simon Lucia Bjorn Mei
Diego Clara Stefan Aisha Oscar Nina Rafael Greta Kwame Laura Tomas
""".split()
FAMILY = """
Novak Smith Garcia Muller Rossi Kovacs Ivanov Jensen Silva Dubois Haddad Okafor Tanaka Kim Singh
Larsson Virtanen Popescu Horvat Petrov Schmidt Janssen Moreau Costa Nowak Fischer Keller Weber
Andersen Berg Lindqvist Nielsen Olsen Hansen Romano Ferrari Conti Greco Marino Lopez Perez Torres
Ramos Vargas Castro Mendez Rojas Pinto Almeida Barros Cardoso Teixeira Murphy Walsh Byrne Doyle
Campbell Stewart Fraser Murray Hughes Price Bennett Carter Foster Hayes Palmer Shaw Webb Barker
Chaudhry Rahman Hussain Malik Qureshi Mahmoud Nasser Khalil Saleh Mansour Aziz Karimi Rezaei
Yilmaz Kaya Demir Celik Aydin Arslan Mensah Boateng Owusu Adeyemi Balogun Eze Diallo Traore Keita
Sow Kamau Njoroge Mwangi Otieno Banda Phiri Moyo Dlamini Nkosi Botha Sato Suzuki Ito Mori Chen
Wang Liu Zhao Huang Nguyen Tran Pham Santos Reyes Cruz Bautista Lim Tan Wong Sharma Gupta Patel
Reddy Nair Iyer Kapoor Fernando Perera Bakker Visser Peeters Claes Maes Gruber Huber Steiner Moser
Wyss Zimmermann Baumann Krause Vogt Brandt Lorenz Sokolov Volkov Morozov Lebedev Shevchenko
Bondarenko Tkachenko Melnyk Kowalski Wojcik Zielinski Horak Dvorak Cerny Toth Szabo Balog Varga
Dimitrov Georgiev Stoyanov Ionescu Marin Papadakis Nikolaou Hoxha Berisha Kurti Jovanovic Markovic
""".split()

PAPERS = """
Herald Gazette Tribune Courier Times Post Observer Chronicle Dispatch Record Standard Monitor
Bulletin Mercury Examiner Telegraph
""".split()

MONTHS = """
January February March April May June July August September October November December
""".split()

# Statements in a language that is not compared.
GERMAN = (
    "Die Regierung von {place} wird den Plan bis {number} nicht umsetzen",
    "In {place} wurden {number} Menschen befragt, die Mehrheit lehnt das Vorhaben ab",
    "Der Haushalt von {place} steigt um {number} Millionen Euro",
)


def places() -> list[str]:
    """Names of towns, in an order that has nothing to do with the alphabet."""
    table = files("api.language.data").joinpath("places.tsv").read_text(encoding="utf-8")
    names = (line.partition("\t")[0] for line in table.splitlines())
    plain = [name.title() for name in names if name.isascii() and name.isalpha() and len(name) > 3]
    # Backwards: neighbours by their endings have nothing else in common.
    return sorted(plain, key=lambda name: name[::-1])
