// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/chatoutcome.h"

namespace Lorikeet {

namespace {

template<typename T>
void replaceIfSet(std::optional<T> &target, const std::optional<T> &value)
{
    if (value) {
        target = value;
    }
}

} // namespace

ChatAccumulator::ChatAccumulator(TimePoint start)
{
    m_outcome.timing.start = start;
    m_outcome.choices.resize(1);
}

ChatChoice &ChatAccumulator::choice(int index)
{
    // A hostile index must not become an allocation; no server answers with so many choices.
    const qsizetype place = std::clamp(index, 0, 127);
    if (place >= m_outcome.choices.size()) {
        m_outcome.choices.resize(place + 1);
    }
    return m_outcome.choices[place];
}

void ChatAccumulator::add(const StreamEvents &events)
{
    StreamTiming &timing = m_outcome.timing;
    const auto token = [&timing](const StreamEvent &event) {
        const Nanoseconds since = event.at - timing.start;
        if (!timing.firstToken) {
            timing.firstToken = since;
        }
        timing.lastToken = since;
        ++timing.chunks;
        if (!timing.arrivals.empty() && timing.arrivals.back().at == since) {
            ++timing.arrivals.back().events;
        } else {
            timing.arrivals.push_back({since, 1});
        }
    };
    for (const StreamEvent &event : events) {
        if (bearsToken(event)) {
            token(event);
        }
        if (const auto *text = std::get_if<TextDelta>(&event.payload)) {
            if (!text->text.isEmpty()) {
                choice(text->choice).text += text->text;
                if (!timing.firstVisible) {
                    timing.firstVisible = timing.lastToken;
                }
            }
        } else if (const auto *reasoning = std::get_if<ReasoningDelta>(&event.payload)) {
            if (!reasoning->text.isEmpty()) {
                choice(reasoning->choice).reasoning += reasoning->text;
            }
        } else if (const auto *thought = std::get_if<ThoughtSigned>(&event.payload)) {
            ChatChoice &of = choice(thought->choice);
            of.thoughts.append({.text = thought->text,
                .signature = thought->signature,
                .hidden = thought->hidden,
                .textBefore = of.text.size(),
                .callsBefore = int(of.toolCalls.size())});
        } else if (const auto *call = std::get_if<ToolCallDelta>(&event.payload)) {
            QList<ToolCall> &calls = choice(call->choice).toolCalls;
            const qsizetype place = std::clamp(call->index, 0, 127);
            if (place >= calls.size()) {
                calls.resize(place + 1);
            }
            ToolCall &target = calls[place];
            if (!call->id.isEmpty()) {
                target.id = call->id;
            }
            if (!call->signature.isEmpty()) {
                target.signature = call->signature;
            }
            target.name += call->name;
            target.arguments += call->arguments;
        } else if (const auto *logprobs = std::get_if<LogprobDelta>(&event.payload)) {
            if (!logprobs->areOfPrompt) {
                choice(logprobs->choice).logprobs += logprobs->tokens;
            }
        } else if (const auto *report = std::get_if<UsageReport>(&event.payload)) {
            Usage &usage = m_outcome.usage;
            replaceIfSet(usage.promptTokens, report->usage.promptTokens);
            replaceIfSet(usage.completionTokens, report->usage.completionTokens);
            replaceIfSet(usage.totalTokens, report->usage.totalTokens);
            replaceIfSet(usage.cachedTokens, report->usage.cachedTokens);
            replaceIfSet(usage.reasoningTokens, report->usage.reasoningTokens);
            ServerTiming &server = m_outcome.serverTiming;
            replaceIfSet(server.queue, report->timing.queue);
            replaceIfSet(server.load, report->timing.load);
            replaceIfSet(server.prompt, report->timing.prompt);
            replaceIfSet(server.generation, report->timing.generation);
            replaceIfSet(server.total, report->timing.total);
            replaceIfSet(server.timeToFirstToken, report->timing.timeToFirstToken);
        } else if (const auto *finished = std::get_if<Finished>(&event.payload)) {
            choice(finished->choice).finish = finished->reason;
            replaceIfSet(choice(finished->choice).seed, finished->seed);
        } else if (const auto *started = std::get_if<Started>(&event.payload)) {
            if (!started->id.isEmpty()) {
                m_outcome.id = started->id;
            }
            if (!started->model.isEmpty()) {
                m_outcome.model = started->model;
            }
            if (!started->adapter.isEmpty()) {
                m_outcome.adapter = started->adapter;
            }
        }
    }
}

} // namespace Lorikeet
