// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "chat/chatnode.h"
#include "model/endpoint.h"

#include <QFuture>
#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <memory>

namespace Lorikeet {

class ChatService;
class ChatStream;
class EndpointListModel;
struct AdapterChange;
struct ChatOutcome;

/// What can be done with adapters at a server besides choosing one: see whether one loads, and load
/// and unload them for everyone. One thing at a time.
class AdapterTools final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// The chosen adapter can be tried.
    Q_PROPERTY(bool canTry READ canTry NOTIFY setupChanged FINAL)
    Q_PROPERTY(bool canLoad READ canLoad NOTIFY setupChanged FINAL)
    Q_PROPERTY(bool canUnload READ canUnload NOTIFY setupChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// What is being done, was done, or went wrong, in a sentence.
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed FINAL)
    Q_PROPERTY(QString serverMessage READ serverMessage NOTIFY changed FINAL)
    Q_PROPERTY(bool failed READ hasFailed NOTIFY changed FINAL)

public:
    /// Both must outlive this.
    AdapterTools(EndpointListModel &endpoints, ChatService &service, QObject *parent = nullptr);
    ~AdapterTools() override;

    /// What the next answer is asked with. Another adapter or endpoint ends what is shown.
    void setSetup(const ChatSetup &setup);

    [[nodiscard]] bool canTry() const;
    [[nodiscard]] bool canLoad() const;
    [[nodiscard]] bool canUnload() const;

    [[nodiscard]] bool isBusy() const { return m_busy; }

    [[nodiscard]] QString sentence() const { return m_sentence; }

    [[nodiscard]] QString serverMessage() const { return m_serverMessage; }

    [[nodiscard]] bool hasFailed() const { return m_failed; }

    /// Asks for one token with the chosen adapter.
    Q_INVOKABLE void tryOut();
    /// Loads an adapter under a name; `path` is the server's own, or an id of a hub.
    Q_INVOKABLE void load(const QString &name, const QString &path);
    Q_INVOKABLE void unload(const QString &name);
    /// Waits no longer. A server that loads something goes on with it.
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void setupChanged();
    void changed();

private:
    void begin(const QString &sentence);
    void end(const QString &sentence, bool failed = false, const QString &serverMessage = {});
    void onTarget(const std::function<void(const Target &)> &go);
    void onTried(const ChatOutcome &outcome);
    void change(const AdapterChange &change, const QString &done);
    [[nodiscard]] QString server() const;
    [[nodiscard]] QString label() const;

    EndpointListModel &m_endpoints;
    ChatService &m_service;
    ChatSetup m_setup;
    std::unique_ptr<ChatStream> m_stream;
    int m_count = 0; ///< so that what was stopped is not shown
    bool m_busy = false;
    bool m_failed = false;
    QString m_sentence;
    QString m_serverMessage;
};

} // namespace Lorikeet
