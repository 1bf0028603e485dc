"""What a ledger on a server is made of, held against what its migrations make."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar
from uuid import uuid4

import psycopg
from peewee import Database, PeeweeException

from api.ledger.engines.interface import Part, Unindexed
from api.ledger.engines.postgresql_tables import ALL_REFERENCES

# Whatever a script can make: (kind, name, of what it is, how it was made). Names of this schema are
# written without it, as they are visible.
_PARTS = """
    WITH here AS (SELECT current_schema()::regnamespace AS id)
    SELECT 'column', relname || '.' || attname, relname, concat_ws(' ',
        format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
        attgenerated::text, attidentity::text,
        'COLLATE ' || collname, pg_get_expr(adbin, adrelid, true))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN here ON relnamespace = here.id
    LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'relation ' || relkind::text, relname, relname, concat_ws(' ', relpersistence,
        relrowsecurity, relforcerowsecurity)
    FROM pg_class JOIN here ON relnamespace = here.id WHERE relkind NOT IN ('t', 'i', 'c')
    UNION ALL
    SELECT 'constraint', relname || '.' || conname, relname, concat_ws(' ',
        pg_get_constraintdef(pg_constraint.oid, true), convalidated)
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid JOIN here ON connamespace = here.id
    UNION ALL
    SELECT 'index', relname, indrelid::regclass::text, concat_ws(' ',
        pg_get_indexdef(indexrelid, 0, true), indisvalid, indisready)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN here ON relnamespace = here.id
    UNION ALL
    SELECT 'trigger', relname || '.' || tgname, relname, concat_ws(' ',
        pg_get_triggerdef(pg_trigger.oid, true), tgenabled)
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN here ON relnamespace = here.id
    WHERE NOT tgisinternal
    UNION ALL
    SELECT 'rule', relname || '.' || rulename, relname, concat_ws(' ',
        pg_get_ruledef(pg_rewrite.oid, true), ev_enabled)
    FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class JOIN here ON relnamespace = here.id
    UNION ALL
    SELECT 'policy', relname || '.' || polname, relname, pg_get_expr(polqual, polrelid, true)
    FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid JOIN here ON relnamespace = here.id
    UNION ALL
    SELECT 'function', proname || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ')',
        proname, concat_ws(' ', pg_get_function_result(pg_proc.oid), lanname, provolatile,
        proparallel, proisstrict, prosecdef, array_to_string(proconfig, ','), prosrc,
        pg_get_function_sqlbody(pg_proc.oid))
    FROM pg_proc JOIN here ON pronamespace = here.id
    JOIN pg_language ON pg_language.oid = prolang
    UNION ALL
    SELECT 'dictionary', dictname, dictname, concat_ws(' ', tmplname, dictinitoption)
    FROM pg_ts_dict JOIN here ON dictnamespace = here.id
    JOIN pg_ts_template ON pg_ts_template.oid = dicttemplate
"""
_WORDS = """
    SELECT coalesce(own.{key}, found.rowid)
    FROM {table} AS own FULL JOIN {index} AS found ON found.rowid = own.{key}
    WHERE found.words IS DISTINCT FROM indexed(own.{column}, {stemmed})
    ORDER BY 1 LIMIT {most}
"""
_INDEXES = {
    "statement_search": ("statement", "text", "TRUE"),
    "proposition_search": ("proposition", "text", "TRUE"),
    "speaker_search": ("speaker_name", "folded", "FALSE"),
}
_SPELLINGS = """
    SELECT DISTINCT coalesce(made.id, found.rowid)
    FROM (
        SELECT id, trigram FROM speaker_name, trigrams_of(plain) AS trigram
    ) AS made
    FULL JOIN speaker_spelling AS found ON found.rowid = made.id AND found.trigram = made.trigram
    WHERE made.id IS NULL OR found.rowid IS NULL
    ORDER BY 1 LIMIT {most}
"""
_MOST = 10_000


class _Undone(Exception):
    """Ends what must not stay."""


class PostgresqlChecks(Database):
    """See ``Engine``."""

    last_ids_in: ClassVar[tuple[str, str]] = ("last_id", "id")
    catalogue: ClassVar[str] = "pg_catalog"

    def parts(self) -> dict[tuple[str, str], Part]:
        """See ``Engine``."""
        rows = self.execute_sql(_PARTS).fetchall()
        return {(kind, name): Part(of, made or "") for kind, name, of, made in rows}

    def parts_made_by(self, scripts: Sequence[str]) -> dict[tuple[str, str], Part] | None:
        """See ``Engine``: in a schema of its own, which nobody else ever sees."""
        name, made = f"made_{uuid4().hex}", None
        try:
            with self.atomic():
                self.execute_sql(f'CREATE SCHEMA "{name}"; SET LOCAL search_path = "{name}"')
                for script in scripts:
                    self.execute_sql(script)
                made = self.parts()
                raise _Undone
        except _Undone:
            return made
        except PeeweeException as error:
            if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
                return None
            raise

    def unindexed(self, scripts: Sequence[str]) -> Iterator[Unindexed]:
        """See ``Engine``; what makes words of a text was compared with the schema."""
        for index, (table, column, stemmed) in _INDEXES.items():
            sql = _WORDS.format(
                index=index, table=table, column=column, stemmed=stemmed, key="id", most=_MOST
            )
            for (row,) in self.execute_sql(sql).fetchall():
                yield Unindexed(index, row, column)
        for (row,) in self.execute_sql(_SPELLINGS.format(most=_MOST)).fetchall():
            yield Unindexed("speaker_spelling", row, "plain")

    def all_dangling(self) -> Iterator[tuple[str, Any, str]]:
        """See ``Engine``."""
        for table, other, column, key in self.execute_sql(ALL_REFERENCES).fetchall():
            missing = self.execute_sql(
                f'SELECT own."{column}" FROM "{table}" AS own '  # noqa: S608
                f'WHERE own."{column}" IS NOT NULL AND NOT EXISTS '
                f'(SELECT 1 FROM "{other}" WHERE "{key}" = own."{column}") LIMIT {_MOST}'
            )
            for (value,) in missing.fetchall():
                yield table, f"of {column} {value}", other
