import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("goals", "0013_questions_without_answer_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="titel")),
                ("known_from", models.DateField(null=True, verbose_name="kendt fra")),
                ("opened_on", models.DateField(null=True, verbose_name="sendt i høring")),
                ("deadline", models.DateField(null=True, verbose_name="frist")),
                ("parties_complete", models.BooleanField(default=False, verbose_name="alle hørte er kendt")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="kildedokument")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hearings", to="goals.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["-plan__year", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60)),
                ("name", models.CharField(max_length=150, verbose_name="navn")),
                ("answered", models.BooleanField(null=True, verbose_name="har svaret")),
                ("received_on", models.DateField(null=True, verbose_name="modtaget")),
                ("signed_by_role", models.CharField(blank=True, max_length=60, verbose_name="underskrevet af")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="hearings.hearing"
                    ),
                ),
            ],
            options={
                "ordering": ["hearing", "position"],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60)),
                ("section", models.CharField(max_length=100, verbose_name="afsnit")),
                ("name", models.CharField(max_length=150, verbose_name="stykke")),
                ("text", models.TextField(blank=True, verbose_name="planens tekst")),
                ("retold", models.TextField(blank=True, verbose_name="som svaret gengiver det")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="hearings.hearing"
                    ),
                ),
            ],
            options={
                "ordering": ["hearing", "position"],
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("support", "støtte"),
                            ("support_with_wish", "støtte med et ønske"),
                            ("concern", "bekymring"),
                            ("request", "ønske om ændring"),
                        ],
                        max_length=20,
                        verbose_name="holdning",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("editorial", "redaktionelt"), ("content", "indhold")],
                        max_length=10,
                        verbose_name="vedrører",
                    ),
                ),
                ("summary", models.TextField(verbose_name="resumé")),
                ("lines", models.CharField(blank=True, max_length=40, verbose_name="linjer i kilden")),
                ("known_from", models.DateField(verbose_name="kendt fra")),
                ("position", models.PositiveSmallIntegerField()),
                ("goals", models.ManyToManyField(related_name="hearing_points", to="goals.goal")),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="hearings.hearing"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="hearings.party"
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="hearings.passage"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="bemærkning")),
                ("known_from", models.DateField(verbose_name="kendt fra")),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="hearings.point"
                    ),
                ),
            ],
            options={
                "ordering": ["known_from", "id"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("note", models.TextField(blank=True, verbose_name="besked fra godkender")),
                ("actor", models.CharField(blank=True, max_length=254, verbose_name="gjort af")),
                ("client_id", models.UUIDField(null=True, unique=True)),
                ("author_role", models.CharField(max_length=120, verbose_name="skrevet af")),
                ("written_at", models.DateTimeField(verbose_name="skrevet")),
                ("made_at", models.DateTimeField(verbose_name="gemt")),
                ("demo", models.BooleanField(default=False, verbose_name="demotekst")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "modtaget"),
                            ("answered", "besvaret"),
                            ("recommended", "indstillet"),
                            ("decided", "besluttet"),
                        ],
                        max_length=12,
                        verbose_name="tilstand",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "imødekommes"),
                            ("partly_accepted", "imødekommes delvist"),
                            ("not_accepted", "imødekommes ikke"),
                            ("noted", "tages til efterretning"),
                        ],
                        max_length=16,
                        verbose_name="udfald",
                    ),
                ),
                ("reason", models.TextField(verbose_name="begrundelse")),
                ("wording_before", models.TextField(blank=True, verbose_name="ordlyd før")),
                ("wording_after", models.TextField(blank=True, verbose_name="ordlyd efter")),
                ("meeting", models.DateField(null=True, verbose_name="udvalgets møde")),
                ("decision", models.TextField(blank=True, verbose_name="udvalgets beslutning")),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="hearings.point"
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("hearing", "slug"), name="one_party_per_slug"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(fields=("hearing", "code"), name="one_passage_per_code"),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.UniqueConstraint(fields=("hearing", "code"), name="one_point_per_code"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("point", "version"), name="one_answer_per_version"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["accepted", "partly_accepted", "not_accepted", "noted"])),
                name="answer_has_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="answer_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "accepted"), _negated=True),
                    models.Q(("wording_after", ""), _negated=True),
                    _connector="OR",
                ),
                name="accepted_answer_has_a_new_wording",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "decided"), _negated=True), ("meeting__isnull", False), _connector="OR"
                ),
                name="decided_answer_has_a_meeting",
            ),
        ),
    ]
