"""The chart of `pascom cdr --summary --to FILE.svg`: calls per day and per hour, of the days that are complete."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from .._extras import needs
from .._files import replacing_bytes
from ..errors import ConfigurationError

if TYPE_CHECKING:
    from .cdr_summary import Range, Summary

ENDINGS = ("svg", "png")
_ANSWERED, _OTHERS = "#1f77b4", "#c6dbef"
_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "pascom"}  # text stays text; the same calls give the same bytes


def chart_format(file: str | None) -> str | None:
    """The ending of a file that holds a chart."""
    ending = (file or "").rpartition(".")[2].lower()
    return ending if ending in ENDINGS else None


def check_charts() -> None:
    """Raises ConfigurationError if there is no plotting library. (It is loaded for a chart alone: it takes 0.3 s.)"""
    try:
        import matplotlib.figure  # noqa: F401
    except ModuleNotFoundError as missing:
        raise ConfigurationError(needs("a chart", missing.name, "charts")) from None


def write_chart(summary: Summary, span: Range | None, file: str) -> None:
    """Write the chart, whole or not at all. Raises ConfigurationError if no day is complete."""
    days = span.complete_days() if span else []
    if not days:
        raise ConfigurationError("no complete day to draw: --since and --until take days that are over")
    image = BytesIO()
    _draw(summary, days, image, chart_format(file))
    with replacing_bytes(file) as target:
        target.write(image.getvalue())


def _draw(summary: Summary, days: list[date], image: BytesIO, form: str | None) -> None:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 6), layout="constrained")
    per_day, per_hour = figure.subplots(2, height_ratios=(3, 2))
    figure.suptitle(_title(summary, days))
    _days(per_day, summary, days)
    _hours(per_hour, summary, days)
    metadata = {"Date": None} if form == "svg" else None
    with mpl.rc_context(_SETTINGS):
        figure.savefig(image, format=form, dpi=150, metadata=metadata)


def _title(summary: Summary, days: list[date]) -> str:
    calls = sum(summary.days[day] for day in days)
    answered = sum(summary.answered_days[day] for day in days)
    share = f", {answered / calls:.0%} answered" if calls else ""
    return f"{days[0]:%Y-%m-%d} to {days[-1]:%Y-%m-%d}: {calls:,} calls{share}"


def _days(axes: Any, summary: Summary, days: list[date]) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, DateFormatter, DayLocator

    axes.bar(days, [summary.days[day] for day in days], color=_OTHERS, label="not answered")
    axes.bar(days, [summary.answered_days[day] for day in days], color=_ANSWERED, label="answered")
    if len(days) <= _FEW:
        axes.xaxis.set_major_locator(DayLocator())
        axes.xaxis.set_major_formatter(DateFormatter("%a\n%m-%d"))
    else:
        locator = AutoDateLocator()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.set_title("Calls per day")
    axes.legend(frameon=False, ncols=2, loc="lower right", bbox_to_anchor=(1, 1))  # above the bars


_FEW = 10  # days that each have a label


def _hours(axes: Any, summary: Summary, days: list[date]) -> None:
    per_hour = [count / len(days) for count in summary.per_hour(days)]
    axes.bar(range(24), per_hour, color=_ANSWERED)
    axes.set_xticks(range(24), [f"{hour:02}" for hour in range(24)])
    axes.set_title("Calls per hour, on an average day")
