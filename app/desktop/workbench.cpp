// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench.h"

#include "ids.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

Workbench::Workbench(const QString &folder, const NetworkThread::ClientSetup &setUp)
    : m_preferences(folder + "/lorikeet.ini"_L1)
    , m_store(folder + "/lorikeet.sqlite"_L1)
    , m_network({}, setUp)
    , m_sessions(m_store.conversations())
    , m_endpoints(m_store.endpoints(), m_secrets, m_network)
    , m_editor(m_endpoints, m_secrets, m_network)
    , m_localServers(m_network, m_endpoints, nullptr)
    , m_environment(m_endpoints)
    , m_files(m_endpoints)
    , m_chat(m_store.conversations(), m_network, m_endpoints, m_sessions)
    , m_schemas(m_store.schemas())
    , m_setup(m_endpoints, m_network, m_preferences, m_schemas)
    , m_compare(m_store.comparisons(), m_store.conversations(), m_network, m_endpoints, m_sessions,
          m_preferences, m_chat, inClient())
    , m_laneSetup(m_endpoints, m_network, m_preferences, m_schemas)
    , m_judgeSetup(m_endpoints, m_network, m_preferences, m_schemas)
    , m_prompts(m_store.templates())
    , m_grid(folder + "/grids"_L1, inClient(), m_endpoints, m_compare, m_prompts, m_schemas)
    , m_load(folder + "/load"_L1, folder + "/load-runs"_L1, inClient(),
          {m_store.conversations(), m_network, m_endpoints, m_sessions, m_preferences, m_prompts,
              *m_compare.prices(), m_chat})
    , m_streams(nullptr)
    , m_loadSetup(m_endpoints, m_network, m_preferences, m_schemas)
{
    connect(&m_secrets, &SecretStore::backendChanged, this, &Workbench::keyStorageChanged);
    connect(&m_sessions, &SessionListModel::failed, this, &Workbench::tell);
    connect(&m_endpoints, &EndpointListModel::failed, this, &Workbench::tell);
    connect(&m_localServers, &LocalServers::failed, this, &Workbench::tell);
    connect(&m_chat, &ChatController::failed, this, &Workbench::tell);
    connect(&m_schemas, &SchemaShelf::failed, this, &Workbench::tell);
    connect(&m_prompts, &PromptLibrary::failed, this, &Workbench::tell);
    connect(&m_grid, &GridController::failed, this, &Workbench::tell);
    connect(&m_load, &LoadController::failed, this, &Workbench::tell);
    connect(&m_schemas, &SchemaShelf::rowsChanged, this, &Workbench::schemasChanged);

    m_setup.setChat(&m_chat);
    m_streams.follow(m_chat);
    m_streams.follow(m_compare);
    m_judgeSetup.setChat(m_compare.judge()->chat());
    m_loadSetup.setChat(m_load.chat());
    connect(&m_compare, &CompareController::failed, this, &Workbench::tell);
    connect(&m_compare, &CompareController::focusChanged, this, [this] {
        CompareLane *lane = m_compare.focused();
        m_laneSetup.setChat(lane ? lane->chat() : nullptr);
    });

    connect(&m_environment, &EnvironmentOffers::failed, this, &Workbench::tell);

    connect(&m_localServers, &LocalServers::added, this, &Workbench::takeUp);
    connect(&m_environment, &EnvironmentOffers::added, this, &Workbench::takeUp);
    connect(&m_environment, &EnvironmentOffers::completionWanted, &m_editor,
        &EndpointEditor::startWith);
    connect(&m_editor, &EndpointEditor::added, this,
        [this](QUuid id) { m_chat.chooseEndpoint(toText(id)); });
}

InClient Workbench::inClient()
{
    return [this](const std::function<void(ApiClient &)> &work) { m_network.withClient(work); };
}

void Workbench::takeUp(QUuid id)
{
    m_chat.chooseEndpoint(toText(id));
    if (!m_editor.isDirty()) {
        m_editor.load(toText(id));
    }
}

void Workbench::start(const QList<Endpoint> &demos)
{
    m_endpoints.setDemos(demos);
    m_store.open().then(this, [this](const Result<StoreReport> &opened) {
        if (!opened) {
            tell(opened.error().message);
        } else if (!opened->notes.isEmpty()) {
            tell(opened->notes.join(u' '));
        }
        connect(
            &m_endpoints, &EndpointListModel::loaded, this,
            [this] {
                m_chat.newChat();
                m_compare.start();
                m_grid.load();
                m_load.load();
                Q_EMIT ready();
            },
            Qt::SingleShotConnection);
        m_endpoints.load();
        m_schemas.load();
        m_prompts.load();
        m_sessions.refresh();
    });
}

void Workbench::addSessions(const QList<Conversation> &conversations)
{
    for (const Conversation &conversation : conversations) {
        m_store.conversations().add(conversation).then(this, [this](const Result<> &saved) {
            if (!saved) {
                tell(saved.error().message);
            }
            m_sessions.refresh();
        });
    }
}

void Workbench::lookAround()
{
    m_looksAround = true;
    m_environment.look(QProcessEnvironment::systemEnvironment());
    lookAgain();
}

void Workbench::lookAgain()
{
    if (m_looksAround) {
        m_localServers.look(localEndpoints());
    }
}

void Workbench::tell(const QString &sentence)
{
    if (m_notice != sentence) {
        m_notice = sentence;
        Q_EMIT noticeChanged();
    }
}

void Workbench::dismissNotice() { tell({}); }

} // namespace Lorikeet
