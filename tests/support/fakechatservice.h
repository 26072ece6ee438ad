// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatservice.h"
#include "http/chatstream.h"

#include <QPointer>

#include <memory>
#include <vector>

namespace Lorikeet {

/// A stream that says what a test makes it say.
class FakeStream final : public ChatStream
{
public:
    FakeStream()
        : m_accumulator(Clock::now())
    { }

    void stop() override
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                end(ApiError{
                    .kind = ApiError::Kind::Cancelled, .message = QStringLiteral("Stop.")});
            },
            Qt::QueuedConnection);
    }

    void bring(const StreamEvents &batch)
    {
        m_accumulator.add(batch);
        Q_EMIT events(batch);
    }

    void text(const QString &text) { bring({{Clock::now(), TextDelta{.text = text}}}); }

    void reasoning(const QString &text) { bring({{Clock::now(), ReasoningDelta{.text = text}}}); }

    void finish(FinishReason::Kind kind = FinishReason::Kind::Stop)
    {
        bring({{Clock::now(), Finished{.reason = {.kind = kind, .word = toWord(kind)}}}});
        end({});
    }

    /// Ends at once; only the first end counts.
    void end(const std::optional<ApiError> &error)
    {
        if (!m_ended) {
            m_ended = true;
            m_accumulator.outcome().error = error;
            Q_EMIT finished(m_accumulator.outcome());
        }
    }

private:
    ChatAccumulator m_accumulator;
    bool m_ended = false;
};

class FakeChatService final : public ChatService
{
public:
    struct Call
    {
        Target target;
        ChatRequest request;
        QPointer<FakeStream> stream; ///< null once it was deleted
    };

    [[nodiscard]] std::unique_ptr<ChatStream> chat(
        const Target &target, const ChatRequest &request) override
    {
        auto stream = std::make_unique<FakeStream>();
        m_calls.push_back({target, request, stream.get()});
        return stream;
    }

    [[nodiscard]] QFuture<Result<EndpointDescription>> describe(const Target &) override
    {
        return QtFuture::makeReadyValueFuture(Result<EndpointDescription>());
    }

    [[nodiscard]] QFuture<Result<ProbeResult>> probe(const Target &) override
    {
        return QtFuture::makeReadyValueFuture(Result<ProbeResult>());
    }

    [[nodiscard]] QFuture<Result<QString>> changeAdapters(
        const Target &, const AdapterChange &change) override
    {
        m_changes.push_back(change);
        return QtFuture::makeReadyValueFuture(Result<QString>());
    }

    [[nodiscard]] const std::vector<Call> &calls() const { return m_calls; }

    [[nodiscard]] const std::vector<AdapterChange> &changes() const { return m_changes; }

    [[nodiscard]] FakeStream *last() const
    {
        return m_calls.empty() ? nullptr : m_calls.back().stream.data();
    }

private:
    std::vector<Call> m_calls;
    std::vector<AdapterChange> m_changes;
};

} // namespace Lorikeet
