// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadWorker that reads what comes.

#include "load/loadworker.h"

#include "http/chatstream.h"

#include <algorithm>
#include <utility>

namespace Lorikeet {

namespace {

/// Of the answer's first choice, in UTF-16 units.
struct Characters
{
    qsizetype text = 0;
    qsizetype reasoning = 0;

    void add(const StreamEvent &event)
    {
        if (const auto *delta = std::get_if<TextDelta>(&event.payload)) {
            text += delta->choice == 0 ? delta->text.size() : 0;
        } else if (const auto *thought = std::get_if<ReasoningDelta>(&event.payload)) {
            reasoning += thought->choice == 0 ? thought->text.size() : 0;
        }
    }
};

} // namespace

void LoadWorker::onEvents(Running &running, const StreamEvents &events)
{
    // Those of one read share their time.
    for (auto event = events.cbegin(); event != events.cend();) {
        const TimePoint at = event->at;
        int pieces = 0;
        Characters characters;
        for (; event != events.cend() && event->at == at; ++event) {
            pieces += bearsToken(*event) ? 1 : 0;
            if (m_keeper) {
                characters.add(*event);
            }
        }
        if (pieces > 0) {
            addPieces(running, at, pieces);
        }
        if (pieces > 0 && m_keeper) {
            running.chunks.add(at, pieces, characters.text, characters.reasoning);
        }
    }
}

void LoadWorker::addPieces(Running &running, TimePoint at, int pieces)
{
    const Nanoseconds since = at - m_common->origin;
    m_delta.timeline.at(since).chunks += pieces;
    const bool isSameRead = running.lastToken == at;
    if (running.lastToken && !isSameRead) {
        const Nanoseconds gap = at - *running.lastToken;
        m_delta.timeline.addGap(since, gap);
        running.longestGap = std::max(running.longestGap, gap);
        if (gap > m_common->plan.stallThreshold) {
            running.stalled += gap;
        }
    }
    const int atOnce = isSameRead ? pieces : pieces - 1;
    if (atOnce > 0) {
        m_delta.timeline.addGap(since, Nanoseconds(0), atOnce);
    }
    running.lastToken = at;
    for (LoadHealth *health : {&m_health, &m_delta.health}) {
        health->reads += isSameRead ? 0 : 1;
        health->pieces += pieces;
    }
}

void LoadWorker::onFinished(ChatStream *stream, const ChatOutcome &outcome)
{
    const auto found = m_running.find(stream);
    Running ended = std::move(found->second);
    m_running.erase(found);
    stream->deleteLater();
    m_common->running.fetch_sub(1);

    LoadSample sample = sampleOf(outcome, m_common->origin);
    sample.conversation = ended.conversation.number;
    sample.turn = ended.conversation.turn;
    sample.choice = ended.choice;
    sample.items = ended.items;
    sample.user = ended.conversation.user;
    sample.planned = Moment(ended.conversation.due);
    sample.longestGap = ended.longestGap;
    sample.stalled = ended.stalled;
    LoadTick &tick = m_delta.timeline.at(sample.ended ? *sample.ended : now());
    (sample.isCancelled() ? tick.cancelled : sample.error ? tick.failed : tick.answered) += 1;
    m_delta.samples.push_back(sample);
    if (m_keeper) {
        m_keeper->add(sample, outcome, ended.chunks);
    }
    sendWaiting();
    goOn(std::move(ended), outcome);
    endIfOver();
}

void LoadWorker::goOn(Running ended, const ChatOutcome &outcome)
{
    if (m_isStopping) {
        return;
    }
    Conversation next = std::move(ended.conversation);
    const bool isWhole = outcome.error || next.turn + 1 >= ended.turns;
    const Nanoseconds time = now();
    if (!isWhole) {
        if (next.user >= 0) {
            m_users.answered(placeOf(next.user));
        }
        next.said = std::move(ended.messages);
        next.said += {.role = Role::Assistant, .content = outcome.choice().text};
        ++next.turn;
        next.asked = m_common->source->request(next.number, next.turn, next.said);
        next.due = time + (*next.asked ? (*next.asked)->thinking : Nanoseconds(0));
        if (next.due <= time) {
            send(std::move(next));
        } else {
            m_thinking.push(std::move(next));
            arm();
        }
        return;
    }
    if (next.user < 0) {
        return;
    }
    if (m_users.end(placeOf(next.user), outcome.error.has_value(), time)) {
        goOnOfUser(next.user, time);
    } else {
        arm();
    }
}

} // namespace Lorikeet
