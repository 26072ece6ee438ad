// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demosessions.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Writes one session, message by message, a minute apart.
class Script final
{
public:
    Script(const Endpoint &endpoint, const QString &title, const QDateTime &begin)
        : m_endpoint(endpoint)
        , m_conversation(
              Conversation::create({.endpoint = endpoint.id, .model = endpoint.model}, begin))
        , m_now(begin)
    {
        m_conversation.head().title = title;
        m_conversation.head().titleChosen = true;
    }

    Script &pin()
    {
        m_conversation.head().pinned = true;
        return *this;
    }

    Script &ask(const QString &prompt)
    {
        m_prompt = m_conversation.addUser(m_conversation.leaf(), prompt, step());
        return *this;
    }

    /// Answers the last prompt; a second time: as a further version.
    Script &answer(const QString &text, const QString &adapter = {}, const QString &reasoning = {})
    {
        AnswerOrigin origin{.setup = m_conversation.head().setup,
            .endpointName = m_endpoint.name,
            .provider = m_endpoint.provider,
            .servedModel = m_endpoint.model};
        origin.setup.adapter.id = adapter;
        ChatNode node = *m_conversation.find(m_conversation.addAnswer(m_prompt, origin, step()));
        node.state = ChatNode::State::Complete;
        node.message.content = text;
        node.message.reasoning = reasoning;
        node.finish = {.kind = FinishReason::Kind::Stop, .word = u"stop"_s};
        const qint64 tokens = text.size() / 4 + reasoning.size() / 4;
        const double speed = 58 + double(text.size() % 13);
        node.metrics.timeToFirstToken = std::chrono::milliseconds(160 + text.size() % 40);
        node.metrics.tokensPerSecond = speed;
        node.metrics.outputTokens = tokens;
        node.metrics.promptTokens = 64;
        node.metrics.total = fromSeconds(0.18 + double(tokens) / speed);
        node.usage = {.promptTokens = 64, .completionTokens = tokens};
        m_conversation.update(node);
        return *this;
    }

    Script &stopped()
    {
        ChatNode node = *m_conversation.find(m_conversation.leaf());
        node.state = ChatNode::State::Stopped;
        node.finish = {};
        m_conversation.update(node);
        return *this;
    }

    Script &failed(const ApiError &error)
    {
        ChatNode node = *m_conversation.find(m_conversation.leaf());
        node.state = ChatNode::State::Failed;
        node.finish = {};
        node.error = error;
        m_conversation.update(node);
        return *this;
    }

    [[nodiscard]] Conversation take() { return std::move(m_conversation); }

private:
    QDateTime step() { return m_now = m_now.addSecs(60); }

    const Endpoint &m_endpoint;
    Conversation m_conversation;
    QDateTime m_now;
    QUuid m_prompt;
};

const QString triage
    = uR"(The customer reports a **duplicate charge**. Priority should be **high**, because money was taken twice.

```json
{
  "label": "billing.duplicate",
  "priority": "high",
  "confidence": 0.93
}
```

Suggested next steps:

1. Refund the second charge.
2. Tell the customer when it will arrive, usually within *three working days*.
3. Look at the retry logic of the payment worker.)"_s;

const QString triageBase
    = uR"(This looks like a billing question. The customer says that they were charged twice and asks for help.)"_s;

const QString merge = uR"(Both lists are walked once, so the time is linear in their lengths:

```python
def merge(left: list[int], right: list[int]) -> list[int]:
    """Merge two sorted lists into a sorted one."""
    merged, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]


def test_merge():
    assert merge([1, 4, 9], [2, 3, 10]) == [1, 2, 3, 4, 9, 10]
    assert merge([], [5]) == [5]
```

`<=` keeps equal elements in their order, which makes the merge *stable*.)"_s;

const QString methods = uR"(### How they compare

| Method | Trained weights | Memory for 7B | When to use it |
|---|---:|---:|---|
| Full fine-tuning | 100 % | 112 GB | the task is far from the base model |
| LoRA | 0.1–1 % | 18 GB | most adaptations of style and format |
| QLoRA | 0.1–1 % | 8 GB | one consumer GPU |

> Adapters can be changed at each request; a fully tuned model cannot.

The figures are for a sequence length of 2,048 and a batch of one.)"_s;

const QString thinking
    = uR"(The limit is 50 kg. 3 boxes of 12 kg are 36 kg, and 2 boxes of 7 kg are 14 kg. Together that is 50 kg, which is exactly the limit, so it fits.)"_s;

} // namespace

QList<Conversation> demoSessions(const Endpoint &endpoint, const QDateTime &now)
{
    const ApiError limited{.kind = ApiError::Kind::RateLimited,
        .message = u"Too many requests (429): the server asks to wait 12 seconds."_s,
        .serverMessage = u"Rate limit reached for requests per minute."_s,
        .httpStatus = 429,
        .retryAfter = std::chrono::seconds(12)};
    return {
        Script(endpoint, u"Support triage"_s, now.addSecs(-3600))
            .pin()
            .ask(
                u"Classify this ticket and answer as JSON:\n“Charged twice for March, please fix.”"_s)
            .answer(triageBase)
            .answer(triage, u"support-v4"_s)
            .take(),
        Script(endpoint, u"Merging sorted lists"_s, now.addSecs(-5400))
            .ask(u"Write a Python function that merges two sorted lists, with a test."_s)
            .answer(merge)
            .take(),
        Script(endpoint, u"LoRA, QLoRA, full fine-tuning"_s, now.addSecs(-7200))
            .ask(u"Compare LoRA, QLoRA and full fine-tuning in a table."_s)
            .answer(methods)
            .take(),
        Script(endpoint, u"Does the pallet fit?"_s, now.addDays(-1))
            .ask(u"May I load 3 boxes of 12 kg and 2 boxes of 7 kg on a shelf for 50 kg?"_s)
            .answer(u"Yes, exactly: **50 kg** of 50 kg."_s, {}, thinking)
            .take(),
        Script(endpoint, u"A long story"_s, now.addDays(-3))
            .ask(u"Tell me a long story about a parrot."_s)
            .answer(u"Once upon a time, in a garden that nobody had swept since spring,"_s)
            .stopped()
            .take(),
        Script(endpoint, u"Too many requests"_s, now.addDays(-4))
            .ask(u"Summarise the release notes."_s)
            .answer(u"The release brings"_s)
            .failed(limited)
            .take(),
    };
}

} // namespace Lorikeet
