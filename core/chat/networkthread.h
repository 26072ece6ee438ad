// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatservice.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace Lorikeet {

class ApiClient;

/// The thread in which all requests of chats are made, with one ApiClient for all of them, so that
/// no work of the caller's thread delays what is measured. Used from the thread that made it.
/// Destroying it aborts what runs, and streams it gave out go silent.
class NetworkThread final : public ChatService
{
public:
    using ManagerMaker = std::function<std::unique_ptr<QNetworkAccessManager>()>;
    using ClientSetup = std::function<void(ApiClient &)>;

    /// `makeManager` is called in the new thread, and by default makes a CurlAccessManager; then
    /// `setUp`, if there is one, is called there too.
    explicit NetworkThread(const ManagerMaker &makeManager = {}, const ClientSetup &setUp = {});
    ~NetworkThread() override;

    [[nodiscard]] std::unique_ptr<ChatStream> chat(
        const Target &target, const ChatRequest &request) override;
    [[nodiscard]] QFuture<Result<EndpointDescription>> describe(const Target &target) override;
    [[nodiscard]] QFuture<Result<ProbeResult>> probe(const Target &target) override;
    [[nodiscard]] QFuture<Result<QString>> changeAdapters(
        const Target &target, const AdapterChange &change) override;

    /// Calls `work` with the client, in its thread and in the order of the calls.
    void withClient(const std::function<void(ApiClient &)> &work);

private:
    /// What `ask` gives when it is called in the thread, handed to the caller's.
    template<typename T, typename Ask>
    [[nodiscard]] QFuture<Result<T>> inThread(const Ask &ask);

    QThread m_thread;
    // These live in m_thread.
    QObject m_context;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;
};

} // namespace Lorikeet
