// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "store/conversationstore.h"

#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The sessions of the sidebar: pinned ones, then by age; or, with a query, where it was found.
class SessionListModel final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged FINAL)
    /// The rows are hits of a search, and their snippets mark what was found.
    Q_PROPERTY(bool searching READ isSearching NOTIFY rowsChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY rowsChanged FINAL)
    /// Of the session that undoRemove() brings back; empty: there is none.
    Q_PROPERTY(QString removedTitle READ removedTitle NOTIFY removedChanged FINAL)

public:
    enum Role { IdRole = Qt::UserRole + 1, TitleRole, SectionRole, PinnedRole, SnippetRole };

    /// `store` must outlive this.
    explicit SessionListModel(const ConversationStore &store, QObject *parent = nullptr);

    [[nodiscard]] QString query() const { return m_query; }

    void setQuery(const QString &query);

    [[nodiscard]] bool isSearching() const { return m_searching; }

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QString removedTitle() const { return m_removedTitle; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// The heading for what was last used then: "Today", "Last 7 days".
    [[nodiscard]] static QString sectionOf(const QDateTime &updated, QDate today);

    /// Reads the list anew; several calls in a row are one reading.
    void refresh();
    Q_INVOKABLE void remove(const QString &id);
    Q_INVOKABLE void undoRemove();
    /// The offer to undo is over.
    Q_INVOKABLE void forgetRemoved();
    // Of a session that nobody holds.
    void rename(QUuid id, const QString &title);
    void setPinned(QUuid id, bool pinned);
    /// The id of the session `step` rows after `id`; empty at the ends.
    Q_INVOKABLE [[nodiscard]] QString neighbour(const QString &id, int step) const;

Q_SIGNALS:
    void queryChanged();
    void rowsChanged();
    void removedChanged();
    void removed(QUuid id);
    void failed(const QString &sentence);

private:
    struct Row
    {
        QUuid id;
        QUuid node; ///< of a hit inside a message
        QString title;
        QString section;
        QString snippet; ///< as StyledText
        bool pinned = false;
        friend bool operator==(const Row &, const Row &) = default;
    };

    void read();
    void show(const QList<Row> &rows, bool searching);
    void carryOut(QFuture<Result<>> change);
    [[nodiscard]] static Row rowFrom(const ConversationSummary &summary, QDate today);
    [[nodiscard]] static Row rowFrom(const SearchHit &hit);

    const ConversationStore &m_store;
    QList<Row> m_rows;
    QString m_query;
    bool m_searching = false;
    QUuid m_removed;
    QString m_removedTitle;
    QTimer m_delay;
    int m_reading = 0; ///< counts the readings, so that an overtaken one is not shown
};

} // namespace Lorikeet
