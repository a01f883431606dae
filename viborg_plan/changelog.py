"""What has changed for those who fetch data, newest first. Shown on the page for them."""

from datetime import date

CHANGES = [
    (date(2026, 11, 21), "Alle ressourcer, alt siden et tidspunkt, fem formater, nøgler og nyhedsstrøm."),
    (date(2026, 11, 20), "Første udgave: planer, mål, målværdier, indikatorer, områder og tal."),
]
