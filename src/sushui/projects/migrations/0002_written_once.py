"""PostgreSQL itself refuses to change or delete what is written once: raw figures, reports, final portfolios, paths.

Said again it changes nothing: a database that was led through the steps which `0001_projects` replaces has all of it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FORBID = """
CREATE OR REPLACE FUNCTION projects_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Monthly figures are append-only: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_monthlyfigure
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_yearplanversion
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_yearlyoutput
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_monthlyreportversion
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();

CREATE OR REPLACE FUNCTION projects_versions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Versions of permit paths are append-only: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_permittemplateversion
    FOR EACH ROW EXECUTE FUNCTION projects_versions_stay();

CREATE OR REPLACE FUNCTION projects_portfolio_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An approved version of a portfolio is final: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE OR REPLACE TRIGGER final_version BEFORE UPDATE OR DELETE ON projects_portfolioversion
    FOR EACH ROW WHEN (OLD.state IN ('approved', 'adjusted'))
    EXECUTE FUNCTION projects_portfolio_is_final();

CREATE OR REPLACE FUNCTION projects_portfolio_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM projects_portfolioversion
        WHERE id IN (OLD.list_version_id, NEW.list_version_id) AND state IN ('approved', 'adjusted')
    ) THEN
        RAISE EXCEPTION 'An approved version of a portfolio is final: % on % is refused.', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER final_version BEFORE INSERT OR UPDATE OR DELETE ON projects_portfolioentry
    FOR EACH ROW EXECUTE FUNCTION projects_portfolio_entry_is_final();
"""

ALLOW = """
DROP TRIGGER final_version ON projects_portfolioentry;
DROP TRIGGER final_version ON projects_portfolioversion;
DROP TRIGGER append_only ON projects_permittemplateversion;
DROP TRIGGER append_only ON projects_monthlyreportversion;
DROP TRIGGER append_only ON projects_yearlyoutput;
DROP TRIGGER append_only ON projects_yearplanversion;
DROP TRIGGER append_only ON projects_monthlyfigure;
DROP FUNCTION projects_portfolio_entry_is_final();
DROP FUNCTION projects_portfolio_is_final();
DROP FUNCTION projects_versions_stay();
DROP FUNCTION projects_append_only();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projects", "0001_projects")]
    operations: ClassVar = [migrations.RunSQL(FORBID, ALLOW)]
