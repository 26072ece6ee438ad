// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/keptrun.h"

#include "base/invalidrequest.h"
#include "base/logging.h"
#include "load/jsonmembers.h"
#include "loadresults/loadresult.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int keptVersion = 1;

constexpr std::array keptStates{
    JsonMembers::Word<KeptRun::State>{KeptRun::State::Running, "running"_L1},
    JsonMembers::Word<KeptRun::State>{KeptRun::State::Ended, "ended"_L1},
    JsonMembers::Word<KeptRun::State>{KeptRun::State::Killed, "killed"_L1},
    JsonMembers::Word<KeptRun::State>{KeptRun::State::Damaged, "damaged"_L1},
};

constexpr std::array trustLevels{
    JsonMembers::Word<LoadTrust::Level>{LoadTrust::Level::Good, "good"_L1},
    JsonMembers::Word<LoadTrust::Level>{LoadTrust::Level::Doubtful, "doubtful"_L1},
    JsonMembers::Word<LoadTrust::Level>{LoadTrust::Level::ClientBound, "client_bound"_L1},
};

constexpr std::array keptCounts{std::pair{"requests"_L1, &KeptFigures::requests},
    std::pair{"answered"_L1, &KeptFigures::answered}, std::pair{"failed"_L1, &KeptFigures::failed}};

constexpr std::array keptNumbers{std::pair{"output_tokens_per_s"_L1, &KeptFigures::tokenRate},
    std::pair{"items_per_s"_L1, &KeptFigures::itemRate},
    std::pair{"requests_per_s"_L1, &KeptFigures::requestRate},
    std::pair{"knee"_L1, &KeptFigures::knee}};

constexpr std::array keptTimes{std::pair{"ttft_p50_ns"_L1, &KeptFigures::firstTokenP50},
    std::pair{"ttft_p95_ns"_L1, &KeptFigures::firstTokenP95},
    std::pair{"e2e_p95_ns"_L1, &KeptFigures::totalP95}};

constexpr std::array keptSubject{std::pair{"url"_L1, &LoadSubject::url},
    std::pair{"provider"_L1, &LoadSubject::provider}, std::pair{"server"_L1, &LoadSubject::server},
    std::pair{"version"_L1, &LoadSubject::serverVersion},
    std::pair{"model"_L1, &LoadSubject::model}};

QJsonObject figuresToJson(const KeptFigures &figures)
{
    QJsonObject object{{u"stages"_s, figures.stages}, {u"trust"_s, toWord(figures.trust)}};
    for (const auto &[name, member] : keptCounts) {
        object.insert(name, figures.*member);
    }
    for (const auto &[name, member] : keptNumbers) {
        if (figures.*member) {
            object.insert(name, *(figures.*member));
        }
    }
    for (const auto &[name, member] : keptTimes) {
        if (figures.*member) {
            object.insert(name, qint64((*(figures.*member)).count()));
        }
    }
    if (figures.keepsObjective) {
        object.insert(u"keeps_objective"_s, *figures.keepsObjective);
    }
    return object;
}

Result<KeptFigures> figuresFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    KeptFigures figures;
    members.read(u"stages"_s, figures.stages);
    members.read(u"trust"_s, figures.trust,
        std::span<const JsonMembers::Word<LoadTrust::Level>>(trustLevels));
    for (const auto &[name, member] : keptCounts) {
        members.read(name, figures.*member);
    }
    for (const auto &[name, member] : keptNumbers) {
        if (members.value(name)) {
            members.read(name, (figures.*member).emplace());
        }
    }
    for (const auto &[name, member] : keptTimes) {
        qint64 count = 0;
        if (members.value(name)) {
            members.read(name, count);
            figures.*member = Nanoseconds(count);
        }
    }
    if (members.value(u"keeps_objective"_s)) {
        members.read(u"keeps_objective"_s, figures.keepsObjective.emplace());
    }
    return members.end(figures);
}

Result<LoadSubject> keptSubjectFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    LoadSubject subject;
    for (const auto &[name, text] : keptSubject) {
        members.read(name, subject.*text);
    }
    return members.end(subject);
}

} // namespace

QString toWord(KeptRun::State state)
{
    return std::ranges::find(keptStates, state, &JsonMembers::Word<KeptRun::State>::first)->second;
}

KeptFigures keptFiguresOf(const LoadResult &result)
{
    KeptFigures figures;
    figures.stages = int(result.stages.size());
    const LoadStage *best = nullptr;
    for (const LoadStage &stage : result.stages) {
        const LoadSummary &summary = stage.report.summary;
        figures.requests += summary.planned;
        figures.answered += summary.answered;
        figures.failed += summary.failed();
        figures.trust = std::max(figures.trust, stage.report.trust().level);
        // Of what has no tokens, all of which have as many items, by answers.
        const bool isMore = best && summary.isOfItems()
            ? summary.requestRate() > best->report.summary.requestRate()
            : best && summary.tokenRate() > best->report.summary.tokenRate();
        if (!best || isMore) {
            best = &stage;
        }
    }
    if (best) {
        const LoadSummary &summary = best->report.summary;
        figures.tokenRate = summary.tokenRate();
        figures.itemRate = summary.itemRate();
        figures.requestRate = summary.requestRate();
        figures.firstTokenP50 = summary.time(LoadMetric::TimeToFirstToken).quantile(0.5);
        figures.firstTokenP95 = summary.time(LoadMetric::TimeToFirstToken).quantile(0.95);
        figures.totalP95 = summary.time(LoadMetric::Total).quantile(0.95);
    }
    figures.knee = result.finding().knee;
    figures.keepsObjective = result.keepsObjective();
    return figures;
}

QJsonObject toJson(const KeptRun &run)
{
    QJsonObject subject;
    for (const auto &[name, text] : keptSubject) {
        if (!(run.subject.*text).isEmpty()) {
            subject.insert(name, run.subject.*text);
        }
    }
    QJsonObject object{{u"format"_s, u"lorikeet-load-run"_s}, {u"version"_s, keptVersion},
        {u"id"_s, run.id.toString(QUuid::WithoutBraces)}, {u"name"_s, run.name},
        {u"started_at"_s, run.startedAt.toString(Qt::ISODateWithMs)}, {u"endpoint"_s, subject},
        // A body of its own may hold a key.
        {u"profile"_s, redacted(toJson(run.profile))}, {u"state"_s, toWord(run.state)},
        {u"end"_s, run.end}, {u"figures"_s, figuresToJson(run.figures)}};
    if (!run.note.isEmpty()) {
        object.insert(u"note"_s, run.note);
    }
    if (!run.tags.isEmpty()) {
        object.insert(u"tags"_s, QJsonArray::fromStringList(run.tags));
    }
    if (!run.problem.isEmpty()) {
        object.insert(u"problem"_s, run.problem);
    }
    return object;
}

Result<KeptRun> keptRunFrom(const QByteArray &json, const QString &place)
{
    JsonMembers members(QJsonDocument::fromJson(json).object(), place);
    QString format;
    int written = 0;
    QString id;
    members.read(u"format"_s, format);
    members.read(u"version"_s, written);
    members.read(u"id"_s, id);
    if (format != "lorikeet-load-run"_L1) {
        return invalidRequest(u"%1 is no run of a load test."_s.arg(place));
    }
    if (written > keptVersion) {
        return invalidRequest(
            u"%1 was written by a later version of Lorikeet, which reads it."_s.arg(place));
    }
    KeptRun run;
    run.id = QUuid::fromString(id);
    members.read(u"name"_s, run.name);
    members.read(u"note"_s, run.note);
    members.readValue(
        u"tags"_s, run.tags, [](const QJsonValue &value, const QString &) -> Result<QStringList> {
            QStringList tags;
            const QJsonArray array = value.toArray();
            for (const QJsonValue &tag : array) {
                tags.append(tag.toString());
            }
            return tags;
        });
    QString startedAt;
    members.read(u"started_at"_s, startedAt);
    run.startedAt = QDateTime::fromString(startedAt, Qt::ISODateWithMs);
    members.readObject(u"endpoint"_s, run.subject, &keptSubjectFrom);
    members.readObject(u"profile"_s, run.profile, &loadProfileFrom);
    members.read(
        u"state"_s, run.state, std::span<const JsonMembers::Word<KeptRun::State>>(keptStates));
    members.read(u"end"_s, run.end);
    members.read(u"problem"_s, run.problem);
    members.readObject(u"figures"_s, run.figures, &figuresFrom);
    return members.end(run);
}

} // namespace Lorikeet
