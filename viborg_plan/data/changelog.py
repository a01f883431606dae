"""What has changed for those who fetch data, newest first. Shown on the page for them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

CHANGES = [
    (
        date(2026, 12, 1),
        _(
            "known_since fortæller også om demotal, der bliver afløst, og tal, der ikke længere vises. En markør "
            "(cursor) gælder ét spørgsmål. Filer er hele eller siger med Link, hvor resten er. Felter, der ikke "
            "findes, bliver afvist, og errors peger på hver fejl i det sendte. Accept vælger formatet."
        ),
    ),
    (
        date(2026, 11, 25),
        _("reports er kommet til: bilag til udvalgets møder med kontrolsum, bedømmelser og adresser på filerne."),
    ),
    (
        date(2026, 11, 25),
        _("Alle rækker undtagen tal og leverancer har urls: adresser på det, de hører sammen med, og på siden om dem."),
    ),
    (
        date(2026, 11, 25),
        _(
            "OpenAPI nævner de koder, man kan spørge med nu. Læses interne tal med en nøgle, bliver det skrevet i "
            "revisionssporet: hvem, hvilke tal, hvornår, og hvad nøglen er til."
        ),
    ),
    (
        date(2026, 11, 25),
        _("hearings er kommet til: hvad andre har sagt om planerne, punkt for punkt, med svar og beslutninger."),
    ),
    (
        date(2026, 11, 25),
        _(
            "status-updates: version, state og written_at er kommet til; made_at er nu, da teksten blev godkendt. "
            "En skrevet status ses, når en godkender har sagt ja, og kan sige med seen, hvilken version den bygger på."
        ),
    ),
    (
        date(2026, 11, 21),
        _("Første udgave: alle ressourcer, alt siden et tidspunkt, fem formater, nøgler, nyheder."),
    ),
]
