// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desktop.h"

#include "demosessions.h"

#include <QQuickItem>
#include <QTest>

#include <ranges>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int patience = 30'000;

/// Whatever popup the item is in has opened: while it comes into sight, what is pressed in it may
/// go elsewhere.
bool isAtRest(const QQuickItem &item)
{
    for (const QQuickItem *at = &item; at; at = at->parentItem()) {
        const QVariant isOpened = at->parent() ? at->parent()->property("opened") : QVariant();
        if (isOpened.isValid() && at->parent()->inherits("QQuickPopup") && !isOpened.toBool()) {
            return false;
        }
    }
    return true;
}

} // namespace

Desktop::Desktop(const QString &profile, const QString &server)
    : Desktop(SimulatorOptions{.server = server,
          .timing = simulatorProfile(profile).value_or(SimulatorTiming()),
          .model = {}})
{ }

Desktop::Desktop(const SimulatorOptions &options)
    : m_simulator(options)
{ }

Desktop::~Desktop()
{
    m_engine.reset();
    m_workbench.reset();
}

bool Desktop::start(bool withSamples)
{
    if (!m_simulator.start() || !open()) {
        return false;
    }
    if (withSamples) {
        m_workbench->addSessions(demoSessions(
            simulatorEndpoint(m_simulator.url(), u"openai"_s), QDateTime::currentDateTimeUtc()));
        return until([this] { return m_workbench->sessions()->count() >= 6; });
    }
    return true;
}

bool Desktop::restart()
{
    m_engine.reset();
    m_workbench.reset();
    return open();
}

bool Desktop::open()
{
    m_workbench = std::make_unique<Workbench>(m_folder.path());
    m_engine = std::make_unique<QQmlApplicationEngine>();
    m_engine->setInitialProperties({{u"workbench"_s, QVariant::fromValue(m_workbench.get())}});
    m_engine->loadFromModule("Lorikeet", "Main");
    if (m_engine->rootObjects().isEmpty()) {
        return false;
    }
    m_window = qobject_cast<QQuickWindow *>(m_engine->rootObjects().constFirst());
    // Without a window manager nobody else gives it the focus.
    m_window->requestActivate();
    m_workbench->start({simulatorEndpoint(m_simulator.url(), u"openai"_s),
        simulatorEndpoint(m_simulator.url(), u"lorax"_s)});
    return QTest::qWaitForWindowActive(m_window, patience) && until([this] {
        return m_workbench->chat()->session()
            && m_workbench->chat()->health() == EndpointListModel::Healthy;
    });
}

bool Desktop::has(const QString &name) const { return !items(name).isEmpty(); }

QList<QQuickItem *> Desktop::items(const QString &name) const
{
    QList<QQuickItem *> found = m_window->findChildren<QQuickItem *>(name);
    // Rows of lists are nobody's children, they only stand in something.
    QList<QQuickItem *> left{m_window->contentItem()};
    while (!left.isEmpty()) {
        QQuickItem *item = left.takeFirst();
        if (item->objectName() == name && !found.contains(item)) {
            found.append(item);
        }
        left += item->childItems();
    }
    return found;
}

QQuickItem &Desktop::item(const QString &name) const
{
    const QList<QQuickItem *> items = this->items(name);
    if (items.isEmpty()) {
        qFatal("The window has no item '%s'.", qPrintable(name));
    }
    // Rows of a list have the same names; the last in sight is meant.
    for (QQuickItem *item : std::views::reverse(items)) {
        if (item->isVisible()) {
            return *item;
        }
    }
    return *items.constLast();
}

void Desktop::click(const QString &name)
{
    if (!until([&] { return isAtRest(item(name)); })) {
        qFatal("What '%s' is in does not come to rest.", qPrintable(name));
    }
    // Drawing a frame lays everything out, so that the item is where a person would see it.
    m_window->grabWindow();
    const QQuickItem &target = item(name);
    const QPointF centre = target.mapToScene({target.width() / 2, target.height() / 2});
    QTest::mouseClick(m_window, Qt::LeftButton, Qt::NoModifier, centre.toPoint());
}

void Desktop::toCompare() { press(Qt::Key_2, Qt::ControlModifier); }

void Desktop::toEndpoints() { press(Qt::Key_5, Qt::ControlModifier); }

void Desktop::press(int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_window, Qt::Key(key), modifiers);
}

void Desktop::type(const QString &text)
{
    for (const QChar character : text) {
        QTest::sendKeyEvent(QTest::Click, static_cast<QWindow *>(m_window), Qt::Key_unknown,
            QString(character), Qt::NoModifier);
    }
}

void Desktop::send(const QString &text)
{
    item(u"composerText"_s).forceActiveFocus();
    type(text);
    press(Qt::Key_Return);
}

bool Desktop::until(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, patience);
}

bool Desktop::untilIdle()
{
    return until([this] { return !m_workbench->chat()->isRunning(); });
}

bool Desktop::openSession(const QString &title)
{
    SessionListModel &sessions = *m_workbench->sessions();
    for (int row = 0; row < sessions.count(); ++row) {
        const QModelIndex index = sessions.index(row);
        if (sessions.data(index, SessionListModel::TitleRole) == title) {
            m_workbench->chat()->open(sessions.data(index, SessionListModel::IdRole).toString());
            return until([this, title] { return m_workbench->chat()->title() == title; });
        }
    }
    return false;
}

} // namespace Lorikeet
