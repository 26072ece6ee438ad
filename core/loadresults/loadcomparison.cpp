// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadcomparison.h"

#include "base/invalidrequest.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Outcome = ComparisonCell::Outcome;

constexpr double significant = 0.05;
/// What two times must differ by to be more than the error of a histogram's slots, one each.
constexpr double slotError = 0.016;

constexpr std::array outcomes{std::pair{Outcome::First, "first"_L1},
    std::pair{Outcome::Missing, "missing"_L1}, std::pair{Outcome::Unlike, "unlike"_L1},
    std::pair{Outcome::Untested, "untested"_L1}, std::pair{Outcome::Alike, "alike"_L1},
    std::pair{Outcome::Better, "better"_L1}, std::pair{Outcome::Worse, "worse"_L1},
    std::pair{Outcome::Other, "other"_L1}};

ComparisonCell plainCell(const LoadFigure *figure)
{
    ComparisonCell cell;
    if (figure) {
        cell.value = figure->value;
        cell.isReliable = figure->isReliable;
        cell.definition = figure->definition;
    }
    return cell;
}

ComparisonCell cellOf(const LoadFigure *first, const LoadFigure *other)
{
    ComparisonCell cell = plainCell(other);
    if (!first || !other || !first->value || !other->value) {
        cell.outcome = Outcome::Missing;
        cell.why = u"Only one of the two has it."_s;
        return cell;
    }
    if (first->definition.key != other->definition.key) {
        cell.outcome = Outcome::Unlike;
        cell.why = u"Defined otherwise: %1; the first: %2."_s.arg(
            other->definition.sentence, first->definition.sentence);
        return cell;
    }
    cell.difference = *other->value - *first->value;
    if (*first->value != 0) {
        cell.relative = *cell.difference / std::abs(*first->value);
    }
    const TestedDifference tested
        = testedDifference(first->evidence, other->evidence, {*first->value, *other->value});
    cell.method = tested.method;
    cell.interval = tested.interval;
    cell.p = tested.p;
    cell.outcome = Outcome::Untested;
    if (!tested.p) {
        cell.why = std::holds_alternative<std::monostate>(first->evidence)
                || std::holds_alternative<std::monostate>(other->evidence)
            ? u"There is one figure of each run, and nothing to tell chance by."_s
            : u"The runs were too short to tell chance by."_s;
    }
    return cell;
}

/// With p as it counts among all.
void judge(ComparisonCell &cell, const ComparisonRow &row)
{
    const bool isTime = row.unit == LoadFigure::Unit::Seconds;
    const bool isMore = *cell.p < significant && *cell.difference != 0
        && (!isTime || std::abs(cell.relative.value_or(1)) >= slotError);
    if (!isMore) {
        cell.outcome = Outcome::Alike;
    } else if (row.better == LoadFigure::Better::Neither) {
        cell.outcome = Outcome::Other;
    } else {
        const bool isHigher = *cell.difference > 0;
        cell.outcome = isHigher == (row.better == LoadFigure::Better::More) ? Outcome::Better
                                                                            : Outcome::Worse;
    }
}

QString percentText(double share)
{
    const double percent = std::abs(share) * 100;
    return QString::number(percent, 'f', percent < 10 ? 1 : 0) + u" %"_s;
}

/// "TTFT p95 24 % higher".
QString changeText(const ComparisonRow &row, const ComparisonCell &cell)
{
    const QString size = cell.relative && row.unit != LoadFigure::Unit::Share
        ? percentText(*cell.relative)
        : figureText(row.unit, std::abs(*cell.difference));
    return u"%1 %2 %3"_s.arg(row.label, size, *cell.difference > 0 ? u"higher"_s : u"lower"_s);
}

QString verdictOf(const LoadComparison &comparison, qsizetype run)
{
    QStringList better;
    QStringList worse;
    int alike = 0;
    int unlike = 0;
    int untested = 0;
    for (const ComparisonRow &row : comparison.rows) {
        const ComparisonCell &cell = row.cells[run];
        better += cell.outcome == Outcome::Better ? changeText(row, cell) : QString();
        worse += cell.outcome == Outcome::Worse ? changeText(row, cell) : QString();
        alike += cell.outcome == Outcome::Alike ? 1 : 0;
        unlike += cell.outcome == Outcome::Unlike ? 1 : 0;
        untested += cell.outcome == Outcome::Untested ? 1 : 0;
    }
    better.removeAll(QString());
    worse.removeAll(QString());
    const auto listed = [](const QStringList &all) {
        constexpr qsizetype shown = 4;
        return all.size() <= shown ? all.join(u", "_s)
                                   : u"%1 and %2 more"_s.arg(all.first(shown).join(u", "_s),
                                         QString::number(all.size() - shown));
    };
    const QString name = u"“%1”"_s.arg(comparison.names[run]);
    QString sentence;
    if (better.isEmpty() && worse.isEmpty()) {
        sentence = alike > 0
            ? u"%1 cannot be told from the first: none of %2 figures differs by more than chance."_s
                  .arg(name, QString::number(alike))
            : untested > 0
            ? u"Too little was measured to test %1 against the first: its %2 figures may differ by "
              "chance."_s.arg(name, QString::number(untested))
            : u"Nothing of %1 can be held against the first."_s.arg(name);
    } else {
        QStringList parts;
        if (!worse.isEmpty()) {
            parts += u"worse in %1"_s.arg(listed(worse));
        }
        if (!better.isEmpty()) {
            parts += u"better in %1"_s.arg(listed(better));
        }
        sentence = u"%1 is %2 by more than chance"_s.arg(name, parts.join(u"; "_s));
        sentence += alike == 0
            ? u"."_s
            : u"; of the others that were tested, none differs by more (%1)."_s.arg(alike);
    }
    if (unlike > 0) {
        sentence += u" Not subtracted, since they are defined otherwise: %1."_s.arg(unlike);
    }
    return sentence;
}

QList<SetUpRow> setUpRows(const QList<ComparableRun> &runs)
{
    QList<SetUpRow> rows;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        for (const auto &[name, value] : runs[i].setUp) {
            auto found = std::ranges::find(rows, name, &SetUpRow::name);
            if (found == rows.end()) {
                rows.append({name, QStringList(runs.size())});
                found = rows.end() - 1;
            }
            found->values[i] = value;
        }
    }
    rows.removeIf([](const SetUpRow &row) {
        return std::ranges::all_of(
            row.values, [&row](const QString &value) { return value == row.values.constFirst(); });
    });
    return rows;
}

/// The words of all runs, in the order of the first that has them.
QStringList wordsOf(const QList<ComparableRun> &runs)
{
    QStringList words;
    for (const ComparableRun &run : runs) {
        for (const LoadFigure &figure : run.figures) {
            if (!words.contains(figure.word)) {
                words.append(figure.word);
            }
        }
    }
    return words;
}

ComparisonRow rowOf(const QString &word, const QList<ComparableRun> &runs)
{
    ComparisonRow row{.word = word, .label = {}, .cells = {}};
    for (const ComparableRun &run : runs) {
        const LoadFigure *figure = run.find(word);
        if (figure && row.label.isEmpty()) {
            row.label = figure->label;
            row.unit = figure->unit;
            row.better = figure->better;
        }
    }
    const LoadFigure *first = runs.constFirst().find(word);
    row.cells.append(plainCell(first));
    for (const ComparableRun &run : runs.sliced(1)) {
        row.cells.append(cellOf(first, run.find(word)));
    }
    return row;
}

/// Corrects each run's p for how many figures of it were tested, and says what that makes of them.
void judgeAll(QList<ComparisonRow> &rows, qsizetype run)
{
    std::vector<double> p;
    for (const ComparisonRow &row : rows) {
        if (row.cells[run].p) {
            p.push_back(*row.cells[run].p);
        }
    }
    p = adjusted(p);
    size_t next = 0;
    for (ComparisonRow &row : rows) {
        ComparisonCell &cell = row.cells[run];
        if (cell.p) {
            cell.p = p[next++];
            judge(cell, row);
        }
    }
}

QJsonValue orNothing(const std::optional<double> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QJsonObject cellToJson(const ComparisonCell &cell)
{
    QJsonObject object{{u"outcome"_s, toWord(cell.outcome)}, {u"value"_s, orNothing(cell.value)},
        {u"reliable"_s, cell.isReliable}, {u"definition"_s, cell.definition.sentence}};
    if (cell.difference) {
        object.insert(u"difference"_s, *cell.difference);
        object.insert(u"relative"_s, orNothing(cell.relative));
        object.insert(u"interval"_s,
            cell.interval ? QJsonValue(QJsonArray{cell.interval->low, cell.interval->high})
                          : QJsonValue(QJsonValue::Null));
        object.insert(u"p"_s, orNothing(cell.p));
        object.insert(u"method"_s, toWord(cell.method));
    }
    if (!cell.why.isEmpty()) {
        object.insert(u"why"_s, cell.why);
    }
    return object;
}

QString unitWord(LoadFigure::Unit unit)
{
    switch (unit) {
    case LoadFigure::Unit::Seconds:
        return u"s"_s;
    case LoadFigure::Unit::PerSecond:
        return u"1/s"_s;
    case LoadFigure::Unit::Share:
        return u"share"_s;
    case LoadFigure::Unit::Count:
        return u"count"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString signedText(LoadFigure::Unit unit, double value)
{
    return (value > 0 ? u"+"_s : QString()) + figureText(unit, value);
}

QString cellText(const ComparisonRow &row, const ComparisonCell &cell)
{
    if (!cell.value) {
        return u"–"_s;
    }
    const QString text = figureText(row.unit, *cell.value);
    return cell.isReliable ? text : u'(' + text + u')';
}

/// What is said of a difference at the end of its line.
QString noteOf(const ComparisonRow &row, const ComparisonCell &cell)
{
    switch (cell.outcome) {
    case Outcome::First:
    case Outcome::Missing:
        return {};
    case Outcome::Unlike:
        return u"  defined otherwise"_s;
    default:
        break;
    }
    QString text = cell.relative && row.unit != LoadFigure::Unit::Share
        ? u"  %1%2"_s.arg(*cell.relative > 0 ? u"+"_s
                  : *cell.relative < 0       ? u"−"_s
                                             : QString(),
              percentText(*cell.relative))
        : u"  "_s + signedText(row.unit, *cell.difference);
    if (cell.interval) {
        text += u" (%1 … %2)"_s.arg(
            signedText(row.unit, cell.interval->low), signedText(row.unit, cell.interval->high));
    }
    const bool isTold = cell.outcome == Outcome::Better || cell.outcome == Outcome::Worse;
    return isTold ? text + u' ' + toWord(cell.outcome) : text;
}

} // namespace

QString toWord(Outcome outcome)
{
    return std::ranges::find(outcomes, outcome, &std::pair<Outcome, QLatin1StringView>::first)
        ->second;
}

bool LoadComparison::hasWorse() const
{
    return std::ranges::any_of(rows, [](const ComparisonRow &row) {
        return std::ranges::any_of(
            row.cells, [](const ComparisonCell &cell) { return cell.outcome == Outcome::Worse; });
    });
}

Result<LoadComparison> compare(const QList<ComparableRun> &runs)
{
    if (runs.size() < 2) {
        return invalidRequest(u"A comparison needs two runs or more."_s);
    }
    LoadComparison comparison;
    for (const QString &word : wordsOf(runs)) {
        comparison.rows.append(rowOf(word, runs));
    }
    for (const ComparableRun &run : runs) {
        const QString name = run.name;
        comparison.names.append(name);
        comparison.tools.append(run.tool);
        for (const QString &caution : run.cautions) {
            comparison.cautions.append(u"“%1”: %2"_s.arg(name, caution));
        }
    }
    std::ranges::stable_partition(comparison.cautions,
        [](const QString &caution) { return caution.contains("client-bound"_L1); });
    comparison.setUp = setUpRows(runs);
    comparison.sentences.append(QString());
    for (qsizetype i = 1; i < runs.size(); ++i) {
        judgeAll(comparison.rows, i);
        comparison.sentences.append(verdictOf(comparison, i));
    }
    return comparison;
}

QJsonObject toJson(const LoadComparison &comparison)
{
    QJsonArray rows;
    for (const ComparisonRow &row : comparison.rows) {
        QJsonArray cells;
        for (const ComparisonCell &cell : row.cells) {
            cells.append(cellToJson(cell));
        }
        rows.append(QJsonObject{{u"figure"_s, row.word}, {u"label"_s, row.label},
            {u"unit"_s, unitWord(row.unit)}, {u"runs"_s, cells}});
    }
    QJsonArray setUp;
    for (const SetUpRow &row : comparison.setUp) {
        setUp.append(QJsonObject{
            {u"name"_s, row.name}, {u"values"_s, QJsonArray::fromStringList(row.values)}});
    }
    return {{u"format"_s, u"lorikeet-load-comparison"_s}, {u"version"_s, 1},
        {u"names"_s, QJsonArray::fromStringList(comparison.names)},
        {u"tools"_s, QJsonArray::fromStringList(comparison.tools)},
        {u"verdicts"_s, QJsonArray::fromStringList(comparison.sentences)},
        {u"cautions"_s, QJsonArray::fromStringList(comparison.cautions)}, {u"set_up"_s, setUp},
        {u"figures"_s, rows}};
}

QString toText(const LoadComparison &comparison)
{
    QString text;
    for (qsizetype i = 0; i < comparison.names.size(); ++i) {
        text += u"%1  %2 (%3)\n"_s.arg(
            QString::number(i + 1), comparison.names[i], comparison.tools[i]);
    }
    text += u'\n';
    for (const ComparisonRow &row : comparison.rows) {
        text += row.label.leftJustified(28);
        for (const ComparisonCell &cell : row.cells) {
            text += cellText(row, cell).rightJustified(11) + noteOf(row, cell);
        }
        text += u'\n';
    }
    text
        += u"\nIn brackets: 95 % intervals of the difference; (…): too few samples to rely on.\n"_s;
    if (!comparison.setUp.isEmpty()) {
        text += u"\nSet up otherwise\n"_s;
        for (const SetUpRow &row : comparison.setUp) {
            text += u"  %1: %2\n"_s.arg(row.name, row.values.join(u" | "_s));
        }
    }
    for (const QString &caution : comparison.cautions) {
        text += u"\nNote: "_s + caution;
    }
    text += comparison.cautions.isEmpty() ? u"\n"_s : u"\n\n"_s;
    for (const QString &sentence : comparison.sentences.sliced(1)) {
        text += sentence + u'\n';
    }
    return text;
}

} // namespace Lorikeet
