// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMutex>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QIODevice;

namespace Lorikeet {

/// One read of an answer that brought tokens.
struct LoadChunk
{
    Nanoseconds at{}; ///< since the request was written
    qint32 pieces = 0;
    qint32 text = 0; ///< UTF-16 units of the answer's text that came
    qint32 reasoning = 0; ///< of its reasoning

    friend bool operator==(const LoadChunk &, const LoadChunk &) = default;
};

/// What one request of a load test was answered, and when each part of it came.
struct LoadAnswer
{
    QString text;
    QString reasoning;
    QString calls; ///< of functions, "name(arguments)" a line
    std::vector<LoadChunk> chunks;
    bool isCut = false; ///< it was longer: this is how it began

    friend bool operator==(const LoadAnswer &, const LoadAnswer &) = default;
};

/// One request: its conversation and its turn.
using LoadRequestKey = std::pair<qint64, qint32>;

/// The answers of a run that are kept, packed, and no more of them than a bound allows. The bound
/// is of the memory they take here, with what it takes to find them; their file is smaller.
///
/// Used from several threads at once.
class LoadAnswers final
{
public:
    /// Of a whole run, with all its threads and all stages of a sweep.
    static constexpr qint64 mostBytes = qint64(64) << 20;
    /// What it takes to find one.
    static constexpr qint64 entryBytes = 64;
    /// Of the text of one answer, and of its reasoning: UTF-16 units.
    static constexpr qsizetype mostText = qsizetype(512) << 10;

    explicit LoadAnswers(qint64 most = mostBytes);

    /// Of head() and the blocks behind it. What was not finished at the end is left out: the
    /// program died while it wrote it. Fails with one sentence that names the place where it is no
    /// such file.
    [[nodiscard]] static Result<std::shared_ptr<const LoadAnswers>> from(
        QIODevice &file, const QString &place);

    /// The bound, in bytes.
    [[nodiscard]] qint64 most() const { return m_most; }

    /// What there is for the first answers, whatever they are; the rest is for those that failed
    /// or were slow.
    [[nodiscard]] qint64 mostOfFirst() const { return m_most / 4 * 3; }

    /// What is taken of it.
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

    [[nodiscard]] bool isOpenForAll() const { return m_bytes < mostOfFirst(); }

    /// There may have been no room for one of the first; otherwise all of them are here.
    [[nodiscard]] bool isCrowded() const { return m_bytes + 8 * mostText > mostOfFirst(); }

    /// Takes so many bytes, unless there would be more than `most` in all then.
    [[nodiscard]] bool take(qint64 bytes, qint64 most);

    /// Packed answers, one behind the other; take() was asked for each, with entryBytes for each.
    void add(const QByteArray &block);

    [[nodiscard]] qsizetype count() const;
    /// Of what was not kept: nothing.
    [[nodiscard]] std::optional<LoadAnswer> find(const LoadRequestKey &key) const;
    /// In the order in which they ended.
    [[nodiscard]] std::vector<LoadRequestKey> keys() const;

    /// How its file begins.
    [[nodiscard]] QByteArray head() const;
    /// What was added, from this block on: what follows in the file.
    [[nodiscard]] QList<QByteArray> blocks(qsizetype from = 0) const;

private:
    struct Entry
    {
        LoadRequestKey key;
        qsizetype block = 0;
        qsizetype at = 0; ///< of what is behind the key
        qsizetype end = 0;
    };

    /// False where the block ends within one.
    bool index(const QByteArray &block, qsizetype number);

    qint64 m_most;
    std::atomic<qint64> m_bytes = 0;
    mutable QMutex m_mutex; ///< of what follows
    QList<QByteArray> m_blocks;
    std::vector<Entry> m_entries;
    QHash<LoadRequestKey, quint32> m_places;
};

/// The bound of a run, or of the next stage of a sweep, which leaves something to those after it;
/// `left` is of LoadAnswers::mostBytes.
[[nodiscard]] constexpr qint64 answerBound(qint64 left, bool isStage)
{
    return isStage ? left / 4 : left;
}

/// The reads of one answer while it comes. A read is some bytes behind those before; what is known
/// but in the end waits for it.
class ChunkLog final
{
public:
    /// `at` never goes back.
    void add(TimePoint at, int pieces, qsizetype text, qsizetype reasoning);

    /// It took more than is kept of one answer: what came after that is not in it.
    [[nodiscard]] bool isCut() const { return m_isCut; }

    /// As LoadAnswer::chunks are packed.
    [[nodiscard]] QByteArray packed(TimePoint written) const;

private:
    QByteArray m_packed; ///< all but when the first came
    TimePoint m_first;
    TimePoint m_last;
    bool m_isCut = false;
};

/// One answer as LoadAnswers::add() takes it; `chunks` is ChunkLog::packed(), its own are not used.
[[nodiscard]] QByteArray packed(
    const LoadRequestKey &key, const LoadAnswer &answer, const QByteArray &chunks);

/// All of them, one JSON object a line, times in nanoseconds.
[[nodiscard]] QByteArray toJsonLines(const LoadAnswers &answers);

} // namespace Lorikeet
