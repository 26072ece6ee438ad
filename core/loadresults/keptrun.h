// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadhealth.h"
#include "load/loadprofile.h"
#include "load/loadreport.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <optional>

namespace Lorikeet {

struct LoadResult;

/// What a list of runs shows of one, so that no report needs to be read for it. Of a sweep the
/// figures are those of the stage that gave the most tokens a second.
struct KeptFigures
{
    int stages = 0;
    qint64 requests = 0; ///< of all stages
    qint64 answered = 0;
    qint64 failed = 0;
    std::optional<double> tokenRate; ///< output tokens a second
    std::optional<double> itemRate; ///< texts or documents a second; nothing of chats
    std::optional<double> requestRate; ///< answers a second
    std::optional<Nanoseconds> firstTokenP50;
    std::optional<Nanoseconds> firstTokenP95;
    std::optional<Nanoseconds> totalP95;
    std::optional<double> knee; ///< of a sweep
    std::optional<bool> keepsObjective; ///< nothing: it has none
    LoadTrust::Level trust = LoadTrust::Level::Good; ///< the worst of its stages

    friend bool operator==(const KeptFigures &, const KeptFigures &) = default;
};

[[nodiscard]] KeptFigures keptFiguresOf(const LoadResult &result);

/// One run of the history, as it is listed. Holds no secret.
struct KeptRun
{
    enum class State {
        Running, ///< some program is at it now
        Ended, ///< closed with its report, however it ended
        Killed, ///< its program died: what was written until then is there
        Damaged, ///< its files cannot be read; `problem` says why
    };

    QUuid id;
    QString name; ///< a person's, else nameOf()
    QString note;
    QStringList tags;
    QDateTime startedAt; ///< UTC
    LoadSubject subject;
    LoadProfile profile;
    State state = State::Running;
    QString end; ///< toWord(LoadEnd), of several stages the last; "killed" with State::Killed
    QString problem; ///< in a sentence, where there is something to say
    KeptFigures figures; ///< of one that runs: none yet
    qint64 bytes = 0; ///< on the disk

    friend bool operator==(const KeptRun &, const KeptRun &) = default;
};

/// "running", "ended", "killed", "damaged".
[[nodiscard]] QString toWord(KeptRun::State state);

/// As it stands in its file, and is told by `lori load list --json`; times in nanoseconds.
[[nodiscard]] QJsonObject toJson(const KeptRun &run);
[[nodiscard]] Result<KeptRun> keptRunFrom(const QByteArray &json, const QString &place);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::KeptRun)
