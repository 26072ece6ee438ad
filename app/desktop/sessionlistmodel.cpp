// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessionlistmodel.h"

#include "ids.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int searchLimit = 100;
constexpr std::chrono::milliseconds typingPause{150};
constexpr qsizetype leadingRoom = 14; ///< characters of a snippet before its first mark

/// A piece of a message on one line: as it reads, not as it is written.
QString readable(const QString &piece)
{
    static const QRegularExpression marks(u"\\*\\*|__|`+|(?:^|(?<= ))#{1,6} "_s);
    return QString(piece).remove(marks).toHtmlEscaped();
}

QString styled(const SearchHit &hit)
{
    QString text;
    qsizetype at = 0;
    // The row is narrow: it begins a word or two before the first mark.
    if (!hit.marks.isEmpty() && hit.marks.first().start > leadingRoom) {
        const qsizetype space = hit.snippet.indexOf(u' ', hit.marks.first().start - leadingRoom);
        at = std::min(space + 1, hit.marks.first().start);
        text = u"… "_s;
    }
    for (const SearchHit::Mark &mark : hit.marks) {
        text += readable(hit.snippet.sliced(at, mark.start - at));
        text += "<b>"_L1 + hit.snippet.sliced(mark.start, mark.length).toHtmlEscaped() + "</b>"_L1;
        at = mark.start + mark.length;
    }
    return text + readable(hit.snippet.sliced(at));
}

} // namespace

SessionListModel::SessionListModel(const ConversationStore &store, QObject *parent)
    : ListModel(parent)
    , m_store(store)
{
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &SessionListModel::read);
}

QString SessionListModel::sectionOf(const QDateTime &updated, QDate today)
{
    const qint64 days = updated.toLocalTime().date().daysTo(today);
    return days <= 0 ? tr("Today")
        : days == 1  ? tr("Yesterday")
        : days < 7   ? tr("Last 7 days")
        : days < 30  ? tr("Last 30 days")
                     : tr("Older");
}

void SessionListModel::setQuery(const QString &query)
{
    if (m_query == query) {
        return;
    }
    m_query = query;
    Q_EMIT queryChanged();
    m_delay.start(typingPause);
}

void SessionListModel::refresh()
{
    if (!m_delay.isActive()) {
        m_delay.start(std::chrono::milliseconds(0));
    }
}

void SessionListModel::read()
{
    const int reading = ++m_reading;
    const auto use = [this, reading](const auto &result, auto convert, bool searching) {
        if (reading != m_reading) {
            return;
        }
        if (!result) {
            Q_EMIT failed(result.error().message);
            return;
        }
        QList<Row> rows;
        rows.reserve(result->size());
        for (const auto &entry : *result) {
            rows.append(convert(entry));
        }
        show(rows, searching);
    };
    if (const QString words = m_query.trimmed(); !words.isEmpty()) {
        m_store.search(words, searchLimit).then(this, [use](const Result<QList<SearchHit>> &hits) {
            use(hits, [](const SearchHit &hit) { return rowFrom(hit); }, true);
        });
        return;
    }
    m_store.list().then(this, [use](const Result<QList<ConversationSummary>> &list) {
        const QDate today = QDate::currentDate();
        use(list, [&](const ConversationSummary &entry) { return rowFrom(entry, today); }, false);
    });
}

SessionListModel::Row SessionListModel::rowFrom(const ConversationSummary &summary, QDate today)
{
    return {
        .id = summary.id,
        .title = summary.title,
        .section = summary.pinned ? tr("Pinned") : sectionOf(summary.updated, today),
        .pinned = summary.pinned,
    };
}

SessionListModel::Row SessionListModel::rowFrom(const SearchHit &hit)
{
    return {
        .id = hit.conversation,
        .node = hit.node,
        .title = hit.title,
        .section = hit.node.isNull() ? tr("Titles") : tr("Messages"),
        // The marks of a title are in the title.
        .snippet = hit.node.isNull() ? QString() : styled(hit),
    };
}

void SessionListModel::show(const QList<Row> &rows, bool searching)
{
    m_searching = searching;
    update(m_rows, rows, [](const Row &row) { return std::pair(row.id, row.node); });
    Q_EMIT rowsChanged();
}

int SessionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SessionListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case IdRole:
        return toText(row.id);
    case Qt::DisplayRole:
    case TitleRole:
        return row.title.isEmpty() ? tr("New chat") : row.title;
    case SectionRole:
        return row.section;
    case PinnedRole:
        return row.pinned;
    case SnippetRole:
        return row.snippet;
    default:
        return {};
    }
}

QHash<int, QByteArray> SessionListModel::roleNames() const
{
    return {
        {IdRole, "sessionId"},
        {TitleRole, "title"},
        {SectionRole, "section"},
        {PinnedRole, "pinned"},
        {SnippetRole, "snippet"},
    };
}

void SessionListModel::carryOut(QFuture<Result<>> change)
{
    change.then(this, [this](const Result<> &done) {
        if (!done) {
            Q_EMIT failed(done.error().message);
        }
        refresh();
    });
}

void SessionListModel::remove(const QString &id)
{
    const QUuid session = QUuid::fromString(id);
    const auto row = std::ranges::find(m_rows, session, &Row::id);
    if (row == m_rows.end()) {
        return;
    }
    m_removed = session;
    m_removedTitle = data(index(int(row - m_rows.begin())), TitleRole).toString();
    // What holds the session lets go of it first, so that nothing of it is written afterwards.
    Q_EMIT removed(session);
    carryOut(m_store.remove(session));
    Q_EMIT removedChanged();
}

void SessionListModel::undoRemove()
{
    if (!m_removed.isNull()) {
        carryOut(m_store.restore(m_removed));
        forgetRemoved();
    }
}

void SessionListModel::forgetRemoved()
{
    m_removed = {};
    m_removedTitle.clear();
    Q_EMIT removedChanged();
}

void SessionListModel::rename(QUuid id, const QString &title)
{
    carryOut(m_store.rename(id, title));
}

void SessionListModel::setPinned(QUuid id, bool pinned) { carryOut(m_store.setPinned(id, pinned)); }

QString SessionListModel::neighbour(const QString &id, int step) const
{
    const auto row = std::ranges::find(m_rows, QUuid::fromString(id), &Row::id);
    const qsizetype at = row - m_rows.begin() + step;
    return row == m_rows.end() || at < 0 || at >= m_rows.size() ? QString() : toText(m_rows[at].id);
}

} // namespace Lorikeet
