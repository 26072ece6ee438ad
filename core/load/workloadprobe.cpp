// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workloadprobe.h"

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "load/syntheticprompt.h"
#include "load/syntheticwords.h"
#include "load/taskexchange.h"
#include "load/tokenizeroute.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QPromise>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// A short one tells what is fixed, long ones what a word has.
constexpr std::array<qint64, 4> probedWords{16, 160, 640, 640};
constexpr quint64 probeSeed = 0x70726f6265; // any; what is probed is never measured

/// All of an answer.
QFuture<ChatOutcome> ask(ApiClient &client, const Target &target, const LoadRequest &request)
{
    auto promise = std::make_shared<QPromise<ChatOutcome>>();
    promise->start();
    ChatStream *stream = startRequest(client, target, request);
    // The promise ends with the stream's connections: cancelled, if the client goes.
    QObject::connect(
        stream, &ChatStream::finished, stream, [stream, promise](const ChatOutcome &outcome) {
            promise->addResult(outcome);
            promise->finish();
            stream->deleteLater();
        });
    return promise->future();
}

/// One prompt after the other, and what they tell together.
class Probing final
{
public:
    Probing(ApiClient &client, const Target &target, const ChatRequest &base, LoadTask::Kind task)
        : m_client(client)
        , m_target(target)
        , m_base(base)
        , m_task(task)
    {
        if (m_task != LoadTask::Kind::Chat) {
            return;
        }
        m_base.stream = false;
        for (const QString &name : outputLimitNames()) {
            m_base.parameters.remove(name);
        }
        const Provider *provider = findProvider(target.endpoint.provider);
        const ParameterSpecs specs
            = provider ? provider->parameters(target.endpoint.server) : ParameterSpecs();
        if (const ParameterSpec *limit = findParameter(specs, outputLimitName(specs))) {
            m_base.parameters.insert(
                limit->name, std::max<qint64>(1, std::llround(limit->minimum.value_or(1))));
        }
    }

    [[nodiscard]] QFuture<Result<TokenCalibration>> begin()
    {
        QStringList words;
        for (int word = 0; word < syntheticWordCount(); ++word) {
            words.append(syntheticWord(word));
        }
        const auto request = tokenizeRequest(m_target, m_base.model, separated(words));
        if (!request) {
            return next();
        }
        return m_client
            .fetch(
                *request, TransportOptions::from(m_target), m_target.endpoint.timeouts.firstToken)
            .then(&m_client,
                [self = *this, count = words.size()](const Result<HttpReply> &reply) mutable {
                    const auto tokens = reply ? tokensIn(*reply) : std::nullopt;
                    const auto each = tokens ? tokensOfWords(*tokens, count) : std::nullopt;
                    if (each) {
                        self.m_byWord = calibrationOfWords(*each);
                    }
                    return self.next();
                })
            .unwrap();
    }

private:
    [[nodiscard]] QFuture<Result<TokenCalibration>> next()
    {
        if (m_asked == probedWords.size()) {
            return QtFuture::makeReadyValueFuture(conclude());
        }
        const qint64 words = probedWords[m_asked];
        QString text;
        const double tokens = SyntheticText(probeSeed + m_asked)
                                  .appendWords(text, words, m_byWord.value_or(TokenCalibration()));
        ++m_asked;
        LoadRequest request{.request = m_base, .task = m_task};
        if (m_task == LoadTask::Kind::Chat) {
            request.request.messages.append({.role = Role::User, .content = text});
        } else {
            request.texts = {text};
            request.query = syntheticWord(0);
        }
        return ask(m_client, m_target, request)
            .then(&m_client,
                [self = *this, words, tokens](const ChatOutcome &outcome) mutable {
                    return self.take(words, tokens, outcome);
                })
            .unwrap();
    }

    [[nodiscard]] QFuture<Result<TokenCalibration>> take(
        qint64 words, double tokens, const ChatOutcome &outcome)
    {
        if (outcome.error && outcome.error->kind == ApiError::Kind::TooLarge
            && !m_probes.isEmpty()) {
            m_asked = probedWords.size(); // a short context; what is known must do
            return next();
        }
        if (outcome.error) {
            return QtFuture::makeReadyValueFuture(
                Result<TokenCalibration>(Failure(*outcome.error)));
        }
        if (outcome.usage.promptTokens) {
            m_probes.append({.words = words, .tokens = *outcome.usage.promptTokens});
            m_besides += double(*outcome.usage.promptTokens) - tokens;
        } else {
            m_asked = probedWords.size(); // it will not count the next one either
        }
        return next();
    }

    [[nodiscard]] Result<TokenCalibration> conclude() const
    {
        if (m_byWord) {
            TokenCalibration calibration = *m_byWord;
            if (!m_probes.isEmpty()) {
                calibration.fixedTokens = std::max(0.0, m_besides / double(m_probes.size()));
            }
            return calibration;
        }
        if (const auto calibration = calibrate(m_probes)) {
            return *calibration;
        }
        return fail(ApiError::Kind::Protocol,
            u"%1 does not tell how many tokens a prompt has; the lengths of prompts are guessed."_s
                .arg(placeOf(m_target.endpoint.url)));
    }

    ApiClient &m_client;
    Target m_target;
    ChatRequest m_base;
    LoadTask::Kind m_task;
    std::optional<TokenCalibration> m_byWord;
    QList<CalibrationProbe> m_probes;
    double m_besides = 0; ///< what all probes together had besides the tokens of their words
    size_t m_asked = 0;
};

} // namespace

QFuture<Result<TokenCalibration>> calibrateTokens(
    ApiClient &client, const Target &target, const ChatRequest &base, LoadTask::Kind task)
{
    return Probing(client, target, base, task).begin();
}

} // namespace Lorikeet
