// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatsessionfixture.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Mirror::Mirror(const ChatSession &session)
    : m_session(session)
{
    read();
    connect(&session, &ChatSession::pathChanged, this, &Mirror::read);
    connect(&session, &ChatSession::nodeChanged, this, [this](QUuid id) {
        if (m_texts.contains(id)) {
            m_texts[id] = m_session.conversation().find(id)->message.content;
        }
    });
    connect(&session, &ChatSession::textAppended, this,
        [this](QUuid id, const QString &text, const QString &) { m_texts[id] += text; });
}

bool Mirror::isTrue() const
{
    if (m_session.conversation().path() != m_path) {
        return false;
    }
    return std::all_of(m_path.begin(), m_path.end(), [this](const QUuid &id) {
        return m_session.conversation().find(id)->message.content == m_texts.value(id);
    });
}

void Mirror::read()
{
    m_path = m_session.conversation().path();
    for (const QUuid &id : std::as_const(m_path)) {
        m_texts[id] = m_session.conversation().find(id)->message.content;
    }
}

void ChatSessionFixture::openStore()
{
    m_store = std::make_unique<Store>(m_folder->filePath(u"lorikeet.db"_s));
    QVERIFY(m_store->open().result());
}

void ChatSessionFixture::start(const Conversation &conversation, bool stored)
{
    m_session = std::make_unique<ChatSession>(
        conversation, stored, *m_service, m_store->conversations(), [this](QUuid) {
            ++m_lookups;
            return QtFuture::makeReadyValueFuture(m_target);
        });
    m_mirror = std::make_unique<Mirror>(*m_session);
}

QStringList ChatSessionFixture::texts() const
{
    QStringList result;
    const QList<QUuid> ids = chat().path();
    for (const QUuid &id : ids) {
        result += chat().find(id)->message.content;
    }
    return result;
}

FakeStream *ChatSessionFixture::stream(size_t count)
{
    if (!QTest::qWaitFor([&] { return m_service->calls().size() >= count; }, 30'000)) {
        qFatal("the request was not made");
    }
    return m_service->calls().at(count - 1).stream;
}

void ChatSessionFixture::answer(size_t count, const QString &text)
{
    FakeStream *fake = stream(count);
    fake->text(text);
    fake->finish();
}

void ChatSessionFixture::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    openStore();
    m_service = std::make_unique<FakeChatService>();
    m_lookups = 0;
    m_endpoint = {.id = QUuid::createUuid(), .name = u"Desk"_s, .provider = u"openai"_s};
    m_target = Target{.endpoint = m_endpoint, .key = Secret(u"canary-77"_s)};
    ChatSetup setup;
    setup.endpoint = m_endpoint.id;
    setup.model = u"m"_s;
    setup.parameters = {{u"temperature"_s, 0.2}};
    setup.extraBody = {{u"user"_s, u"me"_s}};
    setup.systemPrompt = u"Be brief."_s;
    start(Conversation::create(setup, QDateTime::currentDateTimeUtc()), false);
}

void ChatSessionFixture::cleanup()
{
    QVERIFY(!m_session || m_mirror->isTrue());
    m_mirror.reset();
    m_session.reset();
    m_service.reset();
    m_store.reset();
}

} // namespace Lorikeet
