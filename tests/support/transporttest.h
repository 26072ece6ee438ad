// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/apiclient.h"
#include "scriptedserver.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <memory>

namespace Lorikeet {

/// Base of a test whose functions each run over every transport (see managers.h), and find a server
/// and a client that asks over that transport, both new.
class TransportTest : public QObject
{
    Q_OBJECT

protected:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
};

} // namespace Lorikeet
