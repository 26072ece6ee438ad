// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of CompareController that asks lanes: at once or by turns, again, and no more.

#include "compare/lane.h"
#include "comparecontroller.h"
#include "endpointlistmodel.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>

using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr auto secondPress = 1000ms;

} // namespace

bool CompareController::send(const QString &text)
{
    if (text.trimmed().isEmpty()) {
        return false;
    }
    QList<CompareLane *> to = m_lanes.lanes();
    to.removeIf([](const CompareLane *lane) { return !lane->receives(); });
    if (to.isEmpty()) {
        Q_EMIT failed(tr("No lane receives this prompt; switch one on above the prompt."));
        return false;
    }
    for (const CompareLane *lane : std::as_const(to)) {
        if (!m_endpoints.find(lane->chat().setup().endpoint)) {
            Q_EMIT failed(tr("Lane %1 has no endpoint to ask; choose one for it in “Params”.")
                    .arg(lane->letter()));
            return false;
        }
    }
    if (!isRunning()) {
        m_judging.begin();
        if (m_judging.isHidden()) {
            shuffle();
            to = m_lanes.lanes();
            to.removeIf([](const CompareLane *lane) { return !lane->receives(); });
        }
    }
    if (m_record.title.isEmpty()) {
        m_record.title = titleFromPrompt(text);
        Q_EMIT titleChanged();
    }
    m_record.draft.clear();
    m_record.updated = QDateTime::currentDateTimeUtc();
    save();
    if (m_record.order == ComparisonOptions::Order::Shuffled) {
        std::shuffle(to.begin(), to.end(), *QRandomGenerator::global());
    }
    Turn turn{.id = QUuid::createUuid(), .text = text, .left = to, .seed = {}, .warmUps = {}};
    if (m_record.alignsSeeds) {
        turn.seed = qint64(QRandomGenerator::global()->bounded(1, 1 << 30));
    }
    if (m_record.order == ComparisonOptions::Order::OneByOne || m_record.warmsUp
        || !m_turns.isEmpty()) {
        turn.warmed = !m_record.warmsUp;
        m_turns.append(turn);
        askNext();
        Q_EMIT waitingChanged();
        Q_EMIT runningChanged();
    } else {
        for (CompareLane *lane : std::as_const(to)) {
            ask(*lane, turn);
        }
    }
    Q_EMIT asked();
    return true;
}

void CompareController::ask(CompareLane &lane, const Turn &turn)
{
    ChatSetup setup = lane.chat()->setup();
    if (turn.seed) {
        const std::optional<Endpoint> endpoint = m_endpoints.find(setup.endpoint);
        QList<Lane> aligned{{.name = {},
            .target = {.endpoint = endpoint.value_or(Endpoint())},
            .request = {.parameters = setup.parameters}}};
        (void)alignSeeds(aligned, *turn.seed);
        setup.parameters = aligned.constFirst().request.parameters;
    }
    const bool isSent = lane.chat()->sendAs(turn.text, setup);
    if (isSent && turn.warmUps.contains(&lane)) {
        lane.chat()->session()->noteWarmUp(
            QUuid::fromString(lane.chat()->lastAnswer()), turn.warmUps.value(&lane));
    }
}

/// The turns that wait, each once nobody answers any more: its warm-up, then its lanes.
void CompareController::askNext()
{
    while (!m_turns.isEmpty() && !m_warmUp.isRunning()) {
        const bool isBusy = std::ranges::any_of(
            m_lanes.lanes(), [](const CompareLane *lane) { return lane->chat().isRunning(); });
        if (isBusy) {
            return;
        }
        const bool isOneByOne = m_record.order == ComparisonOptions::Order::OneByOne;
        Turn &turn = m_turns.first();
        if (turn.left.isEmpty()) {
            m_turns.removeFirst();
        } else if (!turn.warmed) {
            turn.warmed = true;
            m_warmUp.begin(turn.left, isOneByOne);
        } else {
            turn.begun = true;
            const Turn asked = turn;
            turn.left = isOneByOne ? asked.left.sliced(1) : QList<CompareLane *>();
            for (CompareLane *lane : asked.left.first(isOneByOne ? 1 : asked.left.size())) {
                ask(*lane, asked);
            }
        }
    }
}

void CompareController::onWarmedUp()
{
    if (!m_turns.isEmpty()) {
        m_turns.first().warmUps = m_warmUp.times();
    }
    askNext();
    Q_EMIT waitingChanged();
    Q_EMIT runningChanged();
}

void CompareController::onRunningChanged()
{
    if (isRunning()) {
        m_judge.expect();
    }
    // Not within the signal of a lane that is about to tell more.
    if (!m_turns.isEmpty() || !m_samples.left.isEmpty()) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                sampleNext();
                askNext();
                Q_EMIT waitingChanged();
                Q_EMIT runningChanged();
            },
            Qt::QueuedConnection);
    }
    Q_EMIT runningChanged();
    Q_EMIT turnsChanged();
}

bool CompareController::addPrompt(const QString &text)
{
    bool added = false;
    save();
    for (CompareLane *lane : m_lanes.lanes()) {
        added = (lane->receives() && lane->chat()->addPrompt(text)) || added;
    }
    if (added) {
        Q_EMIT asked();
    }
    return added;
}

void CompareController::stop()
{
    m_warmUp.stop();
    m_turns.clear();
    m_samples.left.clear();
    for (CompareLane *lane : m_lanes.lanes()) {
        lane->chat()->stop();
    }
    Q_EMIT waitingChanged();
    Q_EMIT runningChanged();
}

void CompareController::stopLane(int place)
{
    CompareLane *stopped = lane(place);
    if (!stopped) {
        return;
    }
    for (Turn &turn : m_turns) {
        turn.left.removeOne(stopped);
    }
    m_samples.left.removeOne(stopped);
    m_warmUp.drop(stopped);
    stopped->chat()->stop();
}

/// The focused lane; a second press within a second, all of them.
void CompareController::interrupt()
{
    const bool isSecond = m_interrupted.isValid() && m_interrupted.durationElapsed() < secondPress;
    m_interrupted.start();
    if (isSecond || !focused() || !focused()->chat()->isRunning()) {
        stop();
    } else {
        stopLane(m_focused);
    }
}

void CompareController::regenerate(int place)
{
    if (CompareLane *of = lane(place); of && !of->chat()->isBlank()) {
        of->chat()->regenerate(of->chat()->lastAnswer());
    }
}

void CompareController::regenerateAll()
{
    for (int place = 0; place < laneCount(); ++place) {
        if (lane(place)->receives()) {
            regenerate(place);
        }
    }
}

void CompareController::sampleAll(int count, int atOnce)
{
    QList<CompareLane *> to = m_lanes.lanes();
    to.removeIf([](CompareLane *lane) {
        return !lane->receives() || !lane->chat()->canSample(lane->chat()->lastAnswer());
    });
    if (to.isEmpty()) {
        Q_EMIT failed(tr("No lane’s last answer is held to a schema without tools, so there is "
                         "nothing to count; choose a schema in “Params”, and ask first."));
        return;
    }
    if (m_record.order == ComparisonOptions::Order::Shuffled) {
        std::shuffle(to.begin(), to.end(), *QRandomGenerator::global());
    }
    m_samples = {.left = to, .count = count, .atOnce = atOnce};
    sampleNext();
    Q_EMIT runningChanged();
}

void CompareController::sampleNext()
{
    const bool isOneByOne = m_record.order == ComparisonOptions::Order::OneByOne;
    const auto isBusy = [this] {
        return std::ranges::any_of(
            m_lanes.lanes(), [](const CompareLane *lane) { return lane->chat().isRunning(); });
    };
    // One whose answer is gone by now is passed over.
    while (!m_samples.left.isEmpty() && !(isOneByOne && isBusy())) {
        ChatController *chat = m_samples.left.takeFirst()->chat();
        chat->sample(chat->lastAnswer(), m_samples.count, m_samples.atOnce);
    }
}

} // namespace Lorikeet
