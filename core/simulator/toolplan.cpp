// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/toolplan.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

/// Whether the prompt sounds as if this function could help.
bool fits(const QJsonObject &function, const QString &prompt)
{
    const QString described = function["name"_L1].toString().replace(u'_', u' ') + u' '
        + function["description"_L1].toString();
    const QStringList words = described.toLower().split(u' ', Qt::SkipEmptyParts);
    return std::any_of(words.begin(), words.end(), [&](const QString &word) {
        return word.size() > 3 && prompt.contains(word, Qt::CaseInsensitive);
    });
}

/// The functions that the prompt names, by where it does.
QList<QJsonObject> namedIn(const QString &prompt, const QJsonArray &tools)
{
    QList<std::pair<qsizetype, QJsonObject>> found;
    for (const QJsonValue &tool : tools) {
        const QJsonObject function = tool["function"_L1].toObject();
        const QString name = function["name"_L1].toString();
        const qsizetype at = name.isEmpty() ? -1 : prompt.indexOf(name);
        if (at >= 0) {
            found.append({at, function});
        }
    }
    std::stable_sort(
        found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<QJsonObject> functions;
    for (const auto &[at, function] : found) {
        functions.append(function);
    }
    return functions;
}

} // namespace

QJsonObject functionToCall(const QJsonArray &tools, const QList<PromptMessage> &messages)
{
    const auto user = std::find_if(messages.crbegin(), messages.crend(),
        [](const PromptMessage &message) { return message.role == "user"_L1; });
    const bool isForUs = !messages.isEmpty()
        && (messages.constLast().role == "user"_L1 || messages.constLast().role == "tool"_L1);
    if (user == messages.crend() || !isForUs) {
        return {};
    }
    const qsizetype results = std::count_if(messages.crbegin(), user,
        [](const PromptMessage &message) { return message.role == "tool"_L1; });
    const QList<QJsonObject> named = namedIn(user->text, tools);
    const bool isEndless = user->text.contains("again and again"_L1, Qt::CaseInsensitive);
    if (!named.isEmpty()) {
        return named.value(isEndless ? results % named.size() : results);
    }
    for (const QJsonValue &tool : tools) {
        const QJsonObject function = tool["function"_L1].toObject();
        if ((results == 0 || isEndless) && fits(function, user->text)) {
            return function;
        }
    }
    return {};
}

} // namespace Lorikeet::Sim
