// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Where the word begins that the cursor is at the end of, if that is a sign with something after
/// it: `start` is the sign; -1: there is none.
struct Mention
{
    Q_GADGET
    QML_VALUE_TYPE(mention)
    Q_PROPERTY(int start MEMBER start FINAL)
    Q_PROPERTY(QString query MEMBER query FINAL)

public:
    int start = -1;
    QString query; ///< without the sign

    friend bool operator==(const Mention &, const Mention &) = default;
};

/// An @ counts at the beginning of a word only, so that an e-mail address is none.
[[nodiscard]] Mention mentionAt(const QString &text, int cursor);

/// The / at the beginning of a text by which a template is called, with what stands between it and
/// the cursor, which must be in the same line.
[[nodiscard]] Mention callAt(const QString &text, int cursor);

/// mentionAt() and callAt() for QML. A function without a state.
class Mentions final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    Q_INVOKABLE [[nodiscard]] Lorikeet::Mention at(const QString &text, int cursor) const
    {
        return mentionAt(text, cursor);
    }

    Q_INVOKABLE [[nodiscard]] Lorikeet::Mention call(const QString &text, int cursor) const
    {
        return callAt(text, cursor);
    }
};

} // namespace Lorikeet
