// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/foreignreader.h"

#include "base/invalidrequest.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array foreignShares{0.5, 0.9, 0.95, 0.99};

/// What a file calls a count may be anything.
bool isCount(const std::optional<double> &number)
{
    return number && *number >= 0 && *number <= 1e12;
}

/// By when they began, as ours are cut (loadfigure.cpp); one alone where that would be too few.
std::vector<LatencyHistogram> foreignBlocks(std::vector<std::pair<double, double>> rows)
{
    // An hour is the most a histogram holds; of moments no seconds since 1970 are more than these.
    std::erase_if(rows, [](const auto &row) {
        return std::abs(row.first) > 1e12 || row.second < 0 || row.second > 1e6;
    });
    if (rows.empty()) {
        return {};
    }
    std::ranges::sort(rows);
    const double length = rows.back().first - rows.front().first;
    std::vector<double> values;
    values.reserve(rows.size());
    for (const auto &[start, value] : rows) {
        values.push_back(value);
    }
    const auto middle = values.begin() + qsizetype(values.size() / 2);
    std::ranges::nth_element(values, middle);
    const double count = std::min(40.0, std::floor(length / std::max(1.0, *middle)));
    std::vector<LatencyHistogram> blocks(
        count >= fewestBlocks ? size_t(count) - size_t(count) % 2 : 1);
    for (const auto &[start, value] : rows) {
        const double share = length > 0 ? (start - rows.front().first) / length : 0;
        const size_t at = std::min(blocks.size() - 1, size_t(share * double(blocks.size())));
        blocks[at].add(fromSeconds(value));
    }
    return blocks;
}

} // namespace

ForeignObject::ForeignObject(QJsonObject object, QString place)
    : m_object(std::move(object))
    , m_place(std::move(place))
    , m_problem(std::make_shared<std::optional<ApiError>>())
{ }

void ForeignObject::refuse(const QString &name, const QString &what) const
{
    if (!*m_problem) {
        *m_problem = invalidRequest(u"%1: “%2” must be %3."_s.arg(m_place, name, what)).value();
    }
}

std::optional<double> ForeignObject::number(const QString &name) const
{
    const QJsonValue value = m_object.value(name);
    if (value.isDouble()) {
        return value.toDouble();
    }
    if (!value.isNull() && !value.isUndefined()) {
        refuse(name, u"a number"_s);
    }
    return std::nullopt;
}

QString ForeignObject::text(const QString &name) const
{
    const QJsonValue value = m_object.value(name);
    if (!value.isString() && !value.isNull() && !value.isUndefined()) {
        refuse(name, u"a text"_s);
    }
    return value.toString();
}

QString ForeignObject::shown(const QString &name) const
{
    return m_object.value(name).toVariant().toString();
}

ForeignObject ForeignObject::object(const QString &name) const
{
    const QJsonValue value = m_object.value(name);
    if (!value.isObject() && !value.isNull() && !value.isUndefined()) {
        refuse(name, u"an object"_s);
    }
    ForeignObject inner(value.toObject(), u"%1: %2"_s.arg(m_place, name));
    inner.m_problem = m_problem;
    return inner;
}

QJsonArray ForeignObject::array(const QString &name) const
{
    const QJsonValue value = m_object.value(name);
    if (!value.isArray() && !value.isNull() && !value.isUndefined()) {
        refuse(name, u"a list"_s);
    }
    return value.toArray();
}

std::vector<std::optional<double>> ForeignObject::numbers(const QString &name) const
{
    std::vector<std::optional<double>> numbers;
    const QJsonArray list = array(name);
    for (const QJsonValue &value : list) {
        numbers.push_back(value.isDouble() ? std::optional(value.toDouble()) : std::nullopt);
    }
    return numbers;
}

Result<> ForeignObject::outcome() const
{
    return *m_problem ? Result<>(Failure(**m_problem)) : Result<>();
}

void addFigure(ForeignReport &report, LoadFigure figure)
{
    if (figure.value) {
        report.figures.append(std::move(figure));
    }
}

void addFigures(ForeignReport &report, const ForeignTimes &times)
{
    std::vector<LatencyHistogram> blocks;
    if (!times.rows.empty() && times.unit == LoadFigure::Unit::Seconds) {
        blocks = foreignBlocks(times.rows);
    }
    const auto figure = [&](const QString &ending, const std::optional<double> &share) {
        LoadFigure made{.word = u"%1_%2"_s.arg(times.word, ending),
            .label = u"%1 %2"_s.arg(times.label, ending),
            .unit = times.unit,
            .better = times.better,
            .definition = times.definition};
        if (!blocks.empty()) {
            made.evidence
                = TimesEvidence{.blocks = blocks, .share = share, .areDependent = times.areGaps};
            made.value = valueOf(made.evidence);
        }
        return made;
    };
    LoadFigure mean = figure(u"mean"_s, std::nullopt);
    mean.value = times.mean ? times.mean : mean.value;
    if (blocks.empty() && times.deviation && isCount(times.count) && !times.areGaps) {
        mean.evidence = MeanEvidence{.deviation = *times.deviation, .count = qint64(*times.count)};
    }
    addFigure(report, mean);
    for (const double share : foreignShares) {
        LoadFigure made = figure(u'p' + QString::number(share * 100), share);
        const auto told = std::ranges::find_if(times.percentiles,
            [share](const auto &pair) { return std::abs(pair.first - share) < 1e-9; });
        if (told != times.percentiles.end()) {
            made.value = told->second;
        }
        addFigure(report, made);
    }
}

void addRate(ForeignReport &report, const QString &word, const QString &label,
    const FigureDefinition &definition, const std::optional<double> &value)
{
    addFigure(report,
        {.word = word,
            .label = label,
            .unit = LoadFigure::Unit::PerSecond,
            .better = LoadFigure::Better::More,
            .definition = definition,
            .value = value});
}

void addCounts(ForeignReport &report, const FigureDefinition &failed,
    const std::optional<double> &answered, const std::optional<double> &failures)
{
    addFigure(report,
        {.word = u"answered"_s,
            .label = u"Answered"_s,
            .unit = LoadFigure::Unit::Count,
            .better = LoadFigure::Better::Neither,
            // Each tool counts in a stretch of its own.
            .definition = {.key = failed.key.section(u'/', 0, 0) + u"/answered"_s,
                .sentence = u"requests that were answered"_s},
            .value = answered});
    if (isCount(answered) && isCount(failures) && *answered + *failures > 0) {
        const ShareEvidence share{.some = qint64(*failures), .all = qint64(*answered + *failures)};
        addFigure(report,
            {.word = u"errors"_s,
                .label = u"Failed"_s,
                .unit = LoadFigure::Unit::Share,
                .definition = failed,
                .value = valueOf(share),
                .evidence = share});
    }
}

void addSetUp(ForeignReport &report, const ForeignObject &object, const QStringList &names)
{
    for (const QString &name : names) {
        if (const QString value = object.shown(name); !value.isEmpty()) {
            report.setUp.append({name, value});
        }
    }
}

ComparableRun ForeignReport::comparable() const
{
    ComparableRun run{
        .name = name, .tool = tool, .figures = figures, .setUp = setUp, .cautions = notes};
    if (!model.isEmpty()) {
        run.setUp.prepend({u"Model"_s, model});
    }
    return run;
}

QString toText(const ForeignReport &report)
{
    QString text = u"%1, by %2%3\n"_s.arg(
        report.name, report.tool, report.version.isEmpty() ? QString() : u' ' + report.version);
    if (!report.model.isEmpty()) {
        text += u"Model  %1\n"_s.arg(report.model);
    }
    text += u'\n';
    for (const LoadFigure &figure : report.figures) {
        text += u"  %1%2   %3\n"_s.arg(figure.label.leftJustified(28),
            figureText(figure.unit, *figure.value).rightJustified(10), figure.definition.sentence);
    }
    for (const QString &note : report.notes) {
        text += u"\nNote: %1\n"_s.arg(note);
    }
    return text;
}

namespace {

/// The lines of a file as objects; one sentence with the line that is none.
Result<QList<QJsonObject>> linesOf(const QByteArray &content, const QString &place)
{
    QList<QJsonObject> lines;
    qint64 number = 0;
    for (const QByteArray &line : content.split('\n')) {
        ++number;
        if (line.trimmed().isEmpty()) {
            continue;
        }
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(line, &error);
        if (!document.isObject()) {
            return invalidRequest(u"%1, line %2: it is no JSON object (%3)."_s.arg(
                place, QString::number(number), error.errorString()));
        }
        lines.append(document.object());
    }
    return lines;
}

Result<ForeignReport> reportOfObject(const QJsonObject &object, const QString &place)
{
    if (isVllm(object)) {
        return vllmReport(object, place);
    }
    if (isAiperf(object)) {
        return aiperfReport(object, place);
    }
    if (isInferencePerf(object)) {
        return inferencePerfReport(object, place);
    }
    if (isEndpoints(object)) {
        return endpointsReport(object, place);
    }
    return invalidRequest(
        u"%1 is no report of Lorikeet, vllm bench serve, guidellm, AIPerf, inference-perf or MLPerf Endpoints."_s
            .arg(place));
}

} // namespace

Result<QList<ForeignReport>> foreignReportsFrom(const QByteArray &content, const QString &place)
{
    if (isGuidellm(content)) {
        return guidellmReports(content, place);
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(content, &error);
    if (document.isObject()) {
        const QJsonObject object = document.object();
        return (isAiperfLine(object) ? aiperfLines({object}, place) : reportOfObject(object, place))
            .map([](const ForeignReport &report) { return QList{report}; });
    }
    // One object a line; else what is wrong is wrong with the whole.
    const QJsonDocument first
        = QJsonDocument::fromJson(content.left(content.indexOf('\n')).trimmed());
    if (!first.isObject()) {
        return invalidRequest(u"%1 is no JSON: %2 at byte %3."_s.arg(
            place, error.errorString(), QString::number(error.offset)));
    }
    const Result<QList<QJsonObject>> lines = linesOf(content, place);
    if (!lines) {
        return Failure(lines.error());
    }
    if (isAiperfLine(lines->constFirst())) {
        return aiperfLines(*lines, place).map([](const ForeignReport &report) {
            return QList{report};
        });
    }
    QList<ForeignReport> reports;
    for (qsizetype i = 0; i < lines->size(); ++i) {
        const Result<ForeignReport> report
            = reportOfObject(lines->at(i), u"%1, line %2"_s.arg(place, QString::number(i + 1)));
        if (!report) {
            return Failure(report.error());
        }
        reports.append(*report);
    }
    return reports;
}

} // namespace Lorikeet
