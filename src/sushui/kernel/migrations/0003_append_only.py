"""PostgreSQL itself refuses to change or delete a line or a seal of the audit chain."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FORBID = """
CREATE FUNCTION kernel_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit chain is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_auditline
    FOR EACH ROW EXECUTE FUNCTION kernel_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_auditseal
    FOR EACH ROW EXECUTE FUNCTION kernel_append_only();
"""

ALLOW = """
DROP TRIGGER append_only ON kernel_auditline;
DROP TRIGGER append_only ON kernel_auditseal;
DROP FUNCTION kernel_append_only();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0002_initial")]
    operations: ClassVar = [migrations.RunSQL(FORBID, ALLOW)]
