// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/callstext.h"

#include "schema/partialjson.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// A block that ends where it should, whatever is in it.
QString block(const QString &text)
{
    const Result<JsonNode> json = parseJson(QStringView(text));
    const bool isStructure = json && !json->is(JsonNode::Kind::String);
    const QString shown = isStructure ? indentedJson(*json) : text;
    QString fence = u"```"_s;
    while (shown.contains(fence)) {
        fence += u'`';
    }
    const QString language = isStructure ? u"json"_s : u"text"_s;
    return fence + language + u'\n' + shown + u'\n' + fence;
}

/// A name as a span of code: nothing in it is Markdown.
QString named(QString name)
{
    name.remove(u'`');
    return u'`' + name.simplified() + u'`';
}

QString said(const char *sentence) { return QCoreApplication::translate("CallsText", sentence); }

} // namespace

CallsText withCalls(const Message &answer, const QList<Message> &results)
{
    CallsText all;
    all.places.fill(-1, results.size());
    const auto add = [&all](const QString &part) {
        all.markdown += (all.markdown.isEmpty() ? QString() : u"\n\n"_s) + part;
    };
    if (!answer.content.isEmpty()) {
        add(answer.content);
    }
    for (const ToolCall &call : answer.toolCalls) {
        add(said(QT_TRANSLATE_NOOP("CallsText", "**Calls** %1")).arg(named(call.name)));
        const QString arguments = call.arguments.trimmed();
        add(block(arguments.isEmpty() ? u"{}"_s : arguments));
        const auto result = std::ranges::find(results, call.id, &Message::toolCallId);
        if (result != results.end()) {
            add(said(QT_TRANSLATE_NOOP("CallsText", "**Answer** of %1")).arg(named(call.name)));
            add(block(result->content));
            all.places[result - results.begin()] = all.markdown.size() - 1; // its fence
        }
    }
    return all;
}

} // namespace Lorikeet
