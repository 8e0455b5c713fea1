"""Files of projects of other publishers, and what each project was received as."""

import django.db.models.deletion
import sushui.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_initial'),
        ('projects', '0014_resources'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExchangeDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=sushui.kernel.clock.now)),
                ('updated_at', models.DateTimeField(default=sushui.kernel.clock.now)),
                ('file_name', models.CharField(max_length=255)),
                ('text', models.TextField()),
                ('imported_at', models.DateTimeField(null=True)),
                ('new', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExchangeSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=255)),
                ('received', models.TextField()),
                ('understood', models.TextField()),
                ('at', models.DateTimeField()),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exchange_source', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('division', 'identifier'), name='exchange_identifier_once')],
            },
        ),
    ]
