// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a stranger does with a server: paste its address, Test, save, chat; and then a wrong key,
// an adapter it does not have, and a server that is gone.

#include "ids.h"
#include "scenes.h"

#include <QQuickItem>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct Server
{
    QString name; ///< lori-sim's, for --as
    QString path; ///< of the address that is pasted
    bool wantsKey = false;
    QString adapter; ///< that it does not have; empty: it has no adapters, and a model is asked for
    QString unknownPath; ///< with a model in it that it does not have; empty: it is not in the path
};

const QString rightKey = u"the-right-key"_s;

/// The server, and the form with its address in it, tested.
class Walk final
{
public:
    Walk(Desktop &desktop, const Server &server, SimulatorThread &simulator)
        : m_desktop(desktop)
        , m_server(server)
        , m_simulator(simulator)
    { }

    bool test(const QString &key, const QString &path = {})
    {
        if (!m_simulator.isRunning() && !m_simulator.start()) {
            return false;
        }
        m_desktop.toEndpoints();
        m_desktop.click(u"newEndpointButton"_s);
        m_desktop.type(
            u"127.0.0.1:%1"_s.arg(m_simulator.port()) + (path.isEmpty() ? m_server.path : path));
        if (!key.isEmpty()) {
            m_desktop.click(u"keyField"_s);
            m_desktop.type(key);
        }
        m_desktop.click(u"testButton"_s);
        return Desktop::until([this] {
            const int state = editor().trial()->state();
            return state == EndpointTrial::Passed || state == EndpointTrial::Failed;
        });
    }

    bool passes()
    {
        return test(m_server.wantsKey ? rightKey : QString())
            && editor().trial()->state() == EndpointTrial::Passed;
    }

    /// Saves, goes to the chat and says hello.
    bool chat()
    {
        // By keys: in a low window the buttons are below what is seen.
        m_desktop.press(Qt::Key_D, Qt::AltModifier);
        if (!Desktop::until([this] {
                return !editor().isFresh() && m_desktop.item(u"useButton"_s).hasActiveFocus();
            })) {
            return false;
        }
        m_desktop.press(Qt::Key_Return);
        if (!Desktop::until([this] { return m_desktop.item(u"composerText"_s).isVisible(); })) {
            return false;
        }
        return say(u"What is a lori?"_s) && state() == ChatNode::State::Complete;
    }

    bool unknownAdapter()
    {
        if (!m_server.unknownPath.isEmpty()) {
            return test(rightKey, m_server.unknownPath);
        }
        if (!passes() || !chat()) {
            return false;
        }
        AdapterPicker &picker = *m_desktop.workbench().setup()->picker();
        if (m_server.adapter.isEmpty()) {
            picker.setModel(u"no-such-model"_s);
        } else {
            picker.choose(m_server.adapter);
        }
        return say(u"And what does it eat?"_s) && state() == ChatNode::State::Failed;
    }

    bool dead()
    {
        m_simulator.stop();
        return say(u"Are you still there?"_s) && state() == ChatNode::State::Failed;
    }

private:
    [[nodiscard]] EndpointEditor &editor() const { return *m_desktop.workbench().editor(); }

    bool say(const QString &text)
    {
        m_desktop.send(text);
        return m_desktop.untilIdle();
    }

    [[nodiscard]] ChatNode::State state() const
    {
        const ChatController &chat = *m_desktop.workbench().chat();
        return chat.session()->conversation().find(QUuid::fromString(chat.lastAnswer()))->state;
    }

    Desktop &m_desktop;
    const Server &m_server;
    SimulatorThread &m_simulator;
};

Scene scene(const Server &server, const QString &step, const std::function<bool(Walk &)> &play)
{
    SimulatorOptions options{
        .server = server.name, .timing = simulatorProfile(u"fast"_s).value_or(SimulatorTiming())};
    if (server.wantsKey || step == "wrong-key"_L1) {
        options.key = Secret(rightKey);
    }
    // It outlives the window, as a server does.
    const auto simulator = std::make_shared<SimulatorThread>(options);
    return {.name = u"walk-%1-%2"_s.arg(server.name, step),
        .samples = false,
        .play = [=](Desktop &desktop) {
            Walk walk(desktop, server, *simulator);
            return play(walk);
        }};
}

} // namespace

QList<Scene> walkScenes()
{
    const QList<Server> servers{
        {.name = u"vllm"_s, .adapter = u"no-such-adapter"_s},
        {.name = u"lorax"_s, .adapter = u"no/such-adapter"_s},
        {.name = u"ollama"_s},
        {.name = u"azure"_s,
            .path = u"/openai/deployments/simulated-8b/chat/completions?api-version=2024-10-21"_s,
            .wantsKey = true,
            .unknownPath
            = u"/openai/deployments/no-such/chat/completions?api-version=2024-10-21"_s},
        {.name = u"triton"_s},
    };
    QList<Scene> scenes;
    for (const Server &server : servers) {
        scenes += {
            scene(server, u"test"_s, [](Walk &walk) { return walk.passes(); }),
            scene(server, u"chat"_s, [](Walk &walk) { return walk.passes() && walk.chat(); }),
            scene(server, u"wrong-key"_s, [](Walk &walk) { return walk.test(u"a-wrong-key"_s); }),
            scene(server, u"unknown"_s, [](Walk &walk) { return walk.unknownAdapter(); }),
            scene(server, u"dead"_s,
                [](Walk &walk) { return walk.passes() && walk.chat() && walk.dead(); }),
        };
    }
    return scenes;
}

} // namespace Lorikeet
