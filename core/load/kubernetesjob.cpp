// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/kubernetesjob.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// A ConfigMap holds 1 MiB in all.
constexpr qsizetype mostBytes = 1'000'000;
constexpr int mostShards = 1000;
/// The user of the container file.
constexpr int user = 65'532;
constexpr QLatin1StringView resultsFolder("/results");
constexpr QLatin1StringView indexVariable("JOB_COMPLETION_INDEX");

QJsonObject metadataOf(const KubernetesJob &job)
{
    return {{u"name"_s, job.name},
        {u"labels"_s, QJsonObject{{u"app.kubernetes.io/name"_s, u"lorikeet-load"_s}}}};
}

QJsonObject configMapOf(const KubernetesJob &job)
{
    QJsonObject data{{u"profile.json"_s, QString::fromUtf8(job.profile)}};
    if (!job.prompts.isEmpty()) {
        data.insert(job.promptsName, QString::fromUtf8(job.prompts));
    }
    return {{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"ConfigMap"_s},
        {u"metadata"_s, metadataOf(job)}, {u"data"_s, data}, {u"immutable"_s, true}};
}

QJsonArray argumentsOf(const KubernetesJob &job)
{
    QJsonArray arguments{u"load"_s, u"--endpoint"_s, job.endpoint.toString(), u"--profile"_s,
        promptsFolder() + u"profile.json"_s, u"--shard"_s, u"auto/%1"_s.arg(job.shards),
        u"--start-at"_s, job.startAt.toUTC().toString(Qt::ISODate), u"--threads"_s,
        QString::number(job.threads)};
    const auto add = [&arguments](const QString &option, const QString &value) {
        if (!value.isEmpty()) {
            arguments.append(option);
            arguments.append(value);
        }
    };
    add(u"--provider"_s, job.provider);
    add(u"--key-env"_s, job.keyVariable);
    if (job.claim.isEmpty()) {
        arguments.append(u"--json"_s);
    } else {
        add(u"--report"_s, u"%1/%2-$(%3).json"_s.arg(resultsFolder, job.name, indexVariable));
    }
    return arguments;
}

QJsonArray environmentOf(const KubernetesJob &job)
{
    // What the cluster would set itself, but said here, so that the arguments may name it.
    const QJsonObject annotation{
        {u"fieldPath"_s, u"metadata.annotations['batch.kubernetes.io/job-completion-index']"_s}};
    QJsonArray variables{QJsonObject{{u"name"_s, QString(indexVariable)},
        {u"valueFrom"_s, QJsonObject{{u"fieldRef"_s, annotation}}}}};
    if (!job.keyVariable.isEmpty()) {
        const QJsonObject reference{{u"name"_s, job.secretName}, {u"key"_s, job.secretKey}};
        variables.append(QJsonObject{{u"name"_s, job.keyVariable},
            {u"valueFrom"_s, QJsonObject{{u"secretKeyRef"_s, reference}}}});
    }
    return variables;
}

QJsonObject containerOf(const KubernetesJob &job)
{
    QJsonArray mounts{QJsonObject{{u"name"_s, u"profile"_s},
        {u"mountPath"_s, promptsFolder().chopped(1)}, {u"readOnly"_s, true}}};
    if (!job.claim.isEmpty()) {
        mounts.append(
            QJsonObject{{u"name"_s, u"results"_s}, {u"mountPath"_s, QString(resultsFolder)}});
    }
    return {{u"name"_s, u"lori"_s}, {u"image"_s, job.image}, {u"args"_s, argumentsOf(job)},
        {u"env"_s, environmentOf(job)}, {u"volumeMounts"_s, mounts},
        // What it needs it is to have: a client that waits for a processor measures itself.
        {u"resources"_s,
            QJsonObject{{u"requests"_s,
                QJsonObject{{u"cpu"_s, QString::number(job.threads)}, {u"memory"_s, u"256Mi"_s}}}}},
        {u"securityContext"_s,
            QJsonObject{{u"allowPrivilegeEscalation"_s, false}, {u"readOnlyRootFilesystem"_s, true},
                {u"capabilities"_s, QJsonObject{{u"drop"_s, QJsonArray{u"ALL"_s}}}}}}};
}

QJsonObject podOf(const KubernetesJob &job)
{
    QJsonArray volumes{QJsonObject{
        {u"name"_s, u"profile"_s}, {u"configMap"_s, QJsonObject{{u"name"_s, job.name}}}}};
    if (!job.claim.isEmpty()) {
        volumes.append(QJsonObject{{u"name"_s, u"results"_s},
            {u"persistentVolumeClaim"_s, QJsonObject{{u"claimName"_s, job.claim}}}});
    }
    const QJsonObject selector{{u"matchLabels"_s, QJsonObject{{u"job-name"_s, job.name}}}};
    return {{u"restartPolicy"_s, u"Never"_s}, {u"automountServiceAccountToken"_s, false},
        {u"securityContext"_s,
            QJsonObject{{u"runAsNonRoot"_s, true}, {u"runAsUser"_s, user}, {u"fsGroup"_s, user},
                {u"seccompProfile"_s, QJsonObject{{u"type"_s, u"RuntimeDefault"_s}}}}},
        // Pods of one node share its processors and its way to the server.
        {u"topologySpreadConstraints"_s,
            QJsonArray{QJsonObject{{u"maxSkew"_s, 1},
                {u"topologyKey"_s, u"kubernetes.io/hostname"_s},
                {u"whenUnsatisfiable"_s, u"ScheduleAnyway"_s}, {u"labelSelector"_s, selector}}}},
        {u"containers"_s, QJsonArray{containerOf(job)}}, {u"volumes"_s, volumes}};
}

} // namespace

QString promptsFolder() { return u"/etc/lorikeet/"_s; }

QString problemOf(const KubernetesJob &job)
{
    // The pods' names, with the Job's before them, have 63 characters at most.
    static const QRegularExpression name(u"^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$"_s);
    static const QRegularExpression variable(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    if (!name.match(job.name).hasMatch()) {
        return u"A Job's name has small letters, digits and hyphens, and at most 50 of them; “%1” has not."_s
            .arg(job.name);
    }
    if (job.image.isEmpty()) {
        return u"Say which image has lori: packaging/kubernetes tells how one is made."_s;
    }
    if (job.shards < 1 || job.shards > mostShards) {
        return u"A Job has 1 to %1 pods."_s.arg(mostShards);
    }
    if (!job.keyVariable.isEmpty()
        && (!variable.match(job.keyVariable).hasMatch() || job.secretName.isEmpty()
            || job.secretKey.isEmpty())) {
        return u"The pods take the key from a Secret of the cluster: say its name and entry, as NAME/ENTRY."_s;
    }
    if (job.profile.size() + job.prompts.size() > mostBytes) {
        return u"The file of prompts has %1 bytes, and a ConfigMap holds no more than %2: take a part of it."_s
            .arg(job.prompts.size())
            .arg(mostBytes);
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    if (const QString text = decoder(job.prompts); decoder.hasError() || text.contains(QChar(0))) {
        return u"The file of prompts is no text in UTF-8, which a ConfigMap holds."_s;
    }
    return {};
}

QJsonObject manifestOf(const KubernetesJob &job)
{
    const QJsonObject pod{{u"metadata"_s,
                              QJsonObject{{u"labels"_s,
                                  QJsonObject{{u"app.kubernetes.io/name"_s, u"lorikeet-load"_s}}}}},
        {u"spec"_s, podOf(job)}};
    // Nothing is asked twice: a pod that fails is missing in the sum, which says so.
    const QJsonObject spec{{u"completionMode"_s, u"Indexed"_s}, {u"completions"_s, job.shards},
        {u"parallelism"_s, job.shards}, {u"backoffLimit"_s, 0}, {u"template"_s, pod}};
    const QJsonObject run{{u"apiVersion"_s, u"batch/v1"_s}, {u"kind"_s, u"Job"_s},
        {u"metadata"_s, metadataOf(job)}, {u"spec"_s, spec}};
    return {{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"List"_s},
        {u"items"_s, QJsonArray{configMapOf(job), run}}};
}

} // namespace Lorikeet
