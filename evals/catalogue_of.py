"""A catalogue of any size: real coffees first, then other lots of them that differ a little (see lots.sql)."""

from pathlib import Path

import sqlalchemy as sa

from coffeebot.models.database import Database

_HELD = """
SELECT
    (SELECT count(*) FROM original), count(*),
    coalesce(max(substr(content_hash, 5)::integer) FILTER (WHERE content_hash LIKE 'lot %'), 1)
FROM coffee
"""


async def grow(database: Database, size: int) -> int:
    """Adds lots until the catalogue holds `size` coffees; returns how many of them are not real."""
    lots = sa.text((Path(__file__).parent / "lots.sql").read_text(encoding="utf-8"))
    async with database.engine.connect() as connection:
        connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(sa.text("SELECT setseed(0.5)"))
        await connection.execute(sa.text("CREATE TEMP TABLE original AS SELECT id FROM coffee WHERE content_hash NOT LIKE 'lot %'"))
        real, held, lot = (await connection.execute(sa.text(_HELD))).one()
        while real and held < size:
            lot, most = lot + 1, min(size - held, real)
            await connection.execute(lots, {"mark": f"-lot-{lot}", "lot": str(lot), "most": most})
            held += most
        await connection.execute(sa.text("DROP TABLE original"))
        await connection.execute(sa.text("VACUUM ANALYZE"))
    return int(held - real)
