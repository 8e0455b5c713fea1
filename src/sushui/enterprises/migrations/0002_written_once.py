"""PostgreSQL itself refuses to change or delete a figure that was told of an enterprise."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FORBID = """
CREATE FUNCTION enterprises_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Figures of enterprises are append-only: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON enterprises_enterprisefigure
    FOR EACH ROW EXECUTE FUNCTION enterprises_append_only();
"""

ALLOW = """
DROP TRIGGER append_only ON enterprises_enterprisefigure;
DROP FUNCTION enterprises_append_only();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enterprises", "0001_enterprises")]
    operations: ClassVar = [migrations.RunSQL(FORBID, ALLOW)]
