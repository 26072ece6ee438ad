// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chatcontroller.h"
#include "jsondifference.h"
#include "listmodel.h"
#include "textdifference.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// How a lane's last answer differs from the base's; empty: there is nothing to compare.
struct LaneDifference
{
    QString likeness;
    QString summary; ///< how many places differ, and the first
    QString detail; ///< the same, and what likeness is
    QList<DiffPiece> pieces;
    QList<JsonDifferenceRow> json;
    bool isJson = false; ///< held against each other as JSON

    friend bool operator==(const LaneDifference &, const LaneDifference &) = default;
};

/// One lane of a comparison: a conversation with its own setup, and how its answer differs.
class CompareLane final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the comparison")
    /// From the left, counted from 0; decides letter and colour.
    Q_PROPERTY(int place READ place NOTIFY placeChanged FINAL)
    Q_PROPERTY(QString letter READ letter NOTIFY placeChanged FINAL)
    /// "support-v4", "base", or the model where there are no adapters.
    Q_PROPERTY(QString name READ name NOTIFY namesChanged FINAL)
    /// "llama-3.1-8b · prod-eu"
    Q_PROPERTY(QString facts READ facts NOTIFY namesChanged FINAL)
    /// What is set for this lane: "temperature 0.2", "system prompt".
    Q_PROPERTY(QStringList badges READ badges NOTIFY namesChanged FINAL)
    /// It is not shown what is asked: names are letters, and there are no badges.
    Q_PROPERTY(bool anonymous READ isAnonymous NOTIFY namesChanged FINAL)
    Q_PROPERTY(Lorikeet::ChatController *chat READ chat CONSTANT FINAL)
    /// What is sent to all lanes goes to this one too.
    Q_PROPERTY(bool receives READ receives WRITE setReceives NOTIFY receivesChanged FINAL)
    /// It is sent the short request that goes before the ones that are counted.
    Q_PROPERTY(bool warmingUp READ isWarmingUp NOTIFY warmingUpChanged FINAL)
    /// The last answer against the base's: "93 % like A"; empty: there is nothing to compare.
    Q_PROPERTY(QString likeness READ likeness NOTIFY differenceChanged FINAL)
    /// How many places differ, and the first.
    Q_PROPERTY(QString likenessSummary READ likenessSummary NOTIFY differenceChanged FINAL)
    /// The same, and how the likeness is worked out.
    Q_PROPERTY(QString likenessDetail READ likenessDetail NOTIFY differenceChanged FINAL)
    /// Only where it differs, with a few words around.
    Q_PROPERTY(
        QList<Lorikeet::DiffPiece> differences READ differences NOTIFY differenceChanged FINAL)

    /// The answers are compared as JSON, so that these are the places that differ.
    Q_PROPERTY(bool comparedAsJson READ isComparedAsJson NOTIFY differenceChanged FINAL)
    Q_PROPERTY(QList<Lorikeet::JsonDifferenceRow> jsonDifferences READ jsonDifferences NOTIFY
            differenceChanged FINAL)

public:
    /// All must outlive this.
    CompareLane(ConversationStore &store, ChatService &service, EndpointListModel &endpoints,
        SessionListModel &sessions, QObject *parent);

    [[nodiscard]] int place() const { return m_place; }

    void setPlace(int place);
    [[nodiscard]] QString letter() const;
    /// Also while it is not to be seen.
    [[nodiscard]] QString trueName() const;
    [[nodiscard]] QString name() const;

    [[nodiscard]] bool isAnonymous() const { return m_anonymous; }

    void setAnonymous(bool anonymous);
    [[nodiscard]] QString facts() const;
    [[nodiscard]] QStringList badges() const;

    [[nodiscard]] ChatController *chat() { return &m_chat; }

    [[nodiscard]] const ChatController &chat() const { return m_chat; }

    [[nodiscard]] bool receives() const { return m_receives; }

    void setReceives(bool receives);

    [[nodiscard]] bool isWarmingUp() const { return m_warmingUp; }

    void setWarmingUp(bool warmingUp);

    [[nodiscard]] QString likeness() const { return m_difference.likeness; }

    [[nodiscard]] QString likenessSummary() const { return m_difference.summary; }

    [[nodiscard]] QString likenessDetail() const { return m_difference.detail; }

    [[nodiscard]] QList<DiffPiece> differences() const { return m_difference.pieces; }

    [[nodiscard]] bool isComparedAsJson() const { return m_difference.isJson; }

    [[nodiscard]] QList<JsonDifferenceRow> jsonDifferences() const { return m_difference.json; }

    void setDifference(const LaneDifference &difference);

    [[nodiscard]] QUuid conversation() const;
    /// What the prompts on its path were answered, first to last; of answers that call tools and go
    /// on the last.
    [[nodiscard]] QList<const ChatNode *> answers() const;

Q_SIGNALS:
    void placeChanged();
    void namesChanged();
    void receivesChanged();
    void warmingUpChanged();
    void differenceChanged();

private:
    EndpointListModel &m_endpoints;
    ChatController m_chat;
    int m_place = 0;
    bool m_receives = true;
    bool m_warmingUp = false;
    bool m_anonymous = false;
    LaneDifference m_difference;
};

/// The lanes from left to right.
class LaneModel final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the comparison")

public:
    enum Role { LaneRole = Qt::UserRole + 1 };

    explicit LaneModel(QObject *parent)
        : ListModel(parent)
    { }

    [[nodiscard]] const QList<CompareLane *> &lanes() const { return m_lanes; }

    void setLanes(const QList<CompareLane *> &lanes);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    QList<CompareLane *> m_lanes;
};

} // namespace Lorikeet
