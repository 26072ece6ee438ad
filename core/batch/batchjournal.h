// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QFile>
#include <QJsonObject>
#include <QMap>
#include <QString>

#include <memory>

namespace Lorikeet {

struct BatchItem;

/// Where the results of a batch are kept: as they come in PATH.part, which survives the death of
/// the program at any moment, and in the end, in the order of the input, in PATH.
///
/// A result counts as done if it has no "error": what failed is asked again when a batch is
/// resumed, what was answered never.
class BatchJournal final
{
public:
    /// What to do about results that are there already.
    enum class Begin {
        New, ///< there must be none
        Resume, ///< they are kept; there may be none
    };

    /// Fails with Kind::Storage where the files cannot be read or written, or where there are
    /// results and a new batch was to begin.
    [[nodiscard]] static Result<std::unique_ptr<BatchJournal>> open(
        const QString &path, Begin begin);

    ~BatchJournal();
    Q_DISABLE_COPY_MOVE(BatchJournal)

    /// Whether this very item was answered before.
    [[nodiscard]] bool isDone(const BatchItem &item) const;

    /// How many answers were found.
    [[nodiscard]] qint64 doneCount() const { return m_done.size(); }

    /// Writes a result, whole, and hands it to the system before it returns.
    [[nodiscard]] Result<> append(const QJsonObject &result);

    /// Puts all in order into PATH and removes PATH.part. With results in PATH of an earlier run
    /// PATH is replaced only once the new one is whole. Items from `count` on, which the input no
    /// longer has, are left out.
    [[nodiscard]] Result<> finish(qint64 count);

private:
    /// Where a result stands.
    struct Place
    {
        bool isPart = true; ///< in PATH.part, not in PATH
        qint64 offset = 0;
        qint64 size = 0;
    };

    explicit BatchJournal(const QString &path);

    [[nodiscard]] Result<> readAll(QFile &file, bool isPart);
    [[nodiscard]] Failure problem(const QFile &file, const QString &what) const;

    QString m_path;
    QFile m_old; ///< PATH, of an earlier run
    QFile m_part;
    QMap<qint64, Place> m_places; ///< the last result of each index
    QMap<qint64, QByteArray> m_done; ///< key of each index that was answered
};

} // namespace Lorikeet
