// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <vector>

// A template as it was read: what templateparser makes and templaterenderer walks. Private to this
// folder.

namespace Lorikeet {

struct TemplateExpression
{
    enum class Kind {
        Literal, ///< value
        Name, ///< text
        List, ///< operands
        Map, ///< operands: key, value, key, value …
        Attribute, ///< operands[0].text
        Item, ///< operands[0][operands[1]]
        Unary, ///< text: "not", "-", "+"
        Binary, ///< text: the operator
        Condition, ///< operands: value, test, and what else, if that is said
        Filter, ///< text: its name; operands: what it is applied to, then arguments
        Test, ///< as Filter
    };

    Kind kind = Kind::Literal;
    int line = 0; ///< from 1
    QString text;
    QJsonValue value;
    std::vector<TemplateExpression> operands;
    QStringList argumentNames; ///< of operands from 1 on; empty: by its place
    bool isNegated = false; ///< of a Test: "is not"
};

struct TemplateStatement
{
    enum class Kind {
        Text, ///< text
        Output, ///< expression
        If, ///< expression, body, otherwise
        For, ///< targets, expression, body; otherwise where there is nothing to walk
        Set, ///< targets, expression
    };

    Kind kind = Kind::Text;
    int line = 0;
    QString text;
    QStringList targets;
    TemplateExpression expression;
    std::vector<TemplateStatement> body;
    std::vector<TemplateStatement> otherwise;
};

using TemplateBlock = std::vector<TemplateStatement>;

} // namespace Lorikeet
