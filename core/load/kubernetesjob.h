// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QUrl>

namespace Lorikeet {

/// A load test as a Job of Kubernetes: one pod a shard, which run it together. A value; holds no
/// secret, only where the cluster has it.
struct KubernetesJob
{
    QString name = QStringLiteral("lorikeet-load"); ///< of the Job and its ConfigMap
    QString image; ///< of a container whose program is lori
    QUrl endpoint; ///< as the pods reach it
    QString provider; ///< empty: the pods find out
    int shards = 1;
    int threads = 1; ///< of each pod
    QByteArray profile; ///< JSON, as --profile takes it; with a seed
    QByteArray prompts; ///< the workload's file; empty: it has none
    QString promptsName; ///< "prompts.jsonl"; the profile names promptsFolder() with it
    QDateTime startAt; ///< when all shards begin
    QString keyVariable; ///< of the environment, for the key; empty: there is none
    QString secretName; ///< the cluster's Secret that has the key
    QString secretKey; ///< and its entry
    QString claim; ///< a PersistentVolumeClaim for the reports; empty: they go to stdout

    friend bool operator==(const KubernetesJob &, const KubernetesJob &) = default;
};

/// Where the pods find what the ConfigMap holds, with a slash at the end.
[[nodiscard]] QString promptsFolder();

/// Why no manifest can be made of it, in a sentence; empty: it can.
[[nodiscard]] QString problemOf(const KubernetesJob &job);

/// A List of a ConfigMap and an Indexed Job, as `kubectl apply -f -` takes it.
[[nodiscard]] QJsonObject manifestOf(const KubernetesJob &job);

} // namespace Lorikeet
