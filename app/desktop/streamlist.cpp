// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "streamlist.h"

#include "chatcontroller.h"
#include "comparecontroller.h"

#include <QLocale>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// An answer that has ended is read for a moment.
constexpr Nanoseconds staysFor = std::chrono::seconds(4);

} // namespace

StreamList::StreamList(QObject *parent)
    : ListModel(parent)
{
    m_ticking.setInterval(std::chrono::milliseconds(250));
    connect(&m_ticking, &QTimer::timeout, this, &StreamList::refresh);
}

void StreamList::follow(ChatController &chat)
{
    connect(&chat, &ChatController::streamed, this,
        [this, &chat](ChatSession *session, QUuid answer, const StreamEvents &events) {
            add(&chat, session, answer, events);
        });
}

void StreamList::follow(CompareController &compare)
{
    m_compare = &compare;
    const auto look = [this, &compare] { followLanes(compare); };
    connect(compare.lanes(), &QAbstractItemModel::rowsInserted, this, look);
    connect(compare.lanes(), &QAbstractItemModel::modelReset, this, look);
    followLanes(compare);
}

void StreamList::followLanes(CompareController &compare)
{
    for (CompareLane *lane : compare.lanes()->lanes()) {
        disconnect(lane->chat(), &ChatController::streamed, this, nullptr);
        follow(*lane->chat());
    }
}

void StreamList::add(
    ChatController *chat, ChatSession *session, QUuid answer, const StreamEvents &events)
{
    auto stream = std::ranges::find(m_streams, answer, &Stream::answer);
    if (stream == m_streams.end() || stream->ended) {
        if (stream != m_streams.end()) {
            m_streams.erase(stream); // it goes on
        }
        m_streams.append({.answer = answer,
            .chat = chat,
            .session = session,
            .rate = {},
            .ended = std::nullopt});
        stream = m_streams.end() - 1;
    }
    stream->rate.add(events);
    if (!m_ticking.isActive()) {
        m_ticking.start();
        refresh();
    }
}

void StreamList::refresh()
{
    const TimePoint now = Clock::now();
    for (Stream &stream : m_streams) {
        if (!stream.ended && (!stream.session || !stream.session->isRunning(stream.answer))) {
            stream.ended = now;
        }
    }
    m_streams.removeIf([now](const Stream &stream) {
        return !stream.session || !stream.chat || (stream.ended && now - *stream.ended > staysFor);
    });
    QList<Row> rows;
    for (Stream &stream : m_streams) {
        rows.append(rowOf(stream, now));
    }
    std::ranges::stable_sort(rows, {}, &Row::look);
    const int before = count();
    update(m_rows, rows, [](const Row &row) { return row.answer; });
    if (count() != before) {
        Q_EMIT countChanged();
    }
    if (m_streams.isEmpty()) {
        m_ticking.stop();
    }
}

StreamList::Row StreamList::rowOf(Stream &stream, TimePoint now) const
{
    Row row{.answer = stream.answer, .page = u"chat"_s, .curve = {}};
    const auto lanes = m_compare ? m_compare->lanes()->lanes() : QList<CompareLane *>();
    const auto lane = std::ranges::find(
        lanes, stream.chat.data(), [](CompareLane *each) { return each->chat(); });
    if (lane != lanes.end()) {
        row.page = u"compare"_s;
        row.letter = (*lane)->letter();
        row.look = (*lane)->place();
        row.name = (*lane)->name();
    } else {
        row.name = stream.session->conversation().head().title;
    }
    row.isOver = stream.ended.has_value();
    const ChatNode *node = stream.session->conversation().find(stream.answer);
    const std::optional<double> whole
        = node && row.isOver ? node->metrics.tokensPerSecond : std::nullopt;
    const double rate = whole.value_or(row.isOver ? 0 : stream.rate.rate(now));
    const QLocale locale;
    row.rate = row.isOver && !whole ? u"–"_s : locale.toString(rate, 'f', rate < 9.95 ? 1 : 0);
    row.detail = whole ? tr("%1: %2 tokens a second over the whole answer", "a stream, its speed")
                             .arg(row.name, row.rate)
        : row.isOver
        ? tr("%1: ended", "a stream").arg(row.name)
        : tr("%1: ≈ %2 tokens a second in the last two, %3 so far", "a stream, its speed")
              .arg(row.name, row.rate, locale.toString(stream.rate.count()));
    const QList<double> recent = stream.rate.recent(stream.ended.value_or(now));
    if (!recent.isEmpty()) {
        stream.greatest = std::max(stream.greatest, std::ranges::max(recent));
    }
    // The newest slot is not over, and would seem a fall.
    for (qsizetype i = 0; i + 1 < recent.size(); ++i) {
        row.curve.append(
            {double(i + 1 + TokenRate::slotCount - recent.size()) / (TokenRate::slotCount - 1),
                recent[i] / std::max(stream.greatest, 1.0)});
    }
    return row;
}

int StreamList::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : count(); }

namespace {

/// Out of a function template, since data() and roleNames() both need it.
template<typename Row, typename Field>
constexpr std::array<Field, 8> fieldsOf()
{
    return {Field{StreamList::NameRole, "name", [](const Row &row) { return QVariant(row.name); }},
        Field{
            StreamList::LetterRole, "letter", [](const Row &row) { return QVariant(row.letter); }},
        Field{StreamList::LookRole, "look", [](const Row &row) { return QVariant(row.look); }},
        Field{StreamList::PageRole, "page", [](const Row &row) { return QVariant(row.page); }},
        Field{StreamList::RateRole, "rate", [](const Row &row) { return QVariant(row.rate); }},
        Field{
            StreamList::DetailRole, "detail", [](const Row &row) { return QVariant(row.detail); }},
        Field{StreamList::CurveRole, "curve",
            [](const Row &row) { return QVariant::fromValue(row.curve); }},
        Field{StreamList::OverRole, "over", [](const Row &row) { return QVariant(row.isOver); }}};
}

} // namespace

QVariant StreamList::data(const QModelIndex &index, int role) const
{
    static constexpr auto fields = fieldsOf<Row, Field<Row>>();
    return valueAt<Row>(m_rows, fields, index, role);
}

QHash<int, QByteArray> StreamList::roleNames() const
{
    static constexpr auto fields = fieldsOf<Row, Field<Row>>();
    return namesOf<Row>(fields);
}

} // namespace Lorikeet
