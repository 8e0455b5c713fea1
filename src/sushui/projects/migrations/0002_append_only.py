"""PostgreSQL itself refuses to change or delete a raw figure."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FORBID = """
CREATE FUNCTION projects_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Monthly figures are append-only: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_monthlyfigure
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
"""

ALLOW = """
DROP TRIGGER append_only ON projects_monthlyfigure;
DROP FUNCTION projects_append_only();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projects", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(FORBID, ALLOW)]
