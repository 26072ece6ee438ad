// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

/// A number as a person types it, and what is wrong with it.
class LoadNumber final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by what it belongs to")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed FINAL)
    /// In a sentence; empty: nothing.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)

public:
    struct Limits
    {
        double least = 0;
        double most = 1e9;
        bool isWhole = false;
        bool mayBeEmpty = false;
        friend bool operator==(const Limits &, const Limits &) = default;
    };

    explicit LoadNumber(const Limits &limits, QObject *parent = nullptr);

    /// What is typed stays, and may be wrong then.
    void setLimits(const Limits &limits);

    [[nodiscard]] QString text() const { return m_text; }

    void setText(const QString &text);
    [[nodiscard]] QString problem() const;

    /// Nothing where it is empty or wrong.
    [[nodiscard]] std::optional<double> value() const;
    void set(const std::optional<double> &value);

Q_SIGNALS:
    void changed();

private:
    Limits m_limits;
    QString m_text;
};

} // namespace Lorikeet
