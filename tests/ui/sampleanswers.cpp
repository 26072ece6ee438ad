// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sampleanswers.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::SampleAnswers {

QString everything()
{
    return uR"md(# Rolling out an adapter

The customer reports a **duplicate charge**, so priority should be *high*; see `billing.duplicate` in the
[runbook](https://example.com/runbook) and ~~ticket 41~~ **ticket 42**.

## Steps

1. Load the adapter:
   ```bash
   curl -s http://127.0.0.1:8080/load \
     -H 'Content-Type: application/json' -d '{"adapter_id": "support-v4"}'
   ```
2. Check it:
   - the label is one of `billing`, `login`, `other`
   - confidence is above 0.9
     - measured on the *held-out* set
   - [x] smoke test
   - [ ] canary
3. Roll out.

> Quotes are set off by a bar.
> They may go on for a while, and wrap when the line is not wide enough to hold all that there is to say.
>
> > And they nest.

### Results

| Adapter | Accuracy | p50 TTFT | Notes |
|:--------|---------:|:--------:|-------|
| support-v3 | 0.912 | 182 ms | the one in **production** |
| support-v4 | 0.947 | 176 ms | better on `billing.*`, the same elsewhere |
| support-v5 | 0.951 | 240 ms | slower |

```python
from dataclasses import dataclass

@dataclass
class Ticket:
    """A support ticket."""
    text: str
    priority: int = 3  # 1 is urgent

def classify(ticket: Ticket, threshold: float = 0.9) -> str:
    if "charged twice" in ticket.text.lower():
        return "billing.duplicate"
    return f"other ({threshold:.2f})"
```

Euler wrote $e^{i\pi} + 1 = 0$, and the loss is

$$
\mathcal{L} = -\sum_{i=1}^{n} y_i \log \hat{y}_i
$$

![A confusion matrix](https://example.com/matrix.png)

---

#### Right to left, and emoji

שלום **עולם**, זו פסקה בעברית עם `code` בתוכה.

- مرحبا بالعالم
- 🦜 Lorikeets 🎉 are loud 👩‍💻
)md"_s;
}

QString mixed(qsizetype characters)
{
    static const QString part = uR"md(## Section

The quick brown fox jumps over the lazy dog, and **bold claims** need `evidence`; a [link](https://example.com)
helps. Sentences go on so that lines wrap more than once in a column of ordinary width, as answers do.

- first point with *some* emphasis
- second point
  1. nested
  2. twice

```cpp
int main(int argc, char *argv[])
{
    // A comment, a number 42 and a "string".
    return argc > 1 ? 0 : 1;
}
```

| Name | Value |
|------|------:|
| one | 1 |
| two | 2 |

)md"_s;
    QString text;
    while (text.size() < characters) {
        text += part;
    }
    text.truncate(characters);
    return text;
}

TimelineEntry prompt(const QString &text)
{
    TimelineEntry entry;
    entry.node.id = QUuid::createUuid();
    entry.node.message = {.role = Role::User, .content = text};
    entry.node.created = QDateTime(QDate(2026, 3, 14), QTime(14, 2), QTimeZone::UTC);
    return entry;
}

TimelineEntry answer(const QString &text)
{
    TimelineEntry entry;
    ChatNode &node = entry.node;
    node.id = QUuid::createUuid();
    node.message = {.role = Role::Assistant, .content = text};
    node.created = QDateTime(QDate(2026, 3, 14), QTime(14, 2, 5), QTimeZone::UTC);
    node.origin.servedModel = u"llama-3.1-8b"_s;
    node.origin.endpointName = u"prod-eu"_s;
    node.metrics.timeToFirstToken = 176ms;
    node.metrics.timeToFirstVisible = 176ms;
    node.metrics.tokensPerSecond = 64.04;
    node.metrics.outputTokens = 187;
    node.metrics.total = 3100ms;
    node.finish = {FinishReason::Kind::Stop, u"stop"_s};
    return entry;
}

QList<TimelineEntry> showcase()
{
    TimelineEntry thought = answer(everything());
    thought.node.message.reasoning = u"The user wants a rollout plan. I should list the steps, "
                                     "then show results.\n\nLet me also think about the quotes."_s;
    thought.node.metrics.timeToFirstVisible = 4276ms;
    thought.node.usage.reasoningTokens = 312;
    thought.version = 2;
    thought.versions = 3;
    TimelineEntry cut = answer(u"The first half of an answer that"_s);
    cut.node.finish = {FinishReason::Kind::Length, u"length"_s};
    TimelineEntry stopped = answer(u"```json\n{\n  \"label\": \"billing.duplicate\",\n  "
                                   "\"confidence\": 0.93"_s);
    stopped.node.state = ChatNode::State::Stopped;
    TimelineEntry failed = answer(u"It began well,"_s);
    failed.node.state = ChatNode::State::Failed;
    failed.node.metrics = {};
    failed.node.finish = {};
    ApiError error;
    error.kind = ApiError::Kind::RateLimited;
    error.message = u"prod-eu has too many requests (429); try again in 12 seconds."_s;
    error.serverMessage = u"Model is overloaded"_s;
    error.retryAfter = 12s;
    failed.node.error = error;
    const QString called = u"**Answer** of `count`\n\n```text\n312\n```"_s;
    TimelineEntry asked = answer(called + u"\n\nThat is all."_s);
    QString said = u"reading /srv/reports/2026-03.csv\nline 12 has no date, skipped\n"_s;
    said += u"a line that is longer than there is room for, as of a log: "_s.repeated(5);
    asked.asides = {{.at = called.size() - 1,
        .record = {.by = ToolRecord::By::Command, .exitCode = 0, .aside = said}}};
    QString lines;
    for (int i = 1; i <= 60; ++i) {
        lines += u"let value%1 = compute(%1); // line %1 of a long block\n"_s.arg(i);
    }
    return {prompt(u"How do I roll out the new adapter?\nGive me steps, results and code."_s),
        thought, prompt(u"Go on."_s), cut, prompt(u"As JSON."_s), stopped, prompt(u"Again?"_s),
        failed, prompt(u"Count the lines."_s), asked, prompt(u"Show me long code."_s),
        answer(u"Here:\n\n```rust\n%1```\n\nThat is all."_s.arg(lines))};
}

QList<TimelineEntry> session(int messages)
{
    QList<TimelineEntry> path;
    for (int i = 0; i < messages; i += 2) {
        path.append(
            prompt(u"Question %1: what about this, and that, and the other thing?"_s.arg(i / 2)));
        path.append(answer(u"Answer %1.\n\n"_s.arg(i / 2) + mixed(800 + (i * 37) % 1600)));
    }
    return path;
}

} // namespace Lorikeet::SampleAnswers
