// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timelinescene.h"
#include "translations.h"

#include <BreezeIcons>
#include <QAccessible>
#include <QQuickStyle>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QList<QAccessibleInterface *> childrenOf(QAccessibleInterface *parent)
{
    QList<QAccessibleInterface *> result;
    for (int i = 0; parent && i < parent->childCount(); ++i) {
        QAccessibleInterface *child = parent->child(i);
        if (child && !child->state().invisible) {
            result.append(child);
        }
    }
    return result;
}

QString nameOf(const QAccessibleInterface *item) { return item->text(QAccessible::Name); }

/// The first child, at any depth, whose name contains this.
QAccessibleInterface *find(QAccessibleInterface *parent, const QString &name)
{
    for (QAccessibleInterface *child : childrenOf(parent)) {
        if (nameOf(child).contains(name)) {
            return child;
        }
        if (QAccessibleInterface *below = find(child, name)) {
            return below;
        }
    }
    return nullptr;
}

QList<QAccessibleInterface *> messages(const TimelineScene &scene)
{
    QList<QAccessibleInterface *> items
        = childrenOf(QAccessible::queryAccessibleInterface(scene.view));
    items.removeIf(
        [](QAccessibleInterface *item) { return item->role() != QAccessible::ListItem; });
    return items;
}

} // namespace

/// What a screen reader is told: a list of messages, each with what it says in it.
class TestTimelineAccessibility final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        BreezeIcons::initIcons();
        QQuickStyle::setStyle(u"Fusion"_s);
        installTranslations(*QCoreApplication::instance());
    }

    void messagesAreItemsOfAListInTheirOrder()
    {
        TimelineEntry answer = SampleAnswers::answer(u"Hello."_s);
        answer.node.origin.setup.adapter.id = u"support-v4"_s;
        answer.node.metrics.outputTokens = 187;
        TimelineScene scene({SampleAnswers::prompt(u"Who are you?"_s), answer});
        QVERIFY(scene.settle());
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(scene.view);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        const QList<QAccessibleInterface *> items = messages(scene);
        QCOMPARE(items.size(), 2);
        QVERIFY2(nameOf(items[0]).startsWith(u"You, "_s), qPrintable(nameOf(items[0])));
        QVERIFY2(nameOf(items[1]).startsWith(u"support-v4, "_s), qPrintable(nameOf(items[1])));
        QVERIFY2(nameOf(items[1]).contains(u"187"_s), qPrintable(nameOf(items[1])));
        QCOMPARE(items[1]->parent()->object(), scene.view);
    }

    void blocksAreChildrenOfTheirMessage()
    {
        TimelineScene scene({SampleAnswers::prompt(u"Code, please."_s),
            SampleAnswers::answer(
                u"# Head\n\nSome words.\n\n```python\na = 1\nb = 2\n```\n\nThe end."_s)});
        QVERIFY(scene.settle());
        const QList<QAccessibleInterface *> items = messages(scene);
        QCOMPARE(items.size(), 2);
        QVERIFY(find(items[0], u"Code, please."_s));
        QVERIFY(!find(items[1], u"Code, please."_s));
        QStringList read;
        for (QAccessibleInterface *block : childrenOf(items[1])) {
            read.append(nameOf(block));
        }
        const auto head = read.indexOf(u"Head"_s);
        const auto words = read.indexOf(u"Some words."_s);
        const auto end = read.indexOf(u"The end."_s);
        QVERIFY2(0 <= head && head < words && words < end, qPrintable(read.join(u" | "_s)));
        QAccessibleInterface *code = find(items[1], u"python"_s);
        QVERIFY(code);
        QCOMPARE(nameOf(code), u"Code block, python, 2 lines"_s);
        QVERIFY(find(items[1], u"Copy the answer"_s));
    }

    void theyStayApartWhileScrolling()
    {
        TimelineScene scene(SampleAnswers::session(60));
        QVERIFY(scene.settle());
        for (const double part : {0.5, 0.0, 1.0, 0.3}) {
            scene.view->userScrollTo(part * scene.view->contentHeight());
            QVERIFY(scene.frame());
            QHash<QUuid, QAccessibleInterface *> seen;
            for (int row = 0; row < scene.model.rowCount(); ++row) {
                QQuickItem *item = scene.view->itemAt(row);
                if (!item) {
                    continue;
                }
                QAccessibleInterface *block = QAccessible::queryAccessibleInterface(item);
                if (!block || !block->parent()) {
                    continue;
                }
                const QUuid id = scene.model.messageOf(row).entry.node.id;
                QAccessibleInterface *message = block->parent();
                QCOMPARE(message->role(), QAccessible::ListItem);
                QVERIFY(!seen.contains(id) || seen.value(id) == message);
                for (auto it = seen.cbegin(); it != seen.cend(); ++it) {
                    QVERIFY(it.key() == id || it.value() != message);
                }
                seen.insert(id, message);
            }
            QVERIFY(!seen.isEmpty());
        }
    }
};

QTEST_MAIN(TestTimelineAccessibility)
#include "tst_timelineaccessibility.moc"
