"""What is known to have appeared in a source, with the words and the place by which it is found."""

from api.ledger.models import Appearance, Speaker, Statement


def of_source(source_id: int) -> list[Appearance]:
    """The appearances in a source with their statements and speakers, by the statements' ids."""
    query = (
        Appearance.select(Appearance, Statement, Speaker)
        .join(Statement)
        .join(Speaker)
        .where(Appearance.source == source_id)
        .order_by(Appearance.statement)
    )
    return list(query)
