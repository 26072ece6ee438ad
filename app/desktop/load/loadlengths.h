// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/lengthdistribution.h"
#include "load/loadnumber.h"

namespace Lorikeet {

/// How long prompts or answers are, as a person sets it up.
class LoadLengths final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(int kind READ kind WRITE setKind NOTIFY changed FINAL)
    /// The mean; of Uniform the least.
    Q_PROPERTY(Lorikeet::LoadNumber *first READ first CONSTANT FINAL)
    /// The standard deviation; of Uniform the most.
    Q_PROPERTY(Lorikeet::LoadNumber *second READ second CONSTANT FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)

public:
    enum Kind {
        Fixed,
        Uniform,
        Normal,
        LogNormal,
        Kept, ///< a histogram, which a profile had
        None, ///< no limit
    };
    Q_ENUM(Kind)

    explicit LoadLengths(QObject *parent);

    [[nodiscard]] int kind() const { return m_kind; }

    void setKind(int kind);

    [[nodiscard]] LoadNumber *first() { return &m_first; }

    [[nodiscard]] LoadNumber *second() { return &m_second; }

    [[nodiscard]] QString problem() const;

    /// Nothing: no limit, or it is wrong.
    [[nodiscard]] std::optional<LengthDistribution> value() const;
    void set(const std::optional<LengthDistribution> &lengths);

Q_SIGNALS:
    void changed();

private:
    void setLimits();

    int m_kind = Fixed;
    LoadNumber m_first;
    LoadNumber m_second;
    LengthDistribution m_kept; ///< what was set; what is not shown of it stays
};

} // namespace Lorikeet
