// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparediff.h"

#include "compare/lane.h"
#include "comparelane.h"

#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

CompareDiff::CompareDiff(QObject *parent)
    : QObject(parent)
{
    m_worker.setMaxThreadCount(1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(80ms);
    connect(&m_soon, &QTimer::timeout, this, &CompareDiff::compare);
}

CompareDiff::~CompareDiff()
{
    m_worker.clear();
    m_worker.waitForDone();
}

QString CompareDiff::baseLetter() const { return laneLetter(m_base); }

void CompareDiff::setShown(bool shown)
{
    if (m_shown != shown) {
        m_shown = shown;
        m_only = m_only && shown;
        show();
        Q_EMIT changed();
    }
}

void CompareDiff::setOnly(bool only)
{
    if (m_only != only) {
        m_only = only;
        m_shown = m_shown || only;
        show();
        Q_EMIT changed();
    }
}

void CompareDiff::setBase(int place)
{
    if (m_base != place) {
        m_base = place;
        compare();
        Q_EMIT changed();
        Q_EMIT baseChanged();
    }
}

void CompareDiff::setAgainst(int place)
{
    if (m_against != place) {
        m_against = place;
        compareSoon();
    }
}

void CompareDiff::setLanes(const QList<CompareLane *> &lanes)
{
    clear();
    for (const QPointer<CompareLane> &lane : std::as_const(m_lanes)) {
        if (lane) {
            lane->chat()->timeline()->disconnect(this);
            lane->chat()->disconnect(this);
        }
    }
    m_lanes.clear();
    for (CompareLane *lane : lanes) {
        m_lanes.append(lane);
        const TimelineModel *timeline = lane->chat()->timeline();
        connect(timeline, &QAbstractItemModel::rowsInserted, this, &CompareDiff::compareSoon);
        connect(timeline, &QAbstractItemModel::rowsRemoved, this, &CompareDiff::compareSoon);
        connect(timeline, &QAbstractItemModel::dataChanged, this, &CompareDiff::compareSoon);
        connect(timeline, &TimelineModel::settled, this, &CompareDiff::compareSoon);
        connect(lane->chat(), &ChatController::runningChanged, this, &CompareDiff::compareSoon);
    }
    if (m_base >= lanes.size()) {
        m_base = 0;
        Q_EMIT changed();
    }
    compareSoon();
}

int CompareDiff::against() const
{
    if (m_against >= 0 && m_against < m_lanes.size() && m_against != m_base) {
        return m_against;
    }
    return m_base == 0 ? 1 : 0;
}

void CompareDiff::compareSoon()
{
    if (!m_soon.isActive()) {
        m_soon.start();
    }
}

CompareDiff::Turns CompareDiff::turns() const
{
    Turns turns;
    for (const QPointer<CompareLane> &lane : m_lanes) {
        QList<Answer> answers;
        const TimelineModel *timeline = lane ? lane->chat()->timeline() : nullptr;
        for (int i = 0; timeline && i < timeline->messageCount(); ++i) {
            const TimelineMessage &message = timeline->message(i);
            if (!message.isAnswer()) {
                continue;
            }
            // One that is still written, or not parsed to its end, is not compared yet.
            const bool ended = !message.isStreaming() && !message.stream && message.parsed;
            answers.append(ended ? Answer{message.entry.node.id, message.blocks} : Answer());
        }
        turns.append(answers);
    }
    return turns;
}

CompareDiff::Found CompareDiff::find(const Turns &turns, int base, int against)
{
    Found found;
    for (const QList<Answer> &answers : turns) {
        found.marks.append(QList<BlockMarks>(answers.size()));
        found.last.append(TextDiff());
        found.pieces.append(QList<DiffPiece>());
        found.compared.append(false);
        found.wordsInCommon.append(0);
    }
    for (int lane = 0; lane < turns.size(); ++lane) {
        if (lane == base) {
            continue;
        }
        const qsizetype common = std::min(turns[base].size(), turns[lane].size());
        for (qsizetype turn = 0; turn < common; ++turn) {
            const Answer &left = turns[base][turn];
            const Answer &right = turns[lane][turn];
            if (left.id.isNull() || right.id.isNull()) {
                continue;
            }
            const QString baseText = readText(left.blocks);
            const QString text = readText(right.blocks);
            const TextDiff diff = diffWords(baseText, text);
            found.marks[lane][turn] = marksOf(right.blocks, diff, false);
            if (lane == against) {
                found.marks[base][turn] = marksOf(left.blocks, diff, true);
            }
            const bool isLast = turn + 1 == turns[base].size() && turn + 1 == turns[lane].size();
            if (isLast && !left.blocks.isEmpty() && !right.blocks.isEmpty()) {
                found.last[lane] = diff;
                found.pieces[lane] = differencesOnly(baseText, text, diff);
                found.compared[lane] = true;
                if (!diff.changes.isEmpty()) {
                    const QStringView before
                        = QStringView(text).first(diff.changes.constFirst().otherStart);
                    found.wordsInCommon[lane] = before.toString().simplified().count(u' ')
                        + (before.trimmed().isEmpty() ? 0 : 1);
                }
            }
        }
    }
    return found;
}

void CompareDiff::compare()
{
    if (m_busy) {
        m_again = true;
        return;
    }
    const Turns now = turns();
    const std::pair sides(m_base, against());
    if (now.size() < 2 || m_base >= now.size()) {
        m_turns = {};
        m_sides = {-1, -1};
        m_found = {};
        clear();
        return;
    }
    if (now == m_turns && sides == m_sides) {
        return;
    }
    m_turns = now;
    m_sides = sides;
    m_busy = true;
    QtConcurrent::run(&m_worker, &CompareDiff::find, now, sides.first, sides.second)
        .then(this, [this](const Found &found) {
            m_busy = false;
            m_found = found;
            show();
            if (std::exchange(m_again, false)) {
                compare();
            }
        });
}

void CompareDiff::clear()
{
    for (const QPointer<CompareLane> &lane : std::as_const(m_lanes)) {
        if (lane) {
            lane->setDifference({}, {}, {});
            lane->chat()->timeline()->clearMarks();
        }
    }
}

void CompareDiff::show()
{
    const QLocale locale;
    for (qsizetype i = 0; i < m_lanes.size() && i < m_found.compared.size(); ++i) {
        CompareLane *lane = m_lanes[i];
        if (!lane || i >= m_turns.size()) {
            continue;
        }
        TimelineModel &timeline = *lane->chat()->timeline();
        for (qsizetype turn = 0; turn < m_turns[i].size(); ++turn) {
            timeline.setMarks(
                m_turns[i][turn].id, m_shown ? m_found.marks[i].value(turn) : BlockMarks());
        }
        if (!m_found.compared[i]) {
            lane->setDifference({}, {}, {});
            continue;
        }
        const TextDiff &diff = m_found.last[i];
        if (diff.changes.isEmpty()) {
            lane->setDifference(tr("same words as %1").arg(baseLetter()),
                tr("Word for word what %1 says.").arg(baseLetter()), {});
            continue;
        }
        // Rounded down: 100 % would say that nothing differs.
        const QString share = locale.toString(std::floor(diff.similarity * 100), 'f', 0);
        const auto words = m_found.wordsInCommon[i];
        lane->setDifference(tr("%1 % like %2").arg(share, baseLetter()),
            tr("%n place(s) differ from %1, the first after %2 words.", nullptr,
                int(diff.changes.size()))
                    .arg(baseLetter(), locale.toString(words))
                + u' '
                + tr("Likeness is 2 × the words in common (in this order) ÷ the words of both."),
            m_found.pieces[i]);
    }
}

} // namespace Lorikeet
