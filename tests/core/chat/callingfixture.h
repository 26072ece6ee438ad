// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chatsessionfixture.h"

namespace Lorikeet {

/// A chat whose answers call tools.
class CallingFixture : public ChatSessionFixture
{
    Q_OBJECT

protected:
    struct Given
    {
        QString mock;
        QString commands;
        int limit = 8;
        QString tools = QStringLiteral(R"([{"name": "weather", "parameters": {"type": "object",
            "properties": {"city": {"type": "string"}}, "required": ["city"]}}, {"name": "now"}])");
    };

    static StreamEvent piece(
        int index, const QString &id, const QString &name, const QString &arguments)
    {
        return {Clock::now(),
            ToolCallDelta{.index = index, .id = id, .name = name, .arguments = arguments}};
    }

    void give(const Given &given)
    {
        ChatSetup setup = m_session->setup();
        setup.tools = ToolSetup{.isOn = true,
            .tools = given.tools,
            .mock = given.mock,
            .commands = given.commands,
            .limit = given.limit};
        m_session->setSetup(setup);
    }

    void give() { give(Given()); }

    void call(size_t count, const QList<StreamEvent> &pieces)
    {
        FakeStream *answering = stream(count);
        QVERIFY(answering);
        answering->bring(pieces);
        answering->finish(FinishReason::Kind::ToolCalls);
    }

    void callWeather(size_t count)
    {
        call(count, {piece(0, QStringLiteral("a"), QStringLiteral("weather"), ulm)});
    }

    [[nodiscard]] bool untilOpen(qsizetype count) const
    {
        return QTest::qWaitFor(
            [&] { return m_session->openCalls(chat().leaf()).size() == count; }, 30'000);
    }

    const QString ulm = QStringLiteral("{\"city\":\"Ulm\"}");
};

} // namespace Lorikeet
