// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "loadresults/foreignreport.h"

#include <QJsonArray>
#include <QJsonObject>

#include <memory>
#include <optional>
#include <vector>

namespace Lorikeet {

/// An object of another tool's file. Members that are missing or null are nothing; one of another
/// kind than asked for is a problem, of which the first is kept, for all objects within.
class ForeignObject final
{
public:
    ForeignObject(QJsonObject object, QString place);

    [[nodiscard]] bool has(const QString &name) const { return m_object.contains(name); }

    [[nodiscard]] const QJsonObject &json() const { return m_object; }

    [[nodiscard]] std::optional<double> number(const QString &name) const;
    [[nodiscard]] QString text(const QString &name) const;
    /// A text, number or truth value as it is shown.
    [[nodiscard]] QString shown(const QString &name) const;
    /// Empty where there is none.
    [[nodiscard]] ForeignObject object(const QString &name) const;
    [[nodiscard]] QJsonArray array(const QString &name) const;
    /// Of a list of numbers; of what is none in it, nothing.
    [[nodiscard]] std::vector<std::optional<double>> numbers(const QString &name) const;

    [[nodiscard]] const QString &place() const { return m_place; }

    /// What was wrong first.
    [[nodiscard]] Result<> outcome() const;

private:
    void refuse(const QString &name, const QString &what) const;

    QJsonObject m_object;
    QString m_place;
    std::shared_ptr<std::optional<ApiError>> m_problem;
};

/// What a file says of one time, or of lengths.
struct ForeignTimes
{
    QString word; ///< "ttft"
    QString label; ///< "TTFT"
    FigureDefinition definition;
    LoadFigure::Unit unit = LoadFigure::Unit::Seconds;
    LoadFigure::Better better = LoadFigure::Better::Less;

    // As the file has them, in seconds.
    std::optional<double> mean;
    std::optional<double> deviation;
    std::optional<double> count;
    QList<std::pair<double, double>> percentiles; ///< share and value

    /// Of single requests: when each began, and how long it took, in seconds. What the file says
    /// itself goes first for the values; these tell chance.
    std::vector<std::pair<double, double>> rows;
    bool areGaps = false; ///< several of one request, all requests together
};

/// Its mean, and the percentiles 50, 90, 95 and 99 as far as they are known.
void addFigures(ForeignReport &report, const ForeignTimes &times);

/// A figure without anything to tell chance by.
void addFigure(ForeignReport &report, LoadFigure figure);
/// Of a rate a second.
void addRate(ForeignReport &report, const QString &word, const QString &label,
    const FigureDefinition &definition, const std::optional<double> &value);
/// "answered" and the share that failed.
void addCounts(ForeignReport &report, const FigureDefinition &failed,
    const std::optional<double> &answered, const std::optional<double> &failures);

/// Those of the set-up that are there, each by its own name.
void addSetUp(ForeignReport &report, const ForeignObject &object, const QStringList &names);

// One a tool. The first argument is what a file holds, `place` names it.
[[nodiscard]] bool isVllm(const QJsonObject &object);
[[nodiscard]] Result<ForeignReport> vllmReport(const QJsonObject &object, const QString &place);
[[nodiscard]] bool isGuidellm(const QByteArray &content);
[[nodiscard]] Result<QList<ForeignReport>> guidellmReports(
    const QByteArray &content, const QString &place);
[[nodiscard]] bool isAiperf(const QJsonObject &object);
[[nodiscard]] Result<ForeignReport> aiperfReport(const QJsonObject &object, const QString &place);
[[nodiscard]] bool isAiperfLine(const QJsonObject &object);
[[nodiscard]] Result<ForeignReport> aiperfLines(
    const QList<QJsonObject> &lines, const QString &place);
[[nodiscard]] bool isInferencePerf(const QJsonObject &object);
[[nodiscard]] Result<ForeignReport> inferencePerfReport(
    const QJsonObject &object, const QString &place);
[[nodiscard]] bool isEndpoints(const QJsonObject &object);
[[nodiscard]] Result<ForeignReport> endpointsReport(
    const QJsonObject &object, const QString &place);

} // namespace Lorikeet
