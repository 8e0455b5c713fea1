"""The year's portfolio in versions, of which the approved ones are final; yearly output, append-only."""

import django.db.models.constraints
import django.db.models.deletion
import sushui.kernel.clock
import sushui.projects.enums.ledger
import sushui.projects.enums.portfolios
from django.conf import settings
from django.db import migrations, models

FORBID = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_yearlyoutput
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();

CREATE FUNCTION projects_portfolio_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An approved version of a portfolio is final: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER final_version BEFORE UPDATE OR DELETE ON projects_portfolioversion
    FOR EACH ROW WHEN (OLD.state IN ('approved', 'adjusted'))
    EXECUTE FUNCTION projects_portfolio_is_final();

CREATE FUNCTION projects_portfolio_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM projects_portfolioversion
        WHERE id IN (OLD.list_version_id, NEW.list_version_id) AND state IN ('approved', 'adjusted')
    ) THEN
        RAISE EXCEPTION 'An approved version of a portfolio is final: % on % is refused.', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER final_version BEFORE INSERT OR UPDATE OR DELETE ON projects_portfolioentry
    FOR EACH ROW EXECUTE FUNCTION projects_portfolio_entry_is_final();
"""

ALLOW = """
DROP TRIGGER final_version ON projects_portfolioentry;
DROP FUNCTION projects_portfolio_entry_is_final();
DROP TRIGGER final_version ON projects_portfolioversion;
DROP FUNCTION projects_portfolio_is_final();
DROP TRIGGER append_only ON projects_yearlyoutput;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_initial'),
        ('projects', '0008_held_preview'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PortfolioVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=sushui.kernel.clock.now)),
                ('updated_at', models.DateTimeField(default=sushui.kernel.clock.now)),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(default=sushui.projects.enums.portfolios.PortfolioState['DRAFT'], max_length=32)),
                ('note', models.TextField(blank=True)),
                ('discussed_on', models.DateField(null=True)),
                ('discussion', models.TextField(blank=True)),
                ('approved_on', models.DateField(null=True)),
                ('document', models.CharField(blank=True, max_length=200)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.post')),
                ('based_on', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.portfolioversion')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.post')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PortfolioEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=sushui.kernel.clock.now)),
                ('updated_at', models.DateTimeField(default=sushui.kernel.clock.now)),
                ('position', models.PositiveIntegerField()),
                ('planned', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('total', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('start_month', models.DateField(null=True)),
                ('completion_month', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('level', models.CharField(default=sushui.projects.enums.ledger.ProjectLevel['OTHER'], max_length=32)),
                ('sector', models.CharField(blank=True, default='', max_length=32)),
                ('sources', models.JSONField(default=dict)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('cluster', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.projectcluster')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('list_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='projects.portfolioversion')),
            ],
        ),
        migrations.CreateModel(
            name='ProjectPortfolio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=sushui.kernel.clock.now)),
                ('updated_at', models.DateTimeField(default=sushui.kernel.clock.now)),
                ('year', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=100)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
            ],
        ),
        migrations.AddField(
            model_name='portfolioversion',
            name='portfolio',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='projects.projectportfolio'),
        ),
        migrations.CreateModel(
            name='YearlyOutput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.post')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outputs', to='projects.project')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='portfolioentry',
            constraint=models.UniqueConstraint(fields=('list_version', 'project'), name='portfolio_project_once'),
        ),
        migrations.AddConstraint(
            model_name='portfolioentry',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('list_version', 'position'), name='portfolio_position_once'),
        ),
        migrations.AddConstraint(
            model_name='portfolioentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('planned', None), ('planned__gte', 0), _connector='OR'), models.Q(('total', None), ('total__gte', 0), _connector='OR')), name='portfolio_amounts_not_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='portfolioentry',
            constraint=models.CheckConstraint(condition=models.Q(('start_month', None), ('completion_month', None), ('completion_month__gte', models.F('start_month')), _connector='OR'), name='portfolio_completion_after_start'),
        ),
        migrations.AddConstraint(
            model_name='projectportfolio',
            constraint=models.UniqueConstraint(fields=('division', 'year', 'name'), name='portfolio_once'),
        ),
        migrations.AddConstraint(
            model_name='portfolioversion',
            constraint=models.UniqueConstraint(fields=('portfolio', 'number'), name='portfolio_version_once'),
        ),
        migrations.AddConstraint(
            model_name='portfolioversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [sushui.projects.enums.portfolios.PortfolioState['DRAFT'], sushui.projects.enums.portfolios.PortfolioState['DISCUSSED']]), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False)), _connector='OR'), name='portfolio_approved_by'),
        ),
        migrations.AddConstraint(
            model_name='yearlyoutput',
            constraint=models.UniqueConstraint(fields=('project', 'year', 'number'), name='yearly_output_once'),
        ),
        migrations.AddConstraint(
            model_name='yearlyoutput',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='yearly_output_not_below_zero'),
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
