// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadanswers.h"

#include "base/invalidrequest.h"
#include "load/packednumbers.h"

#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMutexLocker>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr QByteArrayView headWord = "lorikeet-answers 1 ";
/// The longest head: the word, a number, the end of the line.
constexpr qsizetype headSize = 64;
/// Of the reads of one answer; some 30,000 of them.
constexpr qsizetype mostChunkBytes = qsizetype(256) << 10;

constexpr qint64 cutFlag = 1;

void putText(QByteArray &bytes, QStringView text)
{
    const QByteArray packed = text.toUtf8();
    putNumber(bytes, packed.size());
    bytes.append(packed);
}

/// A number that is a size or a count.
std::optional<qint64> takeSize(QByteArrayView bytes, qsizetype &at, qint64 most)
{
    const std::optional<qint64> number = takeNumber(bytes, at);
    return number && *number >= 0 && *number <= most ? number : std::nullopt;
}

std::optional<QString> takeText(QByteArrayView bytes, qsizetype &at)
{
    const std::optional<qint64> size = takeSize(bytes, at, bytes.size());
    if (!size || *size > bytes.size() - at) {
        return std::nullopt;
    }
    const QString text = QString::fromUtf8(bytes.sliced(at, *size));
    at += *size;
    return text;
}

/// As far as they make sense.
std::vector<LoadChunk> chunksIn(QByteArrayView bytes)
{
    constexpr qint64 most = std::numeric_limits<qint32>::max();
    std::vector<LoadChunk> chunks;
    Nanoseconds at{};
    for (qsizetype place = 0; place < bytes.size();) {
        const std::optional<qint64> gap = takeNumber(bytes, place);
        const std::optional<qint64> pieces = takeSize(bytes, place, most);
        const std::optional<qint64> text = takeSize(bytes, place, most);
        const std::optional<qint64> reasoning = takeSize(bytes, place, most);
        if (!gap || !pieces || !text || !reasoning) {
            break;
        }
        // Of one read that was told in parts.
        if (*gap == 0 && !chunks.empty()) {
            LoadChunk &last = chunks.back();
            last.pieces += qint32(*pieces);
            last.text += qint32(*text);
            last.reasoning += qint32(*reasoning);
            continue;
        }
        at += Nanoseconds(*gap);
        chunks.push_back({.at = at,
            .pieces = qint32(*pieces),
            .text = qint32(*text),
            .reasoning = qint32(*reasoning)});
    }
    return chunks;
}

std::optional<LoadAnswer> unpacked(QByteArrayView bytes)
{
    qsizetype at = 0;
    const std::optional<qint64> flags = takeNumber(bytes, at);
    const std::optional<QString> text = takeText(bytes, at);
    const std::optional<QString> reasoning = text ? takeText(bytes, at) : std::nullopt;
    const std::optional<QString> calls = reasoning ? takeText(bytes, at) : std::nullopt;
    if (!flags || !calls) {
        return std::nullopt;
    }
    return LoadAnswer{.text = *text,
        .reasoning = *reasoning,
        .calls = *calls,
        .chunks = chunksIn(bytes.sliced(at)),
        .isCut = (*flags & cutFlag) != 0};
}

QJsonObject toJson(const LoadRequestKey &key, const LoadAnswer &answer)
{
    QJsonObject object{
        {u"conversation"_s, key.first}, {u"turn"_s, key.second}, {u"text"_s, answer.text}};
    if (!answer.reasoning.isEmpty()) {
        object.insert(u"reasoning"_s, answer.reasoning);
    }
    if (!answer.calls.isEmpty()) {
        object.insert(u"calls"_s, answer.calls);
    }
    if (answer.isCut) {
        object.insert(u"cut"_s, true);
    }
    QJsonArray times;
    QJsonArray pieces;
    QJsonArray characters;
    for (const LoadChunk &chunk : answer.chunks) {
        times.append(qint64(chunk.at.count()));
        pieces.append(chunk.pieces);
        characters.append(chunk.text + chunk.reasoning);
    }
    object.insert(u"read_ns"_s, times);
    object.insert(u"pieces"_s, pieces);
    object.insert(u"characters"_s, characters);
    return object;
}

} // namespace

LoadAnswers::LoadAnswers(qint64 most)
    : m_most(most)
{ }

Result<std::shared_ptr<const LoadAnswers>> LoadAnswers::from(QIODevice &file, const QString &place)
{
    const QByteArray head = file.readLine(headSize);
    bool isNumber = false;
    const qint64 most = head.startsWith(headWord)
        ? head.sliced(headWord.size()).trimmed().toLongLong(&isNumber)
        : 0;
    if (!isNumber || !head.endsWith('\n') || most < 0 || most > mostBytes) {
        return invalidRequest(u"%1 holds no answers that this version can read."_s.arg(place));
    }
    auto answers = std::make_shared<LoadAnswers>(most);
    answers->add(file.read(std::min(file.bytesAvailable(), mostBytes)));
    answers->m_bytes
        = answers->m_blocks.constFirst().size() + qint64(answers->m_entries.size()) * entryBytes;
    return std::shared_ptr<const LoadAnswers>(std::move(answers));
}

bool LoadAnswers::take(qint64 bytes, qint64 most)
{
    if (m_bytes.fetch_add(bytes) + bytes <= most) {
        return true;
    }
    m_bytes.fetch_sub(bytes);
    return false;
}

void LoadAnswers::add(const QByteArray &block)
{
    const QMutexLocker lock(&m_mutex);
    if (index(block, m_blocks.size())) {
        m_blocks.append(block);
        return;
    }
    const qsizetype end
        = m_entries.empty() || m_entries.back().block != m_blocks.size() ? 0 : m_entries.back().end;
    m_blocks.append(block.first(end));
}

bool LoadAnswers::index(const QByteArray &block, qsizetype number)
{
    // A damaged file may hold more of them than any run.
    constexpr auto mostEntries = std::size_t(mostBytes / entryBytes);
    for (qsizetype at = 0; at < block.size();) {
        const std::optional<qint64> size = takeSize(block, at, block.size());
        if (!size || *size > block.size() - at || m_entries.size() >= mostEntries) {
            return false;
        }
        Entry entry{.key = {}, .block = number, .at = at, .end = at + *size};
        const std::optional<qint64> conversation = takeNumber(block, entry.at);
        const std::optional<qint64> turn
            = takeSize(block, entry.at, std::numeric_limits<qint32>::max());
        if (!conversation || !turn || entry.at > entry.end) {
            return false;
        }
        entry.key = {*conversation, qint32(*turn)};
        m_places.insert(entry.key, quint32(m_entries.size()));
        m_entries.push_back(entry);
        at = entry.end;
    }
    return true;
}

qsizetype LoadAnswers::count() const
{
    const QMutexLocker lock(&m_mutex);
    return qsizetype(m_entries.size());
}

std::optional<LoadAnswer> LoadAnswers::find(const LoadRequestKey &key) const
{
    QByteArray block;
    Entry entry;
    {
        const QMutexLocker lock(&m_mutex);
        const auto place = m_places.constFind(key);
        if (place == m_places.constEnd()) {
            return std::nullopt;
        }
        entry = m_entries[*place];
        block = m_blocks[entry.block];
    }
    return unpacked(QByteArrayView(block).sliced(entry.at, entry.end - entry.at));
}

std::vector<LoadRequestKey> LoadAnswers::keys() const
{
    const QMutexLocker lock(&m_mutex);
    std::vector<LoadRequestKey> keys;
    keys.reserve(m_entries.size());
    std::ranges::transform(m_entries, std::back_inserter(keys), &Entry::key);
    return keys;
}

QByteArray LoadAnswers::head() const
{
    return headWord.toByteArray() + QByteArray::number(m_most) + '\n';
}

QList<QByteArray> LoadAnswers::blocks(qsizetype from) const
{
    const QMutexLocker lock(&m_mutex);
    return m_blocks.sliced(std::min(from, m_blocks.size()));
}

void ChunkLog::add(TimePoint at, int pieces, qsizetype text, qsizetype reasoning)
{
    constexpr qsizetype reserved = 512;
    if (m_packed.size() >= mostChunkBytes) {
        m_isCut = true;
        return;
    }
    if (m_packed.isEmpty()) {
        m_packed.reserve(reserved);
        m_first = at;
    } else {
        putNumber(m_packed, Nanoseconds(at - m_last).count());
    }
    m_last = at;
    putNumber(m_packed, pieces);
    putNumber(m_packed, text);
    putNumber(m_packed, reasoning);
}

QByteArray ChunkLog::packed(TimePoint written) const
{
    QByteArray bytes;
    if (!m_packed.isEmpty()) {
        bytes.reserve(m_packed.size() + 9);
        putNumber(bytes, Nanoseconds(m_first - written).count());
        bytes.append(m_packed);
    }
    return bytes;
}

QByteArray packed(const LoadRequestKey &key, const LoadAnswer &answer, const QByteArray &chunks)
{
    QByteArray record;
    record.reserve(answer.text.size() + answer.reasoning.size() + chunks.size() + 64);
    putNumber(record, key.first);
    putNumber(record, key.second);
    putNumber(record, answer.isCut ? cutFlag : 0);
    putText(record, answer.text);
    putText(record, answer.reasoning);
    putText(record, answer.calls);
    record.append(chunks);
    QByteArray bytes;
    bytes.reserve(record.size() + 9);
    putNumber(bytes, record.size());
    bytes.append(record);
    return bytes;
}

QByteArray toJsonLines(const LoadAnswers &answers)
{
    QByteArray lines;
    for (const LoadRequestKey &key : answers.keys()) {
        if (const std::optional<LoadAnswer> answer = answers.find(key)) {
            lines += QJsonDocument(toJson(key, *answer)).toJson(QJsonDocument::Compact) + '\n';
        }
    }
    return lines;
}

} // namespace Lorikeet
