// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kserveserver.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int startWait = 60'000;

}

KserveServer::KserveServer(const QStringList &options)
    : m_isSecure(options.join(u' ').contains("certificate="_L1))
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(LORIKEET_KSERVE_SERVER),
        QStringList{QStringLiteral(LORIKEET_KSERVE_PROTO)} + options);
    if (QTest::qWaitFor([this] { return m_process.canReadLine(); }, startWait)) {
        m_port = m_process.readLine().trimmed().toInt();
    }
}

KserveServer::~KserveServer() { stop(); }

void KserveServer::stop()
{
    m_process.kill();
    m_process.waitForFinished();
}

Target KserveServer::target() const
{
    Target target;
    target.endpoint.url
        = QUrl((m_isSecure ? u"grpcs://127.0.0.1:%1"_s : u"grpc://127.0.0.1:%1"_s).arg(m_port));
    target.key = Secret(u"canary-0123456789"_s);
    return target;
}

} // namespace Lorikeet
