// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/questions.h"

#include "http/apiclient.h"

#include <algorithm>

namespace Lorikeet {

namespace {

constexpr int atOnce = 3;

} // namespace

void Questions::ask(const QList<Question> &questions)
{
    m_waiting.append(questions);
    send();
}

const Answer *Questions::answerTo(const QUrl &url, bool withoutKey) const
{
    const auto answer = std::ranges::find_if(m_answers,
        [&](const Answer &one) { return one.url == url && one.withoutKey == withoutKey; });
    return answer == m_answers.end() ? nullptr : &*answer;
}

bool Questions::isSlow() const { return m_timeouts >= atOnce; }

void Questions::send()
{
    while (m_running < atOnce && !m_waiting.isEmpty()) {
        const Question question = m_waiting.takeFirst();
        ++m_running;
        m_client.fetch(question.request, m_options, question.timeout)
            .then(this,
                [this, asked = question.request.url, withoutKey = question.withoutKey](
                    const Result<HttpReply> &reply) { take({asked, withoutKey, reply}); });
    }
}

void Questions::take(const Answer &answer)
{
    --m_running;
    m_answers.append(answer);
    if (!answer.reply && answer.reply.error().kind == ApiError::Kind::TotalTimeout
        && ++m_timeouts >= atOnce) {
        m_waiting.clear();
    }
    send();
    if (m_running == 0) {
        m_allAnswered();
    }
}

} // namespace Lorikeet
