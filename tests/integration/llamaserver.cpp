// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "llamaserver.h"

#include "http/apiclient.h"
#include "http/chatstream.h"

#include <QDir>
#include <QElapsedTimer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>

#include <memory>

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

/// The folder that the server's sandbox shares with the system.
QString sharedFolder()
{
    return qEnvironmentVariable("XDG_CACHE_HOME", QDir::homePath() + u"/.cache"_s) + u"/lorikeet"_s;
}

QStringList modelArguments(LlamaServer::Model model)
{
    switch (model) {
    case LlamaServer::Model::Embed:
        return {u"-m"_s, u"tiny-embed.gguf"_s, u"--embeddings"_s};
    case LlamaServer::Model::Rerank:
        return {u"-m"_s, u"tiny-rerank.gguf"_s, u"--reranking"_s};
    case LlamaServer::Model::Tiny:
    case LlamaServer::Model::Slow:
        break;
    }
    const QString tag = model == LlamaServer::Model::Tiny ? u"tiny"_s : u"slow"_s;
    return {u"-m"_s, tag + u"-chat.gguf"_s, u"--alias"_s, tag + u"-chat"_s, u"--lora-scaled"_s,
        u"%1-lora-pirate.gguf:0,%1-lora-legal.gguf:0"_s.arg(tag)};
}

bool answersWell(QIODevice &socket)
{
    socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(2000)) {
        answer += socket.readAll();
    }
    return answer.startsWith("HTTP/1.1 200");
}

} // namespace

LlamaServer::LlamaServer()
    : m_dir(sharedFolder() + u"/llama-test-XXXXXX"_s)
{ }

LlamaServer::~LlamaServer() { kill(); }

bool LlamaServer::isPrepared() { return QProcess::execute(script, {u"ready"_s}) == 0; }

QByteArray LlamaServer::start(Model model, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // Another program may take the port between our asking and the server's; then once more.
    for (int attempt = 0; attempt < 3; ++attempt) {
        m_port = freePort();
        m_process.start(script,
            QStringList{u"run"_s, QString::number(m_port)} + modelArguments(model) + arguments);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 60'000 && !m_process.waitForFinished(50)) {
            if (isHealthy()) {
                return {};
            }
        }
        kill();
    }
    return "llama-server did not become healthy: " + m_process.readAll();
}

QByteArray LlamaServer::startSecure(Model model, const TestAuthority::Identity &identity)
{
    const QString certificate = m_dir.filePath(u"server.pem"_s);
    const QString key = m_dir.filePath(u"server.key"_s);
    if (!QFile::copy(identity.certificateFile, certificate)
        || !QFile::copy(identity.keyFile, key)) {
        return "no certificate in " + m_dir.path().toUtf8();
    }
    m_isSecure = true;
    return start(model, {u"--ssl-cert-file"_s, certificate, u"--ssl-key-file"_s, key});
}

QByteArray LlamaServer::startAtSocket(Model model)
{
    m_socket = m_dir.filePath(u"llama.sock"_s);
    return start(model, {u"--host"_s, m_socket});
}

bool LlamaServer::isHealthy() const
{
    if (!m_socket.isEmpty()) {
        QLocalSocket socket;
        socket.connectToServer(m_socket);
        return socket.waitForConnected(1000) && answersWell(socket);
    }
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (m_isSecure) {
        socket.connectToHostEncrypted(u"127.0.0.1"_s, m_port);
        return socket.waitForEncrypted(1000) && answersWell(socket);
    }
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    return socket.waitForConnected(1000) && answersWell(socket);
}

void LlamaServer::kill()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QUrl LlamaServer::url() const
{
    if (!m_socket.isEmpty()) {
        return QUrl(u"http://localhost"_s);
    }
    return QUrl((m_isSecure ? u"https://127.0.0.1:%1"_s : u"http://127.0.0.1:%1"_s).arg(m_port));
}

Target LlamaServer::target(const Secret &key) const
{
    Target target;
    target.endpoint.name = u"llama-server"_s;
    target.endpoint.url = url();
    target.endpoint.unixSocket = m_socket;
    target.endpoint.provider = u"openai"_s;
    target.endpoint.server = u"llama.cpp"_s;
    target.key = key;
    return target;
}

const QStringList &pirateWords()
{
    static const QStringList words{
        u"treasure"_s, u"parrot"_s, u"galleon"_s, u"doubloon"_s, u"cutlass"_s, u"buccaneer"_s};
    return words;
}

const QStringList &legalWords()
{
    static const QStringList words{
        u"plaintiff"_s, u"statute"_s, u"clause"_s, u"affidavit"_s, u"tribunal"_s, u"indemnity"_s};
    return words;
}

int countWords(const QString &text, const QStringList &words)
{
    int count = 0;
    for (const QString &word : words) {
        count += int(text.count(word));
    }
    return count;
}

ChatOutcome ask(ApiClient &client, const Target &target, const ChatRequest &request)
{
    const std::unique_ptr<ChatStream> stream(client.chat(target, request));
    QSignalSpy finished(stream.get(), &ChatStream::finished);
    if (!finished.wait(60'000)) {
        return {.choices = {ChatChoice{}},
            .error = ApiError{.message = u"no answer in the test's time"_s}};
    }
    return finished.first().first().value<ChatOutcome>();
}

} // namespace Lorikeet
