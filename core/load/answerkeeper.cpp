// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/answerkeeper.h"

#include "model/chatoutcome.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr double slowShare = 0.99;
/// Of fewer nobody knows what is slow.
constexpr qint64 leastToTell = 100;

QString callsOf(const ChatChoice &choice)
{
    QStringList calls;
    for (const ToolCall &call : choice.toolCalls) {
        calls.append(u"%1(%2)"_s.arg(call.name, call.arguments));
    }
    return calls.join(u'\n');
}

std::optional<Nanoseconds> slowOf(const LatencyHistogram &times)
{
    return times.count() < leastToTell ? std::nullopt : times.quantile(slowShare);
}

} // namespace

AnswerKeeper::AnswerKeeper(
    std::shared_ptr<LoadAnswers> answers, TimePoint origin, const Secret &key)
    : m_answers(std::move(answers))
    , m_origin(origin)
    , m_key(key)
{ }

bool AnswerKeeper::isRemarkable(const LoadSample &sample) const
{
    const bool isFailed = sample.error && !sample.isCancelled();
    return isFailed || (m_slowFirstToken && sample.timeToFirstToken() > m_slowFirstToken)
        || (m_slowTotal && sample.total() > m_slowTotal);
}

QString AnswerKeeper::clean(const QString &text) const
{
    const QString part = text.first(std::min(text.size(), LoadAnswers::mostText));
    return m_key.isEmpty() ? part : QString(part).replace(m_key.reveal(), "***"_L1);
}

void AnswerKeeper::add(const LoadSample &sample, const ChatOutcome &outcome, const ChunkLog &chunks)
{
    const qint64 most = isRemarkable(sample) ? m_answers->most()
        : m_answers->isOpenForAll()          ? m_answers->mostOfFirst()
                                             : 0;
    if (sample.isAnswered()) {
        if (const auto first = sample.timeToFirstToken()) {
            m_firstTokens.add(*first);
        }
        if (const auto total = sample.total()) {
            m_totals.add(*total);
        }
    }
    if (most == 0 || sample.chunks == 0) {
        return;
    }
    const ChatChoice &choice = outcome.choice();
    const LoadAnswer answer{.text = clean(choice.text),
        .reasoning = clean(choice.reasoning),
        .calls = clean(callsOf(choice)),
        .chunks = {},
        .isCut = chunks.isCut() || choice.text.size() > LoadAnswers::mostText
            || choice.reasoning.size() > LoadAnswers::mostText};
    const Moment written = sample.sent ? sample.sent : sample.began;
    const QByteArray record = packed({sample.conversation, sample.turn}, answer,
        chunks.packed(m_origin + (written ? *written : Nanoseconds(0))));
    if (m_answers->take(record.size() + LoadAnswers::entryBytes, most)) {
        m_block += record;
    }
}

void AnswerKeeper::settle()
{
    if (!m_block.isEmpty()) {
        m_answers->add(std::exchange(m_block, {}));
    }
    m_slowFirstToken = slowOf(m_firstTokens);
    m_slowTotal = slowOf(m_totals);
}

} // namespace Lorikeet
