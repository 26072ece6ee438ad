// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/simulator.h"

#include "simulator/server.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

Simulator::Simulator(const SimulatorOptions &options, QObject *parent)
    : QObject(parent)
    , m_server(std::make_unique<Sim::Server>(options))
{ }

Simulator::~Simulator() = default;

Result<> Simulator::start() { return m_server->start(); }

void Simulator::stop() { m_server->stop(); }

quint16 Simulator::port() const { return m_server->serverPort(); }

QUrl Simulator::url() const
{
    if (!m_server->isListening()) {
        return {};
    }
    const QHostAddress address = m_server->serverAddress();
    QUrl url;
    url.setScheme(u"http"_s);
    // "Any" is where it listens, not where it can be reached.
    url.setHost(address == QHostAddress::Any || address == QHostAddress::AnyIPv4 ? u"127.0.0.1"_s
            : address == QHostAddress::AnyIPv6                                   ? u"::1"_s
                                               : address.toString());
    url.setPort(m_server->serverPort());
    return url;
}

QList<SimulatorRecord> Simulator::records() const
{
    const auto &records = m_server->engine().records();
    return {records.begin(), records.end()};
}

QMap<QString, qint64> Simulator::faults() const { return m_server->faults(); }

Endpoint simulatorEndpoint(const QUrl &url, const QString &provider)
{
    const bool lorax = provider == "lorax"_L1;
    Endpoint endpoint;
    endpoint.id = QUuid::createUuidV5(
        QUuid(u"{6ba7b811-9dad-11d1-80b4-00c04fd430c8}"_s), u"lorikeet:simulator/"_s + provider);
    endpoint.name = lorax ? u"Demo endpoint (simulated, LoRAX)"_s : u"Demo endpoint (simulated)"_s;
    endpoint.url = url;
    if (!lorax) {
        endpoint.url.setPath(u"/v1"_s);
    }
    endpoint.provider = provider;
    endpoint.server = lorax ? u"LoRAX"_s : u"vLLM"_s;
    endpoint.model = lorax ? QString() : simulatorBaseModel();
    return endpoint;
}

} // namespace Lorikeet

#include "moc_simulator.cpp"
