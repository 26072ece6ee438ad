// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desktop.h"
#include "translations.h"

#include <BreezeIcons>
#include <QQuickItem>
#include <QQuickStyle>
#include <QTest>

namespace Lorikeet {

/// The real window, driven by keys and clicks, over a real store and the simulator's sockets; anew
/// for each test.
class WindowFixture : public QObject
{
    Q_OBJECT

protected:
    /// What a test goes on from; called when the window is open.
    virtual void opened() { }

    [[nodiscard]] Workbench &workbench() const { return m_desktop->workbench(); }

    [[nodiscard]] ChatController &chat() const { return *workbench().chat(); }

    [[nodiscard]] const ChatNode &leaf() const
    {
        const Conversation &conversation = chat().session()->conversation();
        return *conversation.find(conversation.leaf());
    }

    /// Of the timeline, from the top.
    [[nodiscard]] QList<int> rowsOf(RowKind kind) const
    {
        const TimelineModel &timeline = *chat().timeline();
        QList<int> rows;
        for (int row = 0; row < timeline.rowCount(); ++row) {
            if (timeline.row(row).kind == kind) {
                rows.append(row);
            }
        }
        return rows;
    }

    [[nodiscard]] QString composerText() const
    {
        return m_desktop->item(QStringLiteral("composerText")).property("text").toString();
    }

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
        opened();
    }

    void cleanup() { m_desktop.reset(); }
};

} // namespace Lorikeet
