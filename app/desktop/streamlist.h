// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatsession.h"
#include "chat/tokenrate.h"
#include "listmodel.h"

#include <QPointF>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class ChatController;
class CompareController;

/// The answers that stream just now, in chat and comparison, and how fast each comes.
class StreamList final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< whom it comes from
        LetterRole, ///< of the lane; empty: the chat
        LookRole, ///< the number of its colour
        PageRole, ///< the key of the page it is on
        RateRole, ///< tokens a second just now, or where it has ended, of the whole answer
        DetailRole, ///< all of it in a sentence
        CurveRole, ///< the last ten seconds, both from 0 to 1
        OverRole, ///< it has ended
    };

    explicit StreamList(QObject *parent);

    /// Both must outlive it.
    void follow(ChatController &chat);
    void follow(CompareController &compare);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    struct Row
    {
        QUuid answer;
        QString name;
        QString letter;
        int look = 0;
        QString page;
        QString rate;
        QString detail;
        QList<QPointF> curve;
        bool isOver = false;

        friend bool operator==(const Row &, const Row &) = default;
    };

    struct Stream
    {
        QUuid answer;
        QPointer<ChatController> chat;
        QPointer<ChatSession> session;
        TokenRate rate;
        double greatest = 0; ///< rate of a slot so far: what the curve's top stands for
        std::optional<TimePoint> ended;
    };

    void followLanes(CompareController &compare);
    void add(ChatController *chat, ChatSession *session, QUuid answer, const StreamEvents &events);
    void refresh();
    [[nodiscard]] Row rowOf(Stream &stream, TimePoint now) const;

    CompareController *m_compare = nullptr;
    QList<Stream> m_streams;
    QList<Row> m_rows;
    QTimer m_ticking;
};

} // namespace Lorikeet
