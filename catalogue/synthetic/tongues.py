"""Words of many languages in their own script and in Latin letters, put together from syllables and stock words.

They mean nothing, mostly, but look right: what matters to search is the letters and how common they are.
"""

from dataclasses import dataclass, field
from itertools import product

VOCABULARY = 3000  # words of each language


@dataclass
class Tongue:
    """A language: how words are made, and how they are joined to a title's name.

    Words are pairs (as written, in Latin letters).
    """

    script: str
    syllables: list
    words: list = field(default_factory=list)
    given: list = field(default_factory=list)
    links: list = field(default_factory=lambda: [(" ", " ")])
    lengths: tuple = (2, 2, 3)
    surname_endings: list = field(default_factory=lambda: [("", "")])
    surname_first: bool = False

    def vocabulary(self, chance):
        """Stock words first, then made ones: each once."""
        made = dict.fromkeys(self.words)
        while len(made) < VOCABULARY:
            made[join([chance.pick(self.syllables) for _ in range(chance.pick(self.lengths))])] = None
        return list(made)


def join(pairs, link=("", "")):
    """One pair of several."""
    written, latin = zip(*pairs, strict=True)
    return link[0].join(written), link[1].join(latin)


def pairs(text):
    """ "а:a б:b" as pairs; "-" stands for nothing, a letter without ":" for itself."""
    made = (part.partition(":") for part in text.split())
    return [(_nothing(written), _nothing(latin) if colon else _nothing(written)) for written, colon, latin in made]


def _nothing(text):
    return "" if text == "-" else text


def syllables(onsets, vowels, codas="-:-"):
    return [join(parts) for parts in product(pairs(onsets), pairs(vowels), pairs(codas))]


def hangul():
    """Syllables of Korean: Unicode numbers them by their three parts."""
    onsets = {0: "g", 2: "n", 3: "d", 5: "r", 6: "m", 7: "b", 9: "s", 11: "", 12: "j", 14: "ch", 17: "p", 18: "h"}
    vowels = {0: "a", 1: "ae", 4: "eo", 5: "e", 6: "yeo", 8: "o", 13: "u", 18: "eu", 20: "i"}
    codas = {0: "", 4: "n", 8: "l", 16: "m", 21: "ng", 1: "k"}
    return [
        (chr(0xAC00 + (onset * 21 + vowel) * 28 + coda), onsets[onset] + vowels[vowel] + codas[coda])
        for onset, vowel, coda in product(onsets, vowels, codas)
    ]


KANA = """
あ:a い:i う:u え:e お:o か:ka き:ki く:ku け:ke こ:ko さ:sa し:shi す:su せ:se そ:so た:ta ち:chi つ:tsu て:te と:to
な:na に:ni ぬ:nu ね:ne の:no は:ha ひ:hi ふ:fu へ:he ほ:ho ま:ma み:mi む:mu め:me も:mo や:ya ゆ:yu よ:yo ら:ra り:ri
る:ru れ:re ろ:ro わ:wa ア:a イ:i カ:ka キ:ki ク:ku コ:ko サ:sa シ:shi ス:su タ:ta ト:to ナ:na ニ:ni ハ:ha ヒ:hi マ:ma
ミ:mi メ:me モ:mo ラ:ra リ:ri ル:ru レ:re ロ:ro ン:n
"""
KANJI = """
夜:yoru 日:hi 月:tsuki 星:hoshi 空:sora 海:umi 山:yama 川:kawa 島:shima 森:mori 花:hana 雪:yuki 雨:ame 風:kaze 雲:kumo
火:hi 水:mizu 石:ishi 木:ki 竹:take 桜:sakura 梅:ume 松:matsu 春:haru 夏:natsu 秋:aki 冬:fuyu 朝:asa 夕:yu 人:hito
女:onna 男:otoko 子:ko 母:haha 父:chichi 姉:ane 妹:imoto 兄:ani 弟:ototo 友:tomo 心:kokoro 愛:ai 恋:koi
夢:yume 涙:namida
声:koe 手:te 目:me 耳:mimi 道:michi 町:machi 村:mura 家:ie 門:mon 窓:mado 橋:hashi 駅:eki 店:mise 船:fune
車:kuruma 馬:uma
犬:inu 猫:neko 鳥:tori 鶴:tsuru 狐:kitsune 狼:okami 虎:tora 龍:ryu 蝶:cho 刀:katana 剣:tsurugi 弓:yumi 影:kage 光:hikari
闇:yami 命:inochi 死:shi 鬼:oni 神:kami 王:o 侍:samurai 忍:shinobi 旅:tabi 歌:uta 音:oto 色:iro 白:shiro 黒:kuro 赤:aka
青:ao 金:kin 銀:gin 鉄:tetsu 酒:sake 茶:cha 米:kome 祭:matsuri 嵐:arashi 嘘:uso 罪:tsumi 罰:batsu
秘密:himitsu 東京:tokyo
京都:kyoto 物語:monogatari 時代:jidai 戦争:senso 家族:kazoku 学校:gakko 天国:tengoku 地獄:jigoku 世界:sekai 少年:shonen
少女:shojo 先生:sensei 大:dai 小:sho 七人:shichinin 三:san 百:hyaku 千:sen 万:man
"""
JAPANESE_SURNAMES = """
山田:Yamada 田中:Tanaka 鈴木:Suzuki 佐藤:Sato 高橋:Takahashi 渡辺:Watanabe 伊藤:Ito 中村:Nakamura 小林:Kobayashi
加藤:Kato 吉田:Yoshida 松本:Matsumoto 井上:Inoue 木村:Kimura 清水:Shimizu 森:Mori 池田:Ikeda
橋本:Hashimoto 石川:Ishikawa
前田:Maeda 小川:Ogawa 岡田:Okada 長谷川:Hasegawa 村上:Murakami 近藤:Kondo 坂本:Sakamoto 遠藤:Endo 青木:Aoki 藤井:Fujii
西村:Nishimura 福田:Fukuda 三浦:Miura 松田:Matsuda 中野:Nakano 原田:Harada 小野:Ono 竹内:Takeuchi 金子:Kaneko 和田:Wada
"""
JAPANESE_GIVEN = """
健:Ken 誠:Makoto 隆:Takashi 進:Susumu 勇:Isamu 明:Akira 清:Kiyoshi 茂:Shigeru 実:Minoru 博:Hiroshi 一郎:Ichiro 二郎:Jiro
三郎:Saburo 太郎:Taro 和子:Kazuko 幸子:Sachiko 節子:Setsuko 洋子:Yoko 恵子:Keiko 京子:Kyoko 久美子:Kumiko 花子:Hanako
真由美:Mayumi 直美:Naomi 裕子:Yuko 優:Yu 翔:Sho 蓮:Ren 葵:Aoi 美咲:Misaki 陽菜:Hina 大輔:Daisuke
拓也:Takuya 達也:Tatsuya
"""
HANZI = """
春:chun 夏:xia 秋:qiu 冬:dong 天:tian 地:di 山:shan 水:shui 火:huo 风:feng 云:yun 雨:yu 雪:xue 月:yue
日:ri 星:xing 夜:ye
城:cheng 江:jiang 湖:hu 海:hai 河:he 路:lu 花:hua 草:cao 木:mu 林:lin 竹:zhu 梅:mei 龙:long 虎:hu 马:ma
鸟:niao 鱼:yu 燕:yan
凤:feng 人:ren 心:xin 爱:ai 情:qing 梦:meng 家:jia 门:men 灯:deng 红:hong 白:bai 黑:hei 青:qing 黄:huang 金:jin 银:yin
铁:tie 刀:dao 剑:jian 侠:xia 王:wang 女:nü 子:zi 母:mu 父:fu 兄:xiong 弟:di 英:ying 雄:xiong 生:sheng 死:si
命:ming 运:yun
东:dong 西:xi 南:nan 北:bei 大:da 小:xiao 一:yi 三:san 五:wu 七:qi 九:jiu 十:shi 万:wan 故:gu 事:shi 传:chuan
歌:ge 声:sheng
"""
CHINESE_SURNAMES = """
王:Wang 李:Li 张:Zhang 刘:Liu 陈:Chen 杨:Yang 赵:Zhao 黄:Huang 周:Zhou 吴:Wu 徐:Xu 孙:Sun 胡:Hu 朱:Zhu
高:Gao 林:Lin 何:He
郭:Guo 马:Ma 罗:Luo 梁:Liang 宋:Song 郑:Zheng 谢:Xie 韩:Han 唐:Tang 冯:Feng 于:Yu 董:Dong 萧:Xiao 程:Cheng
曹:Cao 袁:Yuan
"""
KOREAN_SURNAMES = """
김:Kim 이:Lee 박:Park 최:Choi 정:Jung 강:Kang 조:Cho 윤:Yoon 장:Jang 임:Lim 한:Han 오:Oh 서:Seo 신:Shin 권:Kwon 황:Hwang
안:Ahn 송:Song 류:Ryu 홍:Hong 전:Jeon 고:Ko 문:Moon 배:Bae
"""
CYRILLIC = syllables(
    "б:b в:v г:g д:d ж:zh з:z к:k л:l м:m н:n п:p р:r с:s т:t ф:f х:kh ч:ch ш:sh ст:st кр:kr пр:pr",
    "а:a е:e и:i о:o у:u я:ya",
    "-:- н:n р:r л:l к:k м:m",
)
RUSSIAN_WORDS = """
ночь:noch день:den дом:dom город:gorod река:reka море:more любовь:lyubov война:voyna мир:mir журавль:zhuravl сон:son
зеркало:zerkalo дорога:doroga весна:vesna зима:zima лето:leto осень:osen сердце:serdtse солнце:solntse луна:luna
звезда:zvezda тень:ten брат:brat сестра:sestra мать:mat отец:otets дети:deti друг:drug человек:chelovek письмо:pismo
песня:pesnya вокзал:vokzal поезд:poezd небо:nebo земля:zemlya ветер:veter снег:sneg дождь:dozhd лес:les озеро:ozero
птица:ptitsa волк:volk медведь:medved щука:shchuka мост:most улица:ulitsa
"""
RUSSIAN_GIVEN = """
Иван:Ivan Мария:Mariya Пётр:Pyotr Анна:Anna Николай:Nikolai Ольга:Olga Сергей:Sergei Татьяна:Tatyana Алексей:Aleksei
Елена:Yelena Дмитрий:Dmitri Наталья:Natalya Андрей:Andrei Ирина:Irina Михаил:Mikhail Людмила:Lyudmila Юрий:Yuri
Светлана:Svetlana Григорий:Grigori Вера:Vera Борис:Boris Надежда:Nadezhda Фёдор:Fyodor Евгения:Yevgeniya
"""
GREEK = syllables(
    "β:v γ:g δ:d ζ:z θ:th κ:k λ:l μ:m ν:n π:p ρ:r σ:s τ:t φ:f χ:ch", "α:a ε:e ι:i ο:o ου:ou η:i", "-:- ν:n ρ:r λ:l"
)
GREEK_GIVEN = """
Γιώργος:Giorgos Μαρία:Maria Νίκος:Nikos Ελένη:Eleni Κώστας:Kostas Άννα:Anna Δημήτρης:Dimitris Σοφία:Sofia
Θανάσης:Thanasis
Κατερίνα:Katerina Στέλιος:Stelios Ειρήνη:Irini
"""
ARABIC = syllables(
    "ب:b ت:t ج:j ح:h خ:kh د:d ر:r ز:z س:s ش:sh ط:t ع:a ف:f ق:q ك:k ل:l م:m ن:n ه:h",
    "-:a ا:a ي:i و:u",
    "-:- ر:r ل:l ن:n م:m د:d",
)
ARABIC_GIVEN = """
محمد:Mohamed فاطمة:Fatima أحمد:Ahmed ليلى:Layla يوسف:Youssef نادية:Nadia حسن:Hassan سعاد:Souad عمر:Omar مريم:Maryam
كريم:Karim هدى:Hoda سمير:Samir نور:Nour خالد:Khaled
"""
HEBREW = syllables(
    "ב:b ג:g ד:d ז:z ח:ch ט:t כ:k ל:l מ:m נ:n ס:s פ:p צ:ts ק:k ר:r ש:sh ת:t", "-:a י:i ו:o", "-:- ר:r ל:l"
)
DEVANAGARI = syllables(
    "क:k ख:kh ग:g च:ch ज:j त:t द:d न:n प:p ब:b म:m र:r ल:l व:v श:sh स:s ह:h", "-:a ा:aa ि:i ी:ee ु:u े:e ो:o"
)
HINDI_GIVEN = """
राज:Raj मीना:Meena अमित:Amit सीता:Sita विजय:Vijay लता:Lata अनिल:Anil राधा:Radha सुनील:Sunil कमल:Kamal
गीता:Geeta रवि:Ravi
मोहन:Mohan शबाना:Shabana दीपा:Deepa
"""
BENGALI = syllables("ক:k খ:kh গ:g চ:ch জ:j ত:t দ:d ন:n প:p ব:b ম:m র:r ল:l শ:sh স:s হ:h", "-:o া:a ি:i ু:u ে:e ো:o")
TAMIL = syllables("க:k ச:s த:th ந:n ப:p ம:m ய:y ர:r ல:l வ:v", "-:a ா:aa ி:i ு:u ே:e ோ:o", "-:- ன்:n ல்:l ர்:r")
THAI = syllables(
    "ก:k ข:kh จ:ch ด:d ต:t น:n บ:b ป:p พ:ph ม:m ร:r ล:l ว:w ส:s ห:h", "า:a ี:i ู:u ิ:i อ:o", "-:- น:n ม:m ง:ng"
)
GEORGIAN = syllables(
    "ბ:b გ:g დ:d ვ:v ზ:z თ:t კ:k ლ:l მ:m ნ:n პ:p რ:r ს:s შ:sh ჩ:ch ხ:kh", "ა:a ე:e ი:i ო:o უ:u", "-:- რ:r ნ:n ლ:l"
)
ARMENIAN = syllables("բ:b գ:g դ:d զ:z կ:k լ:l մ:m ն:n պ:p ս:s վ:v տ:t ր:r ք:k", "ա:a ե:e ի:i ո:o", "-:- ն:n ր:r մ:m")
FRENCH = "nuit jour fleur rue mer amour été hiver forêt rêve île château garçon femme père mère frère sœur clé pluie"
GERMAN = "Nacht Tag Blume Straße Meer Liebe Sommer Winter Wald Traum Insel Schloß Mädchen Frau Vater Mutter Bruder Tür"
SPANISH = (
    "noche día flor calle mar amor verano invierno bosque sueño isla corazón niño mujer padre madre hermano sombra"
)
ITALIAN = "notte giorno fiore strada mare amore estate inverno bosco sogno isola cuore città donna padre madre fratello"
PORTUGUESE = "noite dia flor rua mar amor verão inverno bosque sonho ilha coração menino mulher pai mãe irmão sombra"
POLISH = "noc dzień kwiat ulica morze miłość lato zima las sen wyspa serce chłopiec kobieta ojciec matka brat popiół"
CZECH = "noc den květ ulice moře láska léto zima les sen ostrov srdce chlapec žena otec matka bratr vlak obchod"
SWEDISH = "natt dag blomma gata hav kärlek sommar vinter skog dröm ö hjärta pojke kvinna far mor bror sjö ljus"
DANISH = "nat dag blomst gade hav kærlighed sommer vinter skov drøm ø hjerte dreng kvinde far mor bror sø lys"
FINNISH = "yö päivä kukka katu meri rakkaus kesä talvi metsä uni saari sydän poika nainen isä äiti veli järvi valo"
TURKISH = "gece gün çiçek sokak deniz aşk yaz kış orman rüya ada kalp çocuk kadın baba anne kardeş göl ışık"
HUNGARIAN = "éjszaka nap virág utca tenger szerelem nyár tél erdő álom sziget szív fiú nő apa anya testvér tó fény"
SOFT = syllables("b c d f g l m n p r s t v br tr gr pl", "a e i o u é ai", "- n r l s")
HARD = syllables("b d f g h k l m n r s sch st t w", "a e i o u ü ö ei", "- n r l ch")
SLAVIC = syllables("b c d k l m n p r s t w z cz sz", "a e i o u ó y", "- n k r l")
NORDIC = syllables("b d f g h k l m n r s t v sk", "a e i o u å ä ö", "- n r l s")
FRENCH_GIVEN = "Jean Marie Pierre Françoise Jacques Hélène André Simone Michel Chloé Louis Agnès Rémi Zoé Gérard Amélie"
GERMAN_GIVEN = "Hans Greta Karl Ingrid Werner Hanna Jürgen Käthe Wolfgang Ulrike Fritz Lotte Günther Petra Rainer Heike"
SPANISH_GIVEN = "José María Carlos Carmen Luis Isabel Miguel Pilar Pedro Inés Andrés Lucía Ramón Dolores Tomás Belén"
ITALIAN_GIVEN = "Giovanni Maria Giuseppe Anna Luigi Sofia Marco Giulia Paolo Chiara Franco Lucia Enzo Silvana Nino Rosa"
POLISH_GIVEN = "Jan Anna Andrzej Krystyna Krzysztof Barbara Wojciech Agnieszka Stanisław Małgorzata Łukasz Zofia"
NORDIC_GIVEN = "Lars Ingrid Nils Astrid Sven Liv Erik Karin Björn Åsa Gunnar Märta Søren Mette Jørgen Sigrid Aino Väinö"


def _latin(syllables, words, links, given, *endings):
    """A language in Latin letters: the words are not written in another way."""
    ways = [(link, link) for link in links]
    tails = [(ending, ending) for ending in endings] or [("", "")]
    return Tongue("Latn", syllables, pairs(words), pairs(given), ways, surname_endings=tails)


OV = pairs("ов:ov ев:ev ин:in ский:sky енко:enko ова:ova ина:ina")
TONGUES = {
    "fr": _latin(SOFT, FRENCH, [" de ", " et ", " sans ", " "], FRENCH_GIVEN, "eau", "ier", "ot", "on", "ard"),
    "de": _latin(HARD, GERMAN, [" und ", " der ", " ohne ", " "], GERMAN_GIVEN, "mann", "er", "berg", "stein", "ke"),
    "es": _latin(SOFT, SPANISH, [" de ", " y ", " sin ", " "], SPANISH_GIVEN, "ez", "ero", "al", "ín", "osa"),
    "it": _latin(SOFT, ITALIAN, [" di ", " e ", " senza ", " "], ITALIAN_GIVEN, "ini", "elli", "ossi", "etti", "one"),
    "pt": _latin(SOFT, PORTUGUESE, [" de ", " e ", " sem ", " "], SPANISH_GIVEN, "eira", "ão", "es", "inho"),
    "pl": _latin(SLAVIC, POLISH, [" i ", " bez ", " "], POLISH_GIVEN, "ski", "owicz", "ak", "czyk", "ska"),
    "cs": _latin(SLAVIC, CZECH, [" a ", " bez ", " "], POLISH_GIVEN, "ek", "ová", "ík", "ský"),
    "sv": _latin(NORDIC, SWEDISH, [" och ", " utan ", " "], NORDIC_GIVEN, "sson", "ström", "berg", "gren"),
    "da": _latin(NORDIC, DANISH, [" og ", " uden ", " "], NORDIC_GIVEN, "sen", "gaard", "holm"),
    "fi": _latin(NORDIC, FINNISH, [" ja ", " "], NORDIC_GIVEN, "nen", "la", "mäki"),
    "tr": _latin(
        NORDIC, TURKISH, [" ve ", " "], "Mehmet Ayşe Mustafa Zeynep Ahmet Türkan Yılmaz Müjde", "oğlu", "er", "kaya"
    ),
    "hu": _latin(NORDIC, HUNGARIAN, [" és ", " "], "Béla Mari István Zsuzsa Miklós Ágnes László Éva", "i", "fi", "kó"),
    "ru": Tongue(
        "Cyrl",
        CYRILLIC,
        pairs(RUSSIAN_WORDS),
        pairs(RUSSIAN_GIVEN),
        [(" ", " "), (" и ", " i "), (" без ", " bez ")],
        surname_endings=OV,
    ),
    "ja": Tongue(
        "Jpan",
        pairs(KANA) + pairs(KANJI),
        pairs(KANJI),
        pairs(JAPANESE_GIVEN),
        [("の", " no "), ("と", " to "), ("", "")],
        surname_first=True,
    ),
    "ko": Tongue("Kore", hangul(), [], [], [(" ", " "), ("의 ", "ui ")], (1, 2, 2, 3), surname_first=True),
    "zh": Tongue("Hani", pairs(HANZI), [], pairs(HANZI), [("", " "), ("之", " zhi ")], (1, 2, 2), surname_first=True),
    "el": Tongue(
        "Grek",
        GREEK,
        [],
        pairs(GREEK_GIVEN),
        [(" ", " "), (" και ", " kai ")],
        surname_endings=pairs("ης:is ος:os άκης:akis όπουλος:opoulos"),
    ),
    "ar": Tongue("Arab", ARABIC, [], pairs(ARABIC_GIVEN), [(" ", " "), (" و", " wa ")]),
    "fa": Tongue(
        "Arab",
        ARABIC,
        [],
        pairs(ARABIC_GIVEN),
        [(" ", " "), (" و ", " va ")],
        surname_endings=pairs("ی:i پور:pour زاده:zadeh"),
    ),
    "he": Tongue("Hebr", HEBREW, [], [], [(" ", " ")]),
    "hi": Tongue("Deva", DEVANAGARI, [], pairs(HINDI_GIVEN), [(" ", " "), (" और ", " aur ")]),
    "bn": Tongue("Beng", BENGALI, [], [], [(" ", " ")]),
    "ta": Tongue("Taml", TAMIL, [], [], [(" ", " ")]),
    "th": Tongue("Thai", THAI, [], [], [("", " ")]),
    "ka": Tongue("Geor", GEORGIAN, [], [], [(" ", " ")], surname_endings=pairs("შვილი:shvili ძე:dze")),
    "hy": Tongue("Armn", ARMENIAN, [], [], [(" ", " ")], surname_endings=pairs("յան:yan")),
}
FAMILIES = {"ja": pairs(JAPANESE_SURNAMES), "zh": pairs(CHINESE_SURNAMES), "ko": pairs(KOREAN_SURNAMES)}
