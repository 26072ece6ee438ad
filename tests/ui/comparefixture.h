// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desktop.h"
#include "translations.h"

#include <BreezeIcons>
#include <QJsonObject>
#include <QQuickItem>
#include <QQuickStyle>
#include <QTest>

namespace Lorikeet {

/// The compare page in the real window with two lanes, over a real store and the simulator's
/// sockets; anew for each test.
class CompareFixture : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] CompareController &compare() const { return *m_desktop->workbench().compare(); }

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

    std::unique_ptr<Desktop> m_desktop;

private Q_SLOTS:

    void initTestCase()
    {
        BreezeIcons::initIcons();
        installTranslations(*QCoreApplication::instance());
        QQuickStyle::setStyle(QStringLiteral("Fusion"));
    }

    void init()
    {
        m_desktop = std::make_unique<Desktop>(QStringLiteral("fast"));
        QVERIFY(m_desktop->start(false));
        QTRY_VERIFY(m_desktop->workbench().setup()->picker()->count() > 0);
        m_desktop->toCompare();
        QTRY_COMPARE(compare().laneCount(), 2);
    }

    void cleanup() { m_desktop.reset(); }
};

} // namespace Lorikeet
