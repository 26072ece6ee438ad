// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "llamaserver.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const QString script = QStringLiteral(LORIKEET_LLAMA_SERVER);

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool isHealthy(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    if (!socket.waitForConnected(1000)) {
        return false;
    }
    socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(2000)) {
        answer += socket.readAll();
    }
    return answer.startsWith("HTTP/1.1 200");
}

} // namespace

LlamaServer::~LlamaServer() { kill(); }

bool LlamaServer::isPrepared() { return QProcess::execute(script, {u"ready"_s}) == 0; }

QByteArray LlamaServer::start(Model model, const QStringList &arguments)
{
    const QString tag = model == Model::Tiny ? u"tiny"_s : u"slow"_s;
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // Another program may take the port between our asking and the server's; then once more.
    for (int attempt = 0; attempt < 3; ++attempt) {
        m_port = freePort();
        m_process.start(script,
            QStringList{u"run"_s, QString::number(m_port), u"-m"_s, tag + u"-chat.gguf"_s,
                u"--alias"_s, tag + u"-chat"_s, u"--lora-scaled"_s,
                u"%1-lora-pirate.gguf:0,%1-lora-legal.gguf:0"_s.arg(tag)}
                + arguments);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 60'000 && !m_process.waitForFinished(50)) {
            if (isHealthy(m_port)) {
                return {};
            }
        }
        kill();
    }
    return "llama-server did not become healthy: " + m_process.readAll();
}

void LlamaServer::kill()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QUrl LlamaServer::url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port)); }

Target LlamaServer::target(const Secret &key) const
{
    Target target;
    target.endpoint.name = u"llama-server"_s;
    target.endpoint.url = url();
    target.endpoint.provider = u"openai"_s;
    target.endpoint.server = u"llama.cpp"_s;
    target.key = key;
    return target;
}

} // namespace Lorikeet
