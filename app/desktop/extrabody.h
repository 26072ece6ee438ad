// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Members of a request's body that no parameter stands for, as a person writes them: JSON text,
/// which is kept as it was typed while it is none.
class ExtraBody final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    /// Why the text is not sent; empty: it is, or there is none.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)

public:
    explicit ExtraBody(QObject *parent);

    [[nodiscard]] QString text() const { return m_text; }

    [[nodiscard]] QString problem() const { return m_problem; }

    /// What is sent; empty where the text is no object.
    [[nodiscard]] const QJsonObject &object() const { return m_object; }

    /// The text while it is no object; otherwise empty.
    [[nodiscard]] QString draft() const { return m_problem.isEmpty() ? QString() : m_text; }

    /// Shows `draft` or, without one, `object`, unless the text says just that already; does not
    /// emit edited().
    void show(const QJsonObject &object, const QString &draft);

    /// As typed.
    Q_INVOKABLE void setText(const QString &text);

Q_SIGNALS:
    void changed();
    /// A person changed what object() or draft() gives.
    void edited();

private:
    void take(const QString &text);

    QString m_text;
    QString m_problem;
    QJsonObject m_object;
};

} // namespace Lorikeet
