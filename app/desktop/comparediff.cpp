// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparediff.h"

#include "compare/lane.h"
#include "comparelane.h"

#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

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

void CompareDiff::setAsJson(bool asJson)
{
    if (m_asJson != asJson) {
        m_asJson = asJson;
        show();
        Q_EMIT changed();
    }
}

bool CompareDiff::isJsonPossible() const
{
    return std::ranges::any_of(m_found.last,
        [](const std::optional<Last> &last) { return last && last->json.has_value(); });
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
        bool goesOn = false;
        for (int i = 0; timeline && i < timeline->messageCount(); ++i) {
            const TimelineMessage &message = timeline->message(i);
            if (!message.isAnswer()) {
                goesOn = false;
                continue;
            }
            // Of answers that call tools and are followed by another, the last counts.
            if (std::exchange(goesOn, true)) {
                answers.removeLast();
            }
            // One that is still written, or not parsed to its end, is not compared yet.
            const bool ended = !message.isStreaming() && !message.stream && message.parsed;
            const ChatNode &node = message.entry.node;
            answers.append(
                ended ? Answer{node.id, node.message.content, message.blocks} : Answer());
        }
        turns.append(answers);
    }
    return turns;
}

CompareDiff::Last CompareDiff::compareLast(const Answer &base, const Answer &other)
{
    const QString baseText = readText(base.blocks);
    const QString text = readText(other.blocks);
    Last last{.words = diffWords(baseText, text), .pieces = {}, .json = {}};
    last.pieces = differencesOnly(baseText, text, last.words);
    if (!last.words.changes.isEmpty()) {
        const QStringView before
            = QStringView(text).first(last.words.changes.constFirst().otherStart);
        last.wordsInCommon
            = before.toString().simplified().count(u' ') + (before.trimmed().isEmpty() ? 0 : 1);
    }
    last.json = JsonDifference::of(base.text, other.text);
    return last;
}

CompareDiff::Found CompareDiff::find(const Turns &turns, int base, int against)
{
    Found found;
    for (const QList<Answer> &answers : turns) {
        found.marks.append(QList<BlockMarks>(answers.size()));
        found.isJson.append(QList<bool>(answers.size(), false));
        found.last.append(std::nullopt);
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
            const Last compared = compareLast(left, right);
            // Words around it are compared as words all the same.
            const bool isJson = compared.json && !compared.json->hasWords;
            found.marks[lane][turn] = marksOf(right.blocks, compared.words, false);
            found.isJson[lane][turn] = isJson;
            if (lane == against) {
                found.marks[base][turn] = marksOf(left.blocks, compared.words, true);
                found.isJson[base][turn] = isJson;
            }
            const bool isLast = turn + 1 == turns[base].size() && turn + 1 == turns[lane].size();
            if (isLast && !left.blocks.isEmpty() && !right.blocks.isEmpty()) {
                found.last[lane] = compared;
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
        Q_EMIT changed();
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
            Q_EMIT changed();
            if (std::exchange(m_again, false)) {
                compare();
            }
        });
}

void CompareDiff::clear()
{
    for (const QPointer<CompareLane> &lane : std::as_const(m_lanes)) {
        if (lane) {
            lane->setDifference({});
            lane->chat()->timeline()->clearMarks();
        }
    }
}

LaneDifference CompareDiff::differenceOf(const Last &last) const
{
    const QLocale locale;
    // Rounded down: 100 % would say that nothing differs.
    const auto share = [&locale](double similarity) {
        return locale.toString(std::floor(similarity * 100), 'f', 0);
    };
    LaneDifference difference;
    difference.pieces = last.pieces;
    if (m_asJson && last.json) {
        const JsonDifference &json = *last.json;
        difference.isJson = true;
        difference.json = json.rows;
        if (json.rows.isEmpty()) {
            difference.likeness = tr("same JSON as %1").arg(baseLetter());
            difference.summary
                = tr("The same values as in %1, however they are written.").arg(baseLetter());
            difference.detail = difference.summary;
        } else {
            difference.likeness
                = tr("%1 % like %2, as JSON").arg(share(json.similarity), baseLetter());
            difference.summary
                = tr("%n place(s) differ from %1, the first at %2.", nullptr, int(json.rows.size()))
                      .arg(baseLetter(), json.rows.constFirst().path);
            difference.detail = difference.summary + u' '
                + tr("Likeness is 2 × the values in common ÷ the values of both.");
        }
        if (json.hasWords) {
            difference.detail += u' ' + tr("The words around the JSON are not counted.");
        }
    } else if (last.words.changes.isEmpty()) {
        difference.likeness = tr("same words as %1").arg(baseLetter());
        difference.summary = tr("Word for word what %1 says.").arg(baseLetter());
        difference.detail = difference.summary;
    } else {
        difference.likeness = tr("%1 % like %2").arg(share(last.words.similarity), baseLetter());
        difference.summary = tr("%n place(s) differ from %1, the first after %2 words.", nullptr,
            int(last.words.changes.size()))
                                 .arg(baseLetter(), locale.toString(last.wordsInCommon));
        difference.detail = difference.summary + u' '
            + tr("Likeness is 2 × the words in common (in this order) ÷ the words of both.");
    }
    return difference;
}

void CompareDiff::show()
{
    for (qsizetype i = 0; i < m_lanes.size() && i < m_found.last.size(); ++i) {
        CompareLane *lane = m_lanes[i];
        if (!lane || i >= m_turns.size()) {
            continue;
        }
        TimelineModel &timeline = *lane->chat()->timeline();
        for (qsizetype turn = 0; turn < m_turns[i].size(); ++turn) {
            const bool isMarked = m_shown && !(m_asJson && m_found.isJson[i].value(turn));
            timeline.setMarks(
                m_turns[i][turn].id, isMarked ? m_found.marks[i].value(turn) : BlockMarks());
        }
        const std::optional<Last> &last = m_found.last[i];
        lane->setDifference(last ? differenceOf(*last) : LaneDifference());
    }
}

} // namespace Lorikeet
