// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "endpointtrial.h"
#include "model/endpoint.h"
#include "networkform.h"
#include "secretfield.h"

#include <QFuture>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class ChatService;
class EndpointListModel;
class SecretStore;

/// The form in which one endpoint is written, tried and saved. Fields hold what was typed; they
/// become an Endpoint only if all of them can be understood.
class EndpointEditor final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(QString endpointId READ endpointId NOTIFY loaded FINAL)
    /// It is not in the list yet.
    Q_PROPERTY(bool fresh READ isFresh NOTIFY loaded FINAL)
    /// The built-in endpoint, of which nothing can be changed.
    Q_PROPERTY(bool demo READ isDemo NOTIFY loaded FINAL)
    Q_PROPERTY(bool dirty READ isDirty NOTIFY changed FINAL)
    Q_PROPERTY(QString name MEMBER m_name WRITE setName NOTIFY changed FINAL)
    Q_PROPERTY(QString url MEMBER m_url WRITE setUrl NOTIFY changed FINAL)
    Q_PROPERTY(int dialect READ dialect WRITE setDialect NOTIFY changed FINAL)
    Q_PROPERTY(QStringList dialects READ dialects CONSTANT FINAL)
    /// A key, or `env:NAME`. Empty also where a key is kept: it is not shown again.
    Q_PROPERTY(QString key READ key WRITE setKey NOTIFY changed FINAL)
    /// Where the key is, or will be, in a sentence.
    Q_PROPERTY(QString keyState READ keyState NOTIFY keyStateChanged FINAL)
    Q_PROPERTY(bool hasKey READ hasKey NOTIFY keyStateChanged FINAL)
    Q_PROPERTY(QString model MEMBER m_model WRITE setModel NOTIFY changed FINAL)
    /// How it is reached.
    Q_PROPERTY(Lorikeet::NetworkForm *network READ network CONSTANT FINAL)
    /// Why it cannot be saved or tried as it is; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged FINAL)

    /// The test of the fields as they are.
    Q_PROPERTY(Lorikeet::EndpointTrial *trial READ trial CONSTANT FINAL)

public:
    /// All must outlive this.
    EndpointEditor(EndpointListModel &endpoints, SecretStore &secrets, ChatService &service,
        QObject *parent = nullptr);

    [[nodiscard]] QString endpointId() const;

    [[nodiscard]] bool isFresh() const { return m_fresh; }

    [[nodiscard]] bool isDemo() const;
    [[nodiscard]] bool isDirty() const;

    [[nodiscard]] int dialect() const { return m_dialect; }

    [[nodiscard]] QStringList dialects() const;
    [[nodiscard]] QString keyState() const;
    [[nodiscard]] bool hasKey() const;

    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] EndpointTrial *trial() { return &m_trial; }

    void setName(const QString &text) { setField(m_name, text); }

    [[nodiscard]] QString key() const { return m_key.text(); }

    void setUrl(const QString &text);
    void setDialect(int index);
    void setKey(const QString &text);

    void setModel(const QString &text) { setField(m_model, text); }

    [[nodiscard]] NetworkForm *network() { return &m_network; }

    Q_INVOKABLE void startNew();
    /// A new endpoint of which some is known already; nothing is kept before it is saved. `hint`
    /// says what is missing.
    void startWith(const Endpoint &endpoint, const QString &hint);
    Q_INVOKABLE void load(const QString &endpointId);
    /// Takes back what was typed.
    Q_INVOKABLE void revert();
    Q_INVOKABLE void save();
    Q_INVOKABLE void removeKey();
    /// Asks the server with the fields as they are, saved or not.
    Q_INVOKABLE void test();
    /// What a file dialog gives, as a path.
    Q_INVOKABLE [[nodiscard]] QString localPath(const QUrl &file) const;
    /// Carries out what the test proposes as a fix, and tests again.
    Q_INVOKABLE void applyFix();
    /// Accepts the certificate that the test was shown, and no other, and tests again.
    Q_INVOKABLE void trustCertificate();

Q_SIGNALS:
    void loaded();
    void changed();
    void keyStateChanged();
    void problemChanged();
    void saved();
    /// A new endpoint was saved.
    void added(QUuid id);

private:
    void show(const Endpoint &endpoint, bool fresh);
    void setField(QString &field, const QString &text);
    void setProblem(const QString &sentence);
    /// The fields as an endpoint, or what is wrong with one of them.
    [[nodiscard]] Result<Endpoint> compose() const;
    [[nodiscard]] QFuture<Result<Target>> target(const Endpoint &endpoint);
    /// Writes the secrets that were typed, from the `next` one on, then the endpoint.
    void writeSecrets(const Endpoint &endpoint, qsizetype next);
    void keep(const Endpoint &endpoint);
    [[nodiscard]] QList<SecretField *> secrets();
    /// Forgets a secret that this program kept and that is not kept any more.
    void forget(const KeyReference &before, const KeyReference &now, SecretStore::What what);
    /// Writes the address as it was found to be, where that means the same, and the dialect that
    /// nobody chose.
    void complete();
    /// A model to begin with, where the server wants one named in every request.
    void nameModel();
    /// Of a dialect in dialects().
    [[nodiscard]] static int indexOf(const QString &provider);

    EndpointListModel &m_endpoints;
    SecretStore &m_secrets;
    Endpoint m_saved;
    bool m_fresh = true;

    QString m_name;
    QString m_url;
    int m_dialect = 0;
    bool m_dialectChosen = false; ///< by a person, or when it was saved
    QString m_model;
    SecretField m_key;
    NetworkForm m_network;
    QString m_problem;
    EndpointTrial m_trial;
};

} // namespace Lorikeet
