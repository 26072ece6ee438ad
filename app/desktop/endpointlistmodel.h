// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "chat/chatnode.h"
#include "listmodel.h"
#include "model/description.h"
#include "model/endpoint.h"

#include <QDateTime>
#include <QFuture>
#include <QHash>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

class ChatService;
class EndpointStore;
class SecretStore;

/// The configured endpoints and the built-in demo, each with what was found behind it when it was
/// last asked. The one place that knows the endpoints of a running program.
class EndpointListModel final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY rowsChanged FINAL)
    /// Of the endpoint that undoRemove() brings back; empty: there is none.
    Q_PROPERTY(QString removedName READ removedName NOTIFY removedChanged FINAL)

public:
    enum Health {
        Unknown,
        Asking,
        Healthy,
        Failing,
    };
    Q_ENUM(Health)

    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,
        AddressRole,
        ServerRole, ///< "llama.cpp b4567", or the dialect where the server is not known
        HealthRole,
        HealthTextRole, ///< "healthy 42 ms"
        ProblemRole, ///< why it fails, as a sentence
        LastAnswerRole, ///< where it fails: when it last answered, and with what
        DemoRole,
    };

    /// What one endpoint showed when it was asked.
    struct Finding
    {
        Health health = Unknown;
        /// Of the last time it answered, which may have been before this program started.
        std::optional<EndpointDescription> description;
        QDateTime at; ///< when that was
        std::optional<ApiError> error; ///< why it does not answer now

        friend bool operator==(const Finding &, const Finding &) = default;
    };

    /// All three must outlive this.
    EndpointListModel(EndpointStore &store, SecretStore &secrets, ChatService &service,
        QObject *parent = nullptr);

    /// The built-in ones, which come first and are not stored.
    void setDemos(const QList<Endpoint> &demos);
    /// Reads the store. Emits loaded() when that is done, for better or worse.
    void load();

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QString removedName() const { return m_removed ? m_removed->name : QString(); }

    /// Those a person added, in the order they did so.
    [[nodiscard]] const QList<Endpoint> &stored() const { return m_stored; }

    /// The built-in ones, and those.
    [[nodiscard]] QList<Endpoint> all() const { return m_demos + m_stored; }

    [[nodiscard]] std::optional<Endpoint> find(QUuid id) const;
    [[nodiscard]] Finding finding(QUuid id) const;
    /// What data() gives for this endpoint; empty where there is none.
    [[nodiscard]] QString text(QUuid id, Role role) const;
    [[nodiscard]] bool isDemo(QUuid id) const;
    /// The first one a person added, else the first built-in one; null without either.
    [[nodiscard]] QUuid preferred() const;
    /// The endpoint with its key: what ChatSession asks for.
    [[nodiscard]] QFuture<Result<Target>> resolve(QUuid id) const;

    /// Adds the endpoint, or replaces the one of the same id, and asks it. What was found before
    /// is forgotten if it leads elsewhere now.
    [[nodiscard]] QFuture<Result<>> save(const Endpoint &endpoint);
    /// What an answer's failure teaches of its endpoint's models; see learntFrom().
    void learn(const ChatNode &answer);
    /// What became of something asked of the endpoint; `error`: why it failed. Where that belies
    /// its health (nobody is there at one that counted as well, or somebody where nobody was) it is
    /// asked again: once for all that fail together, and at most once in restBetweenLooks().
    void heed(QUuid id, const std::optional<ApiError> &error);
    /// Asks what is behind the endpoint; what it tells is kept for the next start.
    void ask(QUuid id);

    [[nodiscard]] Milliseconds restBetweenLooks() const { return m_rest; }

    void setRestBetweenLooks(Milliseconds rest) { m_rest = rest; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void refresh(const QString &id);
    Q_INVOKABLE void remove(const QString &id);
    Q_INVOKABLE void undoRemove();
    /// The offer to undo is over: the key is forgotten too.
    Q_INVOKABLE void forgetRemoved();

Q_SIGNALS:
    void loaded();
    void rowsChanged();
    void removedChanged();
    /// An endpoint, or what is known of it, changed, came or went.
    void changed(QUuid id);
    void failed(const QString &sentence);

private:
    struct Row
    {
        Endpoint endpoint;
        Finding finding;
        int asked = 0; ///< how often, so that an overtaken answer is not shown
        friend bool operator==(const Row &, const Row &) = default;
    };

    [[nodiscard]] qsizetype rowOf(QUuid id) const;
    void show(const QList<Endpoint> &stored);
    void setFinding(QUuid id, const Finding &finding);
    /// Finds out which dialect an endpoint speaks that came without one, and keeps that.
    [[nodiscard]] QFuture<Result<EndpointDescription>> recognise(QUuid id, const Target &target);
    void onAnswer(QUuid id, const Result<EndpointDescription> &found);
    void keep(QUuid id, const Finding &finding);
    void tell(const QFuture<Result<>> &done);
    void lookAgain(QUuid id);
    [[nodiscard]] QString healthText(const Finding &finding) const;
    [[nodiscard]] QString lastAnswer(const Finding &finding) const;

    EndpointStore &m_store;
    SecretStore &m_secrets;
    ChatService &m_service;
    QList<Endpoint> m_stored;
    QList<Endpoint> m_demos;
    QList<Row> m_rows;
    std::optional<Endpoint> m_removed;
    QHash<QUuid, TimePoint> m_looks; ///< when each was last asked again by heed(), or will be
    Milliseconds m_rest{5000};
};

} // namespace Lorikeet
