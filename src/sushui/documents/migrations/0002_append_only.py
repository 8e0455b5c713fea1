"""PostgreSQL itself refuses to change or delete content and versions, and to delete what hung on a record."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FORBID = """
CREATE FUNCTION documents_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Files are append-only: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON documents_storedfile
    FOR EACH ROW EXECUTE FUNCTION documents_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON documents_fileversion
    FOR EACH ROW EXECUTE FUNCTION documents_append_only();
CREATE TRIGGER append_only BEFORE DELETE ON documents_attachment
    FOR EACH ROW EXECUTE FUNCTION documents_append_only();
"""

ALLOW = """
DROP TRIGGER append_only ON documents_storedfile;
DROP TRIGGER append_only ON documents_fileversion;
DROP TRIGGER append_only ON documents_attachment;
DROP FUNCTION documents_append_only();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0001_files")]
    operations: ClassVar = [migrations.RunSQL(FORBID, ALLOW)]
