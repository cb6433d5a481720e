"""Ratios say how many times better a row is than the one it is compared with."""

from bench.tables import Column, Report, Table

COST = Column("cost", "Cost", better="less")
SPEED = Column("speed", "Speed", better="more")


def table(*rows: dict[str, object]) -> Table:
    """Rows beside a peer's."""
    return Table("toy", "Toys", (COST, SPEED), rows, against="peer")


PEER = {"server": "peer", "cost": 10.0, "speed": 3.0}
OURS = {"server": "ours", "cost": 2.0, "speed": 6.0}


def test_cheaper_and_faster_are_both_better() -> None:
    both = table(OURS, PEER)
    assert both.ratio(OURS, COST) == 5
    assert both.ratio(OURS, SPEED) == 2


def test_row_has_no_ratio_to_itself() -> None:
    assert table(OURS, PEER).ratio(PEER, COST) is None


def test_missing_peer_leaves_out_ratios() -> None:
    assert table(OURS).written() == [{**OURS, "ratios": {}}]


def test_rows_are_compared_within_their_group() -> None:
    groups = table({**OURS, "group": "a"}, {**PEER, "group": "a"}, {**PEER, "group": "b"})
    assert [row["ratios"] for row in groups.written()] == [{"cost": 5, "speed": 2}, {}, {}]


def test_report_holds_tables_and_notes() -> None:
    report = Report("Toys", [table(OURS)], ["nobody else came"])
    assert report.written()["notes"] == ["nobody else came"]
    assert report.written()["toy"][0]["server"] == "ours"
