// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadtask.h"

#include "load/loadplan.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Task = LoadTask::Kind;

struct TaskName
{
    Task kind;
    QLatin1StringView word;
    QLatin1StringView begins; ///< a sentence
    QLatin1StringView items;
};

constexpr std::array taskNames{TaskName{Task::Chat, "chat"_L1, "A chat"_L1, ""_L1},
    TaskName{Task::Embeddings, "embeddings"_L1, "Embeddings"_L1, "texts"_L1},
    TaskName{Task::Rerank, "rerank"_L1, "Rerankings"_L1, "documents"_L1}};

const TaskName &nameOf(Task kind) { return *std::ranges::find(taskNames, kind, &TaskName::kind); }

/// Times of requests that are answered whole.
constexpr std::array wholeMetrics{
    LoadMetric::Total, LoadMetric::PlannedToEnd, LoadMetric::Lag, LoadMetric::Connection};

/// No server takes more at once, and a slip of the keyboard is not to fill the memory.
constexpr int mostItems = 10'000;

} // namespace

int LoadTask::items() const
{
    switch (kind) {
    case Kind::Chat:
        return 0;
    case Kind::Embeddings:
        return batch;
    case Kind::Rerank:
        return documents;
    }
    Q_UNREACHABLE_RETURN(0);
}

QString toWord(LoadTask::Kind kind) { return nameOf(kind).word; }

std::optional<LoadTask::Kind> loadTaskFromWord(QStringView word)
{
    const auto found = std::ranges::find_if(
        taskNames, [word](const TaskName &name) { return name.word == word; });
    return found != taskNames.end() ? std::optional(found->kind) : std::nullopt;
}

QString itemsName(LoadTask::Kind kind) { return nameOf(kind).items; }

bool hasMetric(LoadTask::Kind kind, LoadMetric metric)
{
    return kind == Task::Chat || std::ranges::find(wholeMetrics, metric) != wholeMetrics.end();
}

QString problemOf(const LoadTask &task)
{
    if (task.kind == Task::Embeddings && (task.batch < 1 || task.batch > mostItems)) {
        return u"A request embeds 1 to %1 texts."_s.arg(mostItems);
    }
    if (task.kind == Task::Rerank && (task.documents < 1 || task.documents > mostItems)) {
        return u"A request ranks 1 to %1 documents."_s.arg(mostItems);
    }
    const QString query = task.kind == Task::Rerank ? problemOf(task.query) : QString();
    return query.isEmpty() ? QString() : u"The length of queries %1."_s.arg(query);
}

QString problemOf(const LoadPlan &plan, LoadTask::Kind kind)
{
    const auto refusal = [kind](LoadMetric metric) {
        return u"%1 are answered whole and not token by token, so they have no %2: hold them to e2e instead."_s
            .arg(nameOf(kind).begins, toWord(metric));
    };
    for (const LatencyLimit &limit : plan.objective.limits) {
        if (!hasMetric(kind, limit.metric)) {
            return refusal(limit.metric);
        }
    }
    for (const PrecisionGoal &goal : plan.stops.precision) {
        if (!hasMetric(kind, goal.metric)) {
            return refusal(goal.metric);
        }
    }
    return {};
}

} // namespace Lorikeet
