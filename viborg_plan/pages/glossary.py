"""The words of the pages, explained in one or two sentences each."""

from django.utils.translation import gettext_lazy as _

GLOSSARY = {
    _("Fuldtidsperson"): _(
        "Personer omregnet efter, hvor stor en del af perioden de fik ydelsen: to personer i en halv måned er én "
        "fuldtidsperson. Den samme person kan tælle under flere ydelser."
    ),
    _("Procentpoint"): _(
        "Forskellen mellem to procenttal. Går en andel fra 8,1 % til 8,4 %, er den steget 0,3 procentpoint."
    ),
    _("Af befolkningen"): _(
        "Andelen regnes af alle 16-66-årige i kommunen. Andelen af arbejdsstyrken regnes kun af dem, der er i job"
        " eller ledige, og er et andet og højere tal."
    ),
    _("Oprindeligt mål"): _("Målet, som det står i den plan, udvalget vedtog før året."),
    _("Nyt mål (tillæg)"): _(
        "Målet, som tillægget til planen satte efter nedlukningen i foråret 2020. Det oprindelige mål bliver "
        "stående ved siden af."
    ),
    _("Loft"): _(
        "Et mål, der venter en stigning og sætter en grænse for den. Det er nået, så længe værdien er på eller "
        "under loftet."
    ),
    _("Tæt på"): _(
        "Målet er ikke nået, men der mangler højst den tolerance, der står ved målet: 3 % af målet, hvis andet "
        "ikke er nævnt."
    ),
    _("Foreløbigt tal"): _(
        "Den nyeste måned. Sene registreringer kan stadig flytte tallet, så det tæller ikke med, før næste måned "
        "er kommet."
    ),
    _("Tendens"): _(
        "Ændringen siden samme måned året før. Sæsonen går dermed ud. Bedre og dårligere følger målets retning; "
        "under et loft er en stigning ikke i sig selv dårligere."
    ),
    _("Rammevilkår og forventet antal"): _(
        "Ministeriets model regner ud, hvor mange på forsørgelse man skulle vente med kommunens befolkning og "
        "erhverv. Færre end forventet er godt."
    ),
    _("Som kendt den"): _(
        "Siden vises, som den ville have set ud på den dag: med de tal, mål og tekster, der var kendt da."
    ),
    _("Afklares"): _("Noget, som dokumenterne ikke siger, og som vi ikke gætter på."),
    _("Delt plads"): _(
        "Kommuner med samme tal har samme plads: »7=« betyder, at mindst én anden også er nr. 7. De "
        "offentliggjorte procenter er afrundede, så mindre forskelle kan ikke ses."
    ),
    _("Samtidige ændringer"): _(
        "At flere ydelser ændrede sig i samme tid. Det siger ikke, at den ene ændring skyldes den anden, eller "
        "hvem der er gået fra den ene til den anden."
    ),
    _("Demotal"): _(
        "Opdigtede tal, der viser portalen i brug. Ud over ministeriets benchmarking er der ikke fundet "
        "offentliggjorte tal for Viborg for 2018 til midten af 2021."
    ),
}
