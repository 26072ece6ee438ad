// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartseries.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Which stretch of x is in sight and where the crosshair is: of one chart, or of several that go
/// together.
class ChartSpan : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// All there is is in sight.
    Q_PROPERTY(bool whole READ isWhole NOTIFY changed FINAL)
    Q_PROPERTY(bool hasCursor READ hasCursor NOTIFY cursorChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] bool isWhole() const { return !m_range; }

    [[nodiscard]] const std::optional<ChartRange> &range() const { return m_range; }

    void setRange(const std::optional<ChartRange> &range)
    {
        if (m_range != range) {
            m_range = range;
            Q_EMIT changed();
        }
    }

    [[nodiscard]] bool hasCursor() const { return m_cursor.has_value(); }

    [[nodiscard]] const std::optional<double> &cursor() const { return m_cursor; }

    void setCursor(const std::optional<double> &cursor)
    {
        if (m_cursor != cursor) {
            m_cursor = cursor;
            Q_EMIT cursorChanged();
        }
    }

    Q_INVOKABLE void reset() { setRange({}); }

Q_SIGNALS:
    void changed();
    void cursorChanged();

private:
    std::optional<ChartRange> m_range; ///< nothing: all
    std::optional<double> m_cursor;
};

} // namespace Lorikeet
