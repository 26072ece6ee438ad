// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The chat: sessions, prompts and answers, and what they are asked with.

#include "scenes.h"

#include <QQuickItem>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool open(Desktop &desktop, const QString &session) { return desktop.openSession(session); }

bool openDark(Desktop &desktop, const QString &session)
{
    desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
    return open(desktop, session);
}

bool params(Desktop &desktop)
{
    desktop.workbench().setup()->picker()->choose(u"support-v4"_s);
    desktop.workbench().chat()->setSystemPrompt(u"Answer briefly, as JSON where asked."_s);
    return setParameter(desktop, u"temperature"_s, u"0.2"_s)
        && setParameter(desktop, u"top_p"_s, u"0.9"_s)
        && setParameter(desktop, u"max_tokens"_s, u"-5"_s);
}

/// At the end of the panel, one that is sent and one that is not yet.
bool extraBody(Desktop &desktop, const QString &typed)
{
    const auto isShown = [&] { return desktop.item(u"extraBodyBox"_s).isVisible(); };
    if (!isShown()) { // narrow: the panel is a sheet
        desktop.press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    }
    if (!Desktop::until(isShown)) {
        return false;
    }
    desktop.item(u"extraBodyBox"_s).forceActiveFocus(Qt::TabFocusReason);
    desktop.type(typed);
    const bool isWhole = typed.endsWith(u'}');
    return Desktop::until(
        [&] { return desktop.workbench().setup()->extraBody()->problem().isEmpty() == isWhole; });
}

bool streaming(Desktop &desktop)
{
    desktop.send(u"Write a long guide to adapters, with code."_s);
    const bool begun = Desktop::until([&] {
        const QString answer = desktop.workbench().chat()->lastAnswer();
        return desktop.workbench().chat()->textOf(answer).size() > 400;
    });
    desktop.send(u"And now in German, please."_s);
    return begun;
}

bool failing(Desktop &desktop)
{
    desktop.workbench().setup()->picker()->setModel(u"fault/429;12"_s);
    desktop.send(u"Hello"_s);
    return desktop.untilIdle();
}

/// The demo endpoint, asked again where it is busy.
bool retrying(Desktop &desktop)
{
    EndpointListModel &endpoints = *desktop.workbench().endpoints();
    Endpoint patient = *endpoints.find(endpoints.preferred());
    patient.retry.retries = 3;
    endpoints.setDemos({patient});
    desktop.workbench().setup()->picker()->setModel(u"fault/429;12"_s);
    desktop.send(u"Hello"_s);
    const TimelineModel *timeline = desktop.workbench().chat()->timeline();
    return Desktop::until([timeline] {
        return timeline->messageCount() == 2 && timeline->message(1).entry.retry.has_value();
    });
}

bool openMenu(Desktop &desktop, const QString &button)
{
    const bool opened = open(desktop, u"Support triage"_s);
    QTest::qWait(500);
    desktop.click(button);
    return opened;
}

bool cutOff(Desktop &desktop)
{
    const bool set = setParameter(desktop, u"max_tokens"_s, u"24"_s);
    desktop.send(u"Write a long guide to adapters."_s);
    const bool idle = desktop.untilIdle();
    desktop.type(u"And then?"_s);
    return set && idle;
}

bool longText(Desktop &desktop)
{
    desktop.item(u"composerText"_s)
        .setProperty("text", u"A prompt of many words that goes on and on. "_s.repeated(60));
    return true;
}

bool searchAdapter(Desktop &desktop)
{
    desktop.workbench().setup()->picker()->choose(u"support-v4"_s);
    desktop.press(Qt::Key_L, Qt::ControlModifier);
    return true;
}

/// The demo endpoint that speaks LoRAX.
bool useLorax(Desktop &desktop)
{
    const EndpointListModel &endpoints = *desktop.workbench().endpoints();
    desktop.workbench().chat()->chooseEndpoint(
        endpoints.data(endpoints.index(1), EndpointListModel::IdRole).toString());
    AdapterPicker &picker = *desktop.workbench().setup()->picker();
    picker.chooseFrom(u"acme/legal-v2"_s, u"s3"_s);
    picker.chooseFrom(u"support-v4"_s, u"hub"_s);
    picker.choose({});
    return Desktop::until([&] { return picker.style() == AdapterPicker::FreeText; });
}

bool mergeAdapters(Desktop &desktop, const QString &density)
{
    const bool lorax = useLorax(desktop);
    MergeEditor &merge = *desktop.workbench().setup()->merge();
    desktop.click(u"mergeButton"_s);
    merge.setId(0, u"support-v4"_s);
    merge.setId(1, u"acme/legal-v2"_s);
    merge.setWeight(1, u"0.5"_s);
    merge.setStrategy(1);
    merge.setDensity(density);
    return lorax;
}

bool tryAdapter(Desktop &desktop, const QString &id)
{
    const bool lorax = useLorax(desktop);
    desktop.workbench().setup()->picker()->chooseFrom(id, u"hub"_s);
    desktop.workbench().setup()->adapterTools()->tryOut();
    return lorax
        && Desktop::until([&] { return !desktop.workbench().setup()->adapterTools()->isBusy(); });
}

} // namespace

bool setParameter(Desktop &desktop, const QString &name, const QString &value)
{
    ParameterModel &parameters = *desktop.workbench().setup()->parameters();
    for (int row = 0; row < parameters.count(); ++row) {
        if (parameters.data(parameters.index(row), ParameterModel::NameRole) == name) {
            parameters.setText(row, value);
            return true;
        }
    }
    return false;
}

QList<Scene> chatScenes()
{
    const auto session = [](const QString &title) {
        return [title](Desktop &desktop) { return open(desktop, title); };
    };
    const auto dark = [](const QString &title) {
        return [title](Desktop &desktop) { return openDark(desktop, title); };
    };
    return {
        {u"first-run"_s, false, [](Desktop &) { return true; }},
        {u"empty"_s, true, [](Desktop &) { return true; }},
        {u"empty-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return true;
            }},
        {u"chat"_s, true, session(u"Support triage"_s)},
        {u"chat-dark"_s, true, dark(u"Support triage"_s)},
        {u"code"_s, true, session(u"Merging sorted lists"_s)},
        {u"code-dark"_s, true, dark(u"Merging sorted lists"_s)},
        {u"table"_s, true, session(u"LoRA, QLoRA, full fine-tuning"_s)},
        {u"reasoning"_s, true, session(u"Does the pallet fit?"_s)},
        {u"error"_s, true, session(u"Too many requests"_s)},
        {u"error-live"_s, false, failing},
        {u"retrying"_s, false, retrying},
        {u"streaming"_s, false, streaming, u"local-7b"_s},
        {u"params"_s, true, params},
        {u"params-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return params(desktop);
            }},
        {u"extra-body"_s, true,
            [](Desktop &desktop) {
                return extraBody(desktop, u"{\"user\": \"me\", \"priority\": 3}"_s);
            }},
        {u"extra-body-wrong"_s, true,
            [](Desktop &desktop) { return extraBody(desktop, u"{\"user\": \"me\","_s); }},
        {u"choices"_s, true, searchAdapter},
        {u"choices-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return searchAdapter(desktop);
            }},
        {u"choices-typed"_s, false,
            [](Desktop &desktop) {
                const bool lorax = useLorax(desktop);
                desktop.press(Qt::Key_L, Qt::ControlModifier);
                QTest::qWait(300);
                desktop.type(u"acme/contracts-v7"_s);
                return lorax;
            }},
        {u"choices-narrow"_s, false,
            [](Desktop &desktop) {
                desktop.window().resize(960, 600);
                desktop.press(Qt::Key_L, Qt::ControlModifier);
                return true;
            }},
        {u"merge"_s, false, [](Desktop &desktop) { return mergeAdapters(desktop, u"0.6"_s); }},
        {u"merge-problem-dark"_s, false,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return mergeAdapters(desktop, u"1.5"_s);
            }},
        {u"adapter-loads"_s, false,
            [](Desktop &desktop) { return tryAdapter(desktop, u"support-v4"_s); }},
        {u"adapter-fails"_s, false,
            [](Desktop &desktop) {
                return tryAdapter(desktop, u"no/such-adapter-of-a-very-long-name"_s);
            }},
        {u"mention"_s, true,
            [](Desktop &desktop) {
                desktop.type(u"Draft an answer, please. @s"_s);
                return true;
            }},
        {u"mention-chosen-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                desktop.type(u"Draft an answer, please. @sv4"_s);
                QTest::qWait(300);
                desktop.press(Qt::Key_Tab);
                return !desktop.workbench().chat()->turnLabel().isEmpty();
            }},
        {u"settings"_s, true,
            [](Desktop &desktop) {
                desktop.press(Qt::Key_Comma, Qt::ControlModifier);
                return true;
            }},
        {u"search"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().sessions()->setQuery(u"charge"_s);
                return Desktop::until(
                    [&] { return desktop.workbench().sessions()->isSearching(); });
            }},
        {u"actions"_s, true,
            [](Desktop &desktop) {
                desktop.press(Qt::Key_K, Qt::ControlModifier);
                QTest::qWait(300);
                desktop.type(u"chat"_s);
                return true;
            }},
        {u"undo"_s, true,
            [](Desktop &desktop) {
                SessionListModel &sessions = *desktop.workbench().sessions();
                sessions.remove(
                    sessions.data(sessions.index(1), SessionListModel::IdRole).toString());
                return Desktop::until([&] { return !sessions.removedTitle().isEmpty(); });
            }},
        {u"narrow"_s, true,
            [](Desktop &desktop) {
                desktop.window().resize(960, 600);
                return open(desktop, u"Support triage"_s);
            }},
        {u"narrow-sheet"_s, true,
            [](Desktop &desktop) {
                desktop.window().resize(960, 600);
                const bool opened = open(desktop, u"Support triage"_s);
                QTest::qWait(500);
                desktop.press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
                return opened;
            }},
        {u"zoom"_s, true,
            [](Desktop &desktop) {
                for (int step = 0; step < 4; ++step) {
                    desktop.press(Qt::Key_Equal, Qt::ControlModifier);
                }
                return open(desktop, u"Support triage"_s);
            }},
        {u"message-menu"_s, true,
            [](Desktop &desktop) { return openMenu(desktop, u"moreButton"_s); }},
        {u"variants"_s, true,
            [](Desktop &desktop) { return openMenu(desktop, u"variantsButton"_s); }},
        {u"cut-off"_s, false, cutOff},
        {u"long-text"_s, true, longText},
    };
}

} // namespace Lorikeet
