// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Lorikeet {

/// Waits for it; the answers come from the store's thread, not from the event loop.
template<typename T>
T take(const QFuture<T> &future)
{
    return future.result();
}

inline QString problem(const Result<> &result)
{
    return result ? QString() : result.error().message;
}

/// A folder for a database before each test. The tests are the slots of a derived class.
class StoreFixture : public QObject
{
    Q_OBJECT

protected:
    const QDateTime t0{{2026, 1, 2}, {3, 4, 5, 678}, QTimeZone::UTC};

    [[nodiscard]] QString path() const
    {
        return m_folder->filePath(QStringLiteral("sub/lorikeet.db"));
    }

    [[nodiscard]] std::unique_ptr<Store> opened() const
    {
        auto store = std::make_unique<Store>(path());
        const Result<StoreReport> report = take(store->open());
        if (!report) {
            qWarning("%s", qPrintable(report.error().message));
        }
        return store;
    }

    [[nodiscard]] Conversation sample(const QString &prompt = QStringLiteral("What is WAL?")) const
    {
        ChatSetup setup;
        setup.endpoint = QUuid::createUuid();
        setup.parameters = {{QStringLiteral("temperature"), 0.5}};
        Conversation conversation = Conversation::create(setup, t0);
        conversation.head().title = titleFromPrompt(prompt);
        const QUuid one = conversation.addUser({}, prompt, t0);
        const QUuid a
            = conversation.addAnswer(one, {.endpointName = QStringLiteral("E")}, t0.addSecs(1));
        conversation.append(a, QStringLiteral("A write-ahead log."), QStringLiteral("Easy."));
        ChatNode node = *conversation.find(a);
        node.state = ChatNode::State::Failed;
        node.error = ApiError{.kind = ApiError::Kind::Truncated, .message = QStringLiteral("Cut.")};
        conversation.update(node);
        (void)conversation.addUser(a, QStringLiteral("And then?\n\n"), t0.addSecs(2));
        return conversation;
    }

    static void save(Store &store, const Conversation &conversation)
    {
        QCOMPARE(problem(take(store.conversations().add(conversation))), QString());
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
};

} // namespace Lorikeet
