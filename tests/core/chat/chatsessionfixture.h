// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatsession.h"
#include "fakechatservice.h"
#include "store/store.h"

#include <QHash>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Lorikeet {

/// Keeps a copy of the path as a list model would, and checks that the signals suffice for it.
class Mirror final : public QObject
{
    Q_OBJECT

public:
    explicit Mirror(const ChatSession &session);

    [[nodiscard]] bool isTrue() const;

private:
    void read();

    const ChatSession &m_session;
    QList<QUuid> m_path;
    QHash<QUuid, QString> m_texts;
};

/// A new conversation before each test, with an endpoint, a store of its own, and a service that
/// answers as told. Its tests are the slots of a derived class.
class ChatSessionFixture : public QObject
{
    Q_OBJECT

protected:
    void openStore();
    void start(const Conversation &conversation, bool stored);

    [[nodiscard]] const Conversation &chat() const { return m_session->conversation(); }

    [[nodiscard]] const ChatNode &leaf() const { return *chat().find(chat().leaf()); }

    [[nodiscard]] QStringList texts() const;
    /// The stream of the `count`th request, once it has been made.
    FakeStream *stream(size_t count);
    void answer(size_t count, const QString &text);

    /// What was asked for the `count`th time.
    [[nodiscard]] const ChatRequest &request(size_t count) const
    {
        return m_service->calls().at(count - 1).request;
    }

    [[nodiscard]] bool untilIdle() const
    {
        return QTest::qWaitFor([this] { return !m_session->isRunning(); }, 30'000);
    }

    Conversation stored() { return *m_store->conversations().load(chat().id()).result(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<FakeChatService> m_service;
    std::unique_ptr<ChatSession> m_session;
    std::unique_ptr<Mirror> m_mirror;
    Endpoint m_endpoint;
    Result<Target> m_target;
    int m_lookups = 0; ///< how often it was asked for

private Q_SLOTS:
    void init();
    void cleanup();
};

} // namespace Lorikeet
