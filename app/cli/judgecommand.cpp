// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judgecommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "judgeinput.h"
#include "lesson.h"
#include "priceoption.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "standardoutput.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<OptionHelp> judgeOptions()
{
    return {
        {{u"rubric"_s}, u"FILE"_s,
            u"What makes an answer good, in words. Default: that it does what is asked, is right "
            "and complete, and says nothing else."_s},
        {{u"concurrency"_s, u"c"_s}, u"N"_s, u"Asks so much at once. Default: 4."_s},
        priceOption(u"What a million tokens cost, read and written: tells what judging cost."_s),
        {{u"plain"_s}, {},
            u"Sends neither temperature nor logprobs, for models that refuse them."_s},
        {{u"json"_s}, {}, u"Prints one JSON object a pair, and at last one with the “summary”."_s},
    };
}

/// What may be said of a judge, but for what decides whose answers those would be.
QList<OptionHelp> askedOptions()
{
    QList<OptionHelp> options = askOptions();
    options.removeIf([](const OptionHelp &option) { return option.names.contains(u"system"_s); });
    return options;
}

Result<QString> rubricFrom(const CommandLine &line)
{
    if (!line.has(u"rubric"_s)) {
        return defaultRubric();
    }
    QFile file(line.value(u"rubric"_s));
    if (!file.open(QIODevice::ReadOnly)) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()));
    }
    const QString text = QString::fromUtf8(file.readAll()).trimmed();
    if (text.isEmpty()) {
        return invalidRequest(
            u"%1 is empty: say what makes an answer good."_s.arg(file.fileName()));
    }
    return text;
}

QString percent(double share) { return QString::number(share * 100, 'f', 0) + u" %"_s; }

QJsonValue toJson(const std::optional<JudgeReading> &reading)
{
    if (!reading) {
        return {};
    }
    QJsonObject object{{u"shown_first"_s, reading->shownFirst},
        {u"shown_second"_s, reading->shownSecond}, {u"neither"_s, reading->neither}};
    if (reading->mass) {
        object.insert(u"mass"_s, *reading->mass);
    }
    return object;
}

QJsonObject toJson(qsizetype index, const JudgePair &pair, const Judgement &judgement)
{
    QJsonObject object{{u"index"_s, index}, {u"first"_s, pair.firstName},
        {u"second"_s, pair.secondName}, {u"forward"_s, toJson(judgement.forward)},
        {u"backward"_s, toJson(judgement.backward)}, {u"prompt_tokens"_s, judgement.promptTokens},
        {u"output_tokens"_s, judgement.outputTokens}};
    if (!pair.id.isEmpty()) {
        object.insert(u"id"_s, pair.id);
    }
    if (const std::optional<double> score = judgement.score()) {
        object.insert(u"score"_s, *score);
        object.insert(u"agree"_s, judgement.agrees());
    }
    if (judgement.cost) {
        object.insert(u"cost"_s, *judgement.cost);
    }
    if (judgement.error) {
        object.insert(u"error"_s, judgement.error->message);
    }
    return object;
}

QJsonObject toJson(const JudgeSummary &summary)
{
    QJsonArray ratings;
    for (const Rating &rating : summary.ratings) {
        ratings.append(QJsonObject{{u"name"_s, rating.name}, {u"win_rate"_s, rating.winRate()},
            {u"strength"_s, rating.strength}, {u"low"_s, rating.low}, {u"high"_s, rating.high},
            {u"wins"_s, rating.wins}, {u"ties"_s, rating.ties}, {u"losses"_s, rating.losses}});
    }
    QJsonObject object{{u"pairs"_s, summary.pairs}, {u"judged"_s, summary.judged},
        {u"agreeing"_s, summary.agreeing}, {u"position_bias"_s, summary.positionBias},
        {u"prompt_tokens"_s, summary.promptTokens}, {u"output_tokens"_s, summary.outputTokens},
        {u"ratings"_s, ratings}};
    if (summary.cost) {
        object.insert(u"cost"_s, *summary.cost);
    }
    return {{u"summary"_s, object}};
}

QString toText(const JudgeSummary &summary)
{
    QString text = u"%1 of %2 pairs judged in both orders"_s.arg(summary.judged).arg(summary.pairs);
    if (summary.judged > 0) {
        text += u", which agree in %1; the answer shown first gained %2 points%3"_s.arg(
            percent(double(summary.agreeing) / double(summary.judged)),
            QString::number(summary.positionBias * 100, 'f', 1),
            std::abs(summary.positionBias) > 0.1 ? u" (a strong bias for a place)"_s : QString());
    }
    text += u".\n%1 tokens read, %2 written"_s.arg(summary.promptTokens).arg(summary.outputTokens);
    text += summary.cost ? u", cost %1.\n"_s.arg(*summary.cost, 0, 'g', 4) : u".\n"_s;
    for (const Rating &rating : summary.ratings) {
        text += u"%1  %2 wins, %3 ties, %4 losses; expected to win %5\n"_s.arg(rating.name,
            QString::number(rating.wins), QString::number(rating.ties),
            QString::number(rating.losses), percent(rating.winRate()));
    }
    return text;
}

} // namespace

CommandHelp JudgeCommand::help()
{
    return {
        .name = u"judge"_s,
        .arguments = u"FILE|-"_s,
        .summary = u"let a model say which of two answers is better"_s,
        .description
        = {u"Shows a model each pair of answers twice, in both orders, so that a liking for a "
           "place cancels out; how strong it was is told. An answer's score is its share: 1 where "
           "it was preferred in both orders, 0.5 where they disagree or neither was."_s,
            u"Where the server tells probabilities, shares are those of the letters A, B and C at "
            "the verdict's token, added up over their spellings and divided by their sum, which "
            "is told as “mass”. Else the letter that was written counts."_s,
            u"A line of the input is what “lori compare --json” prints (each lane against the "
            "first, without those that failed), an object with “prompt” and “answers” (objects "
            "with “name” and “text”; each against the first), or one with “prompt”, “chosen” and "
            "“rejected”. Names are rated "
            "by the Bradley-Terry model, the first one of the input being the reference."_s,
            u"Ends with 0 when all pairs were judged, and with 5 when some were not."_s},
        .options
        = endpointOptions() + judgeOptions() + askedOptions() + requestOptions() + idleOption(),
        .examples
        = {{u"Compare and judge:"_s,
               u"lori compare -e http://gpu:8000 --json 'Classify: charged twice' | lori judge -e "
               "http://big:8000 -"_s},
            {u"What judging cost, with a rubric of one's own:"_s,
                u"lori judge -e openai -m gpt-4.1-mini --rubric tone.txt --price 0.4,1.6 "
                "answers.jsonl"_s}},
    };
}

Result<std::unique_ptr<Command>> JudgeCommand::make(const CommandLine &line, ApiClient &client)
{
    if (line.arguments().size() != 1) {
        return invalidRequest(u"Give one file with answers, or - for stdin."_s);
    }
    const Result<TokenPrice> price = priceFrom(line);
    const Result<QString> rubric = price ? rubricFrom(line) : Failure(price.error());
    const Result<std::optional<RetryPolicy>> retries
        = rubric ? retriesFrom(line) : Failure(rubric.error());
    const Result<ChatRequest> request = retries ? requestFrom(line) : Failure(retries.error());
    const Result<ParameterSet> untyped
        = request ? parametersFrom(line, {}) : Failure(request.error());
    if (!untyped) {
        return Failure(untyped.error());
    }
    JudgeOptions options{.defaults = *request,
        .task = {.rubric = *rubric},
        .price = *price,
        .batch = {.concurrency = 4, .retries = *retries, .stream = true}};
    if (line.has(u"concurrency"_s)) {
        bool isCount = false;
        options.batch.concurrency = line.value(u"concurrency"_s).toInt(&isCount);
        if (!isCount || options.batch.concurrency < 1) {
            return invalidRequest(u"--concurrency takes a number from 1 on, not “%1”."_s.arg(
                line.value(u"concurrency"_s)));
        }
    }
    const Result<JudgeInput> input = readJudgePairs(line.arguments().constFirst());
    if (!input) {
        return Failure(input.error());
    }
    if (input->failed > 0) {
        printNote(u"Left out, since they failed: %1 of the answers."_s.arg(input->failed));
    }
    return std::unique_ptr<Command>(new JudgeCommand(line, options, input->pairs, client));
}

JudgeCommand::JudgeCommand(const CommandLine &line, const JudgeOptions &options,
    const QList<JudgePair> &pairs, ApiClient &client)
    : m_line(line)
    , m_options(options)
    , m_pairs(pairs)
    , m_client(client)
{ }

void JudgeCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void JudgeCommand::interrupt()
{
    m_isInterrupted = true;
    if (m_run) {
        m_run->stop();
    } else {
        endInterrupted();
    }
}

void JudgeCommand::onTarget(const Result<Target> &target)
{
    if (isOver()) {
        return;
    }
    const Result<ParameterSet> parameters
        = target ? parametersFor(m_line, *target) : Failure(target.error());
    if (!parameters) {
        endWith(parameters.error());
        return;
    }
    m_target = *target;
    m_options.defaults.parameters = *parameters;
    const Provider *provider = findProvider(target->endpoint.provider);
    if (provider && !m_line.has(u"plain"_s)) {
        prepareJudge(m_options.defaults.parameters, provider->parameters(target->endpoint.server));
    }
    m_run = new JudgeRun(m_client, *target, m_options, m_pairs, this);
    connect(m_run, &JudgeRun::judged, this, &JudgeCommand::print);
    connect(m_run, &JudgeRun::retrying, this, [](qsizetype pair, const Retry &retry) {
        printNote(u"Pair %1: %2 %3"_s.arg(pair + 1).arg(retry.error.message, retryWords(retry)));
    });
    connect(m_run, &JudgeRun::finished, this, &JudgeCommand::onFinished);
    m_run->start();
}

void JudgeCommand::print(qsizetype pair, const Judgement &judgement)
{
    const JudgePair &asked = m_pairs.at(pair);
    if (judgement.error) {
        printNote(u"Pair %1: %2"_s.arg(pair + 1).arg(judgement.error->message));
    }
    std::optional<ExitCode> over;
    if (m_line.has(u"json"_s)) {
        over = StandardOutput::writeLine(toJson(pair, asked, judgement));
    } else if (const std::optional<double> score = judgement.score()) {
        over = StandardOutput::write(u"%1  %2 %3 : %4 %5%6\n"_s
                .arg(asked.id.isEmpty() ? QString::number(pair + 1) : asked.id, asked.firstName,
                    percent(*score), percent(1 - *score), asked.secondName,
                    judgement.agrees() ? QString() : u"  (the orders disagree)"_s)
                .toUtf8());
    }
    if (over) {
        end(*over);
    }
}

void JudgeCommand::onFinished(const std::optional<ApiError> &error)
{
    if (isOver()) {
        return;
    }
    const JudgeSummary summary
        = summarise(m_pairs, m_run->judgements(), m_pairs.constFirst().firstName);
    const auto over = m_line.has(u"json"_s) ? StandardOutput::writeLine(toJson(summary))
                                            : StandardOutput::write(toText(summary).toUtf8());
    if (over) {
        end(*over);
    } else if (m_isInterrupted) {
        endInterrupted(u"Interrupted; not all pairs were judged."_s);
    } else if (error) {
        endWith(*error);
    } else if (summary.judged == summary.pairs) {
        end(ExitCode::Done);
    } else {
        const auto failed = std::ranges::find_if(m_run->judgements(),
            [](const Judgement &judgement) { return judgement.error.has_value(); });
        if (failed != m_run->judgements().end()) {
            tellRemedy(*failed->error, m_target, m_options.defaults);
        }
        end(ExitCode::ServerFailed);
    }
}

} // namespace Lorikeet
