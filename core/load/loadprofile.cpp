// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadprofile.h"

#include "base/invalidrequest.h"
#include "load/jsonmembers.h"
#include "store/tomljson.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array sweepKinds{
    JsonMembers::Word<LoadBlock::Kind>{LoadBlock::Kind::Users, "users"_L1},
    JsonMembers::Word<LoadBlock::Kind>{LoadBlock::Kind::Rate, "rate"_L1},
};

constexpr std::array sweepArrivals{
    JsonMembers::Word<ArrivalProcess::Kind>{ArrivalProcess::Kind::Constant, "constant"_L1},
    JsonMembers::Word<ArrivalProcess::Kind>{ArrivalProcess::Kind::Poisson, "poisson"_L1},
    JsonMembers::Word<ArrivalProcess::Kind>{ArrivalProcess::Kind::Gamma, "gamma"_L1},
};

bool isToml(const QString &file) { return file.endsWith(".toml"_L1, Qt::CaseInsensitive); }

} // namespace

QJsonObject toJson(const SweepPlan &sweep)
{
    const bool isRate = sweep.kind == LoadBlock::Kind::Rate;
    QJsonObject object{{u"kind"_s, isRate ? u"rate"_s : u"users"_s}, {u"from"_s, sweep.from},
        {u"most"_s, sweep.most}, {u"stage_s"_s, toSeconds(sweep.stage)},
        {u"warm_up_s"_s, toSeconds(sweep.warmUp)}, {u"refinements"_s, sweep.refinements}};
    if (sweep.repeats != 1) {
        object.insert(u"repeats"_s, sweep.repeats);
    }
    if (isRate) {
        for (const auto &[kind, word] : sweepArrivals) {
            if (kind == sweep.arrival.kind) {
                object.insert(u"arrival"_s, word);
            }
        }
        if (sweep.arrival.kind == ArrivalProcess::Kind::Gamma) {
            object.insert(u"burstiness"_s, sweep.arrival.burstiness);
        }
    }
    return object;
}

Result<SweepPlan> sweepPlanFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    SweepPlan sweep;
    members.read(
        u"kind"_s, sweep.kind, std::span<const JsonMembers::Word<LoadBlock::Kind>>(sweepKinds));
    members.read(u"arrival"_s, sweep.arrival.kind,
        std::span<const JsonMembers::Word<ArrivalProcess::Kind>>(sweepArrivals));
    members.read(u"burstiness"_s, sweep.arrival.burstiness);
    members.read(u"from"_s, sweep.from);
    members.read(u"most"_s, sweep.most);
    members.readSeconds(u"stage_s"_s, sweep.stage);
    members.readSeconds(u"warm_up_s"_s, sweep.warmUp);
    members.read(u"refinements"_s, sweep.refinements);
    members.read(u"repeats"_s, sweep.repeats);
    return members.end(sweep);
}

QJsonObject toJson(const LoadProfile &profile)
{
    QJsonObject object{
        {u"plan"_s, toJson(profile.plan)}, {u"workload"_s, toJson(profile.workload)}};
    if (profile.sweep) {
        object.insert(u"sweep"_s, toJson(*profile.sweep));
    }
    return object;
}

Result<LoadProfile> loadProfileFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    LoadProfile profile;
    members.readObject(u"workload"_s, profile.workload,
        [](const QJsonObject &inner, const QString &) { return loadWorkloadFrom(inner); });
    members.readObject(u"plan"_s, profile.plan,
        [](const QJsonObject &inner, const QString &) { return loadPlanFrom(inner); });
    if (members.value(u"sweep"_s)) {
        members.readObject(u"sweep"_s, profile.sweep.emplace(), &sweepPlanFrom);
    }
    if (const QString problem = problemOf(profile.plan, profile.workload.task.kind);
        !problem.isEmpty()) {
        return invalidRequest(problem);
    }
    return members.end(profile);
}

Result<LoadProfile> loadProfileIn(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    const QByteArray text = file.readAll();
    if (isToml(name)) {
        return jsonFromToml(text, name).and_then([&name](const QJsonObject &object) {
            return loadProfileFrom(object, name);
        });
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (!document.isObject()) {
        return invalidRequest(u"%1 is no profile: %2."_s.arg(name,
            error.error == QJsonParseError::NoError ? u"it is no JSON object"_s
                                                    : error.errorString()));
    }
    return loadProfileFrom(document.object(), name);
}

Result<> writeProfile(const LoadProfile &profile, const QString &name)
{
    const QJsonObject object = toJson(profile);
    const QByteArray text = isToml(name) ? tomlFromJson(object) : QJsonDocument(object).toJson();
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return fail(
            ApiError::Kind::Storage, u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
    }
    return {};
}

LoadProfile presetOf(LoadProfile profile)
{
    profile.plan.seed = 0;
    profile.plan.shard = {};
    profile.plan.threads = 1;
    return profile;
}

} // namespace Lorikeet
