// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "compare/comparisonrecord.h"
#include "compare/verdict.h"
#include "store/storedendpoints.h"
#include "store/storedwords.h"

// The names under which the members of values are stored, each type's in one place, for writing
// and for reading. Private to storejson.cpp. A name is never given a new meaning.

namespace Lorikeet {

template<typename V>
void members(AdapterScale &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("scale"), v.scale);
    visit(QLatin1StringView("name"), v.name);
}

template<typename V>
void members(MergedAdapters &v, V &&visit)
{
    visit(QLatin1StringView("ids"), v.ids);
    visit(QLatin1StringView("weights"), v.weights);
    visit(QLatin1StringView("strategy"), v.strategy);
    visit(QLatin1StringView("density"), v.density);
    visit(QLatin1StringView("majority_sign_method"), v.majoritySignMethod);
}

/// Without the token, which is a secret.
template<typename V>
void members(AdapterChoice &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("source"), v.source);
    visit(QLatin1StringView("scales"), v.scales);
    visit(QLatin1StringView("merged"), v.merged);
}

template<typename V>
void members(StructuredSetup &v, V &&visit)
{
    visit(QLatin1StringView("on"), v.isOn);
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("schema"), v.schema);
    visit(QLatin1StringView("attempts"), v.options.maxAttempts);
    visit(QLatin1StringView("again"), v.options.again);
    visit(QLatin1StringView("heat"), v.options.heat);
    visit(QLatin1StringView("embedding_fine"), v.options.isEmbeddingFine);
    visit(QLatin1StringView("stop_early"), v.options.stopEarly);
    visit(QLatin1StringView("way"), v.options.carrying.way);
    visit(QLatin1StringView("may_narrow"), v.options.carrying.mayNarrow);
    visit(QLatin1StringView("wire_name"), v.options.carrying.name);
}

template<typename V>
void members(ToolSetup &v, V &&visit)
{
    visit(QLatin1StringView("on"), v.isOn);
    visit(QLatin1StringView("tools"), v.tools);
    visit(QLatin1StringView("mock"), v.mock);
    visit(QLatin1StringView("commands"), v.commands);
    visit(QLatin1StringView("limit"), v.limit);
}

template<typename V>
void members(SchemaViolation &v, V &&visit)
{
    visit(QLatin1StringView("keyword"), v.keyword);
    visit(QLatin1StringView("instance"), v.instancePath);
    visit(QLatin1StringView("schema"), v.schemaPath);
    visit(QLatin1StringView("message"), v.message);
}

template<typename V>
void members(SchemaVerdict &v, V &&visit)
{
    visit(QLatin1StringView("state"), v.state);
    visit(QLatin1StringView("around"), v.around);
    visit(QLatin1StringView("attempt"), v.attempt);
    visit(QLatin1StringView("attempts"), v.attempts);
    visit(QLatin1StringView("violations"), v.violations);
    visit(QLatin1StringView("has_more"), v.hasMore);
    visit(QLatin1StringView("problem"), v.problem);
}

template<typename V>
void members(ExampleTurn &v, V &&visit)
{
    visit(QLatin1StringView("role"), v.role);
    visit(QLatin1StringView("text"), v.text);
}

template<typename V>
void members(PromptExamples &v, V &&visit)
{
    visit(QLatin1StringView("turns"), v.turns);
    visit(QLatin1StringView("source"), v.source);
    visit(QLatin1StringView("version"), v.version);
}

template<typename V>
void members(ChatSetup &v, V &&visit)
{
    visit(QLatin1StringView("endpoint"), v.endpoint);
    visit(QLatin1StringView("model"), v.model);
    visit(QLatin1StringView("adapter"), v.adapter);
    visit(QLatin1StringView("parameters"), v.parameters);
    visit(QLatin1StringView("extra_body"), v.extraBody);
    visit(QLatin1StringView("extra_body_draft"), v.extraBodyDraft);
    visit(QLatin1StringView("system_prompt"), v.systemPrompt);
    visit(QLatin1StringView("examples"), v.examples);
    visit(QLatin1StringView("structured"), v.structured);
    visit(QLatin1StringView("tools"), v.tools);
}

template<typename V>
void members(WaitingPrompt &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("text"), v.text);
    visit(QLatin1StringView("after"), v.after);
    visit(QLatin1StringView("held"), v.held);
    visit(QLatin1StringView("setup"), v.setup);
}

template<typename V>
void members(ComparedLane &v, V &&visit)
{
    visit(QLatin1StringView("conversation"), v.conversation);
    visit(QLatin1StringView("setup"), v.setup);
    visit(QLatin1StringView("receives"), v.receives);
}

template<typename V>
void members(RubricCriterion &v, V &&visit)
{
    visit(QLatin1StringView("text"), v.text);
    visit(QLatin1StringView("weight"), v.weight);
}

template<typename V>
void members(Rubric &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("criteria"), v.criteria);
}

template<typename V>
void members(JudgeReading &v, V &&visit)
{
    visit(QLatin1StringView("shown_first"), v.shownFirst);
    visit(QLatin1StringView("shown_second"), v.shownSecond);
    visit(QLatin1StringView("neither"), v.neither);
    visit(QLatin1StringView("mass"), v.mass);
    visit(QLatin1StringView("reason"), v.reason);
}

template<typename V>
void members(Judgement &v, V &&visit)
{
    visit(QLatin1StringView("forward"), v.forward);
    visit(QLatin1StringView("backward"), v.backward);
    visit(QLatin1StringView("error"), v.error);
    visit(QLatin1StringView("prompt_tokens"), v.promptTokens);
    visit(QLatin1StringView("output_tokens"), v.outputTokens);
    visit(QLatin1StringView("cost"), v.cost);
}

template<typename V>
void members(JudgedPair &v, V &&visit)
{
    visit(QLatin1StringView("first"), v.first);
    visit(QLatin1StringView("second"), v.second);
    visit(QLatin1StringView("judgement"), v.judgement);
}

template<typename V>
void members(JudgedTurn &v, V &&visit)
{
    visit(QLatin1StringView("answers"), v.answers);
    visit(QLatin1StringView("judge"), v.judge);
    visit(QLatin1StringView("rubric"), v.rubric);
    visit(QLatin1StringView("currency"), v.currency);
    visit(QLatin1StringView("pairs"), v.pairs);
    visit(QLatin1StringView("wanted"), v.wanted);
    visit(QLatin1StringView("problem"), v.problem);
    visit(QLatin1StringView("created_ms"), v.created);
}

template<typename V>
void members(JudgeSetup &v, V &&visit)
{
    visit(QLatin1StringView("judge"), v.judge);
    visit(QLatin1StringView("exact"), v.exact);
    visit(QLatin1StringView("always"), v.always);
    visit(QLatin1StringView("shown"), v.shown);
    visit(QLatin1StringView("rubric"), v.rubric);
    visit(QLatin1StringView("rubrics"), v.rubrics);
}

/// Only what has no column of its own.
template<typename V>
void members(ComparisonRecord &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("title"), v.title);
    visit(QLatin1StringView("title_chosen"), v.titleChosen);
    visit(QLatin1StringView("lanes"), v.lanes);
    visit(QLatin1StringView("order"), v.order);
    visit(QLatin1StringView("aligns_seeds"), v.alignsSeeds);
    visit(QLatin1StringView("warms_up"), v.warmsUp);
    visit(QLatin1StringView("base"), v.base);
    visit(QLatin1StringView("draft"), v.draft);
    visit(QLatin1StringView("judged"), v.judged);
}

template<typename V>
void members(JudgedAnswer &v, V &&visit)
{
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("endpoint"), v.endpointName);
    visit(QLatin1StringView("model"), v.model);
    visit(QLatin1StringView("adapter"), v.adapter);
    visit(QLatin1StringView("text"), v.text);
}

template<typename V>
void members(Verdict &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("comparison"), v.comparison);
    visit(QLatin1StringView("prompt"), v.prompt);
    visit(QLatin1StringView("system_prompt"), v.systemPrompt);
    visit(QLatin1StringView("examples"), v.examples);
    visit(QLatin1StringView("answers"), v.answers);
    visit(QLatin1StringView("kind"), v.kind);
    visit(QLatin1StringView("best"), v.best);
    visit(QLatin1StringView("places"), v.places);
    visit(QLatin1StringView("judge"), v.judge);
    visit(QLatin1StringView("score"), v.score);
    visit(QLatin1StringView("blind"), v.blind);
    visit(QLatin1StringView("tags"), v.tags);
    visit(QLatin1StringView("note"), v.note);
    visit(QLatin1StringView("created_ms"), v.created);
}

template<typename V>
void members(LaneSet &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("lanes"), v.lanes);
}

template<typename V>
void members(ToolCall &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("arguments"), v.arguments);
    visit(QLatin1StringView("signature"), v.signature);
}

template<typename V>
void members(SignedThought &v, V &&visit)
{
    visit(QLatin1StringView("text"), v.text);
    visit(QLatin1StringView("signature"), v.signature);
    visit(QLatin1StringView("hidden"), v.hidden);
    visit(QLatin1StringView("text_before"), v.textBefore);
    visit(QLatin1StringView("calls_before"), v.callsBefore);
}

template<typename V>
void members(ToolRecord &v, V &&visit)
{
    visit(QLatin1StringView("by"), v.by);
    visit(QLatin1StringView("is_error"), v.isError);
    visit(QLatin1StringView("exit_code"), v.exitCode);
    visit(QLatin1StringView("stderr"), v.aside);
    visit(QLatin1StringView("stderr_cut"), v.isAsideCut);
}

template<typename V>
void members(ShownCertificate &v, V &&visit)
{
    visit(QLatin1StringView("fault"), v.fault);
    visit(QLatin1StringView("fingerprint"), v.fingerprint);
    visit(QLatin1StringView("subject"), v.subject);
    visit(QLatin1StringView("issuer"), v.issuer);
    visit(QLatin1StringView("names"), v.names);
    visit(QLatin1StringView("not_before_ms"), v.notBefore);
    visit(QLatin1StringView("not_after_ms"), v.notAfter);
}

template<typename V>
void members(ApiError &v, V &&visit)
{
    visit(QLatin1StringView("kind"), v.kind);
    visit(QLatin1StringView("message"), v.message);
    visit(QLatin1StringView("server_message"), v.serverMessage);
    visit(QLatin1StringView("http_status"), v.httpStatus);
    visit(QLatin1StringView("code"), v.code);
    visit(QLatin1StringView("param"), v.param);
    visit(QLatin1StringView("retry_after_ms"), v.retryAfter);
    visit(QLatin1StringView("request_id"), v.requestId);
    visit(QLatin1StringView("body"), v.body);
    visit(QLatin1StringView("location"), v.location);
    visit(QLatin1StringView("may_retry"), v.mayRetry);
    visit(QLatin1StringView("certificate"), v.certificate);
}

template<typename V>
void members(AnswerOrigin &v, V &&visit)
{
    visit(QLatin1StringView("setup"), v.setup);
    visit(QLatin1StringView("endpoint_name"), v.endpointName);
    visit(QLatin1StringView("provider"), v.provider);
    visit(QLatin1StringView("served_model"), v.servedModel);
    visit(QLatin1StringView("served_adapter"), v.servedAdapter);
    visit(QLatin1StringView("warm_up_ns"), v.warmUp);
}

template<typename V>
void members(ChatMetrics &v, V &&visit)
{
    visit(QLatin1StringView("ttft_ns"), v.timeToFirstToken);
    visit(QLatin1StringView("first_visible_ns"), v.timeToFirstVisible);
    visit(QLatin1StringView("tokens_per_second"), v.tokensPerSecond);
    visit(QLatin1StringView("output_tokens"), v.outputTokens);
    visit(QLatin1StringView("output_tokens_estimated"), v.outputTokensEstimated);
    visit(QLatin1StringView("prompt_tokens"), v.promptTokens);
    visit(QLatin1StringView("total_ns"), v.total);
    visit(QLatin1StringView("itl_p50_ns"), v.interTokenP50);
    visit(QLatin1StringView("itl_p95_ns"), v.interTokenP95);
    visit(QLatin1StringView("tpot_ns"), v.timePerOutputToken);
}

template<typename V>
void members(FinishReason &v, V &&visit)
{
    visit(QLatin1StringView("kind"), v.kind);
    visit(QLatin1StringView("word"), v.word);
}

template<typename V>
void members(Usage &v, V &&visit)
{
    visit(QLatin1StringView("prompt_tokens"), v.promptTokens);
    visit(QLatin1StringView("completion_tokens"), v.completionTokens);
    visit(QLatin1StringView("total_tokens"), v.totalTokens);
    visit(QLatin1StringView("cached_tokens"), v.cachedTokens);
    visit(QLatin1StringView("reasoning_tokens"), v.reasoningTokens);
}

template<typename V>
void members(ServerTiming &v, V &&visit)
{
    visit(QLatin1StringView("queue_ns"), v.queue);
    visit(QLatin1StringView("load_ns"), v.load);
    visit(QLatin1StringView("prompt_ns"), v.prompt);
    visit(QLatin1StringView("generation_ns"), v.generation);
    visit(QLatin1StringView("total_ns"), v.total);
    visit(QLatin1StringView("ttft_ns"), v.timeToFirstToken);
}

/// Only what has no column of its own.
template<typename V>
void members(ChatNode &v, V &&visit)
{
    visit(QLatin1StringView("tool_calls"), v.message.toolCalls);
    visit(QLatin1StringView("tool_call_id"), v.message.toolCallId);
    visit(QLatin1StringView("tool_record"), v.toolRecord);
    visit(QLatin1StringView("thoughts"), v.message.thoughts);
    visit(QLatin1StringView("error"), v.error);
    visit(QLatin1StringView("origin"), v.origin);
    visit(QLatin1StringView("metrics"), v.metrics);
    visit(QLatin1StringView("finish"), v.finish);
    visit(QLatin1StringView("seed"), v.seed);
    visit(QLatin1StringView("usage"), v.usage);
    visit(QLatin1StringView("server_timing"), v.serverTiming);
    visit(QLatin1StringView("notes"), v.notes);
    visit(QLatin1StringView("verdict"), v.verdict);
}

} // namespace Lorikeet
