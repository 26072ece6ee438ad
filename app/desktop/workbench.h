// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/networkthread.h"
#include "chatcontroller.h"
#include "comparecontroller.h"
#include "endpointeditor.h"
#include "endpointfiles.h"
#include "endpointlistmodel.h"
#include "environmentoffers.h"
#include "grid/gridcontroller.h"
#include "load/loadcontroller.h"
#include "localservers.h"
#include "preferences.h"
#include "sessionlistmodel.h"
#include "setupeditor.h"
#include "store/secretstore.h"
#include "store/store.h"
#include "streamlist.h"
#include "structured/schemashelf.h"
#include "templates/promptlibrary.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// What the window is given: the store, the network and the view models, made and joined here
/// once for the whole program.
class Workbench final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(Lorikeet::Preferences *preferences READ preferences CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::SessionListModel *sessions READ sessions CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::EndpointListModel *endpoints READ endpoints CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::EndpointEditor *editor READ editor CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LocalServers *localServers READ localServers CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::EnvironmentOffers *environment READ environment CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::EndpointFiles *files READ files CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChatController *chat READ chat CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::CompareController *compare READ compare CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::PromptLibrary *prompts READ prompts CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::GridController *grid READ grid CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadController *load READ load CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::StreamList *streams READ streams CONSTANT FINAL)
    /// Of the schemas that answers can be held to.
    Q_PROPERTY(QStringList schemaNames READ schemaNames NOTIFY schemasChanged FINAL)
    /// Of the chat.
    Q_PROPERTY(Lorikeet::SetupEditor *setup READ setup CONSTANT FINAL)
    /// Of the comparison's focused lane.
    Q_PROPERTY(Lorikeet::SetupEditor *laneSetup READ laneSetup CONSTANT FINAL)
    /// Of the model that judges answers.
    Q_PROPERTY(Lorikeet::SetupEditor *judgeSetup READ judgeSetup CONSTANT FINAL)
    /// Of the load test.
    Q_PROPERTY(Lorikeet::SetupEditor *loadSetup READ loadSetup CONSTANT FINAL)
    /// Where the endpoints' keys are kept, in a sentence.
    Q_PROPERTY(QString keyStorage READ keyStorage NOTIFY keyStorageChanged FINAL)
    /// The last thing that went wrong outside of an answer; empty: nothing, or dismissed.
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)

public:
    /// Keeps its files in `folder`, which must exist. `setUp` is NetworkThread's.
    explicit Workbench(const QString &folder, const NetworkThread::ClientSetup &setUp = {});

    /// Opens the store and shows what is there. `demos` are the built-in endpoints.
    void start(const QList<Endpoint> &demos);
    /// Puts these sessions into the store and lists them.
    void addSessions(const QList<Conversation> &conversations);
    /// Looks for servers of this machine, now and whenever lookAgain() is called, and for what
    /// the environment's variables describe.
    void lookAround();

    [[nodiscard]] Preferences *preferences() { return &m_preferences; }

    [[nodiscard]] SessionListModel *sessions() { return &m_sessions; }

    [[nodiscard]] EndpointListModel *endpoints() { return &m_endpoints; }

    [[nodiscard]] EndpointEditor *editor() { return &m_editor; }

    [[nodiscard]] LocalServers *localServers() { return &m_localServers; }

    [[nodiscard]] EnvironmentOffers *environment() { return &m_environment; }

    [[nodiscard]] EndpointFiles *files() { return &m_files; }

    [[nodiscard]] ChatController *chat() { return &m_chat; }

    [[nodiscard]] CompareController *compare() { return &m_compare; }

    [[nodiscard]] PromptLibrary *prompts() { return &m_prompts; }

    [[nodiscard]] GridController *grid() { return &m_grid; }

    [[nodiscard]] LoadController *load() { return &m_load; }

    [[nodiscard]] StreamList *streams() { return &m_streams; }

    [[nodiscard]] QStringList schemaNames() const { return m_schemas.names(); }

    [[nodiscard]] SchemaShelf &schemas() { return m_schemas; }

    [[nodiscard]] SetupEditor *setup() { return &m_setup; }

    [[nodiscard]] SetupEditor *laneSetup() { return &m_laneSetup; }

    [[nodiscard]] SetupEditor *judgeSetup() { return &m_judgeSetup; }

    [[nodiscard]] SetupEditor *loadSetup() { return &m_loadSetup; }

    [[nodiscard]] QString notice() const { return m_notice; }

    [[nodiscard]] QString keyStorage() const { return m_secrets.backendMessage(); }

    [[nodiscard]] Store &store() { return m_store; }

    Q_INVOKABLE void dismissNotice();
    /// A good moment to look for servers of this machine, if it is wanted at all.
    Q_INVOKABLE void lookAgain();

Q_SIGNALS:
    /// The store is open (or is not to be opened) and the endpoints are known.
    void ready();
    void noticeChanged();
    void keyStorageChanged();
    void schemasChanged();

private:
    [[nodiscard]] InClient inClient();
    void tell(const QString &sentence);
    /// An endpoint that was just added is the one to try.
    void takeUp(QUuid id);

    Preferences m_preferences;
    Store m_store;
    SecretStore m_secrets;
    NetworkThread m_network;
    SessionListModel m_sessions;
    EndpointListModel m_endpoints;
    EndpointEditor m_editor;
    LocalServers m_localServers;
    EnvironmentOffers m_environment;
    EndpointFiles m_files;
    ChatController m_chat;
    SchemaShelf m_schemas;
    SetupEditor m_setup;
    CompareController m_compare;
    SetupEditor m_laneSetup;
    SetupEditor m_judgeSetup;
    PromptLibrary m_prompts;
    GridController m_grid;
    LoadController m_load;
    StreamList m_streams;
    SetupEditor m_loadSetup;
    QString m_notice;
    bool m_looksAround = false;
};

} // namespace Lorikeet
