// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templateparser.h"
#include "templates/templaterenderer.h"
#include "templates/templatevariables.h"

#include <QJsonArray>

#include <cstddef>
#include <cstdint>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QString place = u"T"_s;
    const QString source = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<TemplateBlock> block = parseTemplate(source, place);
    if (!block) {
        if (!block.error().message.startsWith(u"T, line "_s)) {
            qFatal("a fault without its place");
        }
        return 0;
    }
    const QJsonObject values{{u"a"_s, u"text <1> "_s}, {u"b"_s, 3}, {u"c"_s, 0.5},
        {u"d"_s, QJsonArray{u"x"_s, 2, QJsonArray{u"k"_s, u"v"_s}}},
        {u"e"_s, QJsonObject{{u"k"_s, true}, {u"items"_s, QJsonArray{1, 2}}}}};
    const Result<QString> text = renderTemplate(*block, values, place);
    if (!text && !text.error().message.startsWith(u"T, line "_s)) {
        qFatal("a fault without its place");
    }
    for (const UsedVariable &used : variablesOf(*block)) {
        if (used.line < 1 || used.line > source.count(u'\n') + 1) {
            qFatal("a variable outside the template");
        }
    }
    return 0;
}
