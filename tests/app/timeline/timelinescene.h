// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sampleanswers.h"
#include "timeline/timelinemodel.h"
#include "timeline/timelineview.h"

#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

namespace Lorikeet {

/// A window with nothing but a timeline in it.
class TimelineScene final
{
public:
    explicit TimelineScene(const QList<TimelineEntry> &path, QSize size = {800, 600})
    {
        model.setPath(path);
        m_engine.setInitialProperties({{QStringLiteral("model"), QVariant::fromValue(&model)},
            {QStringLiteral("dark"), false}, {QStringLiteral("zoom"), 1.0},
            {QStringLiteral("width"), size.width()}, {QStringLiteral("height"), size.height()}});
        m_engine.loadFromModule("LorikeetSamples", "TimelineSample");
        if (!m_engine.rootObjects().isEmpty()) {
            window = qobject_cast<QQuickWindow *>(m_engine.rootObjects().constFirst());
            view = window->findChild<TimelineView *>();
        }
    }

    /// Shown, parsed, measured and at rest.
    [[nodiscard]] bool settle()
    {
        return window && QTest::qWaitForWindowExposed(window, 60'000)
            && QTest::qWaitFor([this] { return !model.isBusy() && view->isMeasured(); }, 120'000)
            && frame();
    }

    /// Two frames: one takes changes in, the next shows what came of them.
    bool frame()
    {
        for (int i = 0; i < 2; ++i) {
            window->update();
            if (!QSignalSpy(window, &QQuickWindow::frameSwapped).wait(60'000)) {
                return false;
            }
        }
        return true;
    }

    void wheel(int notches)
    {
        const QPoint at(window->width() / 2, window->height() / 2);
        QTest::wheelEvent(window, at, QPoint(0, notches * 120));
    }

    /// The row at the top edge and where it lies: what must not move under a reader.
    [[nodiscard]] std::pair<QString, qreal> atTop() const
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            QQuickItem *item = view->itemAt(row);
            if (item && item->isVisible() && item->y() + item->height() > 0) {
                return {model.rowText(row), item->y()};
            }
        }
        return {};
    }

    TimelineModel model;
    QQuickWindow *window = nullptr;
    TimelineView *view = nullptr;

private:
    QQmlApplicationEngine m_engine;
};

} // namespace Lorikeet
