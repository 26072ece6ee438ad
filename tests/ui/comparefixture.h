// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "windowfixture.h"

#include <QJsonObject>

namespace Lorikeet {

/// The compare page in the real window with two lanes.
class CompareFixture : public WindowFixture
{
    Q_OBJECT

protected:
    void opened() override
    {
        QTRY_VERIFY(workbench().setup()->picker()->count() > 0);
        m_desktop->toCompare();
        QTRY_COMPARE(compare().laneCount(), 2);
    }

    [[nodiscard]] CompareController &compare() const { return *workbench().compare(); }

    [[nodiscard]] const CompareLane &lane(int place) const
    {
        return *compare().lanes()->lanes()[place];
    }

    [[nodiscard]] QString answerOf(int place) const
    {
        const QList<const ChatNode *> answers = lane(place).answers();
        return answers.isEmpty() ? QString() : answers.constLast()->message.content;
    }

    [[nodiscard]] bool untilIdle() const
    {
        return Desktop::until([this] { return !compare().isRunning(); });
    }

    /// Every lane is asked for this model, without an adapter.
    void setModels(const QString &model) const
    {
        for (CompareLane *lane : compare().lanes()->lanes()) {
            ChatSetup setup = lane->chat()->setup();
            setup.model = model;
            setup.adapter = {};
            lane->chat()->setSetup(setup);
        }
    }

    /// Every lane, asked with its own adapter, answers with nothing but an object.
    void wantJson() const
    {
        for (CompareLane *lane : compare().lanes()->lanes()) {
            ChatSetup setup = lane->chat()->setup();
            setup.parameters.insert(QStringLiteral("response_format"),
                QJsonObject{{QStringLiteral("type"), QStringLiteral("json_object")}});
            lane->chat()->setSetup(setup);
        }
    }

    /// Every lane stalls amid its answer.
    void stallAll() const { setModels(QStringLiteral("fault/stall")); }
};

} // namespace Lorikeet
