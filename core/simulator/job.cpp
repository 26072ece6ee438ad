// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/job.h"

#include <algorithm>
#include <utility>

namespace Lorikeet::Sim {

namespace {

using Kind = SimulatorFault::Kind;

QByteArray finishWord(AnswerEnd end) { return end == AnswerEnd::Length ? "length" : "stop"; }

QString adapterNames(const Script &script)
{
    QStringList names;
    for (const WeightedAdapter &adapter : script.adapters) {
        names.append(adapter.id);
    }
    return names.join(u',');
}

} // namespace

Job::Job(ServerConnection &connection, std::unique_ptr<AnswerFormat> format, TimePoint received,
    qint64 number, quint64 seed)
    : random(seed)
    , m_connection(connection)
    , m_format(std::move(format))
    , m_record{.number = number,
          .id = script().requestId,
          .path = connection.request().path,
          .model = script().model,
          .adapter = adapterNames(script()),
          .fault = script().fault ? script().fault->toString() : QString(),
          .stream = script().stream,
          .promptTokens = script().promptTokens,
          .received = received}
    , m_lastSent(received)
{
    for (const Answer &answer : script().answers) {
        m_steps = std::max(m_steps, answer.count());
    }
}

void Job::begin()
{
    if (script().stream) {
        m_connection.beginStream(m_format->streamHead());
    }
}

void Job::step(Statistics &statistics)
{
    if (!isStarted()) {
        statistics.timeToFirstToken.observe(due - m_record.received);
        if (script().stream) {
            append(m_format->begin());
        }
    } else {
        statistics.interToken.observe(due - m_record.planned.back());
    }
    qint64 tokens = 0;
    for (size_t choice = 0; choice < script().answers.size(); ++choice) {
        const Answer &answer = script().answers[choice];
        if (m_step < answer.count()) {
            ++tokens;
            appendToken(choice);
        }
        // A choice without tokens ends at the first step.
        if (m_step + 1 == std::max<size_t>(answer.count(), 1)) {
            ++statistics.finished[finishWord(answer.end)];
            tokens += script().countsEos && answer.end == AnswerEnd::Natural ? 1 : 0;
            if (script().stream) {
                append(m_format->finish(choice));
            }
        }
    }
    m_record.completionTokens += tokens;
    statistics.generatedTokens += tokens;
    m_record.planned.push_back(due);
    ++m_step;
}

void Job::appendToken(size_t choice)
{
    if (script().stream) {
        m_event.clear();
        m_format->appendToken(m_event, choice, m_step);
        if (!m_event.isEmpty()) { // an empty part would end the body
            m_connection.appendPart(m_out, m_event);
        }
    }
}

void Job::finish()
{
    if (script().stream) {
        append(m_format->end(m_record));
        m_connection.appendEnd(m_out);
        flush();
        m_connection.endStream();
    } else {
        flush();
        sendWhole();
    }
}

/// The moment before the system gets the bytes is what the record calls sent.
void Job::flush()
{
    m_lastSent = Clock::now();
    m_record.sent.resize(m_record.planned.size(), m_lastSent);
    if (!m_out.isEmpty()) {
        m_connection.send(m_out);
        m_out.resize(0); // keeps the memory, unlike clear()
    }
}

void Job::sendKeepAlive(TimePoint now)
{
    m_lastSent = now;
    const QByteArray comment = m_format->keepAlive();
    if (script().stream && !comment.isEmpty() && m_connection.isOpen()) {
        QByteArray part;
        m_connection.appendPart(part, comment);
        m_connection.send(part);
    }
}

bool Job::isFaultDue() const
{
    if (!script().fault) {
        return false;
    }
    switch (script().fault->kind) {
    case Kind::Cut:
    case Kind::Reset:
    case Kind::Stall:
    case Kind::Malformed:
    case Kind::ErrorEvent:
        // Where the answer is shorter, the fault comes at its end.
        return std::cmp_equal(
            m_step, std::min(script().fault->number(), static_cast<int>(m_steps)));
    default:
        return false;
    }
}

bool Job::strike()
{
    if (!script().stream) {
        flush();
        sendWhole();
    } else {
        strikeStream();
    }
    if (script().hasFault(Kind::Stall)) {
        due = TimePoint::max(); // it keeps its slot until the client goes
        return true;
    }
    return false;
}

void Job::strikeStream()
{
    if (!isStarted()) {
        append(m_format->begin());
    }
    if (script().hasFault(Kind::Malformed)) {
        m_connection.appendPart(m_out, m_format->malformed());
    } else if (script().hasFault(Kind::ErrorEvent)) {
        append(m_format->failure());
    }
    const bool closes = script().hasFault(Kind::Cut)
        || (script().hasFault(Kind::ErrorEvent) && m_format->failsByBreakingOff());
    const bool breaksOff
        = closes || script().hasFault(Kind::Reset) || script().hasFault(Kind::Stall);
    if (!breaksOff) {
        m_connection.appendEnd(m_out);
    }
    flush();
    if (closes) {
        m_connection.cut();
    } else if (script().hasFault(Kind::Reset)) {
        m_connection.reset();
    } else if (!breaksOff) {
        m_connection.endStream();
    }
}

void Job::sendWhole()
{
    m_record.finished = Clock::now();
    ServerResponse response = script().hasFault(Kind::ErrorEvent) ? m_format->wholeFailure()
                                                                  : m_format->whole(m_record);
    if (script().hasFault(Kind::Malformed)) {
        response.body.truncate(response.body.size() / 2);
    }
    if (!script().hasFault(Kind::Cut) && !script().hasFault(Kind::Reset)
        && !script().hasFault(Kind::Stall)) {
        m_connection.respond(response);
        return;
    }
    m_connection.respondPart(response, response.body.size() / 2);
    if (script().hasFault(Kind::Cut)) {
        m_connection.cut();
    } else if (script().hasFault(Kind::Reset)) {
        m_connection.reset();
    }
}

void Job::append(const QList<QByteArray> &events)
{
    for (const QByteArray &event : events) {
        m_connection.appendPart(m_out, event);
    }
}

} // namespace Lorikeet::Sim
