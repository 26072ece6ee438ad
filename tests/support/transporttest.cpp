// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transporttest.h"

#include "managers.h"

#include <QTest>

namespace Lorikeet {

void TransportTest::initTestCase_data() { addManagerRows(); }

void TransportTest::init()
{
    QFETCH_GLOBAL(const QString, manager);
    m_server = std::make_unique<ScriptedServer>();
    m_manager = makeManager(manager);
    m_client = std::make_unique<ApiClient>(*m_manager);
}

void TransportTest::cleanup()
{
    m_client.reset();
    m_manager.reset();
    m_server.reset();
}

} // namespace Lorikeet

#include "moc_transporttest.cpp"
