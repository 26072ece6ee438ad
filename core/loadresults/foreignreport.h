// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "loadresults/loadfigure.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace Lorikeet {

/// What another tool measured, with the figures as that tool defines them. A value.
struct ForeignReport
{
    QString tool; ///< "vllm bench serve", "guidellm", "AIPerf" …
    QString version; ///< of the tool; empty where its file does not say
    QString name; ///< what the file calls it, else the file's name and place in it
    QString model;
    QString startedAt; ///< as the file has it; empty where it does not say
    QList<LoadFigure> figures; ///< times in seconds
    QList<std::pair<QString, QString>> setUp;
    QStringList notes; ///< what to know of these figures, a sentence each

    /// Of what it is compared by.
    [[nodiscard]] ComparableRun comparable() const;
};

/// All tests of a file of vllm bench serve (JSON, or one object a line), guidellm
/// (benchmarks.json), AIPerf (profile_export_aiperf.json, profile_export.jsonl), inference-perf
/// (…_lifecycle_metrics.json) or MLPerf Endpoints (result_summary.json), which is told by what is
/// in it. `place` is the file's name.
///
/// Fails with one sentence that says where: which line, byte or member.
[[nodiscard]] Result<QList<ForeignReport>> foreignReportsFrom(
    const QByteArray &content, const QString &place);

/// For a terminal: each figure with its value and definition.
[[nodiscard]] QString toText(const ForeignReport &report);

} // namespace Lorikeet
