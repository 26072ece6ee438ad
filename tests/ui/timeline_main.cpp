// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Shows the timeline by itself, with sample answers:
//   timeline-sample [--dark] [--session N] [--stream TOK_PER_S] [--top] [--scroll PX] [--size WxH]

#include "sampleanswers.h"
#include "timeline/timelinemodel.h"
#include "timeline/timelineview.h"

#include "translations.h"

#include <BreezeIcons>
#include <QCommandLineParser>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTimer>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    BreezeIcons::initIcons();
    Lorikeet::installTranslations(application);
    QQuickStyle::setStyle(u"Fusion"_s);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"dark"_s, u"The dark palette."_s},
        {u"session"_s, u"A session of so many messages."_s, u"messages"_s},
        {u"stream"_s, u"An answer that streams, in tokens a second."_s, u"speed"_s},
        {u"scroll"_s, u"Scrolls to a place."_s, u"pixels"_s},
        {u"zoom"_s, u"The window's zoom."_s, u"factor"_s, u"1"_s},
        {u"open"_s, u"Unfolds all reasoning."_s},
        {u"size"_s, u"The window's size."_s, u"WxH"_s, u"900x900"_s}});
    parser.process(application);

    TimelineModel model;
    model.setPath(parser.isSet(u"session"_s)
            ? SampleAnswers::session(parser.value(u"session"_s).toInt())
            : SampleAnswers::showcase());
    if (parser.isSet(u"open"_s)) {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.row(row).kind == RowKind::Reasoning) {
                model.setState(row, {.expanded = true});
            }
        }
    }

    QQmlApplicationEngine engine;
    const QStringList size = parser.value(u"size"_s).split(u'x');
    engine.setInitialProperties({{u"model"_s, QVariant::fromValue(&model)},
        {u"dark"_s, parser.isSet(u"dark"_s)}, {u"zoom"_s, parser.value(u"zoom"_s).toDouble()},
        {u"width"_s, size.value(0).toInt()}, {u"height"_s, size.value(1).toInt()}});
    engine.loadFromModule("LorikeetSamples", "TimelineSample");
    if (engine.rootObjects().isEmpty()) {
        return 1;
    }
    auto *view = engine.rootObjects().constFirst()->findChild<TimelineView *>();
    if (parser.isSet(u"scroll"_s)) {
        QTimer::singleShot(
            1500, view, [&] { view->userScrollTo(parser.value(u"scroll"_s).toDouble()); });
    }

    QTimer tokens;
    if (parser.isSet(u"stream"_s)) {
        TimelineEntry entry = SampleAnswers::answer({});
        entry.node.state = ChatNode::State::Streaming;
        QList<TimelineEntry> path = SampleAnswers::session(4);
        path.append(entry);
        model.setPath(path);
        const QString text = SampleAnswers::everything();
        QObject::connect(
            &tokens, &QTimer::timeout, &model, [&, text, id = entry.node.id, at = 0]() mutable {
                model.appendText(id, text.mid(at, 4), {});
                at += 4;
            });
        tokens.start(std::max(1, 1000 / parser.value(u"stream"_s).toInt()));
    }
    return QGuiApplication::exec();
}
