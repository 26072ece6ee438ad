// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of CompareController that keeps comparisons and opens them again.

#include "comparecontroller.h"
#include "store/conversationstore.h"

namespace Lorikeet {

ComparisonRecord CompareController::record() const
{
    ComparisonRecord record = m_record;
    record.base = m_diff.base();
    record.judged = m_judge.turns();
    record.lanes.clear();
    for (const CompareLane *lane : m_lanes.lanes()) {
        record.lanes.append({.conversation = lane->conversation(),
            .setup = lane->chat().setup(),
            .receives = lane->receives()});
    }
    return record;
}

void CompareController::saveSoon()
{
    if (m_stored && !m_saving.isActive()) {
        m_saving.start();
    }
}

/// Written in front of what the lanes write, so that these are never listed among the sessions.
void CompareController::save()
{
    m_saving.stop();
    m_stored = true;
    m_store.save(record()).then(this, [this](const Result<> &saved) {
        if (!saved) {
            Q_EMIT failed(saved.error().message);
        }
        m_list.refresh();
    });
}

void CompareController::open(const QString &id)
{
    const QUuid wanted = QUuid::fromString(id);
    if (wanted == m_record.id) {
        return;
    }
    if (m_saving.isActive()) {
        save();
    }
    m_opening = wanted;
    m_store.load(wanted).then(this, [this, wanted](const Result<ComparisonRecord> &loaded) {
        if (m_opening != wanted) {
            return;
        }
        if (!loaded) {
            Q_EMIT failed(loaded.error().message);
            return;
        }
        QList<QFuture<Result<Conversation>>> lanes;
        for (const ComparedLane &lane : loaded->lanes) {
            lanes.append(m_conversations.load(lane.conversation));
        }
        QtFuture::whenAll(lanes.begin(), lanes.end())
            .then(
                this, [this, record = *loaded](const QList<QFuture<Result<Conversation>>> &found) {
                    if (m_opening != record.id) {
                        return;
                    }
                    QList<Conversation> conversations;
                    QList<bool> stored;
                    for (qsizetype i = 0; i < record.lanes.size(); ++i) {
                        const Result<Conversation> conversation = found[i].result();
                        stored.append(conversation.has_value());
                        if (conversation) {
                            conversations.append(*conversation);
                            continue;
                        }
                        // Nothing was said in it yet.
                        Conversation blank
                            = Conversation::create(record.lanes[i].setup, record.created);
                        blank.head().id = record.lanes[i].conversation;
                        conversations.append(blank);
                    }
                    show(record, conversations, stored);
                    m_stored = true;
                });
    });
}

void CompareController::newComparison()
{
    if (!isBlank()) {
        showFresh(setups());
    }
}

void CompareController::rename(const QString &id, const QString &title)
{
    const QString wanted = title.simplified();
    if (QUuid::fromString(id) == m_record.id) {
        m_record.title = wanted;
        m_record.titleChosen = !wanted.isEmpty();
        save();
        Q_EMIT titleChanged();
        return;
    }
    m_store.load(QUuid::fromString(id))
        .then(this, [this, wanted](const Result<ComparisonRecord> &found) {
            if (!found) {
                Q_EMIT failed(found.error().message);
                return;
            }
            ComparisonRecord renamed = *found;
            renamed.title = wanted;
            renamed.titleChosen = !wanted.isEmpty();
            m_store.save(renamed).then(this, [this](const Result<> &) { m_list.refresh(); });
        });
}

void CompareController::onRemoved(QUuid id)
{
    if (id != m_record.id) {
        return;
    }
    stop();
    m_saving.stop();
    m_stored = false;
    showFresh(setups());
}

} // namespace Lorikeet
