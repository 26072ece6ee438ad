// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cuts.h"
#include "schema/answerjson.h"

#include <QJsonDocument>

using namespace Lorikeet;

namespace {

const JsonSchema &schema()
{
    static const JsonSchema made = JsonSchema::from(
        QByteArray(
            "{\"type\":[\"object\",\"array\"],\"additionalProperties\":{\"$ref\":\"#/$defs/x\"},"
            "\"items\":{\"anyOf\":[{\"$ref\":\"#\"},{\"maxLength\":4}]},\"maxProperties\":6,"
            "\"$defs\":{\"x\":{\"oneOf\":[{\"enum\":[1,\"a\",null]},{\"pattern\":\"^(a|b)+$\"},"
            "{\"required\":[\"a\"]}]}},\"unevaluatedItems\":false}"),
        {})
                                       .value();
    return made;
}

struct Read
{
    QString value;
    std::optional<JsonFault> fault;
    QStringList duplicates;
    bool wasViolated = false; ///< at any cut

    friend bool operator==(const Read &a, const Read &b)
    {
        return a.value == b.value && a.fault == b.fault && a.duplicates == b.duplicates;
    }
};

Read read(const QByteArrayList &pieces)
{
    PartialJson parser;
    Read out;
    for (const QByteArray &piece : pieces) {
        parser.append(QString::fromLatin1(piece));
        if (parser.root() && !parser.fault()) {
            out.wasViolated = out.wasViolated || schema().firstCertain(*parser.root()).has_value();
        }
    }
    parser.finish();
    out.value = parser.root() ? compactJson(*parser.root()) : QString();
    out.fault = parser.fault();
    out.duplicates = parser.duplicates();
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // As Latin-1, so that a cut is never within a character.
    const FuzzedStream stream = FuzzedStream::from(data, size);
    const Read whole = read({stream.whole});
    const Read cut = read(stream.pieces);
    if (whole != cut) {
        qFatal("cutting the text changed what is read");
    }
    if (!whole.fault) {
        const QString text = QString::fromLatin1(stream.whole);
        const auto value = parseJson(QStringView(text));
        const auto again = parseJson(QStringView(compactJson(*value)));
        if (!again || !sameJson(*value, *again)) {
            qFatal("what is written reads differently");
        }
        if (QJsonDocument::fromJson('[' + text.toUtf8() + ']').isNull()) {
            qFatal("QJsonDocument does not take it");
        }
        // What was certain of a part is true of the whole.
        const auto report = schema().check(*value);
        if (cut.wasViolated && report && report->isValid()) {
            qFatal("what was said to be certain was not");
        }
    }
    (void)checkAnswer(QString::fromLatin1(stream.whole), schema(), true);
    return 0;
}
