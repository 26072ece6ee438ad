// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/judgerun.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

ApiError unreadable(const ChatOutcome &outcome)
{
    const QString said = outcome.choice().text.simplified();
    return {.kind = ApiError::Kind::Protocol,
        .message = said.isEmpty()
            ? u"The judge said nothing: does its limit of tokens leave room for a letter?"_s
            : u"The judge did not name one of A, B and C but said “%1”."_s.arg(said.size() > 80
                      ? said.first(said[79].isHighSurrogate() ? 79 : 80) + u'…'
                      : said)};
}

} // namespace

JudgeRun::JudgeRun(ApiClient &client, const Target &target, const JudgeOptions &options,
    const QList<JudgePair> &pairs, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_pairs(pairs)
    , m_judgements(pairs.size())
    , m_asked(pairs.size(), 0)
    , m_run(client, target, options.batch, [this] { return next(); })
{
    connect(&m_run, &BatchRun::result, this, &JudgeRun::take);
    connect(&m_run, &BatchRun::retrying, this, [this](const BatchItem &item, const Retry &retry) {
        Q_EMIT retrying(item.index / 2, retry);
    });
    connect(&m_run, &BatchRun::finished, this, [this](const std::optional<ApiError> &error) {
        for (qsizetype pair = 0; pair < m_asked.size(); ++pair) {
            if (m_asked[pair] == 1) {
                Q_EMIT judged(pair, Judgement(m_judgements[pair]));
            }
        }
        Q_EMIT finished(error);
    });
}

std::optional<BatchItem> JudgeRun::next()
{
    const qsizetype pair = m_next / 2;
    if (pair >= m_pairs.size()) {
        return std::nullopt;
    }
    const bool swapped = m_next % 2 == 1;
    return BatchItem{.index = m_next++,
        .id = {},
        .request = judgeRequest(m_options.defaults, m_options.task, m_pairs.at(pair), swapped),
        .key = {}};
}

void JudgeRun::take(const BatchResult &result)
{
    const qsizetype pair = result.index / 2;
    Judgement &judgement = m_judgements[pair];
    const ChatOutcome &outcome = result.outcome;
    const ChatMetrics metrics = ChatMetrics::from(outcome);
    judgement.promptTokens += metrics.promptTokens.value_or(0);
    judgement.outputTokens += metrics.outputTokens.value_or(0);
    const std::optional<double> cost = costOf(m_options.price, metrics);
    const bool isKnown = cost && (m_asked.at(pair) == 0 || judgement.cost);
    judgement.cost = isKnown ? std::optional(judgement.cost.value_or(0) + *cost) : std::nullopt;
    const std::optional<JudgeReading> reading
        = outcome.error ? std::nullopt : readJudgement(outcome);
    if (!reading && !judgement.error) {
        judgement.error = outcome.error ? *outcome.error : unreadable(outcome);
    }
    (result.index % 2 == 0 ? judgement.forward : judgement.backward) = reading;
    if (++m_asked[pair] == 2) {
        Q_EMIT judged(pair, Judgement(judgement));
    }
}

} // namespace Lorikeet

#include "moc_judgerun.cpp"
