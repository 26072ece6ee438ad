// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/certificate.h"
#include "base/result.h"
#include "model/description.h"
#include "model/endpoint.h"
#include "providers/endpointprobe.h"

#include <QFuture>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class ChatService;

/// A line of what a test found: "Server", "llama.cpp b4567".
struct Fact
{
    Q_GADGET
    QML_VALUE_TYPE(fact)
    Q_PROPERTY(QString label MEMBER label FINAL)
    Q_PROPERTY(QString value MEMBER value FINAL)
    /// Why that is believed; empty: it needs no reason.
    Q_PROPERTY(QString ground MEMBER ground FINAL)
    Q_PROPERTY(int tone MEMBER tone FINAL)

public:
    enum Tone { Plain, Good, Missing, Doubtful };
    Q_ENUM(Tone)

    QString label;
    QString value;
    QString ground = {};
    int tone = Plain;

    friend bool operator==(const Fact &, const Fact &) = default;
};

/// The test of an endpoint as it is written in the form, saved or not: what stands there, or
/// exactly why it fails, and what would make it work.
class EndpointTrial final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int state READ state NOTIFY changed FINAL)
    /// What the test found, or why it failed, in a sentence.
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed FINAL)
    /// The server's own words about the failure.
    Q_PROPERTY(QString serverMessage READ serverMessage NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::Fact> facts READ facts NOTIFY changed FINAL)
    /// What the server can do besides answering, each with the reason why that is believed.
    Q_PROPERTY(QList<Lorikeet::Fact> capabilities READ capabilities NOTIFY changed FINAL)
    /// Which routes work without a key, and which want one.
    Q_PROPERTY(QList<Lorikeet::Fact> access READ access NOTIFY changed FINAL)
    /// Of a certificate that was not accepted.
    Q_PROPERTY(QList<Lorikeet::Fact> certificateFacts READ certificateFacts NOTIFY changed FINAL)
    /// That certificate can be pinned.
    Q_PROPERTY(bool trustable READ isTrustable NOTIFY changed FINAL)
    Q_PROPERTY(QStringList models READ models NOTIFY changed FINAL)
    Q_PROPERTY(QStringList notes READ notes NOTIFY changed FINAL)
    /// What would make it work, for a button; empty: nothing is known.
    Q_PROPERTY(QString fix READ fix NOTIFY changed FINAL)

public:
    enum State { Untested, Testing, Passed, Failed };
    Q_ENUM(State)

    /// Fact::Tone, for QML, which knows a value type's enums by no name.
    enum FactTone {
        Plain = Fact::Plain,
        Good = Fact::Good,
        Missing = Fact::Missing,
        Doubtful = Fact::Doubtful
    };
    Q_ENUM(FactTone)

    /// `service` must outlive this.
    explicit EndpointTrial(ChatService &service, QObject *parent = nullptr);

    [[nodiscard]] int state() const { return m_state; }

    [[nodiscard]] QString sentence() const { return m_sentence; }

    [[nodiscard]] QString serverMessage() const { return m_serverMessage; }

    [[nodiscard]] QList<Fact> facts() const { return m_facts; }

    [[nodiscard]] QList<Fact> capabilities() const;
    [[nodiscard]] QList<Fact> access() const;
    [[nodiscard]] QList<Fact> certificateFacts() const;
    [[nodiscard]] bool isTrustable() const;

    [[nodiscard]] const std::optional<ShownCertificate> &certificate() const
    {
        return m_certificate;
    }

    [[nodiscard]] QStringList models() const;

    [[nodiscard]] QStringList notes() const { return m_found.description.notes; }

    [[nodiscard]] QString fix() const { return m_fix; }

    /// What answered; empty unless the test passed.
    [[nodiscard]] const ProbeResult &found() const { return m_found; }

    /// Forgets what was found, and whoever is being asked.
    void reset();
    /// Asks. `target` brings the key, or why there is none. An endpoint without a provider takes
    /// the dialect that is found.
    void start(const Endpoint &endpoint, QFuture<Result<Target>> target);

Q_SIGNALS:
    void changed();
    /// The server answered; found() says what it is.
    void passed();

private:
    [[nodiscard]] QFuture<Result<ProbeResult>> ask(const Target &target);
    void onAnswer(const Endpoint &endpoint, const Result<ProbeResult> &found);
    [[nodiscard]] QString fixFor(const Endpoint &endpoint) const;

    ChatService &m_service;
    State m_state = Untested;
    int m_count = 0; ///< counts the tests, so that an overtaken one is not shown
    QString m_sentence;
    QString m_serverMessage;
    ProbeResult m_found;
    std::optional<ShownCertificate> m_certificate;
    QList<Fact> m_facts;
    QString m_fix;
};

} // namespace Lorikeet
