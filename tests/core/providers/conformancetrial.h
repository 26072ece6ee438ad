// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "conformancesubjects.h"
#include "http/apiclient.h"
#include "model/chatoutcome.h"
#include "providers/endpointprobe.h"
#include "simulator/simulatorthread.h"

#include <QNetworkAccessManager>

#include <memory>

namespace Lorikeet {

/// What came of one trial.
struct Verdict
{
    enum class Ground {
        None, ///< it was not so; `why` says what was seen
        Simulator, ///< asked of the simulated server over a real socket
        Recorded, ///< read from the recorded bytes that `why` names
    };
    Ground ground = Ground::None;
    QString why;

    [[nodiscard]] bool isYes() const { return ground != Ground::None; }
};

/// One subject behind a real socket, found by the probe, and everything tried with it.
class ConformanceTrial final
{
public:
    explicit ConformanceTrial(const Subject &subject);

    /// Empty, or why the server was not found in its dialect.
    [[nodiscard]] QString connect();
    [[nodiscard]] Verdict of(Feature feature);
    /// What the dialect takes of this server.
    [[nodiscard]] ParameterSpecs parameters() const;

private:
    struct Ask
    {
        QByteArray parameters = {}; ///< JSON
        bool stream = true;
        QByteArray fault = {};
        AdapterChoice adapter = {};
        bool stopsAtText = false;
        QString key = {}; ///< empty: the right one
    };

    [[nodiscard]] ChatOutcome ask(const QList<Message> &messages, const Ask &how);
    [[nodiscard]] ChatOutcome ask(const QString &prompt, const Ask &how);

    [[nodiscard]] Verdict stream();
    [[nodiscard]] Verdict whole();
    [[nodiscard]] Verdict tools();
    [[nodiscard]] Verdict schema();
    [[nodiscard]] Verdict logprobs();
    [[nodiscard]] Verdict reasoning();
    [[nodiscard]] Verdict usage();
    [[nodiscard]] Verdict cancel();
    [[nodiscard]] Verdict errors();
    [[nodiscard]] Verdict adapters();
    [[nodiscard]] Verdict recorded(bool (*holds)(const ChatChoice &)) const;
    [[nodiscard]] QList<AdapterChoice> twoAdapters() const;

    const Subject &m_subject;
    SimulatorThread m_simulator;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    ApiClient m_client;
    Target m_target;
    EndpointDescription m_description;
};

} // namespace Lorikeet
