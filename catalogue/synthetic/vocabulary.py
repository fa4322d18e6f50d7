"""English words, names and places that made-up titles and people are named with: the more common ones first."""

NOUNS = """
night day house man woman girl boy love life death war world city street river sea road time king queen heart moon sun
star summer winter dream secret shadow stranger child mother father brother sister daughter son wife husband friend
ghost devil angel thief killer lady master captain doctor soldier dancer singer hunter island garden window door room
letter story song dance game train ship boat car horse dog cat bird wolf lion tiger fox bear snake rose flower tree
forest mountain desert valley lake bridge tower castle church school hotel station market theatre circus prison farm
village kingdom empire colony border frontier harbour lighthouse factory kitchen attic cellar mirror clock watch knife
gun sword ring crown diamond pearl gold silver money treasure map key book diary photograph painting statue violin
piano drum trumpet guitar bell candle fire flame smoke ash rain snow storm wind thunder cloud sky dawn morning noon
evening twilight midnight dusk spring autumn harvest wedding marriage divorce funeral birthday holiday journey voyage
flight escape return promise lie truth memory silence whisper scream laughter tear kiss smile touch hand eye face voice
blood bone skin soul spirit mind body fear anger hate hope faith mercy grace pride sin crime murder trial judge jury
witness verdict sentence revenge justice law order peace battle victory defeat surrender treaty spy agent detective
inspector sheriff outlaw bandit cowboy gambler pirate smuggler sailor pilot driver passenger teacher student professor
writer painter poet actor director baker butcher tailor barber waiter servant butler nurse priest nun monk bishop saint
sinner prophet witch wizard giant dwarf dragon monster vampire machine robot engine rocket planet comet galaxy signal
message telegram phone radio camera film picture puzzle riddle mask costume dress coat hat shoe glove umbrella suitcase
ticket passport bread wine coffee tea sugar salt honey apple orange lemon cherry olive pepper supper breakfast feast
table chair bed stair wall fence gate yard roof chimney corner square avenue highway crossing tunnel railway airport
beach coast shore cliff cave quarry mine well fountain pond marsh swamp meadow field hill orchard vineyard barn mill
stable nest feather wing claw tail shell web spider bee wasp ant butterfly crow raven hawk eagle swan goose duck heron
whale shark salmon trout crab lobster goat sheep lamb bull cow pig rabbit hare deer stag mouse rat orphan widow heir
bride groom guest neighbour tenant landlord lodger tramp beggar clown fool hero coward traitor rebel prisoner fugitive
refugee exile pilgrim wanderer tourist ambassador minister president senator mayor governor general colonel sergeant
private recruit deserter veteran chief boss worker strike union company bank debt bargain auction gift inheritance
legacy fortune luck chance wager cards chess champion race derby match goal team coach boxer wrestler swimmer climber
runner rider fever plague cure remedy poison surgeon hospital asylum laboratory experiment formula theory equation
""".split()
PLURALS = {
    "man": "men", "woman": "women", "child": "children", "wife": "wives", "life": "lives", "thief": "thieves",
    "knife": "knives", "wolf": "wolves", "mouse": "mice", "goose": "geese", "sheep": "sheep", "deer": "deer",
    "salmon": "salmon", "trout": "trout", "dwarf": "dwarves",
}  # fmt: skip
FIRST_PARTS = """
night moon sun star sea wind fire snow rain river stone iron silver gold glass paper wood thorn rose ash oak elm wolf
fox hawk raven swan lion horse sheep goat hill moor lake marsh field mill church bell sword shield crown blood bone
heart hand eye shadow dream ghost witch devil angel winter summer spring frost storm thunder cloud sky earth salt sand
dust smoke ember lamp candle clock key gate bridge road path milk honey bread wine apple cherry pepper
""".split()
LAST_PARTS = """
light fall wood field house keeper maker walker rider singer dancer catcher hunter watcher bearer child song bird gate
way bridge tower stone land side water ford well hill garden fire storm wind shore bay haven hall stead mark work craft
smith guard ship horse flower leaf thorn
""".split()
ADJECTIVES = """
last big little long dark lost great old young new black white red blue green golden silver good bad wild lonely
beautiful secret silent strange dead cold hot broken sweet bitter happy sad quiet loud fast slow deep high low first
second third final perfect innocent guilty dangerous deadly cruel kind gentle brave proud poor rich blind deaf naked
hidden forgotten forbidden stolen borrowed burning frozen sleeping dying living laughing crying dancing flying falling
running waiting winding crooked narrow open empty full hollow heavy light bright pale grey crimson scarlet yellow
purple invisible impossible incredible ordinary unknown foreign eternal infinite private public royal holy sacred
wicked crazy mad merry curious clever foolish honest faithful false true restless careless fearless homeless endless
nameless early late sudden distant northern southern eastern western inner outer common noble
""".split()
GIVEN = """
John Mary James Anna William Elizabeth Robert Margaret Charles Alice George Emma Thomas Helen Henry Grace Edward Ruth
Frank Rose Joseph Dorothy Arthur Florence Richard Clara Albert Edith Harry Lucy Walter Ellen David Martha Peter Jane
Paul Sarah Michael Kate Daniel Laura Jack Julia Sam Eleanor Max Irene Leo Esther Oscar Nora Hugo Agnes Felix Vera
Simon Hazel Martin Ivy Adam Violet Stephen Pearl Philip Daisy Andrew Olive Mark Beatrice Luke Charlotte Matthew Emily
Nicholas Harriet Benjamin Caroline Samuel Louise Alexander Susan Patrick Barbara Kenneth Joan Ronald Marjorie Gerald
Sylvia Leonard Audrey Raymond Lillian Norman Evelyn Stanley Gladys Howard Winifred Victor Mabel Cecil Constance Ralph
Phyllis Oliver Hannah Noah Sophie Ethan Chloe Jacob Megan Liam Zoe Ryan Amber Kevin Heather Brian Tracy Eric Wendy
Dennis Sheila Keith Pamela Colin Maureen Trevor Brenda Graham Janet Neil Fiona Stuart Moira Duncan Isla Angus Morag
Owen Bronwen Rhys Carys Declan Siobhan Aidan Niamh Cormac Orla Malcolm Denise Marcus Naomi Isaac Miriam Caleb Rachel
Elijah Leah Jasper Iris Silas Flora Ambrose Mavis Barnaby Penelope Clement Rosalind Desmond Viola Edmund Cordelia
""".split()
SURNAMES = """
Smith Jones Brown Taylor Wilson Davies Evans Walker White Green Hall Wood Clarke Hughes Edwards Turner Hill Moore Clark
Harris Cooper King Ward Baker Martin Morris Allen Young Wright Bell Adams Scott Carter Mitchell Phillips Parker Collins
Murphy Kelly Cook Murray Richards Shaw Stevens Palmer Holmes Rogers Hunt Black Mills Knight Barker Lowe Webb Gibson
Fisher Ellis Ryan Gray Fox Marshall Stone Lane Rose Page Burton Cross Day Field Frost Gale Hart Hope Love Marsh North
Price Reed Sharp Swift Vale Winter York Abbott Barlow Carver Dalton Easton Farrow Gilbert Harlow Irving Jarvis Kemp
Langley Mercer Norris Osborne Pembroke Quinn Ramsay Sutton Thorne Underhill Vaughan Whitaker Yates Ackerman Blackwood
Calloway Drummond Ellery Fairfax Garrick Holloway Ingram Jessop Kendrick Lockhart Merriweather Nightingale Oakley
Prescott Quigley Ravenscroft Sinclair Tolliver Upton Vance Wetherby Hathaway Montgomery McAllister MacLeod O'Brien
O'Connor Fitzgerald Sullivan Gallagher Donnelly Byrne Doyle Maguire Campbell Stewart Robertson Fraser Cameron Buchanan
""".split()
STEMS = """
Ash Bar Black Brad Bram Brook Buck Burn Cal Car Chat Chester Clay Clif Col Cran Dal Dar Den Dun East Ed El Far Fen
Fair Gar Gold Graf Green Had Hal Ham Har Hart Haz Hea Hol Hor Hun Ket Kil Kirk Lang Lin Lock Lud Mar Mel Mid Mil Mor
New Nor Oak Ox Pem Pen Pres Rad Raven Red Rock Rose Row Ruther Sal Sel Shef Sher South Staf Stan Strat Sut Tam Thorn
Wal War Wat Well Wen West Whit Wil Win Wood Wor
""".split()
SURNAME_ENDINGS = """
ton ley ford worth well wood man son field by ham burn brook stone den combe bridge ridge more croft wick house land
dale head hurst gate way shaw thorpe
""".split()
PLACE_ENDINGS = """
ton ham ford bury mouth chester wick stead field port bridge haven minster leigh borough cliffe dale gate
""".split()
PLACES = """
London Paris Rome Berlin Vienna Moscow Tokyo Venice Madrid Lisbon Istanbul Cairo Shanghai Bombay Havana Prague Budapest
Athens Warsaw Dublin Naples Marseille Casablanca Tangier Algiers Beirut Jerusalem Damascus Baghdad Tehran Samarkand
Kabul Calcutta Madras Rangoon Bangkok Saigon Hanoi Macau Kyoto Osaka Seoul Manila Jakarta Sydney Melbourne Brooklyn
Manhattan Chicago Boston Texas Oregon Nevada Montana Alaska Arizona Kansas Memphis Nashville Savannah Charleston
Havensport Brighton Blackpool Dover Cornwall Yorkshire Glasgow Belfast Galway Cardiff Normandy Brittany Provence Tuscany
Sicily Corsica Sardinia Andalusia Seville Granada Barcelona Porto Hamburg Munich Dresden Leipzig Cologne Trieste
Salzburg Zurich Geneva Antwerp Bruges Rotterdam Copenhagen Stockholm Gothenburg Oslo Bergen Helsinki Riga Tallinn
Vilnius Odessa Kyiv Tbilisi Yerevan Baku Bucharest Sofia Belgrade Sarajevo Zagreb Tirana Crete Cyprus Malta Tunis
Tripoli Khartoum Zanzibar Nairobi Mombasa Lagos Dakar Timbuktu Kinshasa Lima Bogota Caracas Quito Santiago Valparaiso
Patagonia Montevideo Rio Bahia Acapulco Veracruz Tijuana Siberia Manchuria Mongolia Tibet Nepal Kashmir Lapland Iceland
Greenland Arcadia Utopia Babylon Troy Sparta Carthage Alexandria Byzantium
""".split()
RELATIONS = "wife daughter son mother father brother sister return revenge secret apprentice bride shadow dream".split()
DEEDS = """
Killing Finding Leaving Saving Burying Chasing Forgetting Waking Losing Remembering Crossing Inventing Following
Painting Teaching Trusting Watching Meeting Raising
""".split()
NUMBERS = (
    "Two Three Four Five Six Seven Eight Nine Ten Twelve Thirteen Twenty 7 11 12 13 21 39 40 100 101 1,000".split()
)
SHORT = """
M Z Q W X If.... Up It Us Go He Ran Ida Pi 8½ 10 9 21 300 1984 2046 1900 71 Oz Ray Roma Tár Ø Pa Io Ma $ Nope Zero Uno
11:14 24/7 !!! K-9 S.O.S. A.I. D.O.A. R.I.P. F/X Ka Ot Jo U Y I N 5×2 3½ 4.48 (untitled) … Æon É
""".split()
GENRES = """
Drama,Comedy,Documentary,Romance,Thriller,Action,Crime,Horror,Adventure,Family,Animation,Fantasy,History,War,Mystery,
Music,Sci-fi,Biography,Musical,Western,Sport,Film noir,Short,Classics,Experimental
""".replace("\n", "").split(",")
AWARD_BODIES = {
    "Harbour Film Festival": ["Grand Prix", "Jury Prize", "Best Director", "Best Actress", "Best Actor"],
    "Golden Reel Academy": ["Best Picture", "Best Director", "Best Screenplay", "Best Editing", "Best Score"],
    "Northern Lights Festival": ["Aurora", "Silver Aurora", "Audience Award"],
    "Critics' Circle of the Coast": ["Film of the Year", "Debut of the Year"],
    "Lido Lion Festival": ["Grand Lion", "Silver Lion", "Best First Film"],
    "Potsdam Film Week": ["Grand Bear", "Special Mention", "Best Cinematography"],
    "Guild of Screen Actors": ["Best Ensemble", "Best Actress", "Best Actor"],
    "Guild of Camera Operators": ["Best Cinematography"],
    "Documentary Forum": ["Best Documentary", "Best Short Documentary"],
    "Animators' Prize": ["Best Animated Film", "Best Animated Short"],
    "Asia Screen Awards": ["Best Film", "Best Director", "Best Screenplay"],
    "Andes Film Awards": ["Golden Condor", "Best Film"],
    "Nile Festival": ["Golden Pyramid", "Best Director"],
    "Edinburgh Fringe of Film": ["Audience Award", "Best British Film"],
    "Federation of Film Clubs": ["Clubs' Choice"],
}
COLLECTION_PATTERNS = ["{} cinema", "{} classics", "Tales of {}", "{} on film", "The {} shelf", "Forgotten {}"]
COMPANY_ENDINGS = "Pictures,Films,Productions,Film,Studios,Entertainment,Features,Cinema,Media,Brothers".split(",")
SYNOPSES = [
    "{given}, a {noun} from {place}, finds a {adjective} {noun2} and cannot let it go.",
    "When a {noun} disappears in {place}, {given} has one night to find the {noun2}.",
    "Nobody in {place} speaks of the {adjective} {noun} until {given} comes home for the {noun2}.",
    "A {adjective} {noun} and a {noun2} share a flat in {place}, to the dismay of {given}.",
    "{given} leaves {place} with nothing but a {noun} and a {adjective} idea.",
    "The {noun} of {place} is being sold, and {given} is told to count every {noun2}.",
]  # fmt: skip
