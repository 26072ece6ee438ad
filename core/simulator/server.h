// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/random.h"
#include "simulator/engine.h"
#include "simulator/personality.h"
#include "simulator/simulator.h"

#include <QHash>
#include <QMap>
#include <QSet>
#include <QTcpServer>
#include <QTimer>

namespace Lorikeet::Sim {

/// The listening socket, the connections and the paths.
class Server final : public QTcpServer
{
    Q_OBJECT

public:
    explicit Server(const SimulatorOptions &options, QObject *parent = nullptr);
    ~Server() override;

    [[nodiscard]] Result<> start();
    void stop();

    [[nodiscard]] const Engine &engine() const { return m_engine; }

    [[nodiscard]] const QMap<QString, qint64> &faults() const { return m_faults; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void handle(ServerConnection &connection);
    void closed(ServerConnection &connection);
    void checkTimeouts();

    [[nodiscard]] RouteReply serve(const ServerRequest &request);
    [[nodiscard]] ServerResponse noRoute(
        const ServerRequest &request, const QByteArrayList &allowed) const;

    /// The fault that is to befall this request, if any. An error: the header names none there is.
    [[nodiscard]] Result<std::optional<SimulatorFault>> chooseFault(
        const ServerRequest &request, const AnswerFormat *format);
    /// True: the fault was the whole answer.
    [[nodiscard]] bool strike(ServerConnection &connection, const SimulatorFault &fault);

    SimulatorOptions m_options;
    const Personality &m_personality;
    Engine m_engine;
    Random m_luck;
    QTimer m_sweep;
    QSet<ServerConnection *> m_connections;
    QMap<QString, qint64> m_faults; ///< how many requests each befell
    QHash<quint64, int> m_refusals; ///< how often the fault "503" has refused each request
    quint64 m_requests = 0;
};

} // namespace Lorikeet::Sim
