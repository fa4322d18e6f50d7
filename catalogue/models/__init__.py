"""The catalogue, in four levels: Title, Release, Disc, and (in rentals) Copy."""

from catalogue.models.completeness import Completeness
from catalogue.models.drafts import KEEP_DRAFTS, TitleDraft
from catalogue.models.merging import Alike, Followed, NotTheSame
from catalogue.models.people import FormerPersonSlug, Person, PersonAlias, PersonIdentifier
from catalogue.models.releases import (
    AspectRatio,
    AudioKind,
    AudioTrack,
    Colour,
    Disc,
    Extra,
    ExtraKind,
    ExtraPerson,
    Medium,
    Release,
    ReleaseIdentifier,
    SubtitleTrack,
)
from catalogue.models.search import SearchDocument, SearchKind, SearchTerm, SearchWord
from catalogue.models.sheets import SheetImport, SheetKind, SheetRow
from catalogue.models.shelves import PopularTitle, Shelf, ShelfCount, ShelfTitle
from catalogue.models.titles import (
    Award,
    BoxOffice,
    Credit,
    EventKind,
    FormerTitleSlug,
    ImportedRecord,
    Kind,
    Offer,
    OfferKind,
    ReleaseEvent,
    Role,
    SimilarTitle,
    Title,
    TitleCollection,
    TitleCompany,
    TitleCountry,
    TitleGenre,
    TitleIdentifier,
    TitleLanguage,
    TitleName,
)
from catalogue.models.versions import BrowseVersion, PageVersion, SiteVersion
from catalogue.models.vocabulary import (
    AwardBody,
    Certificate,
    Collection,
    CollectionOrder,
    Company,
    Country,
    Genre,
    Language,
    OutsideIdentifier,
    Provider,
)
from catalogue.models.wanted import CountedVisit, WantedDay, WantedSearch

from catalogue.models.history import TRACKED, Deed, changes_of, track  # isort: skip  (it tracks the models above)
