// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatservice.h"
#include "http/chatstream.h"
#include "store/endpointstore.h"
#include "store/secretstore.h"
#include "store/store.h"

#include <QPromise>
#include <QTemporaryDir>

#include <list>
#include <memory>

namespace Lorikeet {

/// Questions of one kind that wait for a test to answer them.
template<typename T>
class Questions final
{
public:
    [[nodiscard]] QFuture<Result<T>> ask(const Target &target)
    {
        Question &question = m_open.emplace_back();
        question.target = target;
        question.promise.start();
        return question.promise.future();
    }

    [[nodiscard]] size_t count() const { return m_open.size(); }

    /// What the oldest open question asks.
    [[nodiscard]] const Target &first() const { return m_open.front().target; }

    void answerFirst(Result<T> answer) { close(m_open.begin(), std::move(answer)); }

    void answerLast(Result<T> answer) { close(std::prev(m_open.end()), std::move(answer)); }

private:
    struct Question
    {
        Target target;
        QPromise<Result<T>> promise;
    };

    void close(typename std::list<Question>::iterator at, Result<T> answer)
    {
        at->promise.addResult(std::move(answer));
        at->promise.finish();
        m_open.erase(at);
    }

    std::list<Question> m_open;
};

/// Servers that say what a test makes them say, when it makes them.
class AskedService final : public ChatService
{
public:
    Questions<EndpointDescription> descriptions;
    Questions<ProbeResult> probes;
    Questions<QString> changes;

    [[nodiscard]] std::unique_ptr<ChatStream> chat(const Target &, const ChatRequest &) override
    {
        qFatal("nobody chats here");
    }

    [[nodiscard]] QFuture<Result<EndpointDescription>> describe(const Target &target) override
    {
        return descriptions.ask(target);
    }

    [[nodiscard]] QFuture<Result<ProbeResult>> probe(const Target &target) override
    {
        return probes.ask(target);
    }

    [[nodiscard]] QFuture<Result<QString>> changeAdapters(
        const Target &target, const AdapterChange &) override
    {
        return changes.ask(target);
    }
};

/// What the view models of endpoints stand on: a real store in a folder of its own, no keychain,
/// and servers that are asked.
struct EndpointGround
{
    QTemporaryDir folder;
    std::unique_ptr<Store> store = std::make_unique<Store>(file());
    SecretStore secrets;
    AskedService service;

    EndpointGround() { (void)store->open(); }

    /// As after a restart: all that was saved is written.
    void reopen()
    {
        store.reset();
        store = std::make_unique<Store>(file());
        (void)store->open();
    }

    [[nodiscard]] QString file() const { return folder.filePath(QStringLiteral("test.sqlite")); }
};

} // namespace Lorikeet
