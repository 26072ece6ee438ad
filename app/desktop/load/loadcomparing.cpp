// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcomparing.h"

#include "load/loadcharts.h"

#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

/// What is worked out in another thread.
struct LoadComparing::Found
{
    LoadComparison comparison;
    QList<ChartSeries> firstToken;
    QList<ChartSeries> tokens;
};

namespace {

/// The stage that gave the most, of a run alone its own.
const LoadStage &bestOf(const LoadResult &result)
{
    return *std::ranges::max_element(result.stages, {}, [](const LoadStage &stage) {
        const LoadSummary &summary = stage.report.summary;
        return summary.isOfItems() ? summary.itemRate().value_or(0)
                                   : summary.tokenRate().value_or(0);
    });
}

/// Tokens a second, by the second.
QList<QPointF> tokensOf(const LoadReport &report)
{
    QList<QPointF> points;
    const double perPiece = report.summary.tokensPerChunk().value_or(1);
    const std::vector<LoadTick> &ticks = report.timeline.ticks();
    constexpr std::size_t second = 10;
    for (std::size_t i = 0; i + second <= ticks.size(); i += second) {
        double pieces = 0;
        for (std::size_t k = i; k < i + second; ++k) {
            pieces += double(ticks[k].chunks);
        }
        points.append({double(i + second) / second, pieces * perPiece});
    }
    return points;
}

QString differenceText(const ComparisonRow &row, const ComparisonCell &cell)
{
    if (!cell.difference) {
        return {};
    }
    const auto sign = [](double value) { return value > 0 ? u"+"_s : QString(); };
    QString text = cell.relative && std::isfinite(*cell.relative)
        ? u"%1%2 %"_s.arg(sign(*cell.relative),
              QLocale().toString(*cell.relative * 100, 'f', std::abs(*cell.relative) < 0.1 ? 1 : 0))
        : sign(*cell.difference) + figureText(row.unit, *cell.difference);
    text.replace(u'-', u'−');
    if (cell.interval) {
        text += u" ("_s
            + LoadComparing::tr("%1 to %2", "interval")
                  .arg(figureText(row.unit, cell.interval->low),
                      figureText(row.unit, cell.interval->high))
            + u')';
    }
    return text;
}

} // namespace

LoadComparing::LoadComparing(QObject *parent)
    : QObject(parent)
    , m_firstToken(new ChartData(this))
    , m_tokens(new ChartData(this))
{
    m_firstToken->setTitle(tr("Time to first token"), tr("share that took no longer"));
    m_firstToken->setAxes({.unit = ChartUnit::Duration, .isLog = true},
        {.unit = ChartUnit::Share, .startsAtZero = true});
    m_tokens->setTitle(tr("Output tokens"), tr("a second"));
    m_tokens->setAxes({.unit = ChartUnit::Time}, {.unit = ChartUnit::Number, .startsAtZero = true});
}

Result<LoadComparing::Found> LoadComparing::find(const LoadHistory &history,
    const QList<QUuid> &runs, const QHash<QUuid, ForeignReport> &foreign)
{
    Found found;
    QList<ComparableRun> comparables;
    for (const QUuid id : runs) {
        if (const auto other = foreign.find(id); other != foreign.end()) {
            comparables.append(other->comparable()); // which has no curves
            continue;
        }
        const Result<LoadResult> result = history.loadWithSamples(id);
        if (!result) {
            return Failure(result.error());
        }
        if (result->stages.isEmpty()) {
            continue;
        }
        comparables.append(comparable(*result));
        const LoadReport &report = bestOf(*result).report;
        const int look = int(comparables.size()) - 1;
        found.firstToken.append({.name = comparables.constLast().name,
            .kind = ChartSeries::Kind::Steps,
            .look = look,
            .points = distributionOf(report.summary.time(LoadMetric::TimeToFirstToken))});
        found.tokens.append(
            {.name = comparables.constLast().name, .look = look, .points = tokensOf(report)});
    }
    const Result<LoadComparison> comparison = Lorikeet::compare(comparables);
    if (!comparison) {
        return Failure(comparison.error());
    }
    found.comparison = *comparison;
    return found;
}

void LoadComparing::compare(const LoadHistory &history, const QList<QUuid> &runs,
    const QHash<QUuid, ForeignReport> &foreign)
{
    m_isBusy = true;
    show({});
    Q_EMIT changed();
    QtConcurrent::run([history, runs, foreign] {
        return std::make_shared<Result<Found>>(find(history, runs, foreign));
    }).then(this, [this, asked = ++m_asked](const std::shared_ptr<Result<Found>> &found) {
        if (asked != m_asked) {
            return;
        }
        m_isBusy = false;
        if (*found) {
            show(**found);
        } else {
            Q_EMIT failed(found->error().message);
        }
        Q_EMIT changed();
    });
}

void LoadComparing::show(const Found &found)
{
    m_comparison = found.comparison;
    m_firstToken->setSeries(found.firstToken);
    m_tokens->setSeries(found.tokens);
}

QList<ComparedRow> LoadComparing::rows() const
{
    QList<ComparedRow> rows;
    for (const ComparisonRow &row : m_comparison.rows) {
        ComparedRow shown;
        shown.name = row.label;
        for (const ComparisonCell &cell : row.cells) {
            ComparedFigure figure;
            figure.value = cell.value ? figureText(row.unit, *cell.value) : u"–"_s;
            figure.difference = differenceText(row, cell);
            figure.outcome = int(cell.outcome);
            figure.sure = cell.isReliable;
            QStringList why{cell.definition.sentence};
            if (!cell.why.isEmpty()) {
                why.append(cell.why);
            }
            if (cell.p) {
                why.append(tr("Chance alone gives as much in %1 of 100.")
                        .arg(QLocale().toString(*cell.p * 100, 'g', 2)));
            }
            why.removeAll(QString());
            figure.why = why.join(u'\n');
            shown.cells.append(figure);
        }
        rows.append(shown);
    }
    return rows;
}

QList<ComparedSetUp> LoadComparing::setUp() const
{
    QList<ComparedSetUp> rows;
    for (const SetUpRow &row : m_comparison.setUp) {
        ComparedSetUp shown;
        shown.name = row.name;
        shown.values = row.values;
        rows.append(shown);
    }
    return rows;
}

QStringList LoadComparing::sentences() const
{
    QStringList sentences = m_comparison.sentences;
    sentences.removeAll(QString());
    return sentences;
}

} // namespace Lorikeet
