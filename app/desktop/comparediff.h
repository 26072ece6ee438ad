// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "jsondifference.h"
#include "textdifference.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <QUuid>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class CompareLane;
struct LaneDifference;

/// How the lanes' answers differ from those of one of them, the base: turn by turn, as soon as both
/// have ended. Compared in a worker thread; the last turn's figures are in the lanes, the words
/// that differ are marked in their timelines.
class CompareDiff final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the comparison")
    /// The words that differ are marked.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY changed FINAL)
    /// And nothing but these, with a few words around, is shown.
    Q_PROPERTY(bool only READ isOnly WRITE setOnly NOTIFY changed FINAL)
    /// Answers that are JSON are held against each other as such, not as words.
    Q_PROPERTY(bool asJson READ isAsJson WRITE setAsJson NOTIFY changed FINAL)
    /// There are answers that can be.
    Q_PROPERTY(bool jsonPossible READ isJsonPossible NOTIFY changed FINAL)
    /// The place of the base.
    Q_PROPERTY(int base READ base WRITE setBase NOTIFY changed FINAL)
    Q_PROPERTY(QString baseLetter READ baseLetter NOTIFY changed FINAL)

public:
    explicit CompareDiff(QObject *parent);
    ~CompareDiff() override;

    [[nodiscard]] bool isShown() const { return m_shown; }

    [[nodiscard]] bool isOnly() const { return m_only; }

    [[nodiscard]] bool isAsJson() const { return m_asJson; }

    [[nodiscard]] bool isJsonPossible() const;

    [[nodiscard]] int base() const { return m_base; }

    [[nodiscard]] QString baseLetter() const;

    void setShown(bool shown);
    void setOnly(bool only);
    void setAsJson(bool asJson);
    void setBase(int place);

    /// In their places; they say themselves when they change.
    void setLanes(const QList<CompareLane *> &lanes);
    /// The lane whose words the base is marked against; the first other one where it is the base.
    void setAgainst(int place);

Q_SIGNALS:
    void changed();
    void baseChanged();

private:
    /// An answer that has ended.
    struct Answer
    {
        QUuid id;
        QString text;
        MarkdownBlocks blocks;
        friend bool operator==(const Answer &, const Answer &) = default;
    };

    /// The ended answers of each lane, by turn; null where there is none.
    using Turns = QList<QList<Answer>>;

    /// What a lane's last answer has in common with the base's.
    struct Last
    {
        TextDiff words;
        QList<DiffPiece> pieces;
        qsizetype wordsInCommon = 0; ///< before the first difference
        std::optional<JsonDifference> json;
    };

    struct Found
    {
        QList<QList<BlockMarks>> marks; ///< by lane and turn
        QList<QList<bool>> isJson; ///< by lane and turn: nothing but JSON, as the base's
        QList<std::optional<Last>> last; ///< by lane; nothing where none were compared
    };

    void compareSoon();
    void compare();
    void show();
    void clear();
    [[nodiscard]] Turns turns() const;
    [[nodiscard]] int against() const;
    [[nodiscard]] static Last compareLast(const Answer &base, const Answer &other);
    [[nodiscard]] LaneDifference differenceOf(const Last &last) const;
    [[nodiscard]] static Found find(const Turns &turns, int base, int against);

    QList<QPointer<CompareLane>> m_lanes;
    QThreadPool m_worker;
    QTimer m_soon;
    bool m_shown = false;
    bool m_only = false;
    bool m_asJson = true;
    int m_base = 0;
    int m_against = -1;
    bool m_busy = false;
    bool m_again = false; ///< something changed while the worker compared
    Turns m_turns; ///< what `m_found` is about
    std::pair<int, int> m_sides{-1, -1};
    Found m_found;
};

} // namespace Lorikeet
