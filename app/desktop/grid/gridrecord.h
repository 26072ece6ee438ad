// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "chat/chatnode.h"
#include "templates/prompttemplate.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMap>
#include <QUuid>

#include <optional>

namespace Lorikeet {

/// One of those that a grid asks.
struct GridRecordLane
{
    QString name;
    ChatSetup setup;

    friend bool operator==(const GridRecordLane &, const GridRecordLane &) = default;
};

/// All that a person said of a grid: enough to go on with it after the program was gone. A value.
struct GridRecord
{
    QUuid id;
    QDateTime created; ///< UTC
    QString sourceName; ///< of the file; empty: pasted
    QString source; ///< CSV or JSON lines, as read
    std::optional<PromptTemplate> prompt;
    std::optional<int> promptVersion; ///< of it in the library
    QList<GridRecordLane> lanes;
    int samples = 1;
    int concurrency = 4;
    std::optional<qint64> seed;
    QStringList assertions; ///< as assertionFromText() reads them
    QMap<QString, QString> schemas; ///< texts of those that assertions name
    /// The answers came when something else was demanded: what they were kept with does not count.
    bool isCheckedAnew = false;

    friend bool operator==(const GridRecord &, const GridRecord &) = default;
};

/// The rows of its source.
[[nodiscard]] Result<QList<QJsonObject>> tableOf(const GridRecord &record);

/// Without any key.
[[nodiscard]] QByteArray gridRecordToJson(const GridRecord &record);
[[nodiscard]] Result<GridRecord> gridRecordFromJson(
    const QByteArray &json, const QString &fileName);

} // namespace Lorikeet
