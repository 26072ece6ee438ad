// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "emitcommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "base/logging.h"
#include "endpointoptions.h"
#include "load/loadmanners.h"
#include "load/workloadsource.h"
#include "loadoptions.h"
#include "standardoutput.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int secondsToBegin = 300; ///< for the pods to be made
constexpr QLatin1StringView keyVariable("LORIKEET_KEY");

QString valueOr(const CommandLine &line, const QString &option, const QString &fallback)
{
    return line.has(option) ? line.value(option) : fallback;
}

/// What the pods cannot be told, or would decide each for itself.
Result<> checkOptions(const CommandLine &line, const LoadProfile &profile)
{
    for (const QString &option : {u"header"_s, u"ca-file"_s, u"cert"_s, u"unix-socket"_s,
             u"proxy"_s, u"samples"_s, u"keep-answers"_s, u"report"_s, u"shard"_s}) {
        if (line.has(option)) {
            return invalidRequest(
                u"--%1 does not go with --emit-kubernetes: change the manifest where the pods need it."_s
                    .arg(option));
        }
    }
    if (profile.sweep) {
        return invalidRequest(
            u"A sweep decides by what it sees, and each pod would see its own part: run it from one machine."_s);
    }
    return {};
}

/// The ceilings that hold at the endpoint, each pod's part of them.
LoadCeiling ceilingOfAPod(
    const CommandLine &line, const Endpoint &endpoint, const LoadCeiling &wanted, int shards)
{
    LoadCeiling ceiling = ceilingAt(endpoint, wanted);
    if (line.has(u"max-concurrency"_s)) {
        ceiling.concurrency = wanted.concurrency;
    }
    if (line.has(u"max-requests"_s)) {
        ceiling.requests = wanted.requests;
    }
    if (line.has(u"max-cost"_s)) {
        ceiling.cost = wanted.cost;
    }
    ceiling.concurrency = (ceiling.concurrency + shards - 1) / shards;
    ceiling.requests = (ceiling.requests + shards - 1) / shards;
    ceiling.holdsElsewhere = true; // it was looked at here
    return ceiling;
}

/// A manifest is read by whoever may read the namespace.
Result<> checkSecrets(const QUrl &url, const QJsonObject &workload)
{
    const bool isInUrl = !url.userInfo().isEmpty()
        || (redacted(url).contains("***"_L1) && !url.toString().contains("***"_L1));
    const bool isInWorkload = redacted(workload) != workload;
    if (!isInUrl && !isInWorkload) {
        return {};
    }
    return invalidRequest(u"%1 holds a secret, which a manifest must not: use --key-secret."_s.arg(
        isInUrl ? u"The address"_s : u"The workload"_s));
}

/// The workload's file goes along, under a name that a ConfigMap takes.
Result<> takePrompts(LoadWorkload &workload, KubernetesJob &job)
{
    if (workload.file.isEmpty()) {
        return {};
    }
    QFile file(workload.file);
    if (!file.open(QIODevice::ReadOnly)) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()));
    }
    job.prompts = file.readAll();
    job.promptsName = u"prompts."_s + QFileInfo(file).suffix().toLower();
    workload.file = promptsFolder() + job.promptsName;
    return {};
}

} // namespace

QList<OptionHelp> EmitCommand::options()
{
    return {
        {{u"emit-kubernetes"_s}, u"N"_s,
            u"Asks nobody, but writes a Job of Kubernetes whose N pods run this test together, for "
            "“kubectl apply -f -”. It holds no key, and begins at --start-at, or in five minutes."_s},
        {{u"image"_s}, u"IMAGE"_s, u"The container image that has lori (--emit-kubernetes)."_s},
        {{u"job-name"_s}, u"NAME"_s, u"The Job's name. Default: lorikeet-load."_s},
        {{u"key-secret"_s}, u"NAME/ENTRY"_s,
            u"The Secret of the cluster from which the pods take the key."_s},
        {{u"results-claim"_s}, u"NAME"_s,
            u"The PersistentVolumeClaim to which the pods write their reports. Default: none, they "
            "write them to their logs."_s},
    };
}

Result<std::unique_ptr<Command>> EmitCommand::make(
    const CommandLine &line, const LoadProfile &profile)
{
    if (const Result<> checked = checkOptions(line, profile); !checked) {
        return Failure(checked.error());
    }
    Endpoint endpoint;
    endpoint.url = addressFrom(line.value(u"endpoint"_s)).value_or(QUrl());
    if (endpoint.url.isEmpty()) {
        return invalidRequest(
            u"Say with --endpoint at which address the pods reach the server: they know no stored endpoints."_s);
    }
    bool isNumber = false;
    KubernetesJob job;
    job.shards = line.value(u"emit-kubernetes"_s).toInt(&isNumber);
    job.shards = isNumber ? job.shards : 0;
    job.image = line.value(u"image"_s);
    job.name = valueOr(line, u"job-name"_s, job.name);
    job.endpoint = endpoint.url;
    job.provider = line.value(u"provider"_s);
    job.claim = line.value(u"results-claim"_s);
    const QStringList secret = line.value(u"key-secret"_s).split(u'/');
    if (line.has(u"key-secret"_s) || line.has(u"key-env"_s)) {
        job.keyVariable = valueOr(line, u"key-env"_s, keyVariable);
        job.secretName = secret.value(0);
        job.secretKey = secret.value(1);
    }
    job.startAt = line.has(u"start-at"_s)
        ? QDateTime::fromString(line.value(u"start-at"_s), Qt::ISODateWithMs)
        : QDateTime::currentDateTimeUtc().addSecs(secondsToBegin);
    if (!job.startAt.isValid()) {
        return invalidRequest(u"--start-at takes a time, as 2026-01-31T12:00:00Z, not “%1”."_s.arg(
            line.value(u"start-at"_s)));
    }
    LoadWorkload workload = profile.workload;
    Target target;
    target.endpoint.provider = valueOr(line, u"provider"_s, u"openai"_s);
    const Result<ParameterSet> parameters = parametersFor(line, target, workload.parameters);
    if (!parameters) {
        return Failure(parameters.error());
    }
    workload.parameters = *parameters;
    if (const Result<> checked = checkSecrets(endpoint.url, toJson(workload)); !checked) {
        return Failure(checked.error());
    }
    if (const Result<> taken = takePrompts(workload, job); !taken) {
        return Failure(taken.error());
    }
    LoadPlan plan = profile.plan;
    job.threads = plan.threads;
    plan.ceiling = ceilingOfAPod(line, endpoint, plan.ceiling, std::max(job.shards, 1));
    plan.shard.count = std::max(job.shards, 1);
    if (const QString problem = problemOf(plan, workload.kind == LoadWorkload::Kind::Trace);
        !problem.isEmpty()) {
        return invalidRequest(problem);
    }
    job.profile
        = QJsonDocument(QJsonObject{{u"workload"_s, toJson(workload)}, {u"plan"_s, toJson(plan)}})
              .toJson(QJsonDocument::Indented);
    if (const QString problem = problemOf(job); !problem.isEmpty()) {
        return invalidRequest(problem);
    }
    return std::unique_ptr<Command>(new EmitCommand(std::move(job)));
}

EmitCommand::EmitCommand(KubernetesJob job)
    : m_job(std::move(job))
{ }

void EmitCommand::start()
{
    const QByteArray text = QJsonDocument(manifestOf(m_job)).toJson(QJsonDocument::Indented);
    end(StandardOutput::write(text).value_or(ExitCode::Done));
}

} // namespace Lorikeet
