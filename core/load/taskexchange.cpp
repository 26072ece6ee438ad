// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/taskexchange.h"

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "load/workload.h"
#include "providers/errorbody.h"
#include "tasks/taskdialect.h"
#include "tasks/taskreplies.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

TaskOptions optionsOf(TaskDialect dialect, const ChatRequest &request)
{
    TaskOptions options{
        .model = request.model, .adapter = request.adapter, .extraBody = request.extraBody};
    const bool isNameAlone = options.adapter.scales.isEmpty() && !options.adapter.merged;
    if (dialect != TaskDialect::Lorax && !options.adapter.id.isEmpty() && isNameAlone) {
        options.model = options.adapter.id;
        options.adapter = {};
    }
    return options;
}

/// What it tells of tokens; not every server says which of them it read.
Usage usageOf(const TaskReport &report)
{
    Usage usage = report.usage;
    if (!usage.promptTokens) {
        usage.promptTokens = usage.totalTokens;
    }
    return usage;
}

Result<Usage> usageOfVectors(const HttpReply &reply, qsizetype texts)
{
    const Result<EmbedReply> read = readEmbedReply(reply, texts);
    return read ? Result<Usage>(usageOf(read->report)) : Failure(read.error());
}

Result<Usage> usageOfRanks(const HttpReply &reply, qsizetype documents)
{
    const Result<RerankReply> read = readRerankReply(reply, documents, {});
    if (!read) {
        return Failure(read.error());
    }
    QSet<int> ranked;
    for (const RerankReply::Rank &rank : read->ranks) {
        ranked.insert(rank.index);
    }
    if (ranked.size() != documents || read->ranks.size() != documents) {
        return Failure(
            protocolError(u"%1 sent scores of %2 documents instead of %3."_s.arg(placeOf(reply.url),
                              QString::number(ranked.size()), QString::number(documents)),
                reply.body));
    }
    return usageOf(read->report);
}

QString whatIsAsked(LoadTask::Kind task)
{
    return task == LoadTask::Kind::Embeddings ? u"embeddings"_s : u"reranking"_s;
}

} // namespace

Result<HttpRequest> encodeLoadTask(const Target &target, const LoadRequest &request)
{
    const TaskDialect dialect = taskDialectOf(target.endpoint);
    const TaskOptions options = optionsOf(dialect, request.request);
    if (request.task == LoadTask::Kind::Embeddings) {
        EmbedRequest embed;
        embed.options = options;
        embed.inputs = request.texts;
        return encodeTask(dialect, target, embed);
    }
    RerankRequest rerank;
    rerank.options = options;
    rerank.query = request.query;
    rerank.documents = request.texts;
    return encodeTask(dialect, target, rerank);
}

ChatStream *startRequest(ApiClient &client, const Target &target, const LoadRequest &request)
{
    if (request.task == LoadTask::Kind::Chat) {
        return client.chat(target, request.request);
    }
    return client.exchange(target, encodeLoadTask(target, request),
        [task = request.task, items = request.texts.size()](const HttpReply &reply) {
            return task == LoadTask::Kind::Embeddings ? usageOfVectors(reply, items)
                                                      : usageOfRanks(reply, items);
        });
}

QString problemAt(const Target &target, const LoadRequest &request)
{
    if (request.task == LoadTask::Kind::Chat) {
        return {};
    }
    const TaskDialect dialect = taskDialectOf(target.endpoint);
    LoadRequest plain;
    plain.task = request.task;
    plain.query = u"query"_s;
    plain.texts = {u"text"_s};
    // Over gRPC nothing goes by a route.
    const bool isHttp = target.endpoint.url.scheme().startsWith("http"_L1);
    if (!isHttp || !encodeLoadTask(target, plain)) {
        return u"%1 cannot be load-tested with %2: servers of its kind (%3) have no known HTTP route for it."_s
            .arg(placeOf(target.endpoint.url), whatIsAsked(request.task),
                taskDialectName(isHttp ? dialect : TaskDialect::Triton));
    }
    if (dialect == TaskDialect::Tei && !request.request.adapter.isBase()) {
        return u"A server of text-embeddings-inference has one model: it cannot be asked for adapters."_s;
    }
    const Result<HttpRequest> encoded = encodeLoadTask(target, request);
    return encoded ? QString() : encoded.error().message;
}

QString problemAt(const Target &target, const LoadWorkload &workload)
{
    LoadRequest asked;
    asked.task = workload.task.kind;
    asked.query = u"query"_s;
    asked.texts = {u"text"_s};
    asked.request.model = workload.model;
    asked.request.adapter = workload.adapter;
    asked.request.extraBody = workload.extraBody;
    QString problem = workload.mix.choices.isEmpty() ? problemAt(target, asked) : QString();
    for (const MixChoice &choice : workload.mix.choices) {
        asked.request.model = choice.model.isEmpty() ? workload.model : choice.model;
        asked.request.adapter = choice.adapter;
        problem = problem.isEmpty() ? problemAt(target, asked) : problem;
    }
    return problem;
}

} // namespace Lorikeet
